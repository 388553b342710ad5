//! Folding: NFKC and beyond (case, accents, punctuation), in one pass over the raw title.
//!
//! ASCII bytes go through a table; anything else is decomposed character by character.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::{MAX_FOLDED, MAX_TOKENS, Separator, Text, Token, gender, plural};
use crate::hash;

/// Raw bytes looked at before a title counts as truncated. White space and punctuation fill no words, so without it
/// a megabyte of commas would be read to its end; it is ten times the longest real title known to us.
const MAX_RAW: usize = 4096;

/// Folds `title` into `text`, which is empty.
pub(super) fn fold(title: &str, text: &mut Text) {
    Folder { raw: title.as_bytes(), text, open: None, gap: Gap::default(), in_ending: false }.run(title);
}

/// What an ASCII byte is: an ASCII letter or digit, a digit, a small letter.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = if (byte as u8).is_ascii_alphanumeric() { LETTER } else { 0 };
        let digit = if (byte as u8).is_ascii_digit() { DIGIT } else { 0 };
        let lower = if (byte as u8).is_ascii_lowercase() { LOWER } else { 0 };
        kinds[byte] = letter | digit | lower;
        byte += 1;
    }
    kinds
};
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const LOWER: u8 = 4;

/// What has been seen since the last word.
#[derive(Default)]
struct Gap {
    space: bool,
    hyphen: bool,
    /// How many marks there are, hyphens aside.
    marks: u8,
    mark: Option<Separator>,
    /// Where a currency sign stands.
    money: Option<usize>,
}

impl Gap {
    fn mark(&mut self, mark: Separator) {
        self.mark = self.mark.max(Some(mark));
        self.marks = self.marks.saturating_add(1);
    }

    fn separator(&self) -> Separator {
        match self.mark {
            Some(mark) => mark,
            None if self.hyphen && self.space => Separator::Dash,
            None if self.hyphen => Separator::Hyphen,
            None => Separator::Space,
        }
    }
}

/// The word being read.
struct Open {
    start: usize,
    end: usize,
    from: usize,
    digits: bool,
    lower: bool,
    ascii: bool,
    /// Letters since the last dot, while the word may be an acronym such as "R.N.".
    run: u8,
}

struct Folder<'a> {
    raw: &'a [u8],
    text: &'a mut Text,
    open: Option<Open>,
    gap: Gap,
    /// A bracket was opened for the ending of a word and not yet closed.
    in_ending: bool,
}

