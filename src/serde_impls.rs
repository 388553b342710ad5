//! `serde` for codes, levels, confidences, verdicts and answers. Codes and names are strings, confidences numbers.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Band, Confidence, Level, Match, Method, Mnemonic, Resolution, RoleCode, Track, Verdict};

impl Serialize for RoleCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RoleCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RoleCode, D::Error> {
        <Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Level, D::Error> {
        <Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

macro_rules! as_text {
    ($($type:ident $text:ident,)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$text())
            }
        }
    )*};
}

as_text! {
    Mnemonic as_str,
    Level as_str,
    Track name,
    Band as_str,
    Verdict as_str,
    Method as_str,
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

/// The fields of an answer, in order; every one is there, null where there is no match. `level` and `level_confidence` may
/// be there without a match.
///
/// | field | value |
/// |---|---|
/// | `verdict` | `confident`, `needs_review` or `no_match` |
/// | `code` | the role code |
/// | `role` | what the role is called |
/// | `function`, `focus`, `family` | their names |
/// | `level` | the level's code |
/// | `soc` | the best SOC 2018 code |
/// | `external_id` | the publisher's id; only of a [taxonomy that has any](crate::Taxonomy::has_external_ids) |
/// | `confidence`, `function_confidence`, `level_confidence` | numbers from 0 to 1 |
/// | `band` | `high`, `medium` or `low`, of `confidence` |
/// | `method` | `exact`, `composed`, `inverted` or `fuzzy` |
/// | `qualifiers` | the kinds of qualifier found, each once |
/// | `candidates` | the candidates, best first, each with `code`, `role`, `soc`, `external_id` (as above), `confidence` |
impl Serialize for Resolution<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let best = self.best();
        let mut qualifiers: Vec<&str> = Vec::new();
        for qualifier in self.qualifiers() {
            if !qualifiers.contains(&qualifier.kind().as_str()) {
                qualifiers.push(qualifier.kind().as_str());
            }
        }
        let candidates: Vec<_> = self.candidates().map(Candidate).collect();
        let external = self.taxonomy().has_external_ids();
        let mut fields = serializer.serialize_struct("Resolution", 15 + usize::from(external))?;
        fields.serialize_field("verdict", &self.verdict())?;
        fields.serialize_field("code", &best.map(|best| best.role().code()))?;
        fields.serialize_field("role", &best.map(|best| best.role().title()))?;
        fields.serialize_field("function", &best.map(|best| best.function().name()))?;
        fields.serialize_field("focus", &best.map(|best| best.focus().name()))?;
        fields.serialize_field("level", &self.level())?;
        fields.serialize_field("family", &best.map(|best| best.family().name()))?;
        fields.serialize_field("soc", &best.and_then(soc))?;
        if external {
            fields.serialize_field("external_id", &best.and_then(|best| best.role().external_id()))?;
        }
        fields.serialize_field("confidence", &best.map(|best| best.confidence()))?;
        fields.serialize_field("function_confidence", &best.map(|best| best.function_confidence()))?;
        fields.serialize_field("level_confidence", &self.level_confidence())?;
        fields.serialize_field("band", &best.map(|best| best.band()))?;
        fields.serialize_field("method", &best.map(|best| best.method()))?;
        fields.serialize_field("qualifiers", &qualifiers)?;
        fields.serialize_field("candidates", &candidates)?;
        fields.end()
    }
}

fn soc(of: Match<'_>) -> Option<String> {
    of.role().soc().next().map(|mapping| mapping.code().code())
}

/// A candidate inside an answer.
struct Candidate<'t>(Match<'t>);

impl Serialize for Candidate<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let external = self.0.taxonomy().has_external_ids();
        let mut fields = serializer.serialize_struct("Candidate", 4 + usize::from(external))?;
        fields.serialize_field("code", &self.0.role().code())?;
        fields.serialize_field("role", &self.0.role().title())?;
        fields.serialize_field("soc", &soc(self.0))?;
        if external {
            fields.serialize_field("external_id", &self.0.role().external_id())?;
        }
        fields.serialize_field("confidence", &self.0.confidence())?;
        fields.end()
    }
}
