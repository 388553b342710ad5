//! Grid: rows of cells under a head, and how they look in aligned columns.
//!
//! Must not know what is in a cell.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The width that lines are kept to where they can be.
pub(crate) const WIDTH: usize = 120;

/// What stands between columns.
pub(crate) const GAP: &str = "  ";

/// No column of texts is made narrower than this.
pub(crate) const NARROWEST: usize = 16;

/// No head is made narrower than this.
const NARROWEST_HEAD: usize = 5;

/// To which side the cells of a column go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Texts begin together, and are cut short where room is lacking.
    Text,
    /// Texts begin together, and go on in further lines where room is lacking.
    Prose,
    /// Numbers end together, and are never cut.
    Number,
}

/// Rows of cells under a head.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// What it shows.
    pub(crate) caption: String,
    /// The head of each column.
    pub(crate) head: Vec<(String, Align)>,
    /// The rows, each of as many cells.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Grid {
    /// A grid without rows.
    pub(crate) fn new<H: Into<String>>(caption: impl Into<String>, head: impl IntoIterator<Item = (H, Align)>) -> Grid {
        let head = head.into_iter().map(|(name, align)| (name.into(), align)).collect();
        Grid { caption: caption.into(), head, rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = String>) {
        self.rows.push(row.into_iter().collect());
    }

    /// Its lines: the caption, the head, the rows.
    pub(crate) fn text(&self) -> String {
        let head: Vec<String> = self.head.iter().map(|(name, _)| plain(name).to_uppercase()).collect();
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
        let widths = self.widths(&head, &rows);
        let mut out = String::new();
        if !self.caption.is_empty() {
            out = plain(&self.caption) + "\n";
        }
        let rows: Vec<Vec<Vec<String>>> = std::iter::once(&head)
            .chain(&rows)
            .map(|row| {
                row.iter().zip(&widths).zip(&self.head).map(|((cell, &width), (_, align))| match align {
                    Align::Prose => wrap(cell, width).iter().flat_map(|line| chop(line, width)).collect(),
                    Align::Text | Align::Number => vec![cell.clone()],
                })
            })
            .map(Iterator::collect)
            .collect();
        // Where rows are of several lines, it takes an empty one to tell them apart.
        let apart = rows.iter().flatten().any(|lines| lines.len() > 1);
        for (nth, row) in rows.iter().enumerate() {
            if apart && nth > 1 {
                out.push('\n');
            }
            for line in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
                let lines = row.iter().map(|cell| cell.get(line).map_or("", String::as_str));
                let cells = lines.zip(&widths).zip(&self.head);
                push_line(&mut out, cells.map(|((cell, &width), (_, align))| (cell, width, *align)));
            }
        }
        out
    }

    /// How wide each column is: as its widest cell, as long as all have room; else the widest give way.
    fn widths(&self, head: &[String], rows: &[Vec<String>]) -> Vec<usize> {
        let widest = |nth: usize| rows.iter().map(|row| row[nth].width()).max().unwrap_or(0);
        let mut columns: Vec<(usize, usize)> = Vec::new();
        for (nth, ((_, align), name)) in self.head.iter().zip(head).enumerate() {
            let (cells, name) = (widest(nth), name.width());
            let least = match align {
                Align::Text | Align::Prose => cells.max(name).min(NARROWEST),
                Align::Number => cells.max(name.min(NARROWEST_HEAD)),
            };
            columns.push((cells.max(name), least));
        }
        let room = WIDTH - (GAP.len() * columns.len().saturating_sub(1)).min(WIDTH);
        while columns.iter().map(|&(width, _)| width).sum::<usize>() > room {
            let wide = columns.iter_mut().filter(|(width, least)| width > least).max_by_key(|(width, _)| *width);
            let Some((width, _)) = wide else { break };
            *width -= 1;
        }
        columns.into_iter().map(|(width, _)| width).collect()
    }
}

/// `text` without anything that moves the cursor or colours the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Adds a line of cells, each with its width.
pub(crate) fn push_line<'a>(out: &mut String, cells: impl Iterator<Item = (&'a str, usize, Align)>) {
    for (nth, (cell, width, align)) in cells.enumerate() {
        let gap = if nth == 0 { "" } else { GAP };
        let (cell, pad) = fit(cell, width);
        // A string takes whatever is written to it.
        let _ = match align {
            Align::Text | Align::Prose => write!(out, "{gap}{cell}{:pad$}", ""),
            Align::Number => write!(out, "{gap}{:pad$}{cell}", ""),
        };
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

/// `text` in lines of at most `width` columns, unless a word is wider.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(' ') {
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut line, word.into()));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.push(line);
    lines
}

/// `text` in pieces of at most `width` columns.
fn chop(text: &str, width: usize) -> Vec<String> {
    let (mut pieces, mut piece, mut used) = (Vec::new(), String::new(), 0);
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used > 0 && used + wide > width {
            pieces.push(std::mem::take(&mut piece));
            used = 0;
        }
        piece.push(c);
        used += wide;
    }
    pieces.push(piece);
    pieces
}

/// `text` in `width` columns, cut short with an ellipsis if need be, and how many columns are left.
fn fit(text: &str, width: usize) -> (String, usize) {
    let needed = text.width();
    if needed <= width {
        return (text.into(), width - needed);
    }
    let (mut out, mut used) = (String::new(), 0);
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        out.push(c);
        used += wide;
    }
    out.push('…');
    (out, width - used - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_grids_are_cut_to_fit() {
        let mut grid = Grid::new("Counts", [("what", Align::Text), ("a long name of a number", Align::Number)]);
        grid.push(["é".repeat(200), "1".into()]);
        grid.push(["a\u{1b}[31m".into(), "12,345".into()]);
        let text = grid.text();
        assert!(text.lines().all(|line| line.width() <= WIDTH), "{text}");
        assert!(!text.contains('\u{1b}') && text.contains('…'));
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0] == "Counts" && lines[1].starts_with("WHAT ") && lines[3].ends_with(" 12,345"), "{text}");
        assert_eq!(lines[2].width(), lines[3].width());
    }

    #[test]
    fn prose_is_never_cut() {
        let head = [("what", Align::Text), ("one", Align::Prose), ("other", Align::Prose)];
        let mut grid = Grid::new("", head);
        let (words, word) = ("some words ".repeat(12), "é".repeat(130));
        grid.push(["first".into(), words.trim().into(), word]);
        grid.push(["second".into(), "short".into(), "".into()]);
        let text = grid.text();
        assert!(text.lines().all(|line| line.width() <= WIDTH && line.trim_end() == line), "{text}");
        assert!(!text.contains('…') && text.ends_with("\n\nsecond  short\n"), "{text}");
        let count = |what: &str| text.matches(what).count();
        assert_eq!((count("some"), count("words"), count("é"), count("first")), (12, 12, 130, 1));
    }

    #[test]
    fn numbers_are_never_cut() {
        let mut grid = Grid::new("", (0..40).map(|_| ("a heading", Align::Number)));
        grid.push((0..40).map(|_| "123,456".to_owned()));
        assert_eq!(grid.text().matches("123,456").count(), 40);
    }
}
