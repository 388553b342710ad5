//! A taxonomy of a harbour, small enough to say what every title comes to.

use super::Folder;

/// The aliases: text, function, focus, pinned level, confidence.
const ALIASES: &[(&str, &str, &str, &str, &str)] = &[
    ("Harbour Pilot", "PILOT", "GEN", "", "1.00"),
    ("Pilotage", "PILOT", "GEN", "", "0.90"),
    ("Tug Pilot", "PILOT", "TUG", "", "1.00"),
    ("Tug Pilotage", "PILOT", "TUG", "", "0.90"),
    ("Pilot Master", "PILOT", "GEN", "M2", "1.00"),
    ("Crane Driver", "CRANE", "GEN", "", "0.90"),
    ("Crane Driving", "CRANE", "GEN", "", "0.80"),
];

/// Writes the taxonomy into `dir`, with other aliases in place of those that have the same text; one of an empty function
/// takes the alias away. Gives its path.
pub(crate) fn write(folder: &Folder, dir: &str, others: &[(&str, &str, &str, &str, &str)]) -> String {
    let file = |name: &str, text: String| folder.write(&format!("{dir}/{name}"), text);
    file("taxonomy.tsv", "name\tversion\tlicence\nharbour\t1.2.3\tours\n".into());
    file("families.tsv", "code\tname\tsummary\nHBR\tHarbour\tBrings ships in.\nPILOT\tPilots\tGuide ships.\n".into());
    let header = "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\n";
    file(
        "functions/pilot.tsv",
        format!("{header}PILOT\tHarbour Pilot\tP M\tP3\tdraft\tglobal\t1\t0.70\tGuides ships.\tours\n"),
    );
    file(
        "functions/hbr.tsv",
        format!("{header}CRANE\tCrane Driver\tS\tS2\tdraft\tglobal\t1\t0.70\tLifts boxes.\tours\n"),
    );
    let header = "function\tcode\tname\tjob\tarea\tdefault_level\n";
    file(
        "focuses/pilot.tsv",
        format!(
            "{header}PILOT\tGEN\tGeneral\tHarbour Pilot\tPilotage\t\nPILOT\tTUG\tTugs\tTug Pilot\tTug Pilotage\t\n"
        ),
    );
    file("focuses/hbr.tsv", format!("{header}CRANE\tGEN\tGeneral\tCrane Driver\tCrane Driving\t\n"));
    file("soc.tsv", "code\ttitle\n53-5021\tCaptains & \"Mates\"\n53-7021\tCrane Operators\n".into());
    let header = "function\tfocus\tscope\tsoc\tstatus\tsource\n";
    let row = |function: &str, track: &str, soc: &str| format!("{function}\t*\t{track}\t{soc}\tdraft\tours\n");
    file("crosswalk/pilot.tsv", format!("{header}{}{}", row("PILOT", "M", "53-5021"), row("PILOT", "P", "53-5021")));
    file("crosswalk/hbr.tsv", format!("{header}{}", row("CRANE", "S", "53-7021")));
    file(
        "ambiguities.tsv",
        "text\tfunction\tfocus\tshare\tsource\nDock Hand\tCRANE\tGEN\t0.60\tours\nDock Hand\tPILOT\tGEN\t0.40\tours\n"
            .into(),
    );
    let header = "text\tfunction\tfocus\tlevel\ttype\tconfidence\tapproval\tsource\n";
    let kept = ALIASES.iter().filter(|(text, ..)| others.iter().all(|(other, ..)| other != text));
    let rows = kept.chain(others).filter(|(_, function, ..)| !function.is_empty());
    let rows = rows.map(|(text, function, focus, level, confidence)| {
        format!("{text}\t{function}\t{focus}\t{level}\tvariant\t{confidence}\tdraft\tours\n")
    });
    file("aliases/hbr.tsv", header.to_owned() + &rows.collect::<String>());
    folder.path(dir)
}
