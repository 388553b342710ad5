//! `import`: small files of the forms that publishers use, and the publishers' own where they are at hand.

use std::fs;
use std::path::PathBuf;

use super::{Folder, Ran, objects, run, succeed};

const OCCUPATIONS: &str = "O*NET-SOC Code\tTitle\tDescription
11-9199.00\tHarbour Masters\tRun a harbour, e.g. its Pilots. Answer for it.
53-5021.00\tHarbour Pilots\tGuide \"big\" ships. Know the tides.
53-7021.00\tCrane Operators\tLift boxes.
53-7021.01\tTower Crane Operators\tLift boxes high.
";

const ALTERNATES: &str = "O*NET-SOC Code\tTitle\tAlternate Title\tShort Title\tSource(s)
11-9199.00\tHarbour Masters\tManager\t\t02
11-9199.00\tHarbour Masters\tMHB (Master of Harbour Basins)\tMHB\t02
53-5021.00\tHarbour Pilots\t\"Sea Dog\t\t02
53-5021.00\tHarbour Pilots\tPilot of Ships\tn/a\t02
53-5021.00\tHarbour Pilots\tharbour pilot\t\t02
53-7021.00\tCrane Operators\tBox Lifter\t\t02
53-7021.00\tCrane Operators\tone two three four five six seven eight nine ten eleven twelve thirteen\t\t02
53-7021.00\tCrane Operators\tTower Crane Operator\t\t02
53-7021.01\tTower Crane Operators\tBox Lifter\t\t02
53-7021.01\tTower Crane Operators\t???\t\t02
";

const HEADER: &str =
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,modifiedDate,description,code";

const ROWS: [&str; 3] = [
    "Occupation,http://example.org/1,3152,harbour pilot,\"ship  pilot\nsea guide\",,2024-01-25T11:28:50.295Z,\"Harbour pilots guide ships.\nThey know the tides.\",3152.1",
    "Occupation,http://example.org/2,110,gunner,artillerist|cannoneer,canoneer,2024-02-01T00:00:00Z,,0110.1",
    "Occupation,http://example.org/3,1324,pilot station manager,harbour pilot,,2023-01-01T00:00:00Z,Runs pilots.,1324.9",
];

