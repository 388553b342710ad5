//! `show` and `compare`: what the taxonomy says of roles, and codes that name none.

use serde_json::{Value, json};

use super::{Folder, harbour, positions, run, succeed, tags};

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&succeed(&[args, &["--format", "json"]].concat(), "")).expect("JSON")
}

fn html(args: &[&str]) -> String {
    succeed(&[args, &["--format", "html"]].concat(), "")
}

/// Runs with text as the format, and sees that it fits.
#[track_caller]
fn text(args: &[&str]) -> String {
    let text = succeed(args, "");
    assert!(text.lines().all(|line| line.trim_end() == line && line.chars().count() <= 120), "{text}");
    text
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?}: {text}");
    }
}

/// The lines under a heading that are not empty, up to the next empty line.
fn under<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    lines.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty()).collect()
}

#[test]
fn a_role_is_shown_as_text() {
    let senior = text(&["show", "TSE.GEN.P4"]);
    assert!(senior.starts_with("Senior Technical Support Engineer (TSE.GEN.P4)\n"), "{senior}");
    holds(
        &senior,
        &[
            "\nlevel       P4 Senior Professional\ntrack       Professional\nfunction    TSE Technical Support Engineer\n",
            "\nfocus       GEN General\nfamily      ITE Information Technology\n",
            "\nconfidence  0.70 medium\npay basis   no model; ",
            "\n15-1232  Computer User Support Specialists  ",
            "\nTSE.GEN.P3  Technical Support Engineer                0.07  confident\n",
        ],
    );
    let level = under(&senior, "LEVEL");
    assert_eq!((level.len(), level[6]), (7, "typical experience  5–8 years"), "{senior}");
    let plan = under(&senior, "Plan");
    assert!(plan.len() == 5 && plan[0].starts_with("1.  ") && plan[4].starts_with("5.  "), "{senior}");
    for heading in ["Who", "Problem", "Stakes", "Success"] {
        assert!(!under(&senior, heading).is_empty(), "{heading}: {senior}");
    }
    for kind in ["Responsibilities", "Tasks", "Skills", "Knowledge", "Competencies", "Qualifications"] {
        let components = under(&senior, kind);
        let count = |mark: &str| components.iter().filter(|line| line.starts_with(mark)).count();
        assert_eq!((count("shared  "), count("P4      "), components.len()), (3, 2, 5), "{kind}: {senior}");
    }
    let entry = text(&["show", "TSE.GEN.P1"]);
    holds(
        &entry,
        &["Entry-Level Technical Support Engineer (TSE.GEN.P1)\n", "\nlevel       P1 Entry-Level Professional\n"],
    );
    holds(&entry, &["\ntypical experience  0–2 years\n", "\nTechnical Support Engineer I ", "\nP1      "]);
}

#[test]
fn text_has_the_first_aliases_unless_all_are_asked_for() {
    let heading = "Titles that lead to this role, and how surely";
    let (short, long) = (text(&["show", "TSE.GEN.P4"]), text(&["show", "TSE.GEN.P4", "--all-aliases"]));
    let all = json(&["show", "TSE.GEN.P4"])["aliases"].as_array().expect("aliases").len();
    let (head, more) = (1, format!("{} more; --all-aliases lists them", all - 20));
    let first = under(&short, heading);
    assert_eq!((first.len(), first.last().copied()), (head + 20 + 1, Some(more.as_str())), "{short}");
    assert_eq!(under(&long, heading).len(), head + all, "{long}");
    let page = html(&["show", "TSE.GEN.P4"]);
    assert!(!page.contains("--all-aliases"));
    assert_eq!(page.matches("<td>draft</td></tr>").count(), all + 1, "the aliases and the crosswalk");
}

