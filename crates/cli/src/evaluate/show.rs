//! Show: figures as a page of tables and diagrams.
//!
//! Must not know how figures were counted, nor how a page looks.

use std::fmt::Display;

use crate::evaluate::figures::{Calibration, Confusion, Coverage, Figures, Labelled, Matrix, Ranking, Soc, Weight};
use crate::grid::{Align, Grid};
use crate::page::{Bar, Chart, Page, Part, Section};
use crate::report::Grouped;
use crate::rows::plural;

/// The page for some figures.
pub(crate) fn page(figures: &Figures) -> Page {
    let Figures { file, taxonomy, coverage, .. } = figures;
    let mut sections = Vec::new();
    sections.extend(figures.soc.as_ref().map(soc));
    sections.extend(figures.level.as_ref().map(|level| labelled("Levels", "level confidence", level)));
    sections.extend(figures.group.as_ref().map(|group| labelled("Groups", "function confidence", group)));
    sections.extend(figures.id.as_ref().map(ranking));
    sections.extend(unresolved(figures));
    Page {
        title: format!("Evaluation of {file}"),
        lead: vec![
            Part::Note(format!(
                "Answered by the taxonomy {}.",
                format!("{} {}", taxonomy.name, taxonomy.version).trim()
            )),
            Part::Note(rows(coverage)),
        ],
        sections,
    }
}

/// How many rows there are, and how they were answered.
fn rows(coverage: &Coverage) -> String {
    let Coverage { rows, skipped, weight, answered, confident, needs_review, no_match } = coverage;
    let mut text = format!("{} row{}", Grouped(*rows), if *rows == 1 { "" } else { "s" });
    if *weight != Weight(*rows as f64) {
        text += &format!(" that weigh {weight}");
    }
    if *skipped > 0 {
        text += &format!(" ({} more without a label)", Grouped(*skipped));
    }
    text + &format!(
        ": answered {answered}, of which confident {confident} and to be reviewed {needs_review}; no match {no_match}."
    )
}

fn soc(soc: &Soc) -> Section {
    let mut parts = vec![Part::Note(rows(&soc.coverage))];
    if soc.unlisted > 0 {
        let count = plural(soc.unlisted as usize, "row");
        parts.push(Part::Note(format!("{count} with no code that the taxonomy lists: are they all SOC 2018?")));
    }
    let numbers = ["2 digits", "3 digits", "5 digits", "6 digits"].map(|name| (name, Align::Number));
    let mut right = Grid::new("Right", [("share of", Align::Text)].into_iter().chain(numbers));
    for (name, shares) in [("all rows", soc.right), ("confident rows", soc.confident_right)] {
        right.push(std::iter::once(name.into()).chain(shares.all().map(|share| share.to_string())));
    }
    parts.push(Part::Table(right));
    let mut top = Grid::new(
        "A right code of 6 digits among the first 5 candidates",
        [("share of", Align::Text), ("top 5", Align::Number)],
    );
    top.push(["all rows".into(), soc.top_5.to_string()]);
    top.push(["rows to be reviewed".into(), soc.top_5_needs_review.to_string()]);
    parts.push(Part::Table(top));
    parts.extend(calibration("function confidence and 3 digits", &soc.calibration));

    let weights = [("weight", Align::Number), ("share", Align::Number)];
    if !soc.confusions_at_3.is_empty() {
        let head = [("label", Align::Text), ("answer", Align::Text)].into_iter().chain(weights);
        let mut grid = Grid::new(
            "Wrong at 3 digits: the commonest",
            head.chain([("mostly label", Align::Text), ("mostly answer", Align::Text)]),
        );
        for confusion in &soc.confusions_at_3 {
            let [label, answer] = sides(&confusion.mostly);
            grid.push([
                confusion.label.clone(),
                or_none(confusion.answer.as_deref()),
                confusion.weight.to_string(),
                confusion.share.to_string(),
                label,
                answer,
            ]);
        }
        parts.push(Part::Table(grid));
    }
    if !soc.confusions_at_6.is_empty() {
        let head = [("label", Align::Text), ("answer", Align::Text), ("same digits", Align::Number)];
        let head = head.into_iter().chain(weights);
        let mut grid = Grid::new("Wrong at 6 digits: the commonest", head);
        for confusion in &soc.confusions_at_6 {
            let numbers: [&dyn Display; 3] = [&confusion.digits, &confusion.weight, &confusion.share];
            grid.push(sides(confusion).into_iter().chain(numbers.map(|number| number.to_string())));
        }
        parts.push(Part::Table(grid));
    }
    Section { heading: "SOC codes".into(), parts }
}

/// The label and the answer, each with its title.
fn sides(confusion: &Confusion) -> [String; 2] {
    let with_title = |code: &str, title: &Option<String>| match title {
        Some(title) => format!("{code} {title}"),
        None => code.into(),
    };
    [
        with_title(&confusion.label, &confusion.label_title),
        with_title(&or_none(confusion.answer.as_deref()), &confusion.answer_title),
    ]
}

