//! `taxonomy` and taxonomies of one's own. The sources are those of the library, copied and spoilt.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Folder, SENIOR, objects, run, succeed};

/// A copy of the library's sources: a sound taxonomy, which takes a debug build some seconds to compile.
fn all_sources() -> Folder {
    sources(|_| true)
}

/// The same without the files of most families. Rows elsewhere speak of what is missing, so it is only good to be
/// found fault with, or to be put in order; and quick at that.
fn some_sources() -> Folder {
    sources(|file| file == "ite.tsv")
}

/// A copy of the library's sources, with those files in the folders inside that are wanted.
fn sources(wanted: impl Fn(&str) -> bool) -> Folder {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let folder = Folder::new();
    for path in list(&data) {
        if path.is_file() {
            keep(&folder, &data, &path);
            continue;
        }
        for path in list(&path) {
            if wanted(path.file_name().unwrap().to_str().unwrap()) {
                keep(&folder, &data, &path);
            }
        }
    }
    folder
}

fn list(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn keep(folder: &Folder, data: &Path, path: &Path) {
    let inside = Path::new("data").join(path.strip_prefix(data).unwrap());
    folder.write(inside.to_str().unwrap(), fs::read(path).unwrap());
}

/// A source file without the last field of its third line.
fn spoil(folder: &Folder, name: &str) {
    let text = folder.read(name);
    let spoilt: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(nth, line)| if nth == 2 { line.rsplit_once('\t').unwrap().0 } else { line })
        .collect();
    folder.write(name, spoilt.join("\n") + "\n");
}

#[test]
fn stats_count() {
    let text = succeed(&["taxonomy", "stats"], "");
    let taxonomy = titlecanon::Taxonomy::builtin();
    let counts = [
        ("families", taxonomy.families().count()),
        ("functions", taxonomy.functions().count()),
        ("focuses", taxonomy.focuses().count()),
        ("roles", taxonomy.roles().count()),
        ("aliases", taxonomy.aliases().count()),
    ];
    for (what, count) in counts {
        let line = text.lines().find(|line| line.starts_with(what)).unwrap();
        let digits: String = line.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, count.to_string(), "{line}");
    }
    let all = taxonomy.soc_codes().count();
    let missing = succeed(&["taxonomy", "stats", "--missing"], "").lines().count();
    assert!(text.contains(&format!("{} of {all} reached", all - missing)), "{text}");
}

#[test]
fn check_and_use_a_taxonomy_of_ones_own() {
    let folder = all_sources();
    let dir = folder.path("data");
    let ran = run(&["taxonomy", "check", &dir], "");
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("no problems") && ran.stdout.contains(" roles"), "{}", ran.stdout);
    let args = ["resolve", "--taxonomy", &dir, "--format", "jsonl", SENIOR];
    assert_eq!(objects(&succeed(&args, ""))[0]["code"], "TSE.GEN.P4");
}

#[test]
fn problems_are_told_with_file_and_line() {
    let folder = some_sources();
    spoil(&folder, "data/soc.tsv");
    spoil(&folder, "data/families.tsv");
    let dir = folder.path("data");
    let ran = run(&["taxonomy", "check", &dir], "");
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    for file in ["soc.tsv", "families.tsv"] {
        let place = format!("{}:3: ", Path::new(&dir).join(file).display());
        assert!(ran.stdout.lines().any(|line| line.starts_with(&place)), "{}", ran.stdout);
    }
    // For any other command it is bad input.
    let ran = run(&["resolve", "--taxonomy", &dir, SENIOR], "");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("soc.tsv:3: ") && ran.stderr.contains("families.tsv:3: "), "{}", ran.stderr);
}

#[test]
fn fmt_puts_rows_in_order() {
    let folder = some_sources();
    let dir = folder.path("data");
    assert_eq!(run(&["taxonomy", "fmt", &dir], "").code, 0);
    let ordered = folder.read("data/soc.tsv");
    assert_eq!(run(&["taxonomy", "fmt", "--check", &dir], "").code, 0);

    let mut lines: Vec<_> = ordered.lines().collect();
    lines[1..].reverse();
    let path = folder.write("data/soc.tsv", lines.join("\n") + "\n");
    let ran = run(&["taxonomy", "fmt", "--check", &dir], "");
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.starts_with(&path) && ran.stdout.lines().count() == 1, "{}", ran.stdout);
    assert_ne!(folder.read("data/soc.tsv"), ordered);

    let ran = run(&["taxonomy", "fmt", &dir], "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains(&path), "{}", ran.stdout);
    assert_eq!(folder.read("data/soc.tsv"), ordered);
}

