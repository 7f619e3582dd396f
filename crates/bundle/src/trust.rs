//! Whether a bundle is trusted.

use draftguard_core::policy::Policy;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::form::{self, Header, MAX_BUNDLE_BYTES, Parts};
use crate::key::KeySet;
use crate::payload::{PayloadError, decode};

/// What this engine understands. Grows when a rule kind, an option or the payload changes such
/// that an older engine would read a policy wrongly.
pub const ENGINE_LEVEL: u32 = 1;

/// What a client knows and never forgets: whom it trusts and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// The keys.
    pub keys: KeySet,
    /// The policy that was accepted first; another one at the same address is refused.
    pub policy: Option<String>,
    /// The highest version accepted; 0 before the first.
    pub version: u64,
    /// SHA-256 of what was signed in that version.
    pub digest: Option<[u8; 32]>,
    /// The latest time that was ever seen, seconds since 1970 UTC: a clock set back does not
    /// bring an expired policy back.
    pub latest_seen: i64,
}

impl Trust {
    /// A client that trusts these keys and has seen nothing yet.
    pub fn new(keys: KeySet) -> Self {
        Self { keys, policy: None, version: 0, digest: None, latest_seen: 0 }
    }

    /// Whether something that was accepted has expired meanwhile: it stays in force and is called
    /// stale. Times are seconds since 1970 UTC.
    pub fn is_stale(&self, expires: i64, now: i64) -> bool {
        expires <= now.max(self.latest_seen)
    }
}

/// A bundle that passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// What is said about the policy.
    pub header: Header,
    /// The policy.
    pub policy: Policy,
    /// What the client knows from now on: to be stored together with the bundle.
    pub trust: Trust,
    /// Whether this very bundle was accepted before.
    pub known: bool,
}

/// Why a bundle is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// Larger than [`MAX_BUNDLE_BYTES`].
    #[error("the bundle has {0} bytes; at most {MAX_BUNDLE_BYTES} are read")]
    TooLarge(usize),
    /// Not a bundle at all: an error page, for example.
    #[error("this is not a policy bundle; check the address")]
    NotABundle,
    /// Written for another version of the format.
    #[error("this bundle has format {0}; update Draftguard to read it")]
    OtherFormat(u8),
    /// Begins like a bundle, and then breaks off or holds nonsense.
    #[error("the bundle is damaged; fetch or publish it again")]
    Damaged,
    /// The trusted keys themselves make no sense.
    #[error("the trusted keys must be different, and the threshold between 1 and their number")]
    KeySet,
    /// Too few of the trusted keys have signed.
    #[error("the bundle has {found} of {needed} signatures by trusted keys")]
    Signatures {
        /// Valid signatures by different trusted keys.
        found: usize,
        /// The threshold.
        needed: usize,
    },
    /// Too few of the keys that would take over have signed.
    #[error("the bundle brings new keys, and has {found} of {needed} signatures by them")]
    NextSignatures {
        /// Valid signatures by different new keys.
        found: usize,
        /// Their threshold.
        needed: usize,
    },
    /// Another policy than the one in force.
    #[error("the bundle holds the policy `{found}`; this address brings `{expected}`")]
    OtherPolicy {
        /// The policy in force.
        expected: String,
        /// The one that came.
        found: String,
    },
    /// Older than the one in force.
    #[error("version {found} is older than version {have}, which is in force")]
    Rollback {
        /// The version in force.
        have: u64,
        /// The one that came.
        found: u64,
    },
    /// The version in force, with other content.
    #[error("version {0} came twice with different content; publish with a higher version")]
    SameVersion(u64),
    /// Expired.
    #[error("the bundle expired; publish a new one")]
    Expired,
    /// Needs a newer engine.
    #[error("the bundle needs engine level {needed}, this is {ENGINE_LEVEL}; update Draftguard")]
    Engine {
        /// The level it needs.
        needed: u32,
    },
    /// The policy inside does not match what is said about it.
    #[error("the policy in the bundle is not the one that its header names")]
    Mismatch,
    /// The policy inside cannot be read.
    #[error(transparent)]
    Payload(#[from] PayloadError),
}

