//! Throughput of each path through the stages, in titles a second.
//!
//! Inputs are made from the embedded taxonomy with a fixed seed: aliases as they stand (exact), with a word of level
//! (composed), with the marks and words of vacancies around them (messy), with one wrong letter (fuzzy), and made-up words
//! (no match).

#[path = "../tests/common/mod.rs"]
mod common;

use std::collections::HashMap;
use std::hint::black_box;

use common::Random;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use titlecanon::{Normalizer, Taxonomy, normalize_title};

const TITLES: usize = 2_000;

fn pick<'a>(random: &mut Random, from: &[&'a str]) -> &'a str {
    from[random.below(from.len())]
}

/// The kinds of input, each with its titles.
fn inputs() -> Vec<(&'static str, Vec<String>)> {
    let random = &mut Random(0x0007_1713_ca11_0911);
    let aliases: Vec<String> = Taxonomy::builtin().aliases().map(|alias| alias.text().into_owned()).collect();
    let plain: Vec<&str> = (0..TITLES).map(|_| aliases[random.below(aliases.len())].as_str()).collect();
    let mut made = |make: &mut dyn FnMut(&mut Random, &str) -> String| -> Vec<String> {
        plain.iter().map(|alias| make(random, alias)).collect()
    };
    let composed = made(&mut |random, alias| format!("{} {alias}", pick(random, &["Senior", "Sr.", "Junior", "Lead"])));
    let messy = made(&mut |random, alias| {
        let shift = pick(random, &[" - Night Shift", " (Remote)", " (m/f/d)", ", Full-Time", " - $25/hr", " #JR4711"]);
        format!("{}{shift}, {}", alias.to_uppercase(), pick(random, &["Austin, TX", "Acme Corp", "EMEA", "West"]))
    });
    let fuzzy = made(&mut |random, alias| {
        let mut letters: Vec<char> = alias.chars().collect();
        let at = random.below(letters.len());
        match random.below(3) {
            0 => letters[at] = 'e',
            1 => letters.insert(at, 'a'),
            _ => drop(letters.remove(at)),
        }
        letters.into_iter().collect()
    });
    let no_match = made(&mut |random, _| {
        (0..3)
            .map(|_| (0..6).map(|_| pick(random, &["q", "z", "x", "v", "u", "k"])).collect::<String>() + " ")
            .collect()
    });
    let exact = plain.iter().map(ToString::to_string).collect();
    vec![("exact", exact), ("composed", composed), ("messy", messy), ("fuzzy", fuzzy), ("no_match", no_match)]
}

fn paths(c: &mut Criterion) {
    let mut group = c.benchmark_group("path");
    group.throughput(Throughput::Elements(TITLES as u64));
    for (name, titles) in &inputs() {
        group.bench_with_input(BenchmarkId::from_parameter(name), titles, |b, titles| {
            b.iter(|| {
                for title in titles {
                    black_box(normalize_title(black_box(title)));
                }
            });
        });
    }
    group.finish();
}

/// What the same titles cost in a hash map of the lower-cased aliases: the least that any look-up does, without levels,
/// abbreviations, word order or doubt.
fn baseline(c: &mut Criterion) {
    let aliases: HashMap<String, usize> =
        Taxonomy::builtin().aliases().enumerate().map(|(i, alias)| (alias.text().to_lowercase(), i)).collect();
    let titles = inputs().swap_remove(0).1;
    let mut group = c.benchmark_group("baseline");
    group.throughput(Throughput::Elements(titles.len() as u64));
    group.bench_function("hash_map", |b| {
        b.iter(|| {
            for title in &titles {
                black_box(aliases.get(&black_box(title).to_lowercase()));
            }
        });
    });
    group.finish();
}

fn batch(c: &mut Criterion) {
    let titles: Vec<String> = inputs().into_iter().take(3).flat_map(|(_, titles)| titles).collect();
    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Elements(titles.len() as u64));
    let normalizer = Normalizer::builtin();
    group.bench_function("one_thread", |b| {
        b.iter(|| titles.iter().map(|title| normalizer.normalize(title)).collect::<Vec<_>>());
    });
    #[cfg(feature = "rayon")]
    group.bench_function("all_cores", |b| b.iter(|| normalizer.normalize_batch(&titles)));
    group.finish();
}

fn candidates(c: &mut Criterion) {
    let normalizer = Normalizer::builtin();
    c.bench_function("candidates/10", |b| {
        b.iter(|| normalizer.candidates(black_box("Lead Cloud Data Platform Engineer"), 10));
    });
}

criterion_group!(benches, paths, baseline, batch, candidates);
criterion_main!(benches);
