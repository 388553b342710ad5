//! What the functions answer from: a taxonomy, kept alive, and settings. It must not know of Arrow's arrays.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::ptr;
use std::sync::{Arc, OnceLock};

use datafusion::logical_expr::ScalarUDF;
use titlecanon::{Confidence, Normalizer, Taxonomy};

use crate::functions::TitleFunction;
use crate::recent::Recent;
use crate::roles::Roles;

/// A taxonomy and settings for the functions to answer with. Cheap to clone.
///
/// Two are equal if they are of the same taxonomy, not only of one that says the same, and have the same settings.
#[derive(Clone, Debug)]
pub struct Titles {
    taxonomy: SharedTaxonomy,
    settings: Settings,
    /// Made when first asked for.
    roles: Arc<OnceLock<Roles>>,
    /// Of this taxonomy with these settings.
    recent: Arc<Recent>,
}

/// What differs from the normaliser's usual settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Settings {
    thresholds: Option<(Confidence, Confidence)>,
    candidates: Option<usize>,
    exact_only: bool,
}

/// A taxonomy that lives for as long as a query may run: a static one, or one that is counted.
#[derive(Clone, Debug)]
pub enum SharedTaxonomy {
    /// Embedded, baked into the binary, or leaked.
    Static(&'static Taxonomy),
    /// Loaded or overlaid.
    Counted(Arc<Taxonomy>),
}

impl Deref for SharedTaxonomy {
    type Target = Taxonomy;

    fn deref(&self) -> &Taxonomy {
        match self {
            SharedTaxonomy::Static(taxonomy) => taxonomy,
            SharedTaxonomy::Counted(taxonomy) => taxonomy,
        }
    }
}

impl From<&'static Taxonomy> for SharedTaxonomy {
    fn from(taxonomy: &'static Taxonomy) -> SharedTaxonomy {
        SharedTaxonomy::Static(taxonomy)
    }
}

impl From<Arc<Taxonomy>> for SharedTaxonomy {
    fn from(taxonomy: Arc<Taxonomy>) -> SharedTaxonomy {
        SharedTaxonomy::Counted(taxonomy)
    }
}

impl From<Taxonomy> for SharedTaxonomy {
    fn from(taxonomy: Taxonomy) -> SharedTaxonomy {
        SharedTaxonomy::Counted(Arc::new(taxonomy))
    }
}

impl Titles {
    /// The embedded taxonomy, with the usual settings.
    pub fn builtin() -> Titles {
        Titles::new(Taxonomy::builtin())
    }

    /// A taxonomy, with the usual settings.
    pub fn new(taxonomy: impl Into<SharedTaxonomy>) -> Titles {
        Titles {
            taxonomy: taxonomy.into(),
            settings: Settings::default(),
            roles: Arc::default(),
            recent: Arc::default(),
        }
    }

    /// As [`Normalizer::with_thresholds`].
    #[must_use]
    pub fn with_thresholds(self, confident: f64, review: f64) -> Titles {
        let thresholds = Some((Confidence::new(confident), Confidence::new(review)));
        self.with(|settings| settings.thresholds = thresholds)
    }

    /// As [`Normalizer::with_candidates`]: how many `title_candidates(title)` has for a title under review.
    #[must_use]
    pub fn with_candidates(self, count: usize) -> Titles {
        self.with(|settings| settings.candidates = Some(count))
    }

    /// As [`Normalizer::with_fuzzy`].
    #[must_use]
    pub fn with_fuzzy(self, fuzzy: bool) -> Titles {
        self.with(|settings| settings.exact_only = !fuzzy)
    }

    /// With other settings, whose answers are remembered apart.
    fn with(mut self, set: impl FnOnce(&mut Settings)) -> Titles {
        set(&mut self.settings);
        self.recent = Arc::default();
        self
    }

    /// The taxonomy.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// The normaliser that answers.
    pub fn normalizer(&self) -> Normalizer<'_> {
        let mut normalizer = Normalizer::with_taxonomy(&self.taxonomy).with_fuzzy(!self.settings.exact_only);
        if let Some((confident, review)) = self.settings.thresholds {
            normalizer = normalizer.with_thresholds(confident.value(), review.value());
        }
        if let Some(count) = self.settings.candidates {
            normalizer = normalizer.with_candidates(count);
        }
        normalizer
    }

    /// The functions, to be registered where [`register`](crate::register) does not reach: with a session's state or an executor.
    pub fn functions(&self) -> Vec<ScalarUDF> {
        TitleFunction::all(self).map(ScalarUDF::new_from_impl).collect()
    }

    pub(crate) fn recent(&self) -> &Recent {
        &self.recent
    }

    pub(crate) fn roles(&self) -> &Roles {
        self.roles.get_or_init(|| Roles::of(&self.taxonomy))
    }
}

impl PartialEq for Titles {
    fn eq(&self, other: &Titles) -> bool {
        ptr::eq(self.taxonomy(), other.taxonomy()) && self.settings == other.settings
    }
}

impl Eq for Titles {}

impl Hash for Titles {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::hash(self.taxonomy(), state);
        self.settings.hash(state);
    }
}
