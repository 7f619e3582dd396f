//! Public keys and sets of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How a public key is written: this prefix and 64 hexadecimal digits. The prefix keeps a
/// private key, a fingerprint or a certificate from being pasted in its place unnoticed.
const PREFIX: &str = "dgpub1-";

/// An Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey(pub(crate) [u8; 32]);

/// Why a text is not a public key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A private key stands where a public one belongs.
    #[error("this is a private key: never hand it out; the public key begins with `{PREFIX}`")]
    Private,
    /// Not written as a public key.
    #[error("a public key is `{PREFIX}` and 64 hexadecimal digits; `draftguard keygen` prints it")]
    NotAKey,
    /// The bytes are no point of the curve that signatures could be checked with.
    #[error("this public key is damaged: copy it again from `draftguard keygen`")]
    Damaged,
}

impl PublicKey {
    /// A short name for people to compare: the first 8 bytes of the key's SHA-256, in groups.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.0);
        digest
            .iter()
            .take(8)
            .map(|b| format!("{b:02x}"))
            .collect::<Vec<_>>()
            .chunks(2)
            .map(<[String]>::concat)
            .collect::<Vec<_>>()
            .join("-")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.contains("PRIVATE") || text.starts_with("dgkey") {
            return Err(KeyError::Private);
        }
        let digits = text.strip_prefix(PREFIX).ok_or(KeyError::NotAKey)?;
        let bytes = unhex(digits).ok_or(KeyError::NotAKey)?;
        let key = Self(bytes);
        // Refused now, where somebody can mend it, not at the first bundle.
        ed25519_dalek::VerifyingKey::from_bytes(&key.0)
            .ok()
            .filter(|k| !k.is_weak())
            .ok_or(KeyError::Damaged)?;
        Ok(key)
    }
}

impl TryFrom<String> for PublicKey {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

/// Exactly 32 bytes of hexadecimal digits.
pub(crate) fn unhex(digits: &str) -> Option<[u8; 32]> {
    let digits = digits.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high << 4 | low) as u8;
    }
    Some(bytes)
}

/// Keys of which some number must have signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySet {
    /// The keys, each once.
    pub keys: Vec<PublicKey>,
    /// How many of them must have signed; at least 1.
    pub threshold: u8,
}

impl KeySet {
    /// A set that can be fulfilled and asks for something.
    pub fn is_sound(&self) -> bool {
        let mut keys = self.keys.clone();
        keys.sort_unstable();
        keys.dedup();
        keys.len() == self.keys.len()
            && self.threshold >= 1
            && usize::from(self.threshold) <= self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let key = crate::SigningKey::from_seed([7; 32]).public();
        assert_eq!(key.to_string().parse(), Ok(key));
        assert_eq!(key.fingerprint().len(), 19);
    }

    #[test]
    fn anything_else_is_refused_with_the_reason() {
        let parse = |text: &str| text.parse::<PublicKey>();
        assert_eq!(parse("-----BEGIN PRIVATE KEY-----"), Err(KeyError::Private));
        assert_eq!(parse("dgkey1-00"), Err(KeyError::Private));
        assert_eq!(parse("dgpub1-12"), Err(KeyError::NotAKey));
        assert_eq!(parse(&format!("dgpub1-{}", "zz".repeat(32))), Err(KeyError::NotAKey));
        // The neutral point: every signature would fit it.
        assert_eq!(parse(&format!("dgpub1-01{}", "00".repeat(31))), Err(KeyError::Damaged));
    }
}
