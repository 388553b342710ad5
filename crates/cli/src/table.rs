//! Table: answers in aligned columns, for people to read.
//!
//! Must not know where titles come from or lines go to.

use titlecanon::Resolution;
use unicode_width::UnicodeWidthStr as _;

use crate::grid::{Align, GAP, NARROWEST, WIDTH, plain, push_line};

/// The columns.
const HEADER: [&str; 6] = ["TITLE", "VERDICT", "CODE", "ROLE", "CONFIDENCE", "SOC"];

/// The columns that are cut short where room is lacking: title and role.
const ELASTIC: [usize; 2] = [0, 3];

/// A table that goes on from block to block with the widths it has.
#[derive(Debug, Default)]
pub(crate) struct Table {
    widths: [usize; HEADER.len()],
    begun: bool,
}

impl Table {
    /// The lines for some titles and their answers; the first time with a header.
    pub(crate) fn lines(&mut self, titles: &[&str], answers: &[Resolution<'_>]) -> String {
        let mut rows: Vec<[String; HEADER.len()]> = Vec::with_capacity(titles.len() + 1);
        if !self.begun {
            rows.push(HEADER.map(String::from));
            self.begun = true;
        }
        rows.extend(titles.iter().zip(answers).map(|(title, answer)| cells(title, answer)));
        self.widen(&rows);
        let mut out = String::new();
        for row in &rows {
            push_line(&mut out, row.iter().zip(&self.widths).map(|(cell, &width)| (&**cell, width, Align::Text)));
        }
        out
    }

    /// Makes room for `rows`, as far as there is.
    fn widen(&mut self, rows: &[[String; HEADER.len()]]) {
        for (nth, width) in self.widths.iter_mut().enumerate() {
            let widest = rows.iter().map(|row| row[nth].width()).max().unwrap_or(0);
            *width = widest.max(*width);
        }
        let [title, role] = ELASTIC;
        let all: usize = self.widths.iter().sum::<usize>() + GAP.len() * (HEADER.len() - 1);
        let both = self.widths[title] + self.widths[role];
        let room = both.saturating_sub(all.saturating_sub(WIDTH)).max(2 * NARROWEST);
        if both > room {
            // Whichever needs less than half has what it needs, the other the rest.
            let half = room / 2;
            if self.widths[title] <= half {
                self.widths[role] = room - self.widths[title];
            } else if self.widths[role] <= room - half {
                self.widths[title] = room - self.widths[role];
            } else {
                (self.widths[title], self.widths[role]) = (half, room - half);
            }
        }
    }
}

/// An answer's cells.
fn cells(title: &str, answer: &Resolution<'_>) -> [String; HEADER.len()] {
    let title = plain(title);
    let verdict = answer.verdict().to_string();
    let Some(best) = answer.best() else {
        return [title, verdict, "-".into(), "-".into(), "-".into(), "-".into()];
    };
    let role = best.role();
    [
        title,
        verdict,
        role.code().to_string(),
        role.title(),
        format!("{} {}", best.confidence(), best.band()),
        role.soc().next().map_or("-".into(), |mapping| mapping.code().code()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_align() {
        let titles =
            ["Sr. Technical Support Engineer".repeat(5), "日本".repeat(60), "a\u{1b}[31m\nb".into(), String::new()];
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let answers: Vec<_> = titles.iter().map(|title| titlecanon::normalize_title(title)).collect();
        let mut table = Table::default();
        let text = table.lines(&titles, &answers) + &table.lines(&titles, &answers);
        assert_eq!(text.lines().count(), 9);
        assert_eq!(text.matches("VERDICT").count(), 1);
        assert!(text.lines().all(|line| line.width() <= WIDTH), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}
