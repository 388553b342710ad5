//! `serde` for codes, levels, confidences, verdicts, answers, roles and comparisons. Codes and names are strings, confidences and
//! distances numbers.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    AliasType, Approval, Aspect, Band, Comparison, Component, ComponentKind, Confidence, Distance, Level, LevelRecord,
    Match, Method, Mnemonic, Neighbor, PayBasis, Profile, Resolution, Role, RoleAlias, RoleCode, SocMapping, Status,
    StoryPart, Track, Verdict,
};

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
    Status as_str,
    Approval as_str,
    AliasType as_str,
    PayBasis as_str,
    ComponentKind as_str,
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl Serialize for Distance {
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
        let candidates: Vec<_> = self.candidates().collect();
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

/// The role's record, all that the taxonomy says of it.
///
/// | field | value |
/// |---|---|
/// | `code`, `title`, `summary` | the role code, what the role is called, what it does |
/// | `status`, `scope`, `version` | of the record |
/// | `confidence`, `band` | how far the record can be trusted |
/// | `pay_basis` | `no model` |
/// | `level` | `code`, `name`, `track`, `years` (`from`, `to`), and the attributes `scope`, `autonomy`, `complexity`, `impact`, `decision_rights`, `leadership`, `typical_experience`; of a taxonomy without levels only code and track |
/// | `function`, `focus`, `family` | `code`, `name` and what else is said of each |
/// | `external_id` | the publisher's id; only of a [taxonomy that has any](crate::Taxonomy::has_external_ids) |
/// | `crosswalk` | each `code`, `title`, `source`, `status` |
/// | `aliases` | each `title`, `type`, `confidence`, `band`, `approval`, `source` |
/// | `profile` | the story's parts (`plan` a list), and each kind of component (lists of `text`, `level`, null where shared); null without a profile |
impl Serialize for Role<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let external = self.taxonomy().has_external_ids();
        let (function, focus, family) = (self.function(), self.focus(), self.family());
        let mut fields = serializer.serialize_struct("Role", 16 + usize::from(external))?;
        fields.serialize_field("code", &self.code())?;
        fields.serialize_field("title", &self.title())?;
        fields.serialize_field("summary", self.summary())?;
        fields.serialize_field("status", &self.status())?;
        fields.serialize_field("scope", self.scope())?;
        fields.serialize_field("version", &self.version())?;
        fields.serialize_field("confidence", &self.confidence())?;
        fields.serialize_field("band", &self.confidence().band())?;
        fields.serialize_field("pay_basis", &self.pay_basis())?;
        fields.serialize_field("level", &LevelOf { level: self.level(), record: self.level_record() })?;
        let code = function.code();
        let parts = [("code", code.as_str()), ("name", function.name()), ("summary", function.summary())];
        fields.serialize_field("function", &Texts(&parts))?;
        let code = focus.code();
        let parts = [("code", code.as_str()), ("name", focus.name()), ("job", focus.job()), ("area", focus.area())];
        fields.serialize_field("focus", &Texts(&parts))?;
        let parts = [("code", family.code()), ("name", family.name()), ("summary", family.summary())];
        fields.serialize_field("family", &Texts(&parts))?;
        if external {
            fields.serialize_field("external_id", &self.external_id())?;
        }
        fields.serialize_field("crosswalk", &self.soc().collect::<Vec<_>>())?;
        fields.serialize_field("aliases", &self.aliases().collect::<Vec<_>>())?;
        fields.serialize_field("profile", &self.profile())?;
        fields.end()
    }
}

/// Texts by name.
struct Texts<'a>(&'a [(&'static str, &'a str)]);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// A level and what is said of it.
struct LevelOf<'t> {
    level: Level,
    record: Option<LevelRecord<'t>>,
}

impl Serialize for LevelOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Years {
            from: u8,
            to: Option<u8>,
        }
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("code", &self.level)?;
        if let Some(record) = &self.record {
            fields.serialize_entry("name", record.name())?;
        }
        fields.serialize_entry("track", &self.level.track())?;
        if let Some(record) = &self.record {
            let (from, to) = record.years();
            fields.serialize_entry("years", &Years { from, to })?;
            for (name, value) in LevelRecord::ATTRIBUTES.into_iter().zip(record.attributes()) {
                fields.serialize_entry(&name.replace(' ', "_"), &value)?;
            }
        }
        fields.end()
    }
}

