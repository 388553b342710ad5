//! Throughput of each path through the stages, in titles a second. What the titles are stands in `benches/inputs`.

#[path = "../tests/common/mod.rs"]
mod common;
mod inputs;

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use inputs::{TITLES, inputs};
use titlecanon::{Normalizer, Taxonomy, normalize_title};

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

/// The nearest roles of roles from all over the taxonomy.
fn neighbors(c: &mut Criterion) {
    let roles: Vec<_> = Taxonomy::builtin().roles().step_by(97).collect();
    let mut group = c.benchmark_group("neighbors");
    group.throughput(Throughput::Elements(roles.len() as u64));
    for k in [10, 100, 1000] {
        group.bench_with_input(BenchmarkId::from_parameter(k), &k, |b, &k| {
            b.iter(|| {
                for role in &roles {
                    black_box(black_box(role).neighbors(k));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, paths, baseline, batch, candidates, neighbors);
criterion_main!(benches);