#[test]
fn a_role_is_shown_as_json() {
    let fields = [
        "code",
        "title",
        "summary",
        "status",
        "scope",
        "version",
        "confidence",
        "band",
        "pay_basis",
        "level",
        "function",
        "focus",
        "family",
        "crosswalk",
        "aliases",
        "profile",
        "neighbors",
    ];
    let written = succeed(&["show", "TSE.GEN.P4", "--format", "json"], "");
    let top: Vec<&str> = written.lines().filter(|line| line.starts_with("  \"")).collect();
    assert_eq!(top.len(), fields.len(), "{top:?}");
    assert!(positions(&top.join("\n"), &fields).is_sorted(), "{top:?}");
    let senior: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(
        (&senior["code"], &senior["title"], &senior["pay_basis"]),
        (&json!("TSE.GEN.P4"), &json!("Senior Technical Support Engineer"), &json!("no model"))
    );
    assert_eq!((&senior["confidence"], &senior["band"]), (&json!(0.7), &json!("medium")));
    let level = &senior["level"];
    assert_eq!(
        (&level["code"], &level["track"], &level["years"]["to"]),
        (&json!("P4"), &json!("Professional"), &json!(8))
    );
    assert_eq!((&level["name"], &level["typical_experience"]), (&json!("Senior Professional"), &json!("5–8 years")));
    assert_eq!(senior["function"]["code"], "TSE");
    assert_eq!((&senior["focus"]["name"], &senior["family"]["code"]), (&json!("General"), &json!("ITE")));
    assert_eq!(
        (&senior["crosswalk"][0]["code"], &senior["crosswalk"][0]["status"]),
        (&json!("15-1232"), &json!("draft"))
    );
    let first = &senior["aliases"][0];
    assert_eq!((&first["title"], &first["confidence"]), (&senior["title"], &json!(0.82)));
    assert_eq!(senior["profile"]["plan"].as_array().expect("steps").len(), 5);
    assert_eq!(
        (&senior["profile"]["task"][0]["level"], &senior["profile"]["task"][4]["level"]),
        (&Value::Null, &json!("P4"))
    );
    assert_eq!(senior["neighbors"].as_array().expect("neighbors").len(), 10);
    let nearest = json!({
        "code": "TSE.GEN.P3", "title": "Technical Support Engineer", "distance": 0.07, "verdict": "confident",
    });
    assert_eq!(senior["neighbors"][0], nearest);
    let entry = json(&["show", "TSE.GEN.P1", "--neighbors", "2"]);
    assert_eq!(
        (&entry["title"], &entry["level"]["years"]["from"]),
        (&json!("Entry-Level Technical Support Engineer"), &json!(0))
    );
    assert_eq!(entry["neighbors"].as_array().expect("neighbors").len(), 2);
    assert_eq!(json(&["show", "TSE.GEN.P1", "--neighbors", "0"])["neighbors"], json!([]));
}

#[test]
fn a_role_is_shown_as_html() {
    for (code, title, level, years) in [
        ("TSE.GEN.P4", "Senior Technical Support Engineer", "P4 Senior Professional", "5–8 years"),
        ("TSE.GEN.P1", "Entry-Level Technical Support Engineer", "P1 Entry-Level Professional", "0–2 years"),
    ] {
        let page = html(&["show", code]);
        let tags = tags(&page);
        let count = |name: &str| tags.iter().filter(|tag| *tag == name).count();
        assert_eq!((count("h1"), count("h2"), count("ol"), count("table")), (1, 6, 1, 3), "{page}");
        // The record, the level, the problem, and six kinds of components under headings of their own, as the story's parts are.
        assert_eq!((count("dl"), count("h3"), count("caption")), (9, 11, 3), "{page}");
        holds(&page, &[&format!("<h1>{title} ({code})</h1>"), &format!("<dt>level</dt><dd>{level}</dd>")]);
        holds(
            &page,
            &[&format!("<dd>{years}</dd>"), "<dt>pay basis</dt><dd>no model; ", "<th scope=\"row\">15-1232</th>"],
        );
        holds(
            &page,
            &["<dt>shared</dt><dd>", &format!("<dt>{}</dt><dd>", &code[8..]), "<th scope=\"row\">TSE.GEN.P3</th>"],
        );
    }
}

