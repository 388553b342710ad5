//! English plurals and "-woman", "-person" forms, undone by spelling alone.
//!
//! The aim is that two spellings of one title meet, not that the result is a word: "sales" folds to "sale" in
//! titles and in the taxonomy alike.

/// The singular form of an ASCII word, as how many bytes to keep and what to append.
pub(super) fn singular(word: &[u8]) -> (usize, &'static [u8]) {
    let len = word.len();
    // All endings that change end in one of these.
    if !matches!(word, [_, _, .., b's' | b'n' | b'e']) {
        return (len, b"");
    }
    // "salespeople", "policewoman", "handyperson" name the job that "salesman", "policeman", "handyman" do.
    for (ending, replacement) in MEN {
        if len >= ending.len() + 3 && word.ends_with(ending) {
            return (len - ending.len(), replacement);
        }
    }
    if KEPT.contains(&word) {
        return (len, b"");
    }
    if len <= 3 || word[len - 1] != b's' || matches!(word[len - 2], b's' | b'u' | b'i') {
        return (len, b"");
    }
    if len > 4 && word.ends_with(b"ies") {
        return (len - 3, b"y");
    }
    for ending in [&b"sses"[..], b"ches", b"shes", b"xes"] {
        if word.ends_with(ending) {
            return (len - 2, b"");
        }
    }
    (len - 1, b"")
}

/// Plurals that name another trade than their singular: a securities analyst is no security analyst.
const KEPT: [&[u8]; 1] = [b"securities"];

const MEN: [(&[u8], &[u8]); 6] = [
    (b"women", b"man"),
    (b"woman", b"man"),
    (b"persons", b"man"),
    (b"person", b"man"),
    (b"people", b"man"),
    (b"men", b"man"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (word, expected) in [
            ("engineers", "engineer"),
            ("secretaries", "secretary"),
            ("waitresses", "waitress"),
            ("coaches", "coach"),
            ("salesmen", "salesman"),
            ("saleswoman", "salesman"),
            ("salespeople", "salesman"),
            ("handyperson", "handyman"),
            ("person", "person"),
            ("women", "women"),
            ("business", "business"),
            ("campus", "campus"),
            ("analysis", "analysis"),
            ("securities", "securities"),
            ("aws", "aws"),
            ("ties", "tie"),
            ("", ""),
            ("s", "s"),
        ] {
            let (keep, append) = singular(word.as_bytes());
            let mut got = word.as_bytes()[..keep].to_vec();
            got.extend_from_slice(append);
            assert_eq!(String::from_utf8(got).unwrap(), expected, "{word}");
        }
    }
}
