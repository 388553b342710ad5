//! The site: that it is whole and well made, and that its search answers as the library does, in a browser.
//!
//! The tests in a browser need Chromium, and say so where there is none; with `TITLECANON_BROWSER=required` that is a failure. They
//! write the site of the embedded taxonomy, which takes too long for a program that is not optimised: `cargo test --release`.

#[path = "common/html.rs"]
mod html;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use html::tags;
use tempfile::TempDir;
use titlecanon::{Normalizer, Verdict, normalize_title};

/// Runs `titlecanon site` with some arguments.
fn site(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_titlecanon")).arg("site").args(args).output().expect("it runs")
}

/// Runs it, which must succeed, and gives what it says.
#[track_caller]
fn written(args: &[&str]) -> String {
    let output = site(args);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{args:?}: {said}");
    said
}

/// Runs it, which must fail with a message that has `part`.
#[track_caller]
fn fails(args: &[&str], part: &str) {
    let output = site(args);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(part), "{said}");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// A text that must come out as a text, wherever it stands.
const HOSTILE: &str = "</script><img src=x onerror=alert(1)> \"&'";

/// Writes a taxonomy of which every text is hostile, with all that a taxonomy can have.
fn hostile(dir: &Path) {
    let file = |name: &str, text: String| fs::write(dir.join(name), text).expect("it can be written");
    fs::create_dir_all(dir).expect("a folder");
    file("taxonomy.tsv", format!("name\tversion\tlicence\n{HOSTILE}\t1{HOSTILE}\t{HOSTILE}\n"));
    file("families.tsv", format!("code\tname\tsummary\nHBR\tHarbour {HOSTILE}\t{HOSTILE}\n"));
    let mut functions = String::from(
        "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\texternal_id\n",
    );
    for (code, name, tracks, level) in [("PILOT", "Pilot", "P M", "P3"), ("DECK", "Deckhand", "", "")] {
        functions += &format!(
            "{code}\t{name} {HOSTILE}\t{tracks}\t{level}\tdraft\tglobal\t1\t0.70\t{HOSTILE}\tours\t{HOSTILE}{code}\n"
        );
    }
    file("functions.tsv", functions);
    file(
        "focuses.tsv",
        format!(
            "function\tcode\tname\tjob\tarea\tdefault_level\nPILOT\tGEN\tGeneral\tPilot {HOSTILE}\tPilotage {HOSTILE}\t\nPILOT\tTUG\tTug {HOSTILE}\tTug Pilot {HOSTILE}\tTugs {HOSTILE}\t\n"
        ),
    );
    let mut aliases = String::from("text\tfunction\tfocus\tlevel\ttype\tconfidence\tapproval\tsource\n");
    for (name, focus) in [("Pilot", "GEN"), ("Pilotage", "GEN"), ("Tug Pilot", "TUG"), ("Tugs", "TUG")] {
        aliases += &format!("{name} {HOSTILE}\tPILOT\t{focus}\t\tcommon\t1.00\tdraft\tours\n");
    }
    for nth in 1..=30 {
        let approval = if nth % 2 == 0 { "draft" } else { "reviewed" };
        aliases += &format!("Sailor {nth} {HOSTILE}\tPILOT\tGEN\t\tvariant\t0.90\t{approval}\tours\n");
    }
    file("aliases.tsv", aliases);
    let mut levels = String::from(
        "code\tname\ttitle\tmin_years\tmax_years\tscope\tautonomy\tcomplexity\timpact\tdecision_rights\tleadership\n",
    );
    for level in titlecanon::Level::ALL {
        let texts = [HOSTILE; 6].join("\t");
        levels += &format!("{level}\tName {HOSTILE}\t{level} {{job}}\t1\t\t{texts}\n");
    }
    file("levels.tsv", levels);
    file("soc.tsv", format!("code\ttitle\n53-5021\tCaptains {HOSTILE}\n"));
    file(
        "crosswalk.tsv",
        ["P", "M"].iter().fold("function\tfocus\tscope\tsoc\tstatus\tsource\n".into(), |rows, track| {
            format!("{rows}PILOT\t*\t{track}\t53-5021\tdraft\t{HOSTILE}\n")
        }),
    );
    let mut profiles = String::from("function\tpart\tlevel\ttext\tsource\n");
    for part in ["who", "external_problem", "internal_problem", "why_it_matters", "plan", "stakes", "success"] {
        profiles += &format!("PILOT\t{part}\t*\tTold {part} {HOSTILE}\tours\n");
    }
    for kind in titlecanon::ComponentKind::ALL {
        profiles += &format!(
            "PILOT\t{kind}\t*\tShared {kind} {HOSTILE}\tours\nPILOT\t{kind}\tP4\tTied {kind} {HOSTILE}\tours\n"
        );
    }
    file("profiles.tsv", profiles);
}