#[test]
fn codes_are_read_forgivingly_and_roles_without_content_say_so() {
    assert_eq!(text(&["show", " tse.gen.p4 "]), text(&["show", "TSE.GEN.P4"]));
    let folder = Folder::new();
    let own = harbour::write(&folder, "own", &[]);
    let page = text(&["show", "crane.gen.s2", "--taxonomy", &own]);
    holds(&page, &["Crane Driver (CRANE.GEN.S2)\nLifts boxes.\n", "\nLEVEL\nThe taxonomy describes no levels.\n"]);
    holds(&page, &["\nlevel       S2\n", "\n53-7021  Crane Operators  ours    draft\n"]);
    holds(&page, &["\nPROFILE\nNo profile has been written for this function.\n", "\nPILOT.GEN.P2  Harbour Pilot"]);
    let crane = json(&["show", "CRANE.GEN.S2", "--taxonomy", &own]);
    assert_eq!((&crane["profile"], &crane["level"]), (&Value::Null, &json!({ "code": "S2", "track": "Support" })));
    // Laid over the embedded taxonomy it is shown with that taxonomy's levels.
    folder.write("over/aliases.tsv", "text\tfunction\nHelp Wizard\tTSE\n");
    let over = ["show", "TSE.GEN.P3", "--all-aliases", "--overlay", &folder.path("over")];
    holds(&text(&over), &["\nHelp Wizard ", "\nlevel       P3 Mid-Level Professional\n"]);
}

/// A taxonomy that would like to do more than be read: a function without a ladder, one with an empty crosswalk, and texts that
/// browsers and terminals obey.
fn hostile(folder: &Folder) -> String {
    folder.write("own/taxonomy.tsv", "name\tversion\tlicence\n<b>own</b>\t1\tours\n");
    folder.write("own/families.tsv", "code\tname\tsummary\nHBR\t</dd><script>alert(1)</script>\tx\n");
    let header =
        "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\texternal_id\n";
    let rows = "PILOT\tPilot <i> & \"x\"\tP\tP3\tdraft\tglobal\t1\t0.70\tGuides\u{1b}[31m'ships'.\tours\tid:\u{7}\n\
                HAND\tDock Hand\t\t\tdraft\tglobal\t1\t0.70\tLifts.\tours\t\n";
    folder.write("own/functions/hbr.tsv", format!("{header}{rows}"));
    let rows = "PILOT\twho\t*\t<script>alert(2)</script>\tours\nPILOT\tplan\t*\t<img alt>\u{1b}c\tours\n\
                PILOT\ttask\t*\tSteer & <b>moor</b>\tours\nPILOT\ttask\tP3\tDock \u{9b}2J alone\tours\n";
    folder.write("own/profiles/hbr.tsv", format!("function\tpart\tlevel\ttext\tsource\n{rows}"));
    folder.path("own")
}

#[test]
fn hostile_texts_are_only_shown() {
    let folder = Folder::new();
    let own = hostile(&folder);
    for args in [&["show", "PILOT.GEN.P3"][..], &["compare", "PILOT.GEN.P3", "PILOT.GEN.P4", "HAND.GEN.P3"]] {
        let args = [args, &["--taxonomy", &own]].concat();
        let page = html(&args);
        let tags = tags(&page);
        assert!(tags.iter().all(|tag| !["i", "b"].contains(&tag.as_str())), "{page}");
        holds(
            &page,
            &["&lt;/dd&gt;&lt;script&gt;alert(1)", "Pilot &lt;i&gt; &amp; &quot;x&quot;", "Steer &amp; &lt;b&gt;moor"],
        );
        for shown in [&page, &text(&args)] {
            assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
        }
    }
    let ran = run(&["show", "PILOT.\u{1b}[31m.P3", "--taxonomy", &own], "");
    assert_eq!(ran.code, 2);
    assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    // What is written of a function in part is shown in part.
    let page = text(&["show", "PILOT.GEN.P4", "--taxonomy", &own]);
    holds(&page, &["\nWho\n", "\nPlan\n1.  <img", "\nTasks\nshared  Steer", "\nexternal id  id:"]);
    for part in ["Problem", "Stakes", "Skills", "alone"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
}

#[test]
fn functions_without_a_ladder_have_no_level() {
    let folder = Folder::new();
    let own = hostile(&folder);
    let page = text(&["show", "HAND.GEN.P3", "--taxonomy", &own]);
    holds(&page, &["\nlevel       none; P3 stands in its place\n", "\nThe function has no ladder.\n"]);
    assert!(!page.contains("track"), "{page}");
    let page = text(&["compare", "HAND.GEN.P3", "PILOT.GEN.P3", "--taxonomy", &own]);
    holds(
        &page,
        &["HAND.GEN.P3 has no ladder: P3 says nothing", "HAND.GEN.P3: no profile has been written for Dock Hand.\n"],
    );
    holds(
        &page,
        &["says nothing of scope, autonomy, complexity, impact, decision rights, leadership, typical experience,"],
    );
    refuse(&["show", "HAND.GEN.P4", "--taxonomy", &own], &["no ladder", "its only level is P3: HAND.GEN.P3"]);
}

#[track_caller]
fn refuse(args: &[&str], parts: &[&str]) {
    let folder = Folder::new();
    let out = folder.path("out.txt");
    let ran = run(&[args, &["-o", &out]].concat(), "");
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (2, "", 1), "{args:?}: {}", ran.stderr);
    holds(&ran.stderr, parts);
    assert!(ran.stderr.starts_with("error: ") && folder.names().is_empty(), "{args:?}");
}

