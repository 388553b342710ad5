//! Records: fixed-width rows whose reader and writer come from one declaration.

use core::fmt;
use core::ops::Range;

/// A value of fixed width in a record, little endian.
pub(crate) trait Field: Copy {
    const SIZE: usize;
    /// Reads from the first `SIZE` bytes.
    fn read(bytes: &[u8]) -> Self;
    fn write(self, out: &mut alloc::vec::Vec<u8>);
}

/// A row of fields.
pub(crate) trait Record: Copy + Default {
    const SIZE: usize;
    fn read(bytes: &[u8]) -> Self;
    fn write(&self, out: &mut alloc::vec::Vec<u8>);
}

macro_rules! integers {
    ($($int:ty)*) => {$(
        impl Field for $int {
            const SIZE: usize = size_of::<$int>();
            #[inline]
            fn read(bytes: &[u8]) -> Self {
                let mut raw = [0; size_of::<$int>()];
                raw.copy_from_slice(&bytes[..Self::SIZE]);
                <$int>::from_le_bytes(raw)
            }
            fn write(self, out: &mut alloc::vec::Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
        }
    )*};
}

integers!(u8 u16 u32 u64);

/// A range of the text pool: 28 bits for where it begins and 12 for its length, in five bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TextRef {
    pub(crate) start: u32,
    pub(crate) len: u16,
}

impl TextRef {
    /// The longest text, in bytes.
    pub(crate) const LONGEST: usize = (1 << Self::LEN_BITS) - 1;
    /// How long the pool may be: what is in it begins before this.
    pub(crate) const POOL: usize = 1 << (40 - Self::LEN_BITS);
    const LEN_BITS: u32 = 12;

    #[inline]
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + usize::from(self.len)
    }
}

impl fmt::Debug for TextRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.start, self.len)
    }
}

impl Field for TextRef {
    const SIZE: usize = U24::SIZE + u16::SIZE;
    #[inline]
    fn read(bytes: &[u8]) -> Self {
        let (low, rest) = (U24::read(bytes).0, u16::read(&bytes[U24::SIZE..]));
        TextRef { start: low | u32::from(rest >> Self::LEN_BITS) << 24, len: rest & Self::LONGEST as u16 }
    }
    fn write(self, out: &mut alloc::vec::Vec<u8>) {
        U24(self.start).write(out);
        (self.len | (self.start >> 24 << Self::LEN_BITS) as u16).write(out);
    }
}

/// A number below 2²⁴.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct U24(pub(crate) u32);

impl U24 {
    /// The largest.
    pub(crate) const MOST: usize = (1 << 24) - 1;
}

impl Field for U24 {
    const SIZE: usize = 3;
    #[inline]
    fn read(bytes: &[u8]) -> Self {
        U24(u32::from(u16::read(bytes)) | u32::from(bytes[2]) << 16)
    }
    fn write(self, out: &mut alloc::vec::Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes()[..3]);
    }
}

/// The hash of a word, below 2⁴⁸.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordKey(pub(crate) u64);

impl Field for WordKey {
    const SIZE: usize = 6;
    #[inline]
    fn read(bytes: &[u8]) -> Self {
        WordKey(u64::from(u32::read(bytes)) | u64::from(u16::read(&bytes[u32::SIZE..])) << 32)
    }
    fn write(self, out: &mut alloc::vec::Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes()[..Self::SIZE]);
    }
}

macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default)]
        $vis struct $name { $($vis $field: $type,)* }

        impl $crate::tables::Record for $name {
            const SIZE: usize = 0 $(+ <$type as $crate::tables::Field>::SIZE)*;
            #[inline]
            fn read(bytes: &[u8]) -> Self {
                let bytes = &bytes[..Self::SIZE];
                let mut at = 0;
                $(
                    let $field = <$type as $crate::tables::Field>::read(&bytes[at..]);
                    at += <$type as $crate::tables::Field>::SIZE;
                )*
                let _ = at;
                $name { $($field),* }
            }
            fn write(&self, out: &mut alloc::vec::Vec<u8>) {
                $($crate::tables::Field::write(self.$field, out);)*
            }
        }
    };
}

pub(crate) use record;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_a_text_reaches_to_the_end_of_the_pool() {
        for (start, len) in [(0, 0), (1, 1), ((1 << 24) - 1, 7), (TextRef::POOL as u32 - 1, TextRef::LONGEST as u16)] {
            let mut bytes = alloc::vec::Vec::new();
            TextRef { start, len }.write(&mut bytes);
            assert_eq!(bytes.len(), TextRef::SIZE);
            assert_eq!(TextRef::read(&bytes), TextRef { start, len });
        }
    }
}
