//! The payload: a compiled policy as bytes.
//!
//! A magic and a format version, then the policy in postcard. The built-in packs travel like
//! this inside the extension, where the package vouches for them; everything else is wrapped
//! in a signed bundle.

use draftguard_core::policy::Policy;

/// What every payload begins with; the last byte is the format version.
const MAGIC: [u8; 4] = *b"DGP\x01";

/// Largest payload that is read, in bytes: a list of a million terms takes about 14 MB.
pub const MAX_PAYLOAD_BYTES: usize = 32 << 20;

/// Why bytes are not a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PayloadError {
    /// Larger than [`MAX_PAYLOAD_BYTES`].
    #[error("the policy has {0} bytes; at most {MAX_PAYLOAD_BYTES} are read")]
    TooLarge(usize),
    /// Not a compiled policy at all.
    #[error("this is not a compiled policy; compile it with `draftguard compile`")]
    NotAPolicy,
    /// Written for another version of the format.
    #[error("this policy was compiled for format {0}; this version reads format {ours}", ours = MAGIC[3])]
    OtherFormat(u8),
    /// Begins like one, and then breaks off or holds nonsense.
    #[error("the compiled policy is damaged; fetch or compile it again")]
    Damaged,
}

impl PayloadError {
    /// A stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "policy-too-large",
            Self::NotAPolicy => "policy-not-compiled",
            Self::OtherFormat(_) => "policy-other-format",
            Self::Damaged => "policy-damaged",
        }
    }
}

/// A policy as bytes.
///
/// # Errors
/// [`PayloadError::Damaged`] where the policy cannot be written down, which no policy of the
/// compiler's is.
pub fn encode(policy: &Policy) -> Result<Vec<u8>, PayloadError> {
    postcard::to_extend(policy, MAGIC.to_vec()).map_err(|_| PayloadError::Damaged)
}

/// The policy that bytes hold. Nothing is trusted: any bytes at all give a policy or an error.
///
/// # Errors
/// See [`PayloadError`].
pub fn decode(bytes: &[u8]) -> Result<Policy, PayloadError> {
    if bytes.len() > MAX_PAYLOAD_BYTES {
        return Err(PayloadError::TooLarge(bytes.len()));
    }
    let Some((head, body)) = bytes.split_first_chunk::<4>() else {
        return Err(PayloadError::NotAPolicy);
    };
    if head[..3] != MAGIC[..3] {
        return Err(PayloadError::NotAPolicy);
    }
    if head[3] != MAGIC[3] {
        return Err(PayloadError::OtherFormat(head[3]));
    }
    match postcard::take_from_bytes(body) {
        Ok((policy, [])) => Ok(policy),
        _ => Err(PayloadError::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        Policy { id: "acme".into(), version: 3, ..Policy::default() }
    }

    #[test]
    fn comes_back_as_it_went() {
        assert_eq!(decode(&encode(&policy()).unwrap()).unwrap(), policy());
    }

    #[test]
    fn anything_else_is_refused() {
        let good = encode(&policy()).unwrap();
        assert_eq!(decode(b""), Err(PayloadError::NotAPolicy));
        assert_eq!(decode(b"<!doctype html>"), Err(PayloadError::NotAPolicy));
        assert_eq!(decode(b"DGP\x02rest"), Err(PayloadError::OtherFormat(2)));
        for end in 4..good.len() {
            assert!(decode(&good[..end]).is_err(), "cut at {end}");
        }
        let mut longer = good;
        longer.push(0);
        assert_eq!(decode(&longer), Err(PayloadError::Damaged));
    }
}
