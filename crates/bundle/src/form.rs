//! The bytes of a bundle, before anything in them is believed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::key::{KeySet, PublicKey};
use crate::payload::MAX_PAYLOAD_BYTES;
use crate::trust::BundleError;

/// What every bundle begins with; the last byte is the format version.
pub(crate) const MAGIC: [u8; 4] = *b"DGB\x01";

/// Largest header, in bytes: a few dozen keys.
pub(crate) const MAX_HEADER_BYTES: usize = 64 << 10;

/// Most signatures that are looked at: each costs a curve operation.
pub const MAX_SIGNATURES: usize = 16;

/// One key and one signature.
pub(crate) const SIGNATURE_BYTES: usize = 32 + 64;

/// Largest bundle that is read, in bytes. Checked before anything is parsed.
pub const MAX_BUNDLE_BYTES: usize =
    12 + MAX_HEADER_BYTES + MAX_PAYLOAD_BYTES + 1 + MAX_SIGNATURES * SIGNATURE_BYTES;

/// Keeps a signature of ours from meaning anything elsewhere, and the other way round.
const DOMAIN: &[u8] = b"draftguard bundle v1\0";

/// What is said about the policy, signed with it. Times are seconds since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The policy's id: a client accepts one policy at one address.
    pub policy: String,
    /// Only ever grows.
    pub version: u64,
    /// When it was made. A lower bound for the true time on every computer that sees it.
    pub created: i64,
    /// From when it is stale.
    pub expires: i64,
    /// The lowest [`ENGINE_LEVEL`](crate::ENGINE_LEVEL) that understands every rule in it.
    pub min_engine: u32,
    /// Keys that take the place of those trusted now. Such a bundle is signed by both sets.
    pub next: Option<KeySet>,
}

/// A bundle taken apart; nothing of it is believed yet.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) header: Header,
    pub(crate) payload: &'a [u8],
    pub(crate) signatures: Vec<(PublicKey, [u8; 64])>,
    /// What was signed.
    pub(crate) message: Vec<u8>,
    /// SHA-256 of everything that is signed.
    pub(crate) digest: [u8; 32],
}

fn length(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}

/// What the signatures are made over, and the digest in it.
pub(crate) fn message(signed: &[u8]) -> (Vec<u8>, [u8; 32]) {
    let digest: [u8; 32] = Sha256::digest(signed).into();
    ([DOMAIN, &digest].concat(), digest)
}

/// Where the signed part of a bundle ends.
pub(crate) fn signed_end(bytes: &[u8]) -> Result<usize, BundleError> {
    if bytes.len() > MAX_BUNDLE_BYTES {
        return Err(BundleError::TooLarge(bytes.len()));
    }
    let Some(head) = bytes.first_chunk::<4>() else { return Err(BundleError::NotABundle) };
    if head[..3] != MAGIC[..3] {
        return Err(BundleError::NotABundle);
    }
    if head[3] != MAGIC[3] {
        return Err(BundleError::OtherFormat(head[3]));
    }
    let (Some(header), Some(payload)) = (length(bytes, 4), length(bytes, 8)) else {
        return Err(BundleError::Damaged);
    };
    if header > MAX_HEADER_BYTES || payload > MAX_PAYLOAD_BYTES {
        return Err(BundleError::Damaged);
    }
    let end = 12 + header + payload;
    if bytes.len() <= end { Err(BundleError::Damaged) } else { Ok(end) }
}

pub(crate) fn parts(bytes: &[u8]) -> Result<Parts<'_>, BundleError> {
    let end = signed_end(bytes)?;
    let header_end = 12 + length(bytes, 4).ok_or(BundleError::Damaged)?;
    let header = bytes.get(12..header_end).ok_or(BundleError::Damaged)?;
    let (header, []) =
        postcard::take_from_bytes::<Header>(header).map_err(|_| BundleError::Damaged)?
    else {
        return Err(BundleError::Damaged);
    };
    let payload = bytes.get(header_end..end).ok_or(BundleError::Damaged)?;
    let (&count, tail) =
        bytes.get(end..).and_then(<[u8]>::split_first).ok_or(BundleError::Damaged)?;
    // A tail of any other length would be bytes that nobody signed and nobody reads.
    if usize::from(count) > MAX_SIGNATURES || tail.len() != usize::from(count) * SIGNATURE_BYTES {
        return Err(BundleError::Damaged);
    }
    let mut signatures = Vec::with_capacity(count.into());
    for entry in tail.chunks_exact(SIGNATURE_BYTES) {
        let (Some(key), Some(signature)) = (entry.first_chunk::<32>(), entry.last_chunk::<64>())
        else {
            return Err(BundleError::Damaged);
        };
        signatures.push((PublicKey(*key), *signature));
    }
    let (message, digest) = message(bytes.get(..end).ok_or(BundleError::Damaged)?);
    Ok(Parts { header, payload, signatures, message, digest })
}