/// All files of a site, by the path inside it.
fn files(dir: &Path) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("it can be listed") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false => found.push(text(path.strip_prefix(dir).expect("it is inside")).replace('\\', "/")),
            }
        }
    }
    found.sort();
    found
}

/// What stands in quotes after each `name=`.
fn values<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(name).skip(1).filter_map(|rest| rest.strip_prefix("=\"")?.split('"').next())
}

/// Where a link on a page leads, inside the site; panics if it leads out of it.
fn target(page: &str, link: &str) -> String {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    assert!(!link.contains(':') && !link.starts_with('/') && !link.contains("//"), "{page}: {link}");
    if path.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().unwrap_or_else(|| panic!("{page}: {link}"))),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Looks at all pages of a site: that they are well-formed and accessible, and that all links lead to something.
fn inspect(dir: &Path) -> usize {
    let files = files(dir);
    let known: HashSet<&str> = files.iter().map(String::as_str).collect();
    let pages: Vec<&str> = known.iter().copied().filter(|name| name.ends_with(".html")).collect();
    let mut ids: HashMap<&str, HashSet<String>> = HashMap::new();
    let mut fragments: HashSet<(String, String)> = HashSet::new();
    for &page in &pages {
        let html = fs::read_to_string(dir.join(page)).expect("it can be read");
        let tags = tags(&html);
        let count = |name: &str| tags.iter().filter(|tag| *tag == name).count();
        let counts = ["main", "header", "footer", "h1", "title"].map(count);
        assert_eq!(counts, [1; 5], "{page}");
        assert_eq!(count("table"), count("caption"), "{page}");
        assert_eq!(html.matches("<th ").count(), html.matches(" scope=\"").count(), "{page}");
        assert_eq!(count("th"), html.matches("<th ").count(), "{page}");
        for part in
            ["<html lang=\"en\">", "class=\"skip\" href=\"#main\"", "aria-label=\"Breadcrumb\"", "name=\"viewport\""]
        {
            assert!(html.contains(part), "{page}: {part}");
        }
        assert!(!html.contains(" style=") && !html.contains(" onclick="), "{page}");
        let mut last = 0;
        for level in tags.iter().filter_map(|tag| tag.strip_prefix('h')?.parse::<u32>().ok()) {
            assert!(level <= last + 1, "{page}: h{level} after h{last}");
            last = level;
        }
        let mut own = HashSet::new();
        for id in values(&html, " id") {
            assert!(own.insert(id.to_owned()), "{page}: {id} twice");
        }
        for attribute in [" href", " src", " action"] {
            for link in values(&html, attribute) {
                let to = target(page, link);
                assert!(known.contains(to.as_str()), "{page}: {link}");
                if let Some((_, fragment)) = link.split_once('#') {
                    fragments.insert((to, fragment.to_owned()));
                }
            }
        }
        ids.insert(page, own);
    }
    for (page, id) in fragments {
        assert!(ids[page.as_str()].contains(&id), "{page}#{id}");
    }
    pages.len()
}

/// Nothing that is asked of another site, nor put into a page otherwise than as text.
fn needs_nothing_else(dir: &Path) {
    for name in ["style.css", "site.js"] {
        let text = fs::read_to_string(dir.join(name)).expect("it can be read");
        for part in ["http:", "https:", "url(", "@import", "innerHTML", "insertAdjacent", "document.write", "eval("] {
            assert!(!text.contains(part), "{name}: {part}");
        }
    }
    let style = fs::read_to_string(dir.join("style.css")).expect("it can be read");
    for part in ["prefers-color-scheme: dark", "prefers-reduced-motion", ":focus-visible"] {
        assert!(style.contains(part), "{part}");
    }
}