#[test]
fn codes_that_name_no_role_are_told_with_what_may_be_meant() {
    let refuse = |code: &str, parts: &[&str]| {
        refuse(&["show", code], parts);
        self::refuse(&["compare", "TSE.GEN.P3", code], parts);
    };
    refuse("TSE.GEN", &["\"TSE.GEN\" is not a role code", "three parts, FUNCTION.FOCUS.LEVEL"]);
    refuse("tse.gen.p9", &["\"tse.gen.p9\" is not a role code", "S1-S4, P1-P6"]);
    refuse("TSE..P4", &["the second part of a role code"]);
    refuse("  ", &["\"\" is not a role code"]);
    refuse("tsx.gen.p4", &["no function TSX; did you mean TSE.GEN.P4 (Senior Technical Support Engineer)"]);
    refuse("SUPPORT.GEN.P4", &["no function SUPPORT; did you mean ", "Support"]);
    refuse("QQQQ.GEN.P4", &["no function QQQQ\n"]);
    refuse("TSE.XXX.P4", &["TSE (Technical Support Engineer) has no focus XXX; it has GEN (General), "]);
    refuse("TSE.GEN.S1", &["TSE (Technical Support Engineer) has no level S1; it has P1, P2, P3, P4, P5, P6, M1, "]);
    let senior = "Senior Technical Support Engineer";
    let message = "is not a role code, as TSE.GEN.P4; this title resolves to TSE.GEN.P4: titlecanon show TSE.GEN.P4\n";
    refuse(senior, &[&format!("\"{senior}\" {message}")]);
    refuse("asdf", &["\"asdf\" is not a role code, nor a title that resolves to one: "]);
    let folder = Folder::new();
    let own = harbour::write(&folder, "own", &[]);
    let parts = ["\"Dock Hand\"", "this title may mean, to be reviewed, CRANE.GEN.S2: titlecanon show CRANE.GEN.S2"];
    self::refuse(&["show", "Dock Hand", "--taxonomy", &own], &parts);
}

#[test]
fn two_to_four_roles_are_compared_each_once() {
    let most = ["compare", "TSE.GEN.P1", "TSE.GEN.P2", "TSE.GEN.P3", "TSE.GEN.P4", "TSE.GEN.P5"];
    refuse(&most[..2], &["2 to 4 roles can be compared, and 1 is named"]);
    refuse(&most, &["2 to 4 roles can be compared, and 5 are named"]);
    refuse(&["compare", "TSE.GEN.P4", "TSE.GEN.P3", "tse.gen.p4"], &["TSE.GEN.P4 is named twice; name each role once"]);
    let ran = run(&["compare"], "");
    assert!(ran.code == 2 && ran.stderr.contains("<CODE>"), "{}", ran.stderr);
    let names: Vec<Value> =
        json(&most[..5])["roles"].as_array().expect("roles").iter().map(|role| role["code"].clone()).collect();
    assert_eq!(names, most[1..5]);
}