impl Folder<'_> {
    fn run(&mut self, title: &str) {
        let mut at = 0;
        while at < self.raw.len() {
            if self.text.truncated || at >= MAX_RAW {
                self.text.truncated = true;
                break;
            }
            let byte = self.raw[at];
            if KINDS[usize::from(byte)] & LETTER != 0 {
                at = self.letters_from(at);
            } else if byte.is_ascii() {
                at = self.punctuation(at, byte);
            } else {
                // `at` is always at a character boundary: every step advances by whole characters.
                let Some(c) = title[at..].chars().next() else { break };
                self.unicode(at, c);
                at += c.len_utf8();
            }
        }
        self.close();
    }

    fn peek(&self, at: usize) -> u8 {
        self.raw.get(at).copied().unwrap_or(b' ')
    }

    /// Opens a word at `at` unless one is open; false when there is no room for more.
    fn begin(&mut self, at: usize) -> bool {
        if self.open.is_some() {
            return true;
        }
        if self.text.tokens.is_full() || self.text.folded.remaining_capacity() < 2 {
            self.text.truncated = true;
            return false;
        }
        if !self.text.tokens.is_empty() {
            self.text.folded.push(b' ');
        }
        self.open = Some(Open {
            start: at,
            end: at,
            from: self.text.folded.len(),
            digits: false,
            lower: false,
            ascii: true,
            run: 0,
        });
        true
    }

    /// Reads the ASCII letters and digits from `at` on, and answers where they end.
    #[inline]
    fn letters_from(&mut self, at: usize) -> usize {
        let (mut end, mut kinds) = (at, 0);
        // A word that fills all the room is not looked at to its end.
        let most = self.raw.len().min(at + MAX_FOLDED + 1);
        while end < most {
            let kind = KINDS[usize::from(self.raw[end])];
            if kind & LETTER == 0 {
                break;
            }
            kinds |= kind;
            end += 1;
        }
        if !self.begin(at) {
            return end;
        }
        let from = self.text.folded.len();
        // What is beyond the bound is not read; `MAX_RAW` and the room for folded words are counted in bytes alike.
        let run = &self.raw[at..end.min(at + self.text.folded.remaining_capacity())];
        let (read, Some(open)) = (run.len(), &mut self.open) else { return end };
        if self.text.folded.try_extend_from_slice(run).is_err() {
            return end;
        }
        self.text.folded[from..].make_ascii_lowercase();
        self.text.truncated |= at + read < end;
        open.end = at + read;
        open.run = open.run.saturating_add(read.min(usize::from(u8::MAX)) as u8);
        open.digits |= kinds & DIGIT != 0;
        open.lower |= kinds & LOWER != 0;
        end
    }

    #[inline]
    fn letter(&mut self, at: usize, byte: u8) {
        if !self.begin(at) {
            return;
        }
        let Some(open) = &mut self.open else { return };
        if self.text.folded.try_push(byte.to_ascii_lowercase()).is_err() {
            self.text.truncated = true;
            return;
        }
        open.end = at + 1;
        open.run = open.run.saturating_add(1);
        open.digits |= byte.is_ascii_digit();
        open.lower |= byte.is_ascii_lowercase();
    }

    /// Reads one ASCII mark (or a mark with what belongs to it) and answers where to go on.
    fn punctuation(&mut self, at: usize, byte: u8) -> usize {
        let next = self.peek(at + 1);
        match byte {
            b'\'' | b'`' => {}
            b'.' => self.dot(at, next),
            // "40,000"
            b',' if self.last_is_digit() && next.is_ascii_digit() => {}
            b',' | b';' => self.separate(Separator::Comma),
            b'-' => {
                self.close();
                self.gap.hyphen = true;
            }
            b'/' | b'\\' => self.separate(Separator::Slash),
            b'&' => return self.ampersand(at),
            // "C++", "C#", but not "5+ years" or "Cook+Server"
            b'+' | b'#' if self.last_is_letter_or(byte) && !next.is_ascii_alphanumeric() => self.append(at, byte),
            b':' | b'|' | b'@' | b'*' | b'~' | b'>' | b'<' | b'=' => self.separate(Separator::Bar),
            b'(' | b'[' | b'{' => self.separate(Separator::Open),
            b')' | b']' | b'}' => self.separate(Separator::Close),
            b'$' => {
                self.close();
                self.gap.money = Some(at);
            }
            b'+' | b'!' | b'?' => self.separate(Separator::Slash),
            // Control characters inside a word are noise of the wire, not a space.
            0x00..=0x08 | 0x0e..=0x1f | 0x7f => {}
            _ => {
                self.close();
                self.gap.space = true;
            }
        }
        at + 1
    }

    fn last(&self) -> Option<u8> {
        let open = self.open.as_ref()?;
        (self.text.folded.len() > open.from).then(|| self.text.folded.last().copied())?
    }

    fn last_is_digit(&self) -> bool {
        self.last().is_some_and(|byte| byte.is_ascii_digit())
    }

    fn last_is_letter_or(&self, also: u8) -> bool {
        self.last().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == also)
    }

    fn append(&mut self, at: usize, byte: u8) {
        if let Some(open) = &mut self.open
            && self.text.folded.try_push(byte).is_ok()
        {
            open.end = at + 1;
        }
    }

    /// A dot joins the letters of "R.N." and the digits of "18.50", and parts anything else.
    fn dot(&mut self, at: usize, next: u8) {
        if let Some(open) = &mut self.open {
            let single = open.run == 1 && open.ascii;
            if single && !open.digits && next.is_ascii_alphabetic() && !self.peek(at + 2).is_ascii_alphanumeric() {
                if let Some(open) = &mut self.open {
                    open.run = 0;
                }
                return;
            }
            if self.last_is_digit() && next.is_ascii_digit() {
                self.append(at, b'.');
                return;
            }
        }
        self.close();
        self.gap.space = true;
    }

    /// `&` reads "and", save between two single letters ("R&D"), where it belongs to the word.
    fn ampersand(&mut self, at: usize) -> usize {
        let after = if self.raw[at + 1..].starts_with(b"amp;") { at + 5 } else { at + 1 };
        let single = self.open.as_ref().is_some_and(|open| open.run == 1 && open.end == at);
        if single && self.peek(after).is_ascii_alphabetic() && !self.peek(after + 1).is_ascii_alphanumeric() {
            self.append(at, b'&');
            return after;
        }
        self.close();
        self.gap.mark(Separator::And);
        for byte in *b"and" {
            self.letter(at, byte);
        }
        self.close();
        after
    }

    fn separate(&mut self, mark: Separator) {
        self.close();
        if self.in_ending && mark == Separator::Close {
            self.in_ending = false;
        } else {
            self.gap.mark(mark);
        }
    }

    fn unicode(&mut self, at: usize, c: char) {
        match c {
            // Soft hyphen, zero-width and bidi controls, byte order mark: invisible, so they part nothing.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            '’' | '‘' | 'ʼ' | '´' => {}
            '–' | '—' | '―' | '−' => self.separate(Separator::Dash),
            '•' | '·' | '●' | '∙' => self.separate(Separator::Bar),
            '€' | '£' => {
                self.close();
                self.gap.money = Some(at);
            }
            _ if c.is_alphanumeric() => {
                if !self.begin(at) {
                    return;
                }
                self.letters(c);
                if let Some(open) = &mut self.open {
                    open.end = at + c.len_utf8();
                    open.run = open.run.saturating_add(1);
                    open.digits |= c.is_numeric();
                    open.lower |= c.is_lowercase();
                }
            }
            _ if is_combining_mark(c) => {
                if self.open.is_some() {
                    self.letters(c);
                    if let Some(open) = &mut self.open {
                        open.end = at + c.len_utf8();
                    }
                }
            }
            _ => {
                // Full-width and other compatibility marks read as the ASCII mark they stand for.
                let mut ascii = None;
                decompose_compatible(c, |part| {
                    if part.is_ascii_punctuation() && ascii.is_none() {
                        ascii = Some(part as u8);
                    }
                });
                match ascii {
                    Some(b'(' | b'[' | b'{') => self.separate(Separator::Open),
                    Some(b')' | b']' | b'}') => self.separate(Separator::Close),
                    Some(b',' | b';') => self.separate(Separator::Comma),
                    Some(b'/') => self.separate(Separator::Slash),
                    Some(b':' | b'|' | b'@') => self.separate(Separator::Bar),
                    Some(b'-') => {
                        self.close();
                        self.gap.hyphen = true;
                    }
                    _ => {
                        self.close();
                        self.gap.space = true;
                    }
                }
            }
        }
    }

    /// Pushes the lower-case base letters of `c`, without accents.
    fn letters(&mut self, c: char) {
        let mut ascii = true;
        let mut full = false;
        let folded = &mut self.text.folded;
        let mut push = |part: char| {
            let mut bytes = [0; 4];
            let piece = match part {
                'ß' => "ss",
                'æ' => "ae",
                'œ' => "oe",
                'ø' => "o",
                'ł' => "l",
                'đ' | 'ð' => "d",
                'þ' => "th",
                'ı' => "i",
                _ => part.encode_utf8(&mut bytes),
            };
            ascii &= piece.is_ascii();
            full |= folded.try_extend_from_slice(piece.as_bytes()).is_err();
        };
        decompose_compatible(c, |part| {
            for lower in part.to_lowercase() {
                // Accents of European scripts; the vowel signs of others are letters in all but name.
                if matches!(lower, '\u{300}'..='\u{36f}') {
                    continue;
                }
                if lower.is_alphanumeric() || (is_combining_mark(lower) && !lower.is_ascii()) {
                    push(lower);
                }
            }
        });
        self.text.truncated |= full;
        if let Some(open) = &mut self.open {
            open.ascii &= ascii;
        }
    }

    /// Ends the open word, if any, and makes it a token.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if self.text.folded.len() == open.from {
            // Nothing but accents: no word. Take back the space that was put before it.
            self.text.folded.truncate(open.from.saturating_sub(1));
            return;
        }
        let gendered = self.gap.marks == 1
            && !self.gap.space
            // "Marketing/E-Commerce" goes on.
            && self.peek(open.end) != b'-'
            && matches!(self.gap.mark, Some(Separator::Slash | Separator::Bar | Separator::Open))
            && gender::is_ending(&self.text.folded[open.from..])
            && self.text.tokens.last().is_some_and(|last| usize::from(last.to - last.from) >= gender::SHORTEST);
        if gendered && let Some(last) = self.text.tokens.last_mut() {
            last.end = open.end as u16;
            self.text.folded.truncate(open.from.saturating_sub(1));
            // The bracket that closes it parts nothing.
            self.in_ending = self.gap.mark == Some(Separator::Open);
            self.gap = Gap::default();
            return;
        }
        if open.ascii && !open.digits {
            let (keep, append) = plural::singular(&self.text.folded[open.from..]);
            self.text.folded.truncate(open.from + keep);
            // What is appended is never longer than what was cut.
            let _ = self.text.folded.try_extend_from_slice(append);
        }
        let token = Token {
            start: self.gap.money.unwrap_or(open.start) as u16,
            end: open.end as u16,
            from: open.from as u16,
            to: self.text.folded.len() as u16,
            key: hash::word(&self.text.folded[open.from..]),
            before: self.gap.separator(),
            money: self.gap.money.is_some(),
            digits: open.digits,
            upper: !open.lower,
        };
        self.gap = Gap::default();
        if self.text.tokens.try_push(token).is_err() {
            self.text.truncated = true;
        }
    }
}

