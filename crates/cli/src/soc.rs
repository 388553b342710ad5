//! Soc: how the codes of the Standard Occupational Classification are written.
//!
//! Must not know which codes there are.

/// Reads SOC codes with `|` between, as numbers such as 151252. The two digits that O\*NET adds may follow.
pub(crate) fn codes(text: &str) -> Result<Vec<u32>, String> {
    text.split('|').map(str::trim).map(code).collect()
}

fn code(text: &str) -> Result<u32, String> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let (code, more) = text.split_once('.').unwrap_or((text, "00"));
    code.split_once('-')
        .filter(|(major, minor)| digits(major, 2) && digits(minor, 4) && digits(more, 2))
        .and_then(|(major, minor)| format!("{major}{minor}").parse().ok())
        .ok_or_else(|| format!("\"{text}\" is no SOC code; one is written as 15-1252, several as 15-1252|15-1253"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read() {
        assert_eq!(codes("15-1252"), Ok(vec![151_252]));
        assert_eq!(codes("15-1252.00 | 11-1011"), Ok(vec![151_252, 111_011]));
        for bad in ["", "15-1252|", "151252", "15-125", "15-12520", "1５-1252", "15-1252.0", "15-1252,15-1253"] {
            assert!(codes(bad).is_err(), "{bad}");
        }
    }
}
