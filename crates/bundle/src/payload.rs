//! The payload: a compiled policy as bytes.
//!
//! A magic and a format version, then the policy in postcard. The built-in packs travel like
//! this inside the extension, where the package vouches for them; everything else is wrapped
//! in a signed bundle.

use draftguard_core::policy::{Manners, Oldest, Policy, Refined};

/// What every payload begins with; a byte with the format follows.
const MAGIC: [u8; 3] = *b"DGP";
/// The newest format. A policy grows at its end: an older payload is a newer one whose end is the
/// default. 1 ends with the examples, 2 has [`Manners`] after them, 3 data of sites after those, 4
/// has [`Oldest`] after all of them, 5 ends with [`Refined`].
const FORMAT: u8 = 5;

/// Largest payload that is read, in bytes: a plain list of a million terms takes 11 MB for the index and
/// what the terms are long (some 25 bytes each).
pub const MAX_PAYLOAD_BYTES: usize = 64 << 20;

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
    #[error("this policy was compiled for format {0}; this version reads formats up to {FORMAT}")]
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
    let mut bytes = MAGIC.to_vec();
    bytes.push(FORMAT);
    let mut bytes = postcard::to_extend(policy, bytes).map_err(|_| PayloadError::Damaged)?;
    // What does not need the newer format, older readers understand too.
    let oldest = match policy {
        Policy { refined, .. } if *refined != Refined::default() => FORMAT,
        Policy { oldest, .. } if *oldest != Oldest::default() => 4,
        Policy { sites, .. } if !sites.is_empty() => 3,
        Policy { manners, .. } if *manners != Manners::default() => 2,
        _ => 1,
    };
    bytes.truncate(bytes.len() - end_of(oldest)?.len());
    if let Some(format) = bytes.get_mut(MAGIC.len()) {
        *format = oldest;
    }
    Ok(bytes)
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
    let [magic @ .., format] = head;
    if *magic != MAGIC {
        return Err(PayloadError::NotAPolicy);
    }
    match format {
        1..=FORMAT => read(&[body, &end_of(*format)?].concat()),
        other => Err(PayloadError::OtherFormat(*other)),
    }
}

/// The whole of a policy, and nothing behind it.
fn read(body: &[u8]) -> Result<Policy, PayloadError> {
    match postcard::take_from_bytes(body) {
        Ok((policy, [])) => Ok(policy),
        _ => Err(PayloadError::Damaged),
    }
}

/// What the newest format has behind the end of an older one, and the older one means.
fn end_of(format: u8) -> Result<Vec<u8>, PayloadError> {
    let Policy { manners, sites, oldest, refined, .. } = Policy::default();
    match format {
        1 => postcard::to_stdvec(&(manners, sites, oldest, refined)),
        2 => postcard::to_stdvec(&(sites, oldest, refined)),
        3 => postcard::to_stdvec(&(oldest, refined)),
        4 => postcard::to_stdvec(&refined),
        _ => Ok(Vec::new()),
    }
    .map_err(|_| PayloadError::Damaged)
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
        let manners = Manners { warn_cards_per_hour: 0, ..Manners::default() };
        let strict = Policy { manners, ..policy() };
        assert_eq!(decode(&encode(&strict).unwrap()).unwrap(), strict);
        let sited = Policy { sites: vec!["{}".into()], ..policy() };
        assert!(encode(&sited).unwrap().starts_with(b"DGP\x03"));
        assert_eq!(decode(&encode(&sited).unwrap()).unwrap(), sited);
        let oldest = Oldest { browser: [("edge".into(), 150)].into(), extension: None };
        for policy in [Policy { oldest: oldest.clone(), ..policy() }, Policy { oldest, ..sited }] {
            let bytes = encode(&policy).unwrap();
            assert!(bytes.starts_with(b"DGP\x04"));
            assert_eq!(decode(&bytes).unwrap(), policy);
        }
    }

    #[test]
    fn what_needs_no_newer_format_keeps_the_older() {
        assert!(encode(&policy()).unwrap().starts_with(b"DGP\x01"));
        let manners = Manners { reply_changes: 0, ..Manners::default() };
        assert!(encode(&Policy { manners, ..policy() }).unwrap().starts_with(b"DGP\x02"));
    }

    #[test]
    fn anything_else_is_refused() {
        let manners = Manners { crisis_words: vec!["recall".into()], ..Manners::default() };
        let good = encode(&policy()).unwrap();
        let newer = encode(&Policy { manners, ..policy() }).unwrap();
        assert_eq!(decode(b""), Err(PayloadError::NotAPolicy));
        assert_eq!(decode(b"<!doctype html>"), Err(PayloadError::NotAPolicy));
        let oldest = Oldest { extension: Some("1.2".into()), ..Oldest::default() };
        let newest = encode(&Policy { oldest, ..policy() }).unwrap();
        assert_eq!(decode(b"DGP\x00rest"), Err(PayloadError::OtherFormat(0)));
        assert_eq!(decode(b"DGP\x06rest"), Err(PayloadError::OtherFormat(6)));
        let refined = Refined { topics: [("a".into(), "b".into())].into(), ..Refined::default() };
        let last = encode(&Policy { refined, ..policy() }).unwrap();
        assert!(last.starts_with(b"DGP\x05"));
        for payload in [good, newer, newest, last] {
            for end in 4..payload.len() {
                assert!(decode(&payload[..end]).is_err(), "cut at {end}");
            }
            let mut longer = payload;
            longer.push(0);
            assert_eq!(decode(&longer), Err(PayloadError::Damaged));
        }
    }
}