impl BundleError {
    /// A stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "bundle-too-large",
            Self::NotABundle => "not-a-bundle",
            Self::OtherFormat(_) => "bundle-other-format",
            Self::Damaged => "bundle-damaged",
            Self::KeySet => "bundle-key-set",
            Self::Signatures { .. } => "bundle-signatures",
            Self::NextSignatures { .. } => "bundle-next-signatures",
            Self::OtherPolicy { .. } => "bundle-other-policy",
            Self::Rollback { .. } => "bundle-rollback",
            Self::SameVersion(_) => "bundle-same-version",
            Self::Expired => "bundle-expired",
            Self::Engine { .. } => "bundle-engine",
            Self::Mismatch => "bundle-mismatch",
            Self::Payload(error) => error.code(),
        }
    }
}

/// What a bundle says about itself, without believing any of it: for people who look.
///
/// # Errors
/// Its form.
pub fn inspect(bytes: &[u8]) -> Result<(Header, Vec<crate::PublicKey>), BundleError> {
    let parts = form::parts(bytes)?;
    Ok((parts.header, parts.signatures.into_iter().map(|(key, _)| key).collect()))
}

/// What a bundle holds, without believing any of it: for people who look, never for a client.
///
/// # Errors
/// Its form, or the payload's.
pub fn inspect_policy(bytes: &[u8]) -> Result<Policy, BundleError> {
    Ok(decode(form::parts(bytes)?.payload)?)
}

/// Whether a bundle is trusted at `now` (seconds since 1970 UTC), and what is known from then on.
///
/// # Errors
/// Why not; nothing of the bundle may be used then, and the last good one stays.
pub fn verify(bytes: &[u8], trust: &Trust, now: i64) -> Result<Accepted, BundleError> {
    if !trust.keys.is_sound() {
        return Err(BundleError::KeySet);
    }
    let parts = form::parts(bytes)?;
    let needed = usize::from(trust.keys.threshold);
    let found = signers(&parts, &trust.keys);
    if found < needed {
        return Err(BundleError::Signatures { found, needed });
    }
    if let Some(next) = &parts.header.next {
        if !next.is_sound() {
            return Err(BundleError::KeySet);
        }
        let needed = usize::from(next.threshold);
        let found = signers(&parts, next);
        if found < needed {
            return Err(BundleError::NextSignatures { found, needed });
        }
    }
    // From here on the header is the word of the trusted keys.
    let header = parts.header;
    if let Some(expected) = trust.policy.as_ref().filter(|p| **p != header.policy) {
        return Err(BundleError::OtherPolicy { expected: expected.clone(), found: header.policy });
    }
    if header.version < trust.version {
        return Err(BundleError::Rollback { have: trust.version, found: header.version });
    }
    let known = trust.digest == Some(parts.digest);
    if header.version == trust.version && trust.digest.is_some() && !known {
        return Err(BundleError::SameVersion(header.version));
    }
    let latest_seen = now.max(trust.latest_seen).max(header.created);
    if trust.is_stale(header.expires, latest_seen) {
        return Err(BundleError::Expired);
    }
    if header.min_engine > ENGINE_LEVEL {
        return Err(BundleError::Engine { needed: header.min_engine });
    }
    let policy = decode(parts.payload)?;
    if policy.id != header.policy || policy.version != header.version {
        return Err(BundleError::Mismatch);
    }
    let trust = Trust {
        keys: header.next.clone().unwrap_or_else(|| trust.keys.clone()),
        policy: Some(header.policy.clone()),
        version: header.version,
        digest: Some(parts.digest),
        latest_seen,
    };
    Ok(Accepted { header, policy, trust, known })
}

/// How many different keys of a set have signed validly. A key that signed twice counts once.
fn signers(parts: &Parts<'_>, set: &KeySet) -> usize {
    set.keys
        .iter()
        .filter(|trusted| {
            let Ok(key) = VerifyingKey::from_bytes(&trusted.0) else { return false };
            parts.signatures.iter().filter(|(signer, _)| signer == *trusted).any(|(_, bytes)| {
                // Strict: no small-order keys, no second form of the same signature.
                key.verify_strict(&parts.message, &Signature::from_bytes(bytes)).is_ok()
            })
        })
        .count()
}