#[test]
fn comparisons_are_readable_as_text() {
    let four = text(&["compare", "TSE.GEN.P4", "tse.net.p4", "SWE.GEN.P4", "RN.GEN.P3"]);
    assert!(four.starts_with("Comparison of TSE.GEN.P4, TSE.NET.P4, SWE.GEN.P4, RN.GEN.P3\n"), "{four}");
    let (from, to) = (four.find("\nASPECTS\n").expect("aspects"), four.find("\nDISTANCES\n").expect("distances"));
    let aspects = &four[from..to];
    for aspect in
        ["level", "scope", "autonomy", "complexity", "impact", "decision rights", "leadership", "typical experience"]
    {
        holds(aspects, &[&format!("\n{aspect}  ")]);
    }
    // Nothing is cut short: the last words of a sentence are there.
    assert!(!four.contains('…'), "{four}");
    let columns: Vec<&str> =
        aspects.lines().find(|line| line.starts_with("ASPECT ")).expect("a head").split("  ").collect();
    assert_eq!(columns.iter().filter(|name| !name.is_empty()).count(), 6, "{columns:?}");
    let two = text(&["compare", "TSE.GEN.P3", "TSE.GEN.P4"]);
    let line =
        |start: &str| two.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}: {two}"));
    assert_eq!(line("function ").split_whitespace().nth(1), Some("yes"));
    assert_eq!(line("typical ").split_whitespace().nth(2), Some("no"));
    holds(&two, &["\nTSE.GEN.P3  –               0.07 confident\n"]);
    let tasks = under(&two, "Tasks");
    let count = |mark: &str| tasks.iter().filter(|line| line.starts_with(mark)).count();
    assert_eq!((count("all "), count("TSE.GEN.P3 "), count("TSE.GEN.P4 "), tasks.len()), (3, 2, 2, 7), "{two}");
}

#[test]
fn comparisons_are_the_same_in_json_and_html() {
    let codes = ["compare", "TSE.GEN.P1", "TSE.GEN.P4"];
    let comparison = json(&codes);
    let aspects = comparison["aspects"].as_array().expect("aspects");
    let page = html(&codes);
    let tags = tags(&page);
    let count = |name: &str| tags.iter().filter(|tag| *tag == name).count();
    assert_eq!((count("h1"), count("h2"), count("h3"), count("table"), count("caption")), (1, 3, 6, 2, 2), "{page}");
    assert_eq!(aspects.len(), 12);
    for aspect in aspects {
        let same = if aspect["shared"] == true { "yes" } else { "no" };
        let name = aspect["name"].as_str().expect("a name");
        holds(&page, &[&format!("<th scope=\"row\">{name}</th><td>{same}</td>")]);
    }
    let level = json!({ "name": "level", "values": ["P1 Entry-Level Professional", "P4 Senior Professional"], "shared": false });
    assert_eq!(aspects[0], level);
    let first = &comparison["roles"][0];
    assert_eq!((&first["distances"], &first["verdicts"]), (&json!([0.0, 0.21]), &json!(["confident", "confident"])));
    assert_eq!(first["has_profile"], true);
    let tasks = &comparison["components"][1];
    assert_eq!((&tasks["kind"], tasks["shared"].as_array().map(Vec::len)), (&json!("task"), Some(3)));
    assert_eq!(tasks["differing"][1][0]["level"], "P4");
}

#[test]
fn files_are_written_in_the_end() {
    let folder = Folder::new();
    for args in [&["show", "TSE.GEN.P4"][..], &["compare", "TSE.GEN.P4", "TSE.GEN.P5"]] {
        for format in ["text", "json", "html"] {
            let args = [args, &["--format", format]].concat();
            let out = folder.path("out");
            assert_eq!(succeed(&[&args[..], &["-o", &out]].concat(), ""), "");
            assert_eq!(folder.read("out"), succeed(&args, ""));
        }
    }
    let ran = run(&["show", "TSE.GEN.P4", "-o", &folder.path("none/out")], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot be written"), "{}", ran.stderr);
    assert_eq!(folder.names(), ["out"]);
}
