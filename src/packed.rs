//! Packed: the tables of a taxonomy as one run of bytes, to be kept in a file or a binary and read without compiling.
//!
//! ```text
//! magic 8 | format 4 | blob's length 4 | text's length 4 | blob | text | checksum of all before it 8      (little endian)
//! ```
//!
//! The checksum is against accidents: a cut download, a bad disk. Against malice nothing is needed, because reading tables
//! is bounded whatever is in them (see [`crate::tables`]).
//! This module knows what stands around the tables, and nothing of what is in them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::hash;
use crate::tables::Tables;

const MAGIC: [u8; 8] = *b"TCanon\r\n";

/// Which layout of tables and which folding of words the bytes are of. One more with every change of either.
pub(crate) const FORMAT: u32 = 1;

/// The length of what stands before the blob.
pub(crate) const HEADER: usize = 20;

const CHECKSUM: usize = 8;

/// The header of these tables, as one wants it who keeps blob and text apart.
pub(crate) fn header(tables: Tables<'_>) -> Vec<u8> {
    let (text, blob) = tables.parts();
    let mut out = Vec::with_capacity(HEADER + blob.len() + text.len() + CHECKSUM);
    out.extend_from_slice(&MAGIC);
    for number in [FORMAT, blob.len() as u32, text.len() as u32] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out
}

/// All of a taxonomy.
pub(crate) fn pack(tables: Tables<'_>) -> Vec<u8> {
    let (text, blob) = tables.parts();
    let mut out = header(tables);
    out.extend_from_slice(blob);
    out.extend_from_slice(text.as_bytes());
    out.extend_from_slice(&hash::bytes(&out).to_le_bytes());
    out
}

/// Where the text is in packed bytes; the blob is what stands between [`HEADER`] and it.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Range<usize>, String> {
    let [format, blob, text] = match numbers(bytes) {
        Some(numbers) => numbers.map(|number| number as usize),
        None => return Err("not a compiled taxonomy; `titlecanon compile` makes one of a folder of sources".into()),
    };
    if format != FORMAT as usize {
        return Err(format!(
            "compiled in format {format}, and this version of titlecanon reads format {FORMAT}; compile the sources again"
        ));
    }
    let whole = HEADER + blob + text + CHECKSUM;
    if bytes.len() != whole {
        return Err(format!("{} bytes long, where {whole} were written; copy it again, or compile it", bytes.len()));
    }
    let (packed, checksum) = bytes.split_at(whole - CHECKSUM);
    let range = HEADER + blob..HEADER + blob + text;
    if hash::bytes(packed).to_le_bytes() != *checksum || core::str::from_utf8(&packed[range.clone()]).is_err() {
        return Err("damaged: the checksum is not that of its bytes; copy it again, or compile it".into());
    }
    Ok(range)
}

/// What is wrong with a header and blob that are kept apart from their text, as far as can be told while a crate is compiled.
pub(crate) const fn check_apart(bytes: &[u8], text: &str) -> Result<(), &'static str> {
    match numbers(bytes) {
        None => Err("not a taxonomy that the build script baked: call titlecanon::bake in build.rs"),
        Some([format, ..]) if format != FORMAT => {
            Err("baked by another version of titlecanon: make the build-dependency's the same as the dependency's")
        }
        Some([_, blob, len]) if bytes.len() != HEADER + blob as usize || text.len() != len as usize => {
            Err("the baked taxonomy is cut off: build again")
        }
        Some(_) => Ok(()),
    }
}