/// A file of ESCO's with these rows.
fn esco(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// A folder with an O*NET database.
fn onet() -> Folder {
    let folder = Folder::new();
    folder.write("db_99_1_text/Occupation Data.txt", OCCUPATIONS);
    folder.write("db_99_1_text/Alternate Titles.txt", ALTERNATES);
    folder
}

/// The code, external id and verdict of the best answer that an imported taxonomy has.
fn answer(taxonomy: &str, title: &str) -> (String, String, String) {
    let answers = objects(&succeed(&["resolve", "--taxonomy", taxonomy, "--format", "jsonl", title], ""));
    let field = |name: &str| answers[0][name].as_str().unwrap_or_default().to_string();
    (field("code"), field("external_id"), field("verdict"))
}

/// A run that must be refused with a message of one line that has these parts, and write nothing.
#[track_caller]
fn refuse(folder: &Folder, args: &[&str], parts: &[&str]) {
    let before = folder.names();
    let out = folder.path("out");
    let Ran { code, stdout, stderr } = run(&[&["import"], args, &["-o", &out]].concat(), "");
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    for part in parts {
        assert!(stderr.contains(part), "{part}: {stderr}");
    }
    assert_eq!(folder.names(), before);
}

#[test]
fn onet_becomes_functions_with_its_codes() {
    let folder = onet();
    let (dir, out, report) = (folder.path("db_99_1_text"), folder.path("out"), folder.path("report.tsv"));
    let ran = run(&["import", "onet", &dir, "-o", &out, "--report", &report], "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with(&out), "{}", ran.stdout);
    // Two of the crane operators' titles are of both, and one of these is the name of the one.
    let told = "4 occupations with 16 titles: 8 of one alone, 4 that several have (2 different ones), 4 left out\n";
    assert!(ran.stderr.starts_with(told), "{}", ran.stderr);
    let reasons: Vec<_> = folder.read("report.tsv").lines().skip(1).map(String::from).collect();
    let expected = [
        "11-9199.00\tManager\ta cue or qualifier; a title of nothing else names no job",
        "53-5021.00\tharbour pilot\tthe same words as another title of the occupation",
        "53-7021.00\tone two three four five six seven eight nine ten eleven twelve thirteen\tmore than 12 words when spelled out",
        "53-7021.01\t???\tno letter or digit in the text",
    ];
    assert_eq!(reasons, expected);

    assert_eq!(folder.read("out/taxonomy.tsv").lines().nth(1), Some("O*NET\t99.1\tCC BY 4.0"));
    let functions = folder.read("out/functions/soc53.tsv");
    assert!(
        functions.contains(
            "53502100\tHarbour Pilots\tS P M\tS2\tdraft\tUS\t1\t1.00\tGuide \"big\" ships.\tonet\t53-5021.00\n"
        )
    );
    assert!(folder.read("out/functions/soc11.tsv").contains("\tM E\tM2\t"));
    assert!(folder.read("out/functions/soc11.tsv").contains("\tRun a harbour, e.g. its Pilots.\t"));
    assert!(folder.read("out/families.tsv").contains("SOC53\tTransportation and Material Moving Occupations\n"));
    assert!(folder.read("out/crosswalk/soc53.tsv").contains("53702101\t*\tS\t53-7021\tdraft\tonet\n"));
    let ambiguities = folder.read("out/ambiguities.tsv");
    for row in [
        "Box Lifter\t53702100\tGEN\t0.5000\tonet",
        "Box Lifter\t53702101\tGEN\t0.5000\tonet",
        "Tower Crane Operator\t53702100\tGEN\t0.3000\tonet",
        "Tower Crane Operator\t53702101\tGEN\t0.7000\tonet",
    ] {
        assert!(ambiguities.lines().any(|line| line == row), "{row}: {ambiguities}");
    }
    let aliases = folder.read("out/aliases/soc11.tsv");
    assert!(aliases.contains("MHB\t11919900\tGEN\t\tabbreviation\t0.80\tdraft\tonet\n"), "{aliases}");
    assert!(aliases.contains("Master of Harbour Basins\t11919900\tGEN\t\tvariant\t0.90\tdraft\tonet\n"), "{aliases}");

    assert_eq!(run(&["taxonomy", "fmt", "--check", &out], "").code, 0);
    let confident = |code: &str, id: &str| (code.to_string(), id.to_string(), "confident".to_string());
    assert_eq!(answer(&out, "Sr. Harbour Pilot (remote)"), confident("53502100.GEN.S3", "53-5021.00"));
    assert_eq!(answer(&out, "Sea Dog"), confident("53502100.GEN.S2", "53-5021.00"));
    assert_eq!(answer(&out, "Tower Crane Operators").0, "53702101.GEN.S2");
    assert_eq!(answer(&out, "Tower Crane Operators").2, "needs_review");
}

#[test]
fn esco_becomes_functions_with_made_up_codes() {
    let folder = Folder::new();
    let file = folder.write("occupations_xx.csv", esco(&ROWS));
    let out = folder.path("out");
    let ran = run(&["import", "esco", &file, "-o", &out], "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let about = folder.read("out/taxonomy.tsv");
    assert!(about.ends_with("ESCO\t2024-02-01\tCommission Decision 2011/833/EU reuse, CC BY 4.0\n"), "{about}");
    assert_eq!(folder.read("out/families.tsv").lines().count(), 4);
    let (code, id, verdict) = answer(&out, "Senior ship pilot");
    assert_eq!((id.as_str(), verdict.as_str()), ("http://example.org/1", "confident"));
    assert!(code.starts_with("3152") && code.ends_with(".GEN.P4"), "{code}");
    assert_eq!(answer(&out, "canoneer").1, "http://example.org/2");
    assert_eq!(answer(&out, "cannoneer").1, "http://example.org/2");
    // Its name is another's too, and stays the name of its job.
    let (_, id, verdict) = answer(&out, "harbour pilot");
    assert_eq!((id.as_str(), verdict.as_str()), ("http://example.org/1", "needs_review"));

    // Another order of the rows, and a row more: the same codes.
    let more = "Occupation,http://example.org/4,3152,sailor,,,,,3152.2";
    let file = folder.write("more.csv", esco(&[more, ROWS[2], ROWS[1], ROWS[0]]));
    let other = folder.path("other");
    succeed(&["import", "esco", &file, "-o", &other], "");
    assert_eq!(answer(&other, "Senior ship pilot").0, code);
}

#[test]
fn a_table_of_titles_and_codes_is_a_taxonomy() {
    let folder = Folder::new();
    let table =
        "Title,Code,Note\nHarbour Pilot,H-1,x\nSea Guide,H-1,\nCrane Driver,H-2,\nClerk,A1,\nClerk,A2,\nManager,M1,\n";
    let file = folder.write("jobs.csv", table);
    let out = folder.path("out");
    let ran = run(&["import", "csv", &file, "-o", &out, "--licence", "ours", "--edition", "3"], "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("1 occupation left out: no title that can be matched"), "{}", ran.stderr);
    assert_eq!(folder.read("out/taxonomy.tsv").lines().nth(1), Some("jobs\t3\tours"));
    assert_eq!(answer(&out, "sea guides (night shift)"), ("H1.GEN.P3".into(), "H-1".into(), "confident".into()));
    assert_eq!(answer(&out, "clerk").2, "needs_review");
    assert!(folder.read("out/functions.tsv").contains("A2\tClerk (A2)\t"));

    let ladders = folder.path("ladders");
    let columns = ["--title", "Title", "--code", "Code", "--tracks", "S P", "--default-level", "S2", "--bare"];
    succeed(&[&["import", "csv", &file, "-o", &ladders], &columns[..]].concat(), "");
    assert_eq!(answer(&ladders, "Crane Driver").0, "H2.GEN.S2");
    // Without our words of level a manager is one.
    assert_eq!(answer(&ladders, "Manager").0, "M1.GEN.S2");
    assert!(!folder.names().contains(&"cues.tsv".to_string()));
}

#[test]
fn levels_can_be_left_out() {
    let folder = onet();
    let (dir, out) = (folder.path("db_99_1_text"), folder.path("out"));
    succeed(&["import", "onet", &dir, "-o", &out, "--no-levels"], "");
    assert_eq!(answer(&out, "Senior Harbour Pilot").0, "53502100.GEN.P3");
    let stats = succeed(&["taxonomy", "stats", "--taxonomy", &out], "");
    assert!(stats.lines().any(|line| line.starts_with("roles") && line.ends_with(" 4")), "{stats}");
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line() {
    let folder = onet();
    let dir = folder.path("db_99_1_text");
    let alternates = "db_99_1_text/Alternate Titles.txt";
    folder.write(alternates, format!("{ALTERNATES}99-9999.00\tX\tY\t\t\n"));
    refuse(&folder, &["onet", &dir], &["Alternate Titles.txt:12: ", "not in Occupation Data.txt", "one edition"]);
    folder.write(alternates, "O*NET-SOC Code\tTitle\tAlternate\n");
    refuse(&folder, &["onet", &dir], &["Alternate Titles.txt:1: ", "\"Alternate Title\"", "Did you mean"]);
    folder.write(alternates, "");
    refuse(&folder, &["onet", &dir], &["Alternate Titles.txt is empty"]);
    folder.write(alternates, [ALTERNATES.as_bytes(), b"11-9199.00\t\t\xff\t\t\n"].concat());
    refuse(&folder, &["onet", &dir], &["Alternate Titles.txt:12: not UTF-8"]);
    folder.write("db_99_1_text/Occupation Data.txt", format!("{OCCUPATIONS}11-9199.00\tX\tY\n"));
    refuse(&folder, &["onet", &dir], &["Occupation Data.txt:6: ", "also in line 2", "delete one"]);
    folder.write("db_99_1_text/Occupation Data.txt", format!("{OCCUPATIONS}99-91\tX\tY\n"));
    refuse(&folder, &["onet", &dir], &["Occupation Data.txt:6: ", "not an O*NET-SOC code"]);
    refuse(&folder, &["onet", &folder.path("none")], &["Occupation Data.txt: there is no such file; say the folder"]);

    let sound = esco(&ROWS);
    let spoilt = |text: &str, parts: &[&str]| {
        let file = folder.write("x.csv", text);
        refuse(&folder, &["esco", &file], parts);
    };
    spoilt(OCCUPATIONS, &["x.csv:1: ", "there is no column \"conceptUri\""]);
    spoilt(&sound.replace("altLabels", "labels"), &["x.csv:1: ", "there is no column \"altLabels\"", "Did you mean"]);
    spoilt(&sound.replace("1324,", "13240,"), &["x.csv:6: iscoGroup \"13240\" is not four digits"]);
    spoilt(&sound.replace("/3", "/1"), &["x.csv:6: ", "also in line 2"]);
    let long = "x".repeat(256);
    spoilt(&sound.replace("http://example.org/3", &long), &["x.csv:6: ", "longer than 255 bytes"]);
    spoilt(HEADER, &["x.csv has a header and no rows"]);

    let table = |text: &str, parts: &[&str]| {
        let file = folder.write("t.csv", text);
        refuse(&folder, &["csv", &file], parts);
    };
    table("title\nClerk\n", &["t.csv: there is one column; a table of titles and codes has two"]);
    table("title,code\nClerk,\n", &["t.csv:2: the code is empty"]);
    table("title,code\nManager,1\n", &["nothing is written: no occupation has a title"]);
    let file = folder.write("t.csv", "title,code\nClerk,1\n");
    refuse(&folder, &["csv", &file, "--title", "titel"], &["t.csv:1: ", "Did you mean \"title\"?"]);
    refuse(&folder, &["csv", &file, "--taxonomy", &dir], &["leave --taxonomy and --overlay out"]);
    let ran = run(&["import", "csv", &file, "-o", &dir], "");
    assert!(ran.code == 2 && ran.stderr.contains("is not empty"), "{}", ran.stderr);
}

#[test]
fn whatever_titles_are_called_the_sources_compile() {
    let folder = Folder::new();
    // Titles of ours, words of level and qualifiers among them, dealt to codes so that many are shared or said twice.
    let builtin = titlecanon::Taxonomy::builtin().to_sources();
    let wanted = |path: &str| path.starts_with("aliases/") || ["cues.tsv", "qualifiers.tsv"].contains(&path);
    let texts = builtin.iter().filter(|(path, _)| wanted(path)).flat_map(|(_, text)| text.lines().skip(1));
    let mut titles: Vec<&str> = texts.map(|row| row.split('\t').next().unwrap()).step_by(97).collect();
    titles.extend(["???", "C++", "é", "中文", "1", "II", "a\tb", "x\ny", "(", "\u{200b}", "\"so called\""]);
    let codes = ["A", "a", "A-1", "a long code", "a long coder", "é", "è", "x", "1", "2", "GEN"];
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["title", "code"]).unwrap();
    for nth in 0..2 * titles.len() {
        let code = format!("{}{}", codes[nth * 7 % codes.len()], nth % 13);
        table.write_record([titles[nth * 31 % titles.len()], &code]).unwrap();
    }
    let file = folder.write("jobs.csv", table.into_inner().unwrap());
    for (nth, more) in [&["--bare"][..], &["--tracks", "S P M"], &[]].into_iter().enumerate() {
        let out = folder.path(&format!("out{nth}"));
        succeed(&[&["import", "csv", &file, "-o", &out], more].concat(), "");
        assert_eq!(run(&["taxonomy", "fmt", "--check", &out], "").code, 0);
    }
}

/// A publisher's own file, where the project's reference files are at hand: beside the repository, never in it.
fn reference(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference").join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path.to_str().expect("UTF-8").into())
}

#[test]
fn the_whole_of_onet_is_imported() {
    let Some(dir) = reference("onet") else { return };
    let folder = Folder::new();
    let out = folder.path("out");
    succeed(&["import", "onet", &dir, "-o", &out], "");
    assert_eq!(answer(&out, "Sr. Software Developer (Remote)").1, "15-1252.00");
    let rows = fs::read_to_string(PathBuf::from(dir).join("Occupation Data.txt")).unwrap().lines().count() - 1;
    let stats = succeed(&["taxonomy", "stats", "--taxonomy", &out], "");
    let functions: String = stats.lines().nth(2).unwrap().chars().filter(char::is_ascii_digit).collect();
    assert_eq!(functions, rows.to_string());
}

#[test]
fn the_whole_of_esco_is_imported() {
    let Some(file) = reference("esco/occupations_en.csv") else { return };
    let folder = Folder::new();
    let out = folder.path("out");
    let compiled = folder.path("esco.taxonomy");
    succeed(&["import", "esco", &file, "-o", &out], "");
    succeed(&["compile", &out, "-o", &compiled], "");
    let (code, id, verdict) = answer(&compiled, "Sr. Technical Directors");
    assert!(code.starts_with("2654") && id.starts_with("http://data.europa.eu/esco/"), "{code} {id}");
    assert_eq!(verdict, "confident");
}