// Offsets into the raw title and the folded words are kept in 16 bits; a word begins within `MAX_RAW` bytes and is no longer
// than the room for folded words, or four times that when its letters fold to fewer bytes.
const _: () = assert!(MAX_RAW + 4 * MAX_FOLDED <= u16::MAX as usize && MAX_TOKENS <= u8::MAX as usize);

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str) -> String {
        Text::new(title).folded().to_string()
    }

    #[test]
    fn folds() {
        for (title, expected) in [
            ("Sr. Technical Support Engineer", "sr technical support engineer"),
            ("  SOFTWARE\tENGINEERS  ", "software engineer"),
            ("Ingénieure logiciel", "ingenieure logiciel"),
            ("Geschäftsführer", "geschaftsfuhrer"),
            ("Straßenbauer", "strassenbauer"),
            ("C++ / C# Developer", "c++ c# developer"),
            (".NET Developer", "net developer"),
            ("R.N.", "rn"),
            ("P.E. Engineer", "pe engineer"),
            ("R&D Engineer", "r&d engineer"),
            ("Sales & Marketing", "sale and marketing"),
            ("Sales &amp; Marketing", "sale and marketing"),
            ("Driver's Helper", "driver helper"),
            ("Front-End", "front end"),
            ("ＡＢＣ （Ｘ）", "abc x"),
            ("ﬁnance", "finance"),
            ("$18.50/hr", "18.50 hr"),
            ("40,000", "40000"),
            ("\u{301}", ""),
            ("a\u{200b}b", "ab"),
            ("", ""),
            ("---", ""),
        ] {
            assert_eq!(words(title), expected, "{title:?}");
        }
    }

    #[test]
    fn remembers_places_and_separators() {
        let title = "Engineer, Support - Sr (Remote)";
        let text = Text::new(title);
        let got: Vec<_> = text.tokens.iter().map(|t| (&title[t.start as usize..t.end as usize], t.before)).collect();
        assert_eq!(
            got,
            [
                ("Engineer", Separator::Space),
                ("Support", Separator::Comma),
                ("Sr", Separator::Dash),
                ("Remote", Separator::Open),
            ]
        );
    }

    #[test]
    fn composed_and_decomposed_meet() {
        assert_eq!(words("Ingénieur"), words("Inge\u{301}nieur"));
    }

    #[test]
    fn long_titles_are_cut() {
        let text = Text::new(&"word ".repeat(10_000));
        assert!(text.truncated);
        assert_eq!(text.tokens.len(), MAX_TOKENS);
        let text = Text::new(&"x".repeat(1 << 20));
        assert!(text.truncated);
        let text = Text::new(&",".repeat(1 << 20));
        assert!(text.truncated && text.tokens.is_empty());
    }
}
