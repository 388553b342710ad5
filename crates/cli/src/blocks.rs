//! Blocks: a stream of bytes cut into pieces of whole rows, several thousand at a time.
//!
//! A row ends at a line feed, unless the format quotes fields and the line feed is inside quotes. This is all that this
//! module knows of formats; it must not know what is in a row.

use std::io::{ErrorKind, Read};

use crate::failure::{Failure, Result};

/// How much is read at once, and so how big a block usually is.
const BLOCK: usize = 128 << 10;

/// A row bigger than this is taken for a mistake, so that memory stays bounded.
const MAX_ROW: usize = 64 << 20;

/// The byte order mark that some programs write at the start of UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Some whole rows.
#[derive(Debug)]
pub(crate) struct Block {
    bytes: Vec<u8>,
    /// Where each row ends, its line feed included.
    ends: Vec<usize>,
    /// Where the first row that is left begins, and its number.
    start: usize,
    first: usize,
    /// The line of that row in the whole input, from 1.
    line: u64,
}

impl Block {
    /// A block of one row for each text, whatever is in them.
    pub(crate) fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Block {
        let mut block = Block { bytes: Vec::new(), ends: Vec::new(), start: 0, first: 0, line: 1 };
        for text in texts {
            block.bytes.extend_from_slice(text.as_bytes());
            block.bytes.push(b'\n');
            block.ends.push(block.bytes.len());
        }
        block
    }

    /// A block of lines that each end with a line feed.
    #[cfg(feature = "parquet")]
    pub(crate) fn of_lines(bytes: Vec<u8>) -> Block {
        let ends = memchr::memchr_iter(b'\n', &bytes).map(|found| found + 1).collect();
        Block { bytes, ends, start: 0, first: 0, line: 1 }
    }

    /// How many bytes it holds.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() - self.start
    }

    /// The rows with their lines, without the line feed or carriage return and line feed at their end.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut start = self.start;
        let mut line = self.line;
        self.ends[self.first..].iter().map(move |&end| {
            let (row, at) = (&self.bytes[start..end], line);
            start = end;
            line += lines(row);
            let row = row.strip_suffix(b"\n").map_or(row, |row| row.strip_suffix(b"\r").unwrap_or(row));
            (at, row)
        })
    }

    /// Takes the first row off.
    pub(crate) fn drop_first(&mut self) {
        if let Some(&end) = self.ends.get(self.first) {
            self.line += lines(&self.bytes[self.start..end]);
            self.start = end;
            self.first += 1;
        }
    }
}

/// How many line feeds there are.
pub(crate) fn lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Reads blocks.
pub(crate) struct Blocks {
    name: String,
    reader: Box<dyn Read + Send>,
    /// Whether a block may wait until it is full.
    patient: bool,
    /// What separates fields, if they may be quoted.
    quoted: Option<u8>,
    /// The beginning of a row whose end is not read yet.
    rest: Vec<u8>,
    line: u64,
    begun: bool,
    ended: bool,
}

impl Blocks {
    /// Reads from `reader`; `name` is for messages, `quoted` the delimiter of a format that quotes.
    pub(crate) fn new(name: &str, reader: Box<dyn Read + Send>, quoted: Option<u8>) -> Blocks {
        let (name, rest) = (name.into(), Vec::new());
        Blocks { name, reader, patient: true, quoted, rest, line: 1, begun: false, ended: false }
    }

    /// Gives whole rows as soon as there are any, so that an answer does not wait for more input.
    pub(crate) fn at_once(mut self) -> Blocks {
        self.patient = false;
        self
    }

    /// What the input is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Reads on at the end of `bytes`.
    fn read(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        let mut filled = bytes.len();
        let full = filled + BLOCK;
        bytes.resize(full, 0);
        while filled < full {
            match self.reader.read(&mut bytes[filled..]) {
                Ok(count) => {
                    filled += count;
                    self.ended = count == 0;
                    if self.ended || !self.patient {
                        break;
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Failure::new(format_args!("{} cannot be read: {error}", self.name))),
            }
        }
        bytes.truncate(filled);
        Ok(())
    }

    /// The next block; `None` at the end.
    fn cut(&mut self) -> Result<Option<Block>> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut ends = Vec::new();
        let mut cut = Cut::new(self.quoted);
        while ends.is_empty() {
            if bytes.len() > MAX_ROW {
                return Err(self.too_long(&cut, &bytes));
            }
            self.read(&mut bytes)?;
            if !self.ended && !self.begun && bytes.len() < BOM.len() && BOM.starts_with(&bytes) {
                continue;
            }
            if !self.begun && bytes.starts_with(BOM) {
                bytes.drain(..BOM.len());
            }
            self.begun = true;
            cut.scan(&bytes, &mut ends);
            if self.ended {
                if cut.inside_quotes() {
                    return Err(self.open_quote(&cut, &bytes));
                }
                if ends.last().copied().unwrap_or(0) < bytes.len() {
                    ends.push(bytes.len());
                }
                break;
            }
        }
        let Some(&end) = ends.last() else { return Ok(None) };
        self.rest = bytes.split_off(end);
        let line = self.line;
        self.line += lines(&bytes);
        Ok(Some(Block { bytes, ends, start: 0, first: 0, line }))
    }

    fn open_quote(&self, cut: &Cut, bytes: &[u8]) -> Failure {
        let line = self.line + lines(&bytes[..cut.opened]);
        Failure::at(&self.name, line, "a quotation mark opens a field here and none closes it")
    }

