//! What one taxonomy costs, measured in a process of its own, so that no memory of anything else is counted.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use titlecanon::{Alias, Error, Normalizer, Taxonomy};

use crate::common::Random;

/// Titles that are resolved, drawn from all aliases: as many as the benchmarks of the embedded taxonomy take.
pub(crate) const TITLES: usize = 2_000;

/// Titles, drawn alike, of which there are so many that no cache holds what a large taxonomy says of them.
pub(crate) const COLD_TITLES: usize = 100_000;

/// How often each are resolved; the fastest counts.
const PASSES: usize = 7;

/// The figures, in the order in which a process hands them to the one that started it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    /// From files to tables.
    pub(crate) load_milliseconds: f64,
    /// The most memory that the process grew by while loading.
    pub(crate) peak_megabytes: f64,
    /// What it still had grown by when loaded.
    pub(crate) resident_megabytes: f64,
    /// One title that is an alias, of [`TITLES`].
    pub(crate) nanoseconds: f64,
    /// One of [`COLD_TITLES`].
    pub(crate) cold_nanoseconds: f64,
    /// Share of these whose best answer is the alias's focus.
    pub(crate) right: f64,
}

impl Figures {
    pub(crate) const COUNT: usize = 6;

    pub(crate) fn to_array(self) -> [f64; Self::COUNT] {
        [
            self.load_milliseconds,
            self.peak_megabytes,
            self.resident_megabytes,
            self.nanoseconds,
            self.cold_nanoseconds,
            self.right,
        ]
    }

    pub(crate) fn from_array(figures: [f64; Self::COUNT]) -> Figures {
        let [load_milliseconds, peak_megabytes, resident_megabytes, nanoseconds, cold_nanoseconds, right] = figures;
        Figures { load_milliseconds, peak_megabytes, resident_megabytes, nanoseconds, cold_nanoseconds, right }
    }
}

/// Loads the taxonomy in a folder and resolves titles with it. The process has done nothing else.
pub(crate) fn measure(dir: &Path) -> Result<Figures, Error> {
    let before = megabytes("VmRSS:");
    let clock = Instant::now();
    let taxonomy = Taxonomy::from_dir(dir)?;
    let load_milliseconds = clock.elapsed().as_secs_f64() * 1e3;
    let [peak_megabytes, resident_megabytes] = ["VmHWM:", "VmRSS:"].map(|line| megabytes(line) - before);

    let aliases: Vec<_> = taxonomy.aliases().collect();
    let random = &mut Random(0x0007_1713_ca11_0911);
    let drawn: Vec<_> = (0..COLD_TITLES).map(|_| aliases[random.below(aliases.len())]).collect();
    let titles: Vec<String> = drawn.iter().map(|alias| alias.text().into_owned()).collect();
    let normalizer = Normalizer::with_taxonomy(&taxonomy);
    let found = |alias: &Alias<'_>, title: &str| {
        normalizer.normalize(title).best().is_some_and(|best| best.focus() == alias.focus())
    };
    let right = drawn.iter().zip(&titles).filter(|(alias, title)| found(alias, title)).count() as f64;
    Ok(Figures {
        load_milliseconds,
        peak_megabytes,
        resident_megabytes,
        nanoseconds: nanoseconds(&normalizer, &titles[..TITLES]),
        cold_nanoseconds: nanoseconds(&normalizer, &titles),
        right: right / COLD_TITLES as f64,
    })
}

/// Time for one of these titles, in the fastest pass over all.
fn nanoseconds(normalizer: &Normalizer<'_>, titles: &[String]) -> f64 {
    let pass = |_| {
        let clock = Instant::now();
        for title in titles {
            black_box(normalizer.normalize(black_box(title)));
        }
        clock.elapsed().as_secs_f64() * 1e9 / titles.len() as f64
    };
    (0..PASSES).map(pass).fold(f64::INFINITY, f64::min)
}

/// A line of what the system knows of this process.
fn megabytes(name: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
    kilobytes * 1024.0 / 1e6
}
