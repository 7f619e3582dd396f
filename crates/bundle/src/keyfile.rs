//! Private keys at rest: encrypted with a passphrase.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::sign::SigningKey;

/// First line of a key file, so that people and scanners see what it is.
const FIRST_LINE: &str = "-----BEGIN DRAFTGUARD ENCRYPTED PRIVATE KEY-----";
const LAST_LINE: &str = "-----END DRAFTGUARD ENCRYPTED PRIVATE KEY-----";

/// Argon2id: 64 MiB, 3 passes, 1 lane; RFC 9106's second recommended setting, with one lane.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

const SALT: usize = 16;
const NONCE: usize = 24;

/// Why a key file cannot be written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFileError {
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
    /// The passphrase is too short to protect anything.
    #[error("a passphrase has at least 12 characters")]
    ShortPassphrase,
    /// Not a key file.
    #[error("this is not a Draftguard key file")]
    NotAKeyFile,
    /// The passphrase is wrong, or the file is damaged: the two cannot be told apart.
    #[error("the passphrase is wrong, or the key file is damaged")]
    Refused,
}

/// A new key.
///
/// # Errors
/// The system gives no random numbers.
pub fn generate() -> Result<SigningKey, KeyFileError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| KeyFileError::Random)?;
    Ok(SigningKey::from_seed(seed))
}

fn cipher(passphrase: &str, salt: &[u8]) -> Result<XChaCha20Poly1305, KeyFileError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(|_| KeyFileError::Refused)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|_| KeyFileError::Refused)?;
    Ok(XChaCha20Poly1305::new(&Key::from(key)))
}

/// The text of a key file.
///
/// # Errors
/// See [`KeyFileError`].
pub fn seal(key: &SigningKey, passphrase: &str) -> Result<String, KeyFileError> {
    if passphrase.chars().count() < 12 {
        return Err(KeyFileError::ShortPassphrase);
    }
    let mut random = [0; SALT + NONCE];
    getrandom::fill(&mut random).map_err(|_| KeyFileError::Random)?;
    let (salt, nonce) = random.split_at(SALT);
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| KeyFileError::Random)?;
    let public = key.public().to_string();
    let seed = key.seed();
    let sealed = cipher(passphrase, salt)?
        .encrypt(&XNonce::from(nonce), Payload { msg: &seed, aad: public.as_bytes() })
        .map_err(|_| KeyFileError::Refused)?;
    let hex: String = random.iter().chain(&sealed).map(|b| format!("{b:02x}")).collect();
    Ok(format!(
        "{FIRST_LINE}\npublic: {public}\nkdf: argon2id m={MEMORY_KIB} t={PASSES} p=1\nsealed: {hex}\n{LAST_LINE}\n"
    ))
}

/// The key in a key file.
///
/// # Errors
/// See [`KeyFileError`].
pub fn open(text: &str, passphrase: &str) -> Result<SigningKey, KeyFileError> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let [first, public, _kdf, sealed, last] = lines.as_slice() else {
        return Err(KeyFileError::NotAKeyFile);
    };
    let (Some(public), Some(hex)) =
        (public.strip_prefix("public: "), sealed.strip_prefix("sealed: "))
    else {
        return Err(KeyFileError::NotAKeyFile);
    };
    if *first != FIRST_LINE || *last != LAST_LINE {
        return Err(KeyFileError::NotAKeyFile);
    }
    let bytes: Vec<u8> = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => {
                let high = char::from(*high).to_digit(16)?;
                let low = char::from(*low).to_digit(16)?;
                u8::try_from(high << 4 | low).ok()
            }
            _ => None,
        })
        .collect::<Option<_>>()
        .ok_or(KeyFileError::NotAKeyFile)?;
    let (Some(salt), Some(nonce), Some(sealed)) =
        (bytes.get(..SALT), bytes.get(SALT..SALT + NONCE), bytes.get(SALT + NONCE..))
    else {
        return Err(KeyFileError::NotAKeyFile);
    };
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| KeyFileError::NotAKeyFile)?;
    let seed = cipher(passphrase, salt)?
        .decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: public.as_bytes() })
        .map_err(|_| KeyFileError::Refused)?;
    let seed: [u8; 32] = seed.try_into().map_err(|_| KeyFileError::Refused)?;
    Ok(SigningKey::from_seed(seed))
}
