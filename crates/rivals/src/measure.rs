//! Time and accuracy of every engine on every class.
//!
//! The engines take turns within each repetition, so that what else the machine does hits all alike. Must not know how the
//! figures are shown.

use std::time::{Duration, Instant};

use crate::engines::{Input, Started};
use crate::queries::{Class, Query};

/// How often everything is timed; the median counts.
pub(crate) const REPETITIONS: usize = 9;

/// Scans take part in every third repetition only, with the first so many titles.
pub(crate) const SAMPLE: usize = 60;
const SCAN_EVERY: usize = 3;

/// How long an engine is timed before the next one has its turn.
const TURN: Duration = Duration::from_millis(60);

/// What an engine did on a class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    /// Titles that it was asked for.
    pub(crate) titles: usize,
    /// Median time for one title.
    pub(crate) nanoseconds: f64,
    /// Share of the titles whose best answer is right; without an answer where none is right.
    pub(crate) right: f64,
    /// Share of the titles that have an answer.
    pub(crate) answered: f64,
}

/// The figures, by engine and then class.
pub(crate) fn measure(engines: &[Started], classes: &[Class]) -> Vec<Vec<Figures>> {
    let folded: Vec<Vec<Query>> = classes
        .iter()
        .map(|class| {
            class.queries.iter().map(|query| Query { title: query.title.to_lowercase(), ..query.clone() }).collect()
        })
        .collect();
    let titles = |engine: &Started, class: usize| -> &[Query] {
        let all = if engine.input == Input::Folded { &folded[class] } else { &classes[class].queries };
        if engine.scan { &all[..SAMPLE] } else { all }
    };
    let mut times = vec![vec![Vec::with_capacity(REPETITIONS); classes.len()]; engines.len()];
    let mut answers = vec![vec![Vec::new(); classes.len()]; engines.len()];
    for repetition in 0..REPETITIONS {
        eprintln!("repetition {} of {REPETITIONS}", repetition + 1);
        for class in 0..classes.len() {
            for (number, engine) in engines.iter().enumerate() {
                let queries = titles(engine, class);
                if !engine.scan {
                    times[number][class].push(turn(engine, queries) / queries.len() as f64);
                }
                let scanned = engine.scan && repetition % SCAN_EVERY == 0;
                if scanned || repetition == 0 {
                    let clock = Instant::now();
                    let found: Vec<Option<u32>> =
                        queries.iter().map(|query| engine.engine.find(&query.title)).collect();
                    let nanoseconds = clock.elapsed().as_secs_f64() * 1e9;
                    if scanned {
                        times[number][class].push(nanoseconds / queries.len() as f64);
                    }
                    answers[number][class] = found;
                }
            }
        }
    }
    let figures = |number: usize, class: usize| {
        let (queries, answers) = (titles(&engines[number], class), &answers[number][class]);
        let right = answers.iter().zip(queries).filter(|(answer, query)| **answer == query.job).count();
        let share = |count: usize| count as f64 / queries.len() as f64;
        Figures {
            titles: queries.len(),
            nanoseconds: median(times[number][class].clone()),
            right: share(right),
            answered: share(answers.iter().flatten().count()),
        }
    };
    (0..engines.len()).map(|number| (0..classes.len()).map(|class| figures(number, class)).collect()).collect()
}

/// Nanoseconds that all the titles take: the median of as many passes as fill the turn. A first pass that is short is not
/// counted, because it pays for what the engine before it left in the caches.
fn turn(engine: &Started, queries: &[Query]) -> f64 {
    let begin = Instant::now();
    engine.engine.pass(queries);
    if begin.elapsed() > TURN {
        return begin.elapsed().as_secs_f64() * 1e9;
    }
    let mut passes = Vec::new();
    while passes.is_empty() || begin.elapsed() < TURN {
        let clock = Instant::now();
        engine.engine.pass(queries);
        passes.push(clock.elapsed().as_secs_f64() * 1e9);
    }
    median(passes)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
