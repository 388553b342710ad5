//! The normaliser: a taxonomy and settings, ready to answer titles from any thread.

use alloc::vec::Vec;

use crate::answer::{Match, Resolution};
use crate::confidence::Confidence;
use crate::explain::Explanation;
use crate::guide::Guide;
use crate::resolve::{self, Settings};
use crate::score::Thresholds;
use crate::taxonomy::Taxonomy;

/// Resolves titles against a taxonomy.
///
/// Copying or sharing it is free: it borrows the taxonomy and holds nothing else but settings.
///
/// ```
/// use titlecanon::{Normalizer, Verdict};
///
/// let normalizer = Normalizer::builtin();
/// assert_eq!(normalizer.normalize("Tehcnical Suport Engineer").code().unwrap().to_string(), "TSE.GEN.P3");
/// assert_eq!(normalizer.with_fuzzy(false).normalize("Elecrician").verdict(), Verdict::NoMatch);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Normalizer<'t> {
    taxonomy: &'t Taxonomy,
    settings: Settings,
    guide: Option<&'t Guide<'t>>,
}

#[cfg(feature = "builtin")]
impl Normalizer<'static> {
    /// A normaliser over the embedded taxonomy.
    pub fn builtin() -> Normalizer<'static> {
        Normalizer::with_taxonomy(Taxonomy::builtin())
    }
}

impl<'t> Normalizer<'t> {
    /// A normaliser over a taxonomy, with the usual settings.
    pub fn with_taxonomy(taxonomy: &'t Taxonomy) -> Normalizer<'t> {
        let settings = Settings { thresholds: Thresholds::DEFAULT, candidates: 5, fuzzy: true };
        Normalizer { taxonomy, settings, guide: None }
    }

    /// Sets from which function confidence a match is Confident (usually 0.86) and from which it is worth a review
    /// (usually 0.30). If `review` is above `confident`, nothing is left to review.
    #[must_use]
    pub fn with_thresholds(mut self, confident: f64, review: f64) -> Self {
        let (confident, review) = (Confidence::new(confident), Confidence::new(review));
        self.settings.thresholds = Thresholds { confident, review: review.min(confident) };
        self
    }

    /// Sets how many candidates an answer under review carries: usually 5, at most
    /// [`MAX_CANDIDATES`](crate::MAX_CANDIDATES), at least 1.
    #[must_use]
    pub fn with_candidates(mut self, count: usize) -> Self {
        self.settings.candidates = count.clamp(1, crate::answer::MAX_CANDIDATES);
        self
    }

    /// Lets another taxonomy help where [`candidates`](Self::candidates) are asked for: titles that share no word with this one
    /// may be known to it. See [`Guide`].
    #[must_use]
    pub fn with_guide(mut self, guide: &'t Guide<'t>) -> Self {
        self.guide = Some(guide);
        self
    }

    /// Sets whether misspelt words are corrected and similar aliases are looked for; usually they are.
    #[must_use]
    pub fn with_fuzzy(mut self, fuzzy: bool) -> Self {
        self.settings.fuzzy = fuzzy;
        self
    }

    /// The taxonomy that it answers from.
    pub fn taxonomy(&self) -> &'t Taxonomy {
        self.taxonomy
    }

    /// Resolves one title. Any string at all has an answer, in bounded time: at most the first 32 words and 4 KiB are read,
    /// and the answer says when that was not all.
    pub fn normalize(&self, title: &str) -> Resolution<'t> {
        resolve::resolve(self.taxonomy, &self.settings, title)
    }

    /// The `k` likeliest roles for a title, best first and at most one for each function and focus, however unlikely
    /// they are; none for a title that the taxonomy blocks. Use it to offer a choice or to judge the engine as a retriever; [`normalize`](Self::normalize) is faster. Linear
    /// in the number of aliases, with a small factor. Past the first few a confidence is a rough one.
    pub fn candidates(&self, title: &str, k: usize) -> Vec<Match<'t>> {
        let near = self.guide.map(|guide| guide.near(title)).unwrap_or_default();
        resolve::candidates(self.taxonomy, &self.settings, title, k, &near)
            .into_iter()
            .map(|found| Match::new(self.taxonomy, found))
            .collect()
    }

    /// Resolves one title and says why, in words.
    ///
    /// ```
    /// let why = titlecanon::Normalizer::builtin().explain("Sr. Technical Support Engineer").to_string();
    /// assert!(why.contains("TSE.GEN.P4"));
    /// assert!(why.contains("cue"));
    /// ```
    pub fn explain<'a>(&self, title: &'a str) -> Explanation<'t, 'a> {
        Explanation::new(title, self.normalize(title))
    }

    /// Resolves many titles on all cores, in order.
    #[cfg(feature = "rayon")]
    pub fn normalize_batch<S: AsRef<str> + Sync>(&self, titles: &[S]) -> Vec<Resolution<'t>> {
        use rayon::prelude::*;
        titles.par_iter().map(|title| self.normalize(title.as_ref())).collect()
    }
}
