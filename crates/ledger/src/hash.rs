use std::fmt;

use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash of `parts` one after the other, each led by its length, so that no two lists of
    /// parts are the same bytes.
    pub(crate) fn of_parts(parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Self(digest.finalize().into())
    }

    /// The hash that 64 hexadecimal digits name.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (byte, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    pub(crate) fn from_blob(blob: &[u8]) -> Result<Self> {
        let bytes = blob.try_into().map_err(|_| Error::damaged(format!("a hash of {} bytes", blob.len())))?;
        Ok(Self(bytes))
    }

    /// The first 32 bits.
    pub(crate) fn head(&self) -> u32 {
        u32::from_be_bytes([self.0[0], self.0[1], self.0[2], self.0[3]])
    }

    /// The first 63 bits, as SQLite's integers have no more without a sign.
    pub(crate) fn long_head(&self) -> i64 {
        (i64::from(self.head()) << 32
            | i64::from(u32::from_be_bytes([self.0[4], self.0[5], self.0[6], self.0[7]])))
            & i64::MAX
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_and_back() {
        let hash = Hash::of(b"abc");
        assert!(hash.to_string().starts_with("ba7816bf"));
        assert_eq!(Hash::from_hex(&hash.to_string()), Some(hash));
        for wrong in ["", "ba78", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(Hash::from_hex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(Hash::of_parts(&[b"ab", b"c"]), Hash::of_parts(&[b"a", b"bc"]));
    }
}
