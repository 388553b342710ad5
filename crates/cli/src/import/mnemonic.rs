//! Mnemonic: codes of at most eight capital letters and digits, made of ids that may be longer.
//!
//! A code is four characters of a group and four that are a number made of the id, in base 36. So the same ids have the
//! same codes in whatever order they come, and another id beside them changes none, unless its number is taken: then the
//! next free one is used, the ids in their order. Must not know whose ids they are.

use std::collections::{BTreeMap, HashMap, HashSet};

use titlecanon::Mnemonic;

/// The characters of a group, and those of a number.
const HALF: usize = 4;

/// How many numbers there are.
const NUMBERS: u32 = 36_u32.pow(HALF as u32);

/// A code for each pair of a group and an id, in their order.
pub(super) fn made_of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    make(&pairs.collect::<Vec<_>>(), HashSet::new())
}

/// A code for each id: its letters and digits, if these are at most eight and no other id has the same.
pub(super) fn like<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let ids: Vec<_> = ids.collect();
    let plain: Vec<String> = ids.iter().map(|id| plain(id)).collect();
    let mut times = HashMap::<&str, usize>::new();
    plain.iter().for_each(|code| *times.entry(code).or_default() += 1);
    let fits = |code: &str| times[code] == 1 && Mnemonic::new(code).is_some();
    let taken = plain.iter().filter(|code| fits(code)).cloned().collect();
    let (at, others): (Vec<_>, Vec<_>) = plain
        .iter()
        .zip(&ids)
        .enumerate()
        .filter(|(_, (code, _))| !fits(code))
        .map(|(at, (code, id))| (at, (&code[..code.len().min(HALF)], *id)))
        .unzip();
    let made = make(&others, taken);
    let mut codes = plain.clone();
    at.into_iter().zip(made).for_each(|(at, code)| codes[at] = code);
    codes
}

fn make(pairs: &[(&str, &str)], mut taken: HashSet<String>) -> Vec<String> {
    let ordered: BTreeMap<(&str, &str), usize> =
        pairs.iter().enumerate().map(|(at, &(group, id))| ((id, group), at)).collect();
    let mut codes = vec![String::new(); pairs.len()];
    for ((id, group), at) in ordered {
        let first = number(id);
        let numbers = (0..NUMBERS).map(|step| format!("{group}{}", base_36((first + step) % NUMBERS)));
        // There are more numbers than a file has rows.
        codes[at] = numbers.into_iter().find(|code| !taken.contains(code)).unwrap_or_default();
        taken.insert(codes[at].clone());
    }
    codes
}

/// Its ASCII letters, made capitals, and digits.
fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// FNV-1a of an id, 32 bits wide, as a number of so many characters.
fn number(id: &str) -> u32 {
    id.bytes().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) % NUMBERS
}

fn base_36(mut number: u32) -> String {
    let mut digits = [b'0'; HALF];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(number % 36) as usize];
        number /= 36;
    }
    digits.map(char::from).iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_do_not_depend_on_order_and_fit() {
        let ids = ["http://x/1", "http://x/2", "a", "A", "a-b", "long-identifier-1", "long-identifier-2", "é"];
        let codes = like(ids.into_iter());
        assert_eq!(codes[4], "AB");
        assert!(codes.iter().all(|code| Mnemonic::new(code).is_some()), "{codes:?}");
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), ids.len());
        let back = like(ids.into_iter().rev());
        assert!(codes.iter().eq(back.iter().rev()));
        assert!(codes[5].starts_with("LONG"));
    }

    #[test]
    fn a_code_is_what_it_was() {
        assert_eq!(made_of([("2654", "http://example.org/occupation/1")].into_iter()), ["2654AU8N"]);
    }

    #[test]
    fn a_number_that_is_taken_is_the_next() {
        let taken = HashSet::from([format!("2654{}", base_36(number("x")))]);
        let made = make(&[("2654", "x")], taken);
        assert_eq!(made, [format!("2654{}", base_36(number("x") + 1))]);
    }
}