/// `code`, `title`, `source` and `status`.
impl Serialize for SocMapping<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("SocMapping", 4)?;
        fields.serialize_field("code", &self.code().code())?;
        fields.serialize_field("title", self.code().title())?;
        fields.serialize_field("source", self.source())?;
        fields.serialize_field("status", &self.status())?;
        fields.end()
    }
}

/// `title`, `type`, `confidence`, `band`, `approval` and `source`.
impl Serialize for RoleAlias<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("RoleAlias", 6)?;
        fields.serialize_field("title", &self.text())?;
        fields.serialize_field("type", &self.alias_type())?;
        fields.serialize_field("confidence", &self.confidence())?;
        fields.serialize_field("band", &self.band())?;
        fields.serialize_field("approval", &self.approval())?;
        fields.serialize_field("source", self.alias().source())?;
        fields.end()
    }
}

/// The parts of the story by name, `plan` a list and each of the others a text or null; then each kind of component by name, lists
/// of texts and their levels, null for what the function shares.
impl Serialize for Profile<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        for &part in StoryPart::ALL {
            let mut texts = self.story(part);
            match part {
                StoryPart::Plan => fields.serialize_entry(part.as_str(), &texts.collect::<Vec<_>>())?,
                _ => fields.serialize_entry(part.as_str(), &texts.next())?,
            }
        }
        for &kind in ComponentKind::ALL {
            fields.serialize_entry(kind.as_str(), &self.components(kind).collect::<Vec<_>>())?;
        }
        fields.end()
    }
}

/// `text` and `level`, null where the function shares it.
impl Serialize for Component<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Component", 2)?;
        fields.serialize_field("text", self.text())?;
        fields.serialize_field("level", &self.level())?;
        fields.end()
    }
}

/// `code`, `title`, `distance` and `verdict`.
impl Serialize for Neighbor<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Neighbor", 4)?;
        fields.serialize_field("code", &self.role().code())?;
        fields.serialize_field("title", &self.role().title())?;
        fields.serialize_field("distance", &self.distance())?;
        fields.serialize_field("verdict", &self.distance().verdict())?;
        fields.end()
    }
}

/// `roles` (each `code`, `title`, `has_profile`, `distances` to all, `verdicts`), `aspects` (each `name`, `values`, `shared`) and
/// `components`: by kind what is `shared`, and what is `differing`, a list for each role.
impl Serialize for Comparison<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Compared {
            code: RoleCode,
            title: String,
            has_profile: bool,
            distances: Vec<Distance>,
            verdicts: Vec<Verdict>,
        }
        #[derive(Serialize)]
        struct OfKind<'t> {
            kind: ComponentKind,
            shared: Vec<Component<'t>>,
            differing: Vec<Vec<Component<'t>>>,
        }
        let roles = self.roles().iter().map(|role| {
            let distances: Vec<Distance> = self.roles().iter().map(|&other| role.distance(other)).collect();
            let verdicts = distances.iter().map(|distance| distance.verdict()).collect();
            let has_profile = role.profile().is_some();
            Compared { code: role.code(), title: role.title(), has_profile, distances, verdicts }
        });
        let components = ComponentKind::ALL.iter().map(|&kind| OfKind {
            kind,
            shared: self.shared(kind).collect(),
            differing: (0..self.roles().len()).map(|nth| self.differing(nth, kind).collect()).collect(),
        });
        let mut fields = serializer.serialize_struct("Comparison", 3)?;
        fields.serialize_field("roles", &roles.collect::<Vec<_>>())?;
        fields.serialize_field("aspects", &self.aspects().collect::<Vec<_>>())?;
        fields.serialize_field("components", &components.collect::<Vec<_>>())?;
        fields.end()
    }
}

/// `name`, `values` in the order of the roles, and whether they are `shared`.
impl Serialize for Aspect<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Aspect", 3)?;
        fields.serialize_field("name", self.name())?;
        fields.serialize_field("values", self.values())?;
        fields.serialize_field("shared", &self.is_shared())?;
        fields.end()
    }
}

/// `code`, `role`, `soc`, `external_id` (only of a [taxonomy that has any](crate::Taxonomy::has_external_ids)) and `confidence`.
impl Serialize for Match<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let external = self.taxonomy().has_external_ids();
        let mut fields = serializer.serialize_struct("Match", 4 + usize::from(external))?;
        fields.serialize_field("code", &self.role().code())?;
        fields.serialize_field("role", &self.role().title())?;
        fields.serialize_field("soc", &soc(*self))?;
        if external {
            fields.serialize_field("external_id", &self.role().external_id())?;
        }
        fields.serialize_field("confidence", &self.confidence())?;
        fields.end()
    }
}