#[test]
fn fmt_leaves_everything_where_there_are_problems() {
    let folder = some_sources();
    let dir = folder.path("data");
    spoil(&folder, "data/soc.tsv");
    let families = folder.read("data/families.tsv");
    let mut lines: Vec<_> = families.lines().collect();
    lines[1..].reverse();
    let disordered = lines.join("\n") + "\n";
    folder.write("data/families.tsv", &disordered);
    let ran = run(&["taxonomy", "fmt", &dir], "");
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("soc.tsv:3: "), "{}", ran.stdout);
    assert_eq!(folder.read("data/families.tsv"), disordered);
}

#[test]
fn a_folder_that_is_none_is_2() {
    let folder = Folder::new();
    let none = folder.path("none");
    let file = folder.write("file", "");
    let commands: [&[&str]; 3] = [&["taxonomy", "check"], &["taxonomy", "fmt"], &["taxonomy", "stats", "--taxonomy"]];
    for command in commands {
        for dir in [&none, &file] {
            let ran = run(&[command, &[dir.as_str()]].concat(), "");
            assert_eq!(ran.code, 2, "{command:?}: {}", ran.stdout);
            assert!(ran.stderr.contains(dir), "{}", ran.stderr);
        }
    }
}

#[test]
fn export_writes_sources_that_are_the_same_taxonomy() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    let (first, second) = (folder.path("first"), folder.path("second"));
    let text = succeed(&["taxonomy", "export", &first, "--taxonomy", &own], "");
    assert!(text.starts_with(&first), "{text}");
    fs::create_dir(&second).unwrap();
    succeed(&["taxonomy", "export", &second, "--taxonomy", &first], "");
    for file in ["taxonomy.tsv", "aliases/hbr.tsv", "focuses/pilot.tsv", "crosswalk/pilot.tsv", "ambiguities.tsv"] {
        assert_eq!(folder.read(&format!("first/{file}")), folder.read(&format!("second/{file}")), "{file}");
    }
    let titles = ["diff", &own, &second, "-", "--input-format", "lines"];
    assert_eq!(run(&titles, "Harbour Pilot\nDock Hand\nTug Pilot\nLead Pilot Master\n").code, 0);
}

#[test]
fn export_writes_into_no_folder_that_holds_something() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    let ran = run(&["taxonomy", "export", &own, "--taxonomy", &own], "");
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stderr.contains("is not empty"), "{}", ran.stderr);
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 1);
}

#[test]
fn publishers_ids_are_told_where_there_are_any() {
    let folder = Folder::new();
    let header =
        "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\texternal_id\n";
    folder.write(
        "own/functions.tsv",
        format!("{header}NIN\tCode Ninja\t\t\t\t\t\t\t\tesco\tn-1\nPIR\tPirate\t\t\t\t\t\t\t\tesco\t\n"),
    );
    let own = folder.path("own");
    let args = |format| ["resolve", "--taxonomy", &own, "--format", format, "code ninja", "Pirate", "zzz"];
    let answers = objects(&succeed(&args("jsonl"), ""));
    let ids: Vec<_> = answers.iter().map(|answer| answer["external_id"].as_str().map(String::from)).collect();
    assert_eq!(ids, [Some("n-1".to_string()), None, None]);
    let text = succeed(&args("csv"), "");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let column = rows[0].iter().position(|name| *name == "external_id").unwrap();
    assert_eq!(rows[0][column - 1], "soc");
    assert!(rows[1..].iter().map(|row| row[column]).eq(["n-1", "", ""]), "{text}");
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{text}");
    assert!(!succeed(&["resolve", "--format", "csv", SENIOR], "").contains("external_id"));
}

#[test]
fn a_compiled_taxonomy_is_one_wherever_sources_are() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    let file = folder.path("harbour.taxonomy");
    let text = succeed(&["compile", &own, "-o", &file], "");
    assert!(text.starts_with(&file) && text.ends_with(" bytes\n"), "{text}");
    let titles = "Harbour Pilot\nDock Hand\nTug Pilots (nights)\n";
    let answers = |taxonomy: &str| succeed(&["resolve", "--taxonomy", taxonomy, "--format", "csv"], titles);
    assert_eq!(answers(&file), answers(&own));
    assert_eq!(run(&["diff", &own, &file, "-", "--input-format", "lines"], titles).code, 0);
    let again = folder.path("again.taxonomy");
    succeed(&["compile", "--taxonomy", &file, "-o", &again], "");
    assert_eq!(fs::read(&file).unwrap(), fs::read(&again).unwrap());
}

