//! Making bundles.

use draftguard_core::policy::Policy;
use ed25519_dalek::Signer;

use crate::form::{self, Header, MAX_HEADER_BYTES, MAX_SIGNATURES};
use crate::key::PublicKey;
use crate::payload::{PayloadError, encode};
use crate::trust::BundleError;

/// A private key. Neither shown nor compared; wiped from memory when dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey(of {})", self.public().fingerprint())
    }
}

impl SigningKey {
    /// The key that a seed of 32 secret random bytes stands for.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The seed, for keeping.
    #[cfg(feature = "keys")]
    pub(crate) fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }
}

/// Why a bundle cannot be made or signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The policy does not fit.
    #[error(transparent)]
    Payload(#[from] PayloadError),
    /// What is to be signed is not a bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The header is too large.
    #[error("the bundle names too many keys")]
    Header,
    /// The next keys could never be fulfilled.
    #[error("the next keys must be different, and their threshold between 1 and their number")]
    KeySet,
    /// It carries enough signatures already.
    #[error("a bundle carries at most {MAX_SIGNATURES} signatures")]
    Full,
    /// This key has signed already.
    #[error("the key {0} has signed this bundle already")]
    SignedAlready(String),
}

/// A bundle without signatures.
///
/// # Errors
/// See [`SignError`].
pub fn build(policy: &Policy, header: &Header) -> Result<Vec<u8>, SignError> {
    if header.next.as_ref().is_some_and(|n| !n.is_sound()) {
        return Err(SignError::KeySet);
    }
    let payload = encode(policy)?;
    let header = postcard::to_stdvec(header).map_err(|_| SignError::Header)?;
    if header.len() > MAX_HEADER_BYTES {
        return Err(SignError::Header);
    }
    if payload.len() > crate::MAX_PAYLOAD_BYTES {
        return Err(PayloadError::TooLarge(payload.len()).into());
    }
    let mut bytes = Vec::with_capacity(12 + header.len() + payload.len() + 1);
    bytes.extend(form::MAGIC);
    bytes.extend((header.len() as u32).to_le_bytes());
    bytes.extend((payload.len() as u32).to_le_bytes());
    bytes.extend(header);
    bytes.extend(payload);
    bytes.push(0);
    Ok(bytes)
}

/// Adds a signature.
///
/// # Errors
/// See [`SignError`].
pub fn sign(bundle: &[u8], key: &SigningKey) -> Result<Vec<u8>, SignError> {
    let parts = form::parts(bundle)?;
    let public = key.public();
    if parts.signatures.iter().any(|(signer, _)| *signer == public) {
        return Err(SignError::SignedAlready(public.fingerprint()));
    }
    if parts.signatures.len() >= MAX_SIGNATURES {
        return Err(SignError::Full);
    }
    let count = form::signed_end(bundle)?;
    let mut bytes = bundle.to_vec();
    if let Some(count) = bytes.get_mut(count) {
        *count += 1;
    }
    bytes.extend(public.0);
    bytes.extend(key.0.sign(&parts.message).to_bytes());
    Ok(bytes)
}