#[test]
fn a_taxonomy_of_hostile_texts_is_a_whole_site() {
    let folder = TempDir::new().expect("a folder");
    let (own, out) = (folder.path().join("own"), folder.path().join("site"));
    hostile(&own);
    let wasm = folder.path().join("engine.wasm");
    fs::write(&wasm, b"\0asm\x01\0\0\0").expect("it can be written");
    let said = written(&["--taxonomy", text(&own), "--wasm", text(&wasm), "-o", text(&out)]);
    // Two focuses with two tracks of six, one without a ladder; two functions, a family, and four pages of their own.
    assert_eq!(inspect(&out), 2 * 12 + 1 + 2 + 1 + 4);
    assert!(said.contains("38 files"), "{said}");
    needs_nothing_else(&out);
    for page in files(&out).iter().filter(|name| name.ends_with(".html")) {
        let html = fs::read_to_string(out.join(page)).expect("it can be read");
        assert!(!html.contains("<img") && !html.contains("alert(1)>"), "{page}");
        assert!(html.contains("&lt;img src=x onerror=alert(1)&gt; &quot;&amp;&#39;"), "{page}");
    }
    let role = fs::read_to_string(out.join("role/PILOT/GEN.P4.html")).expect("a role");
    for part in [
        "<code>PILOT.GEN.P4</code>",
        "Decision rights",
        "1+ years",
        "no model",
        "0.70 medium",
        "53-5021",
        "Told plan",
        "Tied competency",
        "<span class=\"tag own\">P4</span>",
        "<span class=\"tag\">shared</span>",
        "Nearest roles",
        "href=\"GEN.P5.html\"",
        "compare.html?roles=PILOT.GEN.P4,PILOT.GEN.P5",
    ] {
        assert!(role.contains(part), "{part}");
    }
    let other = fs::read_to_string(out.join("role/PILOT/GEN.P3.html")).expect("a role");
    assert!(other.contains("Shared skill") && !other.contains("Tied skill"));
    assert!(other.contains("<td>reviewed</td>") && other.contains("more titles</summary>"));
    // What the engine is handed is the taxonomy itself.
    let taxonomy = titlecanon::Taxonomy::from_file(out.join("taxonomy.bin")).expect("a taxonomy");
    assert_eq!(taxonomy.roles().count(), 25);
    assert_eq!(fs::read(out.join("titlecanon.wasm")).unwrap(), fs::read(&wasm).unwrap());
}

#[test]
fn codes_and_names_are_enough_for_a_site_and_an_overlay_is_part_of_it() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for name in ["own", "over", "site"] {
        fs::create_dir(path(name)).expect("a folder");
    }
    fs::write(path("own/functions.tsv"), "code\tname\nNIN\tCode Ninja\n").expect("it can be written");
    fs::write(path("over/functions.tsv"), "code\tname\nPIR\tPirate\n").expect("it can be written");
    let (own, over, out) = (path("own"), path("over"), path("site"));
    // An empty folder is as good as none.
    let said = written(&["--taxonomy", text(&own), "--overlay", text(&over), "--no-wasm", "-o", text(&out)]);
    assert!(said.starts_with("plain search only: --no-wasm"), "{said}");
    inspect(&out);
    let role = fs::read_to_string(out.join("role/PIR/GEN.P3.html")).expect("a role");
    for part in ["no ladder", "No SOC 2018 code", "No profile has been written"] {
        assert!(role.contains(part), "{part}");
    }
    assert!(!role.contains("Levels of this focus"));
    assert!(fs::read_to_string(out.join("levels.html")).unwrap().contains("does not describe its levels"));
    assert!(fs::read_to_string(out.join("index.html")).unwrap().contains("This is a plain search by words."));
    assert!(!out.join("titlecanon.wasm").exists() && !out.join("taxonomy.bin").exists());
    assert!(fs::read_to_string(out.join("names.js")).unwrap().contains("\"Pirate\""));
}

#[test]
fn what_fails_writes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let (full, out) = (path("full"), path("site"));
    fs::create_dir(&full).expect("a folder");
    fs::write(full.join("mine"), "mine").expect("it can be written");
    fs::write(path("file"), "no module").expect("it can be written");
    fails(&["--no-wasm", "-o", text(&full)], "is not empty");
    fails(&["--no-wasm", "-o", text(&path("file"))], "is not a folder");
    fails(&["--no-wasm", "-o", text(&path("file/site"))], "file/site");
    fails(&["--wasm", text(&path("none")), "-o", text(&out)], "cannot be read");
    fails(&["--wasm", text(&path("file")), "-o", text(&out)], "no WebAssembly module");
    fails(&["--taxonomy", text(&path("none")), "--no-wasm", "-o", text(&out)], "cannot be read");
    fails(&["--no-wasm", "--wasm", text(&path("file")), "-o", text(&out)], "cannot be used with");
    assert_eq!(files(folder.path()), ["file", "full/mine"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_nothing() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("site");
    let mut child = Command::new(env!("CARGO_BIN_EXE_titlecanon"))
        .args(["site", "--no-wasm", "-o", text(&out)])
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let begun = Instant::now();
    // Until it is in the midst of it.
    while files(folder.path()).len() < 500 {
        assert!(begun.elapsed() < Duration::from_secs(60) && child.try_wait().expect("a child").is_none());
        thread::sleep(Duration::from_millis(20));
    }
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("it runs");
    assert!(kill.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Serves a folder on loopback, as long as the tests run. Gives the address.
fn serve(dir: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let dir = dir.clone();
            thread::spawn(move || answer(stream, &dir));
        }
    });
    format!("http://{address}/")
}

