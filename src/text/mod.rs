//! Text: a raw title becomes folded words that remember their place in it.
//!
//! This module knows letters, accents, punctuation and English plurals. It must not know what any word means:
//! it is used alike for the titles of users and for the texts of a taxonomy, so that both fold to the same words.

mod fold;
mod gender;
mod plain;
mod plural;

use arrayvec::ArrayVec;

use crate::hash;

/// Titles are read up to this many words. The longest real title in six public collections (70,000 titles) has 41 words,
/// of which those after the twentieth are pay, places and slogans; the bound is what makes every stage bounded.
pub(crate) const MAX_TOKENS: usize = 32;

/// Room for the folded words of one title, spaces between them included: 32 words of 12 letters.
pub(crate) const MAX_FOLDED: usize = 416;

/// What stood between a word and the one before it: the strongest mark wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Separator {
    /// Nothing, the start of the title, or white space and minor marks.
    Space,
    /// A hyphen with no space at either side.
    Hyphen,
    /// `/`, as in "Cashier/Stocker".
    Slash,
    /// `&`, `+` between words; the word "and" follows it.
    And,
    /// A hyphen with space around it, or a dash.
    Dash,
    /// A comma or semicolon.
    Comma,
    /// `:`, `|`, `@`, a bullet.
    Bar,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
}

impl Separator {
    /// Whether the words after this mark start a new segment of the title.
    pub(crate) fn breaks(self) -> bool {
        self >= Separator::Slash
    }
}

/// One word of a title.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Byte range in the raw title, a currency sign before it included.
    pub(crate) start: u16,
    pub(crate) end: u16,
    /// Byte range of the folded word in [`Text::folded`].
    from: u16,
    to: u16,
    /// Hash of the folded word.
    pub(crate) key: u64,
    pub(crate) before: Separator,
    /// A currency sign stood before it.
    pub(crate) money: bool,
    /// It has at least one digit.
    pub(crate) digits: bool,
    /// It was written in capitals or digits only.
    pub(crate) upper: bool,
}

impl Token {
    /// Written like the letters of a code: in capitals, or three letters at most.
    pub(crate) fn upper_or_short(&self) -> bool {
        self.upper || self.end - self.start <= 3
    }
}

/// The key of a folded word that may be a plural.
pub(crate) fn key(word: &str) -> u64 {
    let (keep, append) = plural::singular(word.as_bytes());
    if append.is_empty() {
        return hash::word(&word.as_bytes()[..keep]);
    }
    let parts = word.bytes().take(keep).chain(append.iter().copied());
    hash::word(&parts.take(MAX_FOLDED).collect::<ArrayVec<u8, MAX_FOLDED>>())
}

/// The folded words of one title, on the stack.
pub(crate) struct Text {
    /// The folded words, with something between them.
    folded: ArrayVec<u8, MAX_FOLDED>,
    pub(crate) tokens: ArrayVec<Token, MAX_TOKENS>,
    /// The title was longer than [`MAX_TOKENS`] words or [`MAX_FOLDED`] bytes and only its beginning was read.
    pub(crate) truncated: bool,
}

impl Text {
    /// Folds `title`. Linear in the part that is read, which is bounded.
    pub(crate) fn new(title: &str) -> Text {
        let mut text = Text::empty();
        text.read(title);
        text
    }

    /// The text of no title, to be [`read`](Self::read) into: it is large, and returning it full would copy it.
    #[inline]
    pub(crate) fn empty() -> Text {
        Text { folded: ArrayVec::new_const(), tokens: ArrayVec::new_const(), truncated: false }
    }

    /// Folds `title` into an empty text.
    pub(crate) fn read(&mut self, title: &str) {
        if plain::fold(title, self).is_none() {
            fold::fold(title, self);
        }
    }

    /// The folded, singular form of one word.
    pub(crate) fn word(&self, token: &Token) -> &str {
        self.slice(token.from, token.to)
    }

    /// The folded words joined by single spaces.
    #[cfg(test)]
    pub(crate) fn folded(&self) -> alloc::string::String {
        let words: alloc::vec::Vec<&str> = self.tokens.iter().map(|token| self.word(token)).collect();
        words.join(" ")
    }

    /// Parts the word `at` in two: its first `end` bytes, and what begins at byte `start`, of its folded form. Letters between
    /// them join the parts and belong to neither. Does nothing when there is no room for a word more.
    pub(crate) fn part(&mut self, at: usize, end: usize, start: usize, title: &str) {
        let whole = self.tokens[at];
        if self.tokens.is_full() {
            return;
        }
        // As many letters of the raw word as the folded part has; an "ß" before it, which folds to two, moves it by one.
        let letters = self.word(&whole)[..start].chars().count();
        let raw = title.get(whole.start.into()..whole.end.into()).unwrap_or_default();
        let place = whole.start + raw.char_indices().nth(letters).map_or(raw.len(), |(place, _)| place) as u16;
        let of = |from: u16, to: u16| hash::word(&self.folded[usize::from(from)..usize::from(to)]);
        let (end, start) = (whole.from + end as u16, whole.from + start as u16);
        let first = Token { end: place, to: end, key: of(whole.from, end), ..whole };
        let second = Token {
            start: place,
            from: start,
            key: of(start, whole.to),
            before: Separator::Hyphen,
            money: false,
            ..whole
        };
        self.tokens[at] = first;
        self.tokens.insert(at + 1, second);
    }

    /// Whether a word of so many bytes can be put in.
    pub(crate) fn has_room_for(&self, bytes: usize) -> bool {
        self.folded.remaining_capacity() >= bytes
    }

    /// Makes the word `at` and the next one word. There must be [room](Self::has_room_for) for it.
    pub(crate) fn merge(&mut self, at: usize) {
        let (first, second) = (self.tokens[at], self.tokens[at + 1]);
        let from = self.folded.len();
        for place in (first.from..first.to).chain(second.from..second.to) {
            self.folded.push(self.folded[usize::from(place)]);
        }
        let key = hash::word(&self.folded[from..]);
        self.tokens[at] = Token { end: second.end, from: from as u16, to: self.folded.len() as u16, key, ..first };
        self.tokens.remove(at + 1);
    }

    /// Makes the word `at` its first `len` bytes, as folded.
    pub(crate) fn shorten(&mut self, at: usize, len: usize) {
        let token = &mut self.tokens[at];
        token.to = token.from + len as u16;
        token.key = hash::word(&self.folded[usize::from(token.from)..usize::from(token.to)]);
    }

    fn slice(&self, from: u16, to: u16) -> &str {
        // Only whole UTF-8 characters are ever pushed, so this cannot fail; a wrong range would read as empty.
        core::str::from_utf8(&self.folded[from as usize..to as usize]).unwrap_or_default()
    }
}
