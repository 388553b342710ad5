//! Codes: the mnemonics of functions and focuses, and the role code made of them and a level.

use core::fmt;
use core::str::FromStr;

use crate::level::Level;

/// A mnemonic of one to eight capital letters and digits, such as `TSE` or `GEN`. Kept inline; ordered as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mnemonic([u8; 8]);

impl Mnemonic {
    /// The longest mnemonic, in bytes.
    pub const MAX_LEN: usize = 8;

    /// Reads a mnemonic; `None` unless it is one to eight of `A`–`Z` and `0`–`9`.
    pub const fn new(text: &str) -> Option<Mnemonic> {
        let bytes = text.as_bytes();
        if bytes.is_empty() || bytes.len() > Self::MAX_LEN {
            return None;
        }
        let mut code = [0; 8];
        let mut i = 0;
        while i < bytes.len() {
            if !bytes[i].is_ascii_uppercase() && !bytes[i].is_ascii_digit() {
                return None;
            }
            code[i] = bytes[i];
            i += 1;
        }
        Some(Mnemonic(code))
    }

    /// The mnemonic as text.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|&byte| byte == 0).unwrap_or(Self::MAX_LEN);
        // Only ASCII is ever stored.
        core::str::from_utf8(&self.0[..len]).unwrap_or_default()
    }
}

impl fmt::Display for Mnemonic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Mnemonic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A role code, `FUNCTION.FOCUS.LEVEL`: which job, which specialisation of it, how senior.
///
/// It parses, displays, orders (by function, then focus, then level) and round-trips. That a code can be written
/// does not mean that a taxonomy has such a role: ask [`Taxonomy::role`](crate::Taxonomy::role).
///
/// ```
/// use titlecanon::{Level, RoleCode};
///
/// let code: RoleCode = "TSE.GEN.P4".parse()?;
/// assert_eq!(code.function().as_str(), "TSE");
/// assert_eq!(code.level(), Level::P4);
/// assert_eq!(code.to_string(), "TSE.GEN.P4");
/// assert!("tse.gen".parse::<RoleCode>().is_err());
/// # Ok::<(), titlecanon::ParseRoleCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleCode {
    function: Mnemonic,
    focus: Mnemonic,
    level: Level,
}

impl RoleCode {
    /// Puts a code together.
    pub const fn new(function: Mnemonic, focus: Mnemonic, level: Level) -> RoleCode {
        RoleCode { function, focus, level }
    }

    /// The function's mnemonic, the first part.
    pub const fn function(&self) -> Mnemonic {
        self.function
    }

    /// The focus's mnemonic, the second part; `GEN` is General.
    pub const fn focus(&self) -> Mnemonic {
        self.focus
    }

    /// The level, the third part.
    pub const fn level(&self) -> Level {
        self.level
    }
}

impl fmt::Display for RoleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Through a buffer, so that width and alignment apply to the whole code.
        let mut text = arrayvec::ArrayString::<{ 2 * Mnemonic::MAX_LEN + 4 }>::new();
        fmt::Write::write_fmt(&mut text, format_args!("{}.{}.{}", self.function, self.focus, self.level))?;
        f.pad(&text)
    }
}

impl fmt::Debug for RoleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for RoleCode {
    type Err = ParseRoleCodeError;

    fn from_str(text: &str) -> Result<RoleCode, ParseRoleCodeError> {
        let mut parts = text.split('.');
        let (Some(function), Some(focus), Some(level), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ParseRoleCodeError(Part::Shape));
        };
        Ok(RoleCode {
            function: Mnemonic::new(function).ok_or(ParseRoleCodeError(Part::Function))?,
            focus: Mnemonic::new(focus).ok_or(ParseRoleCodeError(Part::Focus))?,
            level: level.parse().map_err(|_| ParseRoleCodeError(Part::Level))?,
        })
    }
}

/// Why a text is not a role code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseRoleCodeError(Part);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Shape,
    Function,
    Focus,
    Level,
}

impl fmt::Display for ParseRoleCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Part::Shape => "a role code has three parts, FUNCTION.FOCUS.LEVEL, as in TSE.GEN.P4",
            Part::Function => "the first part of a role code is 1 to 8 capital letters or digits, as TSE in TSE.GEN.P4",
            Part::Focus => "the second part of a role code is 1 to 8 capital letters or digits, as GEN in TSE.GEN.P4",
            Part::Level => "the third part of a role code is a level: S1-S4, P1-P6, M1-M6 or E1-E5",
        })
    }
}

impl core::error::Error for ParseRoleCodeError {}