#[test]
fn a_spoilt_compiled_taxonomy_is_2_and_bad_sources_write_none() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    let file = folder.path("harbour.taxonomy");
    succeed(&["compile", &own, "-o", &file], "");
    let mut bytes = fs::read(&file).unwrap();
    bytes[200] ^= 1;
    let spoilt = folder.write("spoilt.taxonomy", bytes);
    let ran = run(&["resolve", "--taxonomy", &spoilt, "Harbour Pilot"], "");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains(&spoilt) && ran.stderr.contains("damaged"), "{}", ran.stderr);

    folder.write("own/aliases/hbr.tsv", "text\tfunction\nDocker\tNONE\n");
    let other = folder.path("other.taxonomy");
    let ran = run(&["compile", &own, "-o", &other], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("hbr.tsv:2: no focus NONE.GEN"), "{}", ran.stderr);
    assert!(!Path::new(&other).exists());
}

#[test]
fn an_overlay_wins_over_the_taxonomy_it_is_laid_over() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    folder.write("mine/aliases.tsv", "text\tfunction\nNinja\tCRANE\nTug Pilot\tCRANE\n");
    folder.write("mine/blocks.tsv", "text\nStudent Worker\nPilot Master\n");
    let mine = folder.path("mine");
    let over = |rest: &[&str]| -> Vec<String> {
        ["--taxonomy", &own, "--overlay", &mine].iter().chain(rest).map(|arg| arg.to_string()).collect()
    };
    let succeed = |args: Vec<String>| super::succeed(&args.iter().map(String::as_str).collect::<Vec<_>>(), "");
    let answers = objects(&succeed(over(&[
        "resolve",
        "--format",
        "jsonl",
        "Ninja",
        "Tug Pilot",
        "Pilot Master",
        "Crane Driver",
    ])));
    let codes: Vec<_> = answers.iter().map(|answer| answer["code"].as_str().unwrap_or("-").to_string()).collect();
    assert_eq!(codes, ["CRANE.GEN.S2", "CRANE.GEN.S2", "-", "CRANE.GEN.S2"]);
    assert!(succeed(over(&["explain", "Pilot Masters"])).contains("is no job: \"Pilot Master\" of own"));
    let file = folder.path("both.taxonomy");
    succeed(over(&["compile", "-o", &file]));
    assert_eq!(
        objects(&super::succeed(&["resolve", "--taxonomy", &file, "--format", "jsonl", "Ninja"], ""))[0]["code"],
        "CRANE.GEN.S2"
    );

    folder.write("mine/aliases.tsv", "text\tfunction\nNinja\tNONE\n");
    let ran = run(&["resolve", "--taxonomy", &own, "--overlay", &mine, "Ninja"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("aliases.tsv:2: no focus NONE.GEN"), "{}", ran.stderr);
}

#[test]
fn lint_tells_what_it_finds_as_text_and_as_json() {
    let folder = Folder::new();
    folder.write("own/functions.tsv", "code\tname\nNIN\tCode Ninja\n");
    folder.write("own/aliases.tsv", "text\tfunction\nNinja\tNIN\n");
    let own = folder.path("own");
    let ran = run(&["lint", &own], "");
    assert_eq!((ran.code, ran.stdout), (0, format!("{own}: 0 findings\n")));

    let aliases = folder.write("own/aliases.tsv", "text\tfunction\nNinja\tNIN\nninjas\tNIN\n");
    let ran = run(&["lint", &own], "");
    assert_eq!(ran.code, 1);
    let line =
        format!("{aliases}:3: error [invalid]: \"ninjas\" folds to the same words as aliases.tsv:2; delete one\n");
    assert!(ran.stdout.starts_with(&line), "{}", ran.stdout);
    let ran = run(&["lint", &own, "--format", "json"], "");
    assert_eq!(ran.code, 1);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let finding = found[0].as_object().unwrap();
    let fields = ["file", "line", "severity", "code", "message", "advice"];
    assert!(finding.len() == fields.len() && fields.iter().all(|name| finding.contains_key(*name)), "{}", ran.stdout);
    assert_eq!(
        (&finding["file"], &finding["line"], &finding["advice"]),
        (&"aliases.tsv".into(), &3.into(), &"delete one".into())
    );
}
