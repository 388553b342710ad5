//! Stamp: what says which taxonomy a plan was made with, and by which version of this crate.
//!
//! Must not know of plans.

use std::fmt;

use titlecanon::Taxonomy;

/// Which taxonomy, and which version of this crate. Nodes with equal stamps give the same answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stamp {
    name: String,
    version: String,
    fingerprint: u64,
    package: String,
}

impl Stamp {
    /// The stamp of `taxonomy` and this version of the crate.
    pub fn of(taxonomy: &Taxonomy) -> Stamp {
        Stamp {
            name: taxonomy.name().into(),
            version: taxonomy.version().into(),
            fingerprint: checksum(&taxonomy.to_bytes()),
            package: env!("CARGO_PKG_VERSION").into(),
        }
    }

    /// The taxonomy's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which edition of the data the taxonomy says that it is.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// A checksum of the compiled taxonomy: two of the same name and version that differ in one alias have two fingerprints.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The version of this crate.
    pub fn package(&self) -> &str {
        &self.package
    }

    /// The stamp as it is written into plans.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.fingerprint.to_le_bytes().to_vec();
        for text in [&self.package, &self.name, &self.version] {
            bytes.extend(u32::try_from(text.len()).unwrap_or_default().to_le_bytes());
            bytes.extend(text.bytes());
        }
        bytes
    }

    /// The stamp at the start of `bytes`, and what comes after it.
    pub(crate) fn split_from(bytes: &[u8]) -> Option<(Stamp, &[u8])> {
        let (fingerprint, rest) = bytes.split_first_chunk()?;
        let (package, rest) = text(rest)?;
        let (name, rest) = text(rest)?;
        let (version, rest) = text(rest)?;
        Some((Stamp { name, version, fingerprint: u64::from_le_bytes(*fingerprint), package }, rest))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Stamp { name, version, fingerprint, package } = self;
        let name = if name.is_empty() { "without a name" } else { name };
        write!(f, "taxonomy {name}")?;
        if !version.is_empty() {
            write!(f, " {version}")?;
        }
        write!(f, " ({fingerprint:016x}) of titlecanon-ballista {package}")
    }
}

fn text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (text, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    Some((std::str::from_utf8(text).ok()?.into(), rest))
}

/// FNV-1a: against accidents, not against malice.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_as_it_was_written_and_leaves_what_follows() {
        let stamp = Stamp::of(Taxonomy::builtin());
        let mut bytes = stamp.to_bytes();
        bytes.extend(b"rest");
        assert_eq!(Stamp::split_from(&bytes), Some((stamp.clone(), &b"rest"[..])));
        for cut in 0..stamp.to_bytes().len() {
            assert_eq!(Stamp::split_from(&bytes[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn one_alias_more_is_another_fingerprint() {
        let taxonomy = Taxonomy::builtin();
        let overlaid = taxonomy.overlay([("aliases.tsv", "text\tfunction\nNinja\tSWE\n")]).unwrap();
        assert_eq!(Stamp::of(taxonomy), Stamp::of(&Taxonomy::from_bytes(taxonomy.to_bytes()).unwrap()));
        assert_ne!(Stamp::of(taxonomy).fingerprint(), Stamp::of(&overlaid).fingerprint());
    }
}