    fn too_long(&self, cut: &Cut, bytes: &[u8]) -> Failure {
        if cut.inside_quotes() {
            return self.open_quote(cut, bytes);
        }
        let message = format_args!("a row of more than {} MiB; is this the right file?", MAX_ROW >> 20);
        Failure::at(&self.name, self.line, message)
    }
}

impl Iterator for Blocks {
    type Item = Result<Block>;

    fn next(&mut self) -> Option<Result<Block>> {
        if self.ended {
            return None;
        }
        let block = self.cut();
        self.ended |= block.is_err();
        block.transpose()
    }
}

/// Finds where rows end, in bytes that grow.
struct Cut {
    quoted: Option<u8>,
    state: State,
    at: usize,
    /// Where the last quoted field began.
    opened: usize,
}

/// Where [`Cut`] is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    Quoted,
    /// After a quotation mark inside quotes: it closes them unless another follows.
    Closing,
}

impl Cut {
    fn new(quoted: Option<u8>) -> Cut {
        Cut { quoted, state: State::Plain, at: 0, opened: 0 }
    }

    fn inside_quotes(&self) -> bool {
        self.state == State::Quoted
    }

    /// Goes on to the end of `bytes`, which begin as they did at the last call, and adds the ends of rows that it meets.
    fn scan(&mut self, bytes: &[u8], ends: &mut Vec<usize>) {
        let Some(delimiter) = self.quoted else {
            ends.extend(memchr::memchr_iter(b'\n', &bytes[self.at..]).map(|found| self.at + found + 1));
            self.at = bytes.len();
            return;
        };
        while self.at < bytes.len() {
            let left = &bytes[self.at..];
            match self.state {
                State::Plain => {
                    let Some(found) = memchr::memchr2(b'\n', b'"', left) else { break };
                    let at = self.at + found;
                    self.at = at + 1;
                    if bytes[at] == b'\n' {
                        ends.push(self.at);
                    } else if at == 0 || bytes[at - 1] == b'\n' || bytes[at - 1] == delimiter {
                        // Anywhere else in a field a quotation mark stands for itself.
                        self.state = State::Quoted;
                        self.opened = at;
                    }
                }
                State::Quoted => {
                    let Some(found) = memchr::memchr(b'"', left) else { break };
                    self.at += found + 1;
                    self.state = State::Closing;
                }
                State::Closing if left[0] == b'"' => {
                    self.at += 1;
                    self.state = State::Quoted;
                }
                State::Closing => self.state = State::Plain,
            }
        }
        self.at = bytes.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every border falls between reads.
    struct Drops(Vec<u8>, usize);

    impl Read for Drops {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let byte = self.0.get(self.1);
            self.1 += 1;
            Ok(byte.map_or(0, |&byte| {
                buffer[0] = byte;
                1
            }))
        }
    }

    fn rows(text: &[u8], quoted: Option<u8>, drops: bool) -> std::result::Result<Vec<(u64, Vec<u8>)>, String> {
        let reader: Box<dyn Read + Send> =
            if drops { Box::new(Drops(text.into(), 0)) } else { Box::new(std::io::Cursor::new(text.to_vec())) };
        let mut out = Vec::new();
        let blocks = Blocks::new("x", reader, quoted);
        for block in if drops { blocks.at_once() } else { blocks } {
            match block {
                Ok(block) => out.extend(block.rows().map(|(line, row)| (line, row.to_vec()))),
                Err(Failure::Message(message)) => return Err(message),
                Err(other) => panic!("{other:?}"),
            }
        }
        Ok(out)
    }

    #[test]
    fn rows_end_at_line_feeds_outside_quotes() {
        let text = b"\xEF\xBB\xBFa,b\r\n\"x\ny\",\"q\"\"\n\"\n\n5\" pipe,z";
        for drops in [false, true] {
            let found = rows(text, Some(b','), drops).unwrap();
            let expected: [(u64, &[u8]); 4] = [(1, b"a,b"), (2, b"\"x\ny\",\"q\"\"\n\""), (5, b""), (6, b"5\" pipe,z")];
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                assert_eq!((found.0, found.1.as_slice()), expected);
            }
        }
    }

    #[test]
    fn an_open_quote_is_told_with_its_line() {
        let message = rows(b"a\nb\nc,\"d\ne\n", Some(b','), true).unwrap_err();
        assert!(message.starts_with("x:3: a quotation mark"), "{message}");
    }

    #[test]
    fn rows_agree_with_the_csv_crate() {
        let mut seed = 7_u32;
        for _ in 0..1_000 {
            let text: Vec<u8> = (0..12)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    b"a,\"\n\"\na"[(seed >> 24) as usize % 7]
                })
                .collect();
            let Ok(found) = rows(&text, Some(b','), seed.is_multiple_of(2)) else { continue };
            let ours = found.into_iter().map(|(_, row)| row).filter(|row| !row.is_empty()).collect::<Vec<_>>();
            let mut builder = csv::ReaderBuilder::new();
            builder.has_headers(false).flexible(true).terminator(csv::Terminator::Any(b'\n'));
            let theirs = builder.from_reader(text.as_slice()).into_byte_records().map(|row| row.unwrap());
            let each = ours.iter().map(|row| {
                let mut rows = builder.from_reader(row.as_slice()).into_byte_records();
                let row = rows.next().unwrap().unwrap();
                assert!(rows.next().is_none());
                row
            });
            assert!(theirs.eq(each), "{:?}", String::from_utf8_lossy(&text));
        }
    }
}
