//! Endings that name both genders of a job in one word: "Entwickler/in", "développeur·se", "ingeniero/a".
//!
//! They are part of a word, as a plural is, and are taken off as one.

/// Endings that may follow a word behind `/`, `*`, `:`, `_`, a middle dot or an opening bracket.
const ENDINGS: [&[u8]; 19] = [
    b"in", b"innen", b"r", b"n", b"e", b"ne", b"se", b"euse", b"trice", b"rice", b"ere", b"le", b"a", b"as", b"o",
    b"os", b"ra", b"es", b"fe",
];

/// Shorter words are seldom the name of a job, and what follows them ("A/E") seldom an ending.
pub(super) const SHORTEST: usize = 5;

pub(super) fn is_ending(word: &[u8]) -> bool {
    ENDINGS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::Text;

    #[test]
    fn endings_go() {
        for (title, expected) in [
            ("Entwickler/in Java", "entwickler java"),
            ("Entwickler*in", "entwickler"),
            ("Entwickler:in", "entwickler"),
            ("Entwickler(in) Java", "entwickler java"),
            ("Mitarbeiter/-in", "mitarbeiter"),
            ("Ingénieur(e) logiciel", "ingenieur logiciel"),
            ("Développeur·se web", "developpeur web"),
            ("Ingeniero/a de ventas", "ingeniero de venta"),
            ("Cashier/Stocker", "cashier stocker"),
            ("Marketing/E-Commerce", "marketing e commerce"),
            ("Sign / In", "sign in"),
            ("RN/E", "rn e"),
        ] {
            assert_eq!(Text::new(title).folded(), expected, "{title}");
        }
    }
}