fn or_none(text: Option<&str>) -> String {
    text.unwrap_or("none").into()
}

/// The section for labels; `confidence` is the one that is put against being right.
fn labelled(heading: &str, confidence: &str, labelled: &Labelled) -> Section {
    let mut right = Grid::new("Right", [("share of", Align::Text), ("right", Align::Number)]);
    right.push(["all rows".into(), labelled.right.to_string()]);
    right.push(["answered rows".into(), labelled.answered_right.to_string()]);
    let mut parts = vec![Part::Note(rows(&labelled.coverage))];
    if labelled.right_without_answer.value() > 0.0 {
        right.push(["all rows, by having no answer".into(), labelled.right_without_answer.to_string()]);
    }
    parts.push(Part::Table(right));
    parts.push(Part::Table(matrix(&labelled.confusion)));
    parts.extend(calibration(&format!("{confidence} and being right"), &labelled.calibration));
    Section { heading: heading.into(), parts }
}

/// The section for external ids.
fn ranking(ranking: &Ranking) -> Section {
    let Ranking { rows, skipped, unlisted, mean_reciprocal_rank, recall, .. } = ranking;
    let mut note = plural(*rows as usize, "row");
    if *skipped > 0 {
        note += &format!(" ({} more without an id)", Grouped(*skipped));
    }
    if *unlisted > 0 {
        note += &format!(", {} of them with no id that the taxonomy lists", Grouped(*unlisted));
    }
    let places = ["first", "first 5", "first 10", "first 100"].map(|name| (name, Align::Number));
    let mut grid = Grid::new(
        "Where the right one stands among the candidates",
        [("mean reciprocal rank", Align::Number)].into_iter().chain(places),
    );
    grid.push(std::iter::once(mean_reciprocal_rank).chain(&recall.all()).map(ToString::to_string));
    Section { heading: "External ids".into(), parts: vec![Part::Note(note + "."), Part::Table(grid)] }
}

fn matrix(matrix: &Matrix) -> Grid {
    let answers = matrix.answers.iter().map(|answer| (answer.as_deref().unwrap_or("no answer"), Align::Number));
    let mut grid = Grid::new(
        "What was answered (columns) for what (rows), by weight",
        [("label", Align::Text)].into_iter().chain(answers),
    );
    for (label, weights) in matrix.labels.iter().zip(&matrix.weights) {
        grid.push(std::iter::once(label.clone()).chain(weights.iter().map(Weight::to_string)));
    }
    grid
}

/// A diagram and its table.
fn calibration(what: &str, calibration: &Calibration) -> [Part; 2] {
    let error = calibration.calibration_error;
    let all: f64 = calibration.bins.iter().map(|bin| bin.weight.0).sum();
    let used = || calibration.bins.iter().filter(|bin| bin.weight.0 > 0.0);
    let bars = used().map(|bin| Bar {
        from: bin.from,
        to: bin.to,
        confidence: bin.confidence.value(),
        right: bin.right.value(),
        share: bin.weight.0 / all,
    });
    let said: Vec<String> =
        used().map(|bin| format!("{:.1} to {:.1}: {} right", bin.from, bin.to, bin.right)).collect();
    let chart = Chart {
        title: format!("Reliability: {what}"),
        description: format!(
            "A bar for each tenth of confidence, as high as the share that is right; on the diagonal both are the \
             same. A mark shows the mean confidence. {}.",
            said.join("; ")
        ),
        measure: "share right".into(),
        bars: bars.collect(),
    };
    let head = ["weight", "mean confidence", "right"].map(|name| (name, Align::Number));
    let mut grid = Grid::new(
        format!("Calibration: {what}; expected error {error}"),
        [("confidence", Align::Text)].into_iter().chain(head),
    );
    for bin in used() {
        grid.push([
            format!("{:.1} to {:.1}", bin.from, bin.to),
            bin.weight.to_string(),
            bin.confidence.to_string(),
            bin.right.to_string(),
        ]);
    }
    [Part::Chart(chart), Part::Table(grid)]
}

fn unresolved(figures: &Figures) -> Option<Section> {
    if figures.unresolved.is_empty() {
        return None;
    }
    let mut grid = Grid::new("By weight", [("title", Align::Text), ("weight", Align::Number)]);
    for title in &figures.unresolved {
        grid.push([title.title.clone(), title.weight.to_string()]);
    }
    let mut parts = vec![Part::Table(grid)];
    if figures.unresolved_others.0 > 0.0 {
        parts.push(Part::Note(format!("The others weigh {}.", figures.unresolved_others)));
    }
    Some(Section { heading: "Titles without an answer".into(), parts })
}