/// Format, length of the blob and length of the text; `None` if the bytes begin otherwise.
const fn numbers(bytes: &[u8]) -> Option<[u32; 3]> {
    if bytes.len() < HEADER {
        return None;
    }
    let mut at = 0;
    while at < MAGIC.len() {
        if bytes[at] != MAGIC[at] {
            return None;
        }
        at += 1;
    }
    let mut numbers = [0; 3];
    let mut nth = 0;
    while nth < numbers.len() {
        let at = MAGIC.len() + 4 * nth;
        numbers[nth] = u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        nth += 1;
    }
    Some(numbers)
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;
    use crate::{Comparison, ComponentKind, Normalizer, Taxonomy};

    /// One of everything.
    fn small() -> Taxonomy {
        Taxonomy::from_sources([
            ("functions/it.tsv", "code\tname\ttracks\tdefault_level\nSWE\tSoftware Engineer\tP M\tP3\nSUP\tSupport Engineer\tS P\tS2\nFUN\tCode Ninja\t\t\n"),
            ("focuses.tsv", "function\tcode\tname\tjob\tarea\tdefault_level\texternal_id\nSWE\tWEB\tWeb Developer\t\t\t\tweb-1\n"),
            ("aliases.tsv", "text\tfunction\tfocus\tlevel\nProgrammer\tSWE\t\t\nLead Coder of Webs\tSWE\tWEB\tP4\nHelpdesk Hero\tSUP\t\t\nCoder Webs\tSWE\t\t\n"),
            ("ambiguities.tsv", "text\tfunction\tfocus\tshare\nEngineer\tSWE\t\t0.6\nEngineer\tSUP\t\t0.4\n"),
            ("blocks.tsv", "text\nStudent Engineer\n"),
            ("abbreviations.tsv", "text\texpansion\neng\tengineer|engineering\ndev\tdeveloper\n"),
            ("grades.tsv", "name\tkind\tsupport\tprofessional\tmanagement\texecutive\tabove\nsenior\tindividual\tS3\tP4\tM3\t\t1\nlead\tmanagerial\t\tP5\tM1\t\t0\n"),
            ("cues.tsv", "text\tgrade\tplace\tconfidence\trank\tpattern\nSenior\tsenior\tany\t0.8\t1\tSenior {job}\nHead of\tlead\tbefore\t0.7\t\t\n"),
            ("combinations.tsv", "first\tsecond\tgrade\tconfidence\nsenior\tlead\tlead\t0.5\n"),
            ("qualifiers.tsv", "text\tkind\tplace\nRemote\tremote\tany\nof\tconnector\tany\nRN\tcredential\ttail\n"),
            ("heads.tsv", "text\nleiter\n"),
            ("profiles.tsv", "function\tpart\tlevel\ttext\nSWE\twho\t*\tWhoever codes.\nSWE\ttask\tP3\tWrite code\n"),
            ("soc.tsv", "code\ttitle\n15-1252\tDevelopers\n15-1232\tSupport\n"),
            ("crosswalk.tsv", "function\tfocus\tscope\tsoc\nSWE\t*\tP\t15-1252\nSWE\t*\tM\t15-1252\nSUP\t*\tS\t15-1232|15-1252\nSUP\t*\tP\t15-1232\n"),
        ])
        .unwrap()
    }

    const TITLES: [&str; 12] = [
        "Senior Software Eng (Remote)",
        "Engineer",
        "Student Engineer",
        "Webs, Lead Coder",
        "Sofware Enginer, RN",
        "Head of Support Engineering - Helpdesk",
        "Vertriebsleiter",
        "Code Ninja / Web Dev II",
        "Programmer and Helpdesk Hero",
        "senior lead programer of webs",
        "Hero Coder Support",
        "$20/hr remote",
    ];

    /// Asks everything of a taxonomy that there is to ask.
    fn ask(taxonomy: &Taxonomy) {
        for title in TITLES {
            let normalizer = Normalizer::with_taxonomy(taxonomy);
            let _ = normalizer.explain(title).to_string();
            for candidate in normalizer.candidates(title, 3) {
                let role = candidate.role();
                let _ = (role.title(), role.code(), role.external_id(), role.soc().count());
                let profile = role.profile().map(|profile| profile.components(ComponentKind::Task).count());
                let _ = (profile, role.neighbors(3), Comparison::new([role, role]).map(|both| both.aspects().count()));
            }
        }
    }

    /// A small generator of repeatable random numbers (xorshift).
    fn random(state: &mut u64, below: usize) -> usize {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        (*state % below as u64) as usize
    }

    fn seal(bytes: &mut Vec<u8>) {
        bytes.truncate(bytes.len() - CHECKSUM);
        let checksum = hash::bytes(bytes);
        bytes.extend_from_slice(&checksum.to_le_bytes());
    }

    #[test]
    fn no_change_goes_unseen() {
        let bytes = small().to_bytes();
        assert!(Taxonomy::from_bytes(bytes.clone()).is_ok());
        let mut state = 0x1234_5678_9abc_def1;
        for _ in 0..10_000 {
            let mut changed = bytes.clone();
            match random(&mut state, 4) {
                0 => changed.truncate(random(&mut state, bytes.len())),
                1 => changed.insert(random(&mut state, bytes.len()), random(&mut state, 256) as u8),
                2 => drop(changed.remove(random(&mut state, bytes.len()))),
                _ => changed[random(&mut state, bytes.len())] ^= 1 << random(&mut state, 8),
            }
            assert!(changed == bytes || Taxonomy::from_bytes(changed).is_err());
        }
    }

    /// What somebody wrote on purpose, or an accident in a million years: any answer will do, but an answer there is.
    #[test]
    fn bad_tables_under_a_right_checksum_do_no_harm() {
        let taxonomy = small();
        let bytes = taxonomy.to_bytes();
        ask(&taxonomy);
        let mut state = 0xfeed_beef_dead_cafe;
        for _ in 0..10_000 {
            let mut changed = bytes.clone();
            for _ in 0..=random(&mut state, 4) {
                let at = HEADER + random(&mut state, bytes.len() - HEADER - CHECKSUM);
                changed[at] = [0, 0xff, random(&mut state, 256) as u8, changed[at] ^ 1][random(&mut state, 4)];
            }
            seal(&mut changed);
            if let Ok(changed) = Taxonomy::from_bytes(changed) {
                ask(&changed);
            }
        }
    }

    #[test]
    fn errors_say_what_to_do() {
        let bytes = small().to_bytes();
        let error = |bytes: &[u8]| Taxonomy::from_bytes(bytes.to_vec()).unwrap_err().to_string();
        assert!(error(b"").contains("not a compiled taxonomy; `titlecanon compile` makes one"));
        assert!(error(b"code\tname\nNIN\tCode Ninja\n").contains("not a compiled taxonomy"));
        let mut other = bytes.clone();
        other[MAGIC.len()] = 7;
        assert!(
            error(&other)
                .contains(&format!("compiled in format 7, and this version of titlecanon reads format {FORMAT}"))
        );
        let cut = error(&bytes[..bytes.len() - 9]);
        assert!(cut.contains(&format!("{} bytes long, where {} were written", bytes.len() - 9, bytes.len())), "{cut}");
        let mut damaged = bytes.clone();
        damaged[HEADER + 40] ^= 4;
        assert!(error(&damaged).contains("damaged: the checksum is not that of its bytes"));
    }

    /// Bytes that another version wrote must not be read as if they were of this one.
    #[test]
    fn the_format_is_that_of_the_layout_and_the_folding() {
        let mut seen: Vec<u8> =
            crate::tables::LAYOUT.iter().flat_map(|&(section, width)| [section as u8, width as u8]).collect();
        for text in ["Übersetzer/in (m/w/d)", "Sr. R&D Engineers, Níveau 4", "Women's Ski-Lift Salespeople"] {
            let text = crate::text::Text::new(text);
            seen.extend(text.tokens.iter().flat_map(|token| token.key.to_le_bytes()));
        }
        let found = (FORMAT, hash::bytes(&seen));
        assert_eq!(
            found,
            (1, 278_558_982_099_638_167),
            "tables or folding are not as they were; with a release in between FORMAT is one more"
        );
    }

    #[test]
    fn parts_are_checked_when_baked() {
        let taxonomy = small();
        let (text, blob) = taxonomy.tables().parts();
        let whole = [&header(taxonomy.tables()), blob].concat();
        assert_eq!(check_apart(&whole, text), Ok(()));
        assert!(check_apart(&whole[1..], text).is_err());
        assert!(check_apart(&whole[..whole.len() - 1], text).is_err());
        assert!(check_apart(&whole, &text[1..]).is_err());
    }
}