/// Answers one request. What the browser does not wait for is no failure.
fn answer(mut stream: TcpStream, dir: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    while !lines.next()?.ok()?.is_empty() {}
    let path = request.split(' ').nth(1)?.split('?').next()?.trim_start_matches('/');
    let kind = match path.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        // As servers say that know no better.
        _ => "application/octet-stream",
    };
    let (status, body) = match fs::read(dir.join(path)) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    stream.write_all(&body).ok()
}

/// The browser's command, if there is one.
fn browser() -> Option<&'static str> {
    let found = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()));
    if found.is_none() {
        assert!(std::env::var("TITLECANON_BROWSER").as_deref() != Ok("required"), "there is no Chromium here");
        println!("skipped: there is no Chromium here");
    }
    found
}

/// A page as it is once its scripts have run.
fn dom(browser: &str, url: &str) -> String {
    let profile = TempDir::new().expect("a folder");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", text(profile.path())))
        .args(["--virtual-time-budget=10000", "--dump-dom", url])
        .output()
        .expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A text as it stands in an address.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The text of the element with an id, without its tags.
fn element<'a>(dom: &'a str, id: &str) -> Option<String> {
    let (before, rest) = dom.split_once(&format!(" id=\"{id}\""))?;
    let name = before.rsplit('<').next()?.split(' ').next()?;
    let inside: &'a str = rest.split_once('>')?.1.split(&format!("</{name}>")).next()?;
    let mut out = String::new();
    for part in inside.split('<') {
        out += part.split_once('>').map_or(part, |(_, text)| text);
    }
    Some(out.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&"))
}

/// The titles that stand in the design.
const KNOWN: [&str; 9] = [
    "Senior Technical Support Engineer",
    "Sr. Technical Support Engineer",
    "Technical Support Engineer IV",
    "Technical Support Engineer 4",
    "Technical Support Engineer I",
    "Technical Support Engineer 1",
    "Entry-Level Technical Support Engineer",
    "Junior Technical Support Engineer",
    "Associate Technical Support Engineer",
];

/// The answer to a title in the browser must be the library's.
fn answers_alike(browser: &str, address: &str, title: &str) {
    let dom = dom(browser, &format!("{address}index.html?q={}", encoded(title)));
    let expected = normalize_title(title);
    let verdict = match expected.verdict() {
        Verdict::Confident => "Confident",
        Verdict::NeedsReview => "Needs review",
        Verdict::NoMatch => "No match",
    };
    assert_eq!(element(&dom, "verdict").as_deref(), Some(verdict), "{title}: {dom}");
    assert_eq!(element(&dom, "code"), expected.code().map(|code| code.to_string()), "{title}");
    assert_eq!(element(&dom, "why").unwrap(), Normalizer::builtin().explain(title).to_string(), "{title}");
    if let Some(best) = expected.best() {
        let sure = |name: &str, confidence: titlecanon::Confidence| {
            format!("<dt>{name}</dt><dd>{confidence} <span class=\"band {0}\">{0}</span></dd>", confidence.band())
        };
        for part in [
            sure("Confidence of the role", best.confidence()),
            sure("Function confidence", best.function_confidence()),
            sure("Level confidence", best.level_confidence()),
            format!(
                "<a href=\"role/{}/{}.{}.html\" id=\"role\">",
                best.function().code(),
                best.focus().code(),
                best.level()
            ),
        ] {
            assert!(dom.contains(&part), "{title}: {part}: {dom}");
        }
        assert_eq!(element(&dom, "role").unwrap(), best.role().title());
        let status = element(&dom, "status").unwrap();
        assert!(status.contains(&best.confidence().to_string()) && status.contains(best.band().as_str()), "{status}");
    }
    let others = element(&dom, "others").unwrap_or_default();
    for other in expected.candidates().skip(1) {
        let part = format!("{} {} {}", other.role().code(), other.confidence(), other.band());
        assert!(others.contains(&part), "{title}: {part}: {others}");
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes too long unless optimised; see above")]
fn the_whole_site_is_sound_and_its_search_answers_as_the_library_does() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("site");
    let said = written(&["-o", text(&out)]);
    let taxonomy = titlecanon::Taxonomy::builtin();
    let pages = taxonomy.roles().count() + taxonomy.functions().count() + taxonomy.families().count() + 4;
    assert_eq!(inspect(&out), pages);
    let Some(browser) = browser() else { return };
    assert!(!said.contains("plain search"), "{said}");
    let address = serve(out.clone());
    let address = address.as_str();
    let others = ["Tehcnical Suport Enginer III - Night Shift (Austin, TX) $45/hr", "asdf qwertz", "Analyst", "Intern"];
    let titles: Vec<&str> = KNOWN.into_iter().chain(others).collect();
    // Two at a time: as many as there are cores, mostly.
    thread::scope(|scope| {
        for half in titles.chunks(titles.len().div_ceil(2)) {
            scope.spawn(move || half.iter().for_each(|title| answers_alike(browser, address, title)));
        }
    });

    let hostile = "<img src=x onerror=\"document.title='caught'\"> Nurse";
    answers_alike(browser, address, hostile);
    let dom_of = |path: &str| dom(browser, &format!("{address}{path}"));
    let page = dom_of(&format!("index.html?q={}", encoded(hostile)));
    assert!(!page.contains("<img") && !page.contains("<title>caught"), "{page}");

    let page = dom_of("compare.html?roles=TSE.GEN.P3,TSE.GEN.P4");
    for (table, parts) in [
        ("distances", &["0.07 may stand in"][..]),
        ("aspects", &["3–5 years", "5–8 years", "Information Technology same"]),
        ("components", &["Tasks, shared", "Tasks, differing"]),
    ] {
        let text = element(&page, table).unwrap_or_else(|| panic!("{table}: {page}"));
        assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    }
    // By title too; and what is none is told.
    let page = dom_of(&format!("compare.html?roles={}", encoded("Cashier,tse.gen.p4")));
    assert!(element(&page, "distances").is_some_and(|text| text.contains("another job")), "{page}");
    let page = dom_of("compare.html?roles=TSE.GEN.P4,TSE.GEN.S1");
    assert!(element(&page, "status").unwrap().contains("no role TSE.GEN.S1"), "{page}");

    // From a disk there is no engine, and the page says why.
    let file = format!("file://{}/index.html?q=network+support", text(&out));
    let page = dom(browser, &file);
    assert!(element(&page, "plain").unwrap().contains("python3 -m http.server"), "{page}");
    assert!(element(&page, "others").unwrap().contains("TSE.NET.P3"), "{page}");

    // Nor in a site without.
    fs::remove_file(out.join("titlecanon.wasm")).expect("it is there");
    let page = dom_of("index.html?q=technical+support");
    assert!(element(&page, "plain").unwrap().contains("plain search by words, because titlecanon.wasm"), "{page}");
    assert!(element(&page, "others").unwrap().contains("TSE.GEN.P3"), "{page}");
}

#[test]
fn a_site_without_an_engine_says_so_and_finds_words() {
    let Some(browser) = browser() else { return };
    let folder = TempDir::new().expect("a folder");
    let (own, out) = (folder.path().join("own"), folder.path().join("site"));
    hostile(&own);
    written(&["--taxonomy", text(&own), "--no-wasm", "--quiet", "-o", text(&out)]);
    let address = serve(out);
    let page = dom(browser, &format!("{address}index.html?q=tug+pilot"));
    assert!(element(&page, "plain").unwrap().contains("plain search by words"), "{page}");
    assert!(page.contains("<a href=\"role/PILOT/TUG.P3.html\">Tug Pilot &lt;/script&gt;&lt;img src=x"), "{page}");
    let page = dom(browser, &format!("{address}index.html?q=PILOT.TUG.P4"));
    assert!(page.contains("<a href=\"role/PILOT/TUG.P4.html\">"), "{page}");
    let page = dom(browser, &format!("{address}compare.html?roles=PILOT.GEN.P3,PILOT.GEN.S1"));
    assert!(element(&page, "plain").unwrap().contains("Roles cannot be compared here"), "{page}");
    let links = element(&page, "others").unwrap();
    assert!(links.contains("PILOT.GEN.P3") && links.contains("No role  PILOT.GEN.S1"), "{links}");
}
