//! Confidence, its bands, and the verdict that follows from it.

use core::fmt;

/// A confidence between 0 and 1, in steps of one ten-thousandth.
///
/// Kept as an integer, so that products are the same on every machine and the order is total.
///
/// ```
/// use titlecanon::{Band, normalize_title};
///
/// let answer = normalize_title("Senior Technical Support Engineer");
/// let confidence = answer.best().unwrap().confidence();
/// assert_eq!(confidence.value(), 0.82);
/// assert_eq!(confidence.band(), Band::High);
/// assert_eq!(confidence.to_string(), "0.82");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Confidence(u16);

impl Confidence {
    const STEPS: u32 = 10_000;

    /// No confidence at all.
    pub const ZERO: Confidence = Confidence(0);
    /// Certainty.
    pub const ONE: Confidence = Confidence(Self::STEPS as u16);

    /// The nearest confidence to `value`, which is clamped to 0–1; not-a-number reads as 0.
    pub fn new(value: f64) -> Confidence {
        // `as` saturates, and turns NaN into 0.
        Confidence((value.clamp(0.0, 1.0) * f64::from(Self::STEPS) + 0.5) as u16)
    }

    pub(crate) const fn from_steps(steps: u16) -> Confidence {
        Confidence(if steps as u32 > Self::STEPS { Self::STEPS as u16 } else { steps })
    }

    pub(crate) const fn steps(self) -> u16 {
        self.0
    }

    /// The confidence as a number from 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(Self::STEPS)
    }

    /// The product of two confidences, rounded to the nearest step.
    #[must_use]
    pub const fn and(self, other: Confidence) -> Confidence {
        Confidence(((self.0 as u32 * other.0 as u32 + Self::STEPS / 2) / Self::STEPS) as u16)
    }

    /// High from 0.80, medium from 0.60, low below.
    pub const fn band(self) -> Band {
        match self.0 {
            8000.. => Band::High,
            6000.. => Band::Medium,
            _ => Band::Low,
        }
    }
}

/// Two decimals unless the formatter asks otherwise, and what is beyond them cut off: what shows as 0.80 is in the band that begins
/// there, and no chance is shown as better than it is.
///
/// ```
/// use titlecanon::Confidence;
///
/// let nearly_high = Confidence::new(0.7954);
/// assert_eq!(format!("{nearly_high} {}", nearly_high.band()), "0.79 medium");
/// assert_eq!(format!("{nearly_high:.3} {nearly_high:.4}"), "0.795 0.7954");
/// ```
impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precision = f.precision().unwrap_or(2);
        let cut = 10_u16.saturating_pow(4_u32.saturating_sub(precision as u32));
        let shown = Confidence(self.0 / cut * cut);
        write!(f, "{:.*}", precision, shown.value())
    }
}

impl fmt::Debug for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4}", self.value())
    }
}

/// The band of a [`Confidence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Below 0.60.
    Low,
    /// From 0.60 to below 0.80.
    Medium,
    /// 0.80 and above.
    High,
}

impl Band {
    /// `"low"`, `"medium"` or `"high"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Band::Low => "low",
            Band::Medium => "medium",
            Band::High => "high",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The answer to "which job is it?", in three states. It speaks of function and focus only: how senior the job is
/// has a confidence and band of its own, because most titles say little of level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The title names no job that the taxonomy knows.
    NoMatch,
    /// There is a best answer, but somebody should look at it.
    NeedsReview,
    /// The function and focus are right, as far as a title can tell.
    Confident,
}

impl Verdict {
    /// `"confident"`, `"needs_review"` or `"no_match"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Confident => "confident",
            Verdict::NeedsReview => "needs_review",
            Verdict::NoMatch => "no_match",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
