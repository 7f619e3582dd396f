//! Whom a client believes, and what an attacker can do about it.

#![allow(clippy::unwrap_used, reason = "a failed assumption of a test is a failed test")]

use draftguard_bundle::{
    Accepted, BundleError, ENGINE_LEVEL, Header, KeySet, SigningKey, Trust, build, inspect, sign,
    verify,
};
use draftguard_core::policy::Policy;
use proptest::prelude::*;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

/// Keys exist for one run of the tests only; these bytes protect nothing.
fn key(n: u8) -> SigningKey {
    SigningKey::from_seed([n; 32])
}

fn set(threshold: u8, keys: &[u8]) -> KeySet {
    KeySet { keys: keys.iter().map(|n| key(*n).public()).collect(), threshold }
}

fn policy(version: u64) -> Policy {
    Policy { id: "acme".into(), version, ..Policy::default() }
}

fn header(version: u64) -> Header {
    Header {
        policy: "acme".into(),
        version,
        created: NOW - DAY,
        expires: NOW + 30 * DAY,
        min_engine: ENGINE_LEVEL,
        next: None,
    }
}

fn signed(header: &Header, keys: &[u8]) -> Vec<u8> {
    let mut policy = policy(header.version);
    policy.id.clone_from(&header.policy);
    keys.iter().fold(build(&policy, header).unwrap(), |b, n| sign(&b, &key(*n)).unwrap())
}

fn fresh(bytes: &[u8], trust: &Trust) -> Result<Accepted, BundleError> {
    verify(bytes, trust, NOW)
}

#[test]
fn a_signed_bundle_is_accepted_and_remembered() {
    let trust = Trust::new(set(1, &[1]));
    let accepted = fresh(&signed(&header(3), &[1]), &trust).unwrap();
    assert_eq!(accepted.policy, policy(3));
    assert_eq!((accepted.trust.version, accepted.trust.policy.as_deref()), (3, Some("acme")));
    assert!(!accepted.known);
    let again = fresh(&signed(&header(3), &[1]), &accepted.trust).unwrap();
    assert!(again.known);
    assert_eq!(again.trust, accepted.trust);
}

#[test]
fn unsigned_and_forged_bundles_are_refused() {
    let trust = Trust::new(set(1, &[1]));
    let few = |found, needed| Err(BundleError::Signatures { found, needed });
    assert_eq!(fresh(&signed(&header(1), &[]), &trust), few(0, 1));
    assert_eq!(fresh(&signed(&header(1), &[9]), &trust), few(0, 1));
    // Somebody else's signature under the trusted key's name.
    let mut lying = signed(&header(1), &[9]);
    let at = lying.len() - 96;
    let name = signed(&header(1), &[1]);
    lying[at..at + 32].copy_from_slice(&name[name.len() - 96..name.len() - 64]);
    assert_eq!(fresh(&lying, &trust), few(0, 1));
    // A true signature, moved to another bundle.
    let mut moved = signed(&header(2), &[1]);
    let tail = moved.len() - 96;
    moved[tail..].copy_from_slice(&name[name.len() - 96..]);
    assert_eq!(fresh(&moved, &trust), few(0, 1));
}

#[test]
fn a_threshold_counts_different_keys() {
    let trust = Trust::new(set(2, &[1, 2, 3]));
    assert!(fresh(&signed(&header(1), &[1, 3]), &trust).is_ok());
    assert!(fresh(&signed(&header(1), &[1, 9]), &trust).is_err());
    // The same signature twice: put there by hand, since signing refuses it.
    let once = signed(&header(1), &[1]);
    let mut twice = once.clone();
    twice.extend_from_slice(&once[once.len() - 96..]);
    let count = once.len() - 97;
    twice[count] = 2;
    assert_eq!(fresh(&twice, &trust), Err(BundleError::Signatures { found: 1, needed: 2 }));
    assert!(sign(&once, &key(1)).is_err());
}

#[test]
fn versions_only_grow() {
    let trust = fresh(&signed(&header(5), &[1]), &Trust::new(set(1, &[1]))).unwrap().trust;
    assert_eq!(
        fresh(&signed(&header(4), &[1]), &trust),
        Err(BundleError::Rollback { have: 5, found: 4 })
    );
    let mut other = header(5);
    other.created -= 1;
    assert_eq!(fresh(&signed(&other, &[1]), &trust), Err(BundleError::SameVersion(5)));
    assert_eq!(fresh(&signed(&header(6), &[1]), &trust).unwrap().trust.version, 6);
}

#[test]
fn an_expired_bundle_is_refused_when_new_and_stale_when_kept() {
    let trust = Trust::new(set(1, &[1]));
    let old = Header { expires: NOW, ..header(1) };
    let bytes = signed(&old, &[1]);
    assert_eq!(fresh(&bytes, &trust), Err(BundleError::Expired));
    let kept = verify(&bytes, &trust, NOW - 1).unwrap();
    assert!(!kept.trust.is_stale(kept.header.expires, NOW - 1));
    assert!(kept.trust.is_stale(kept.header.expires, NOW));
}

#[test]
fn a_clock_set_back_brings_nothing_back() {
    let trust = Trust { latest_seen: NOW + 60 * DAY, ..Trust::new(set(1, &[1])) };
    assert_eq!(fresh(&signed(&header(1), &[1]), &trust), Err(BundleError::Expired));
    // What the keys say about the time counts as seen, too.
    let accepted = verify(&signed(&header(1), &[1]), &Trust::new(set(1, &[1])), 0).unwrap();
    assert_eq!(accepted.trust.latest_seen, NOW - DAY);
}

#[test]
fn keys_rotate_with_the_word_of_both() {
    let trust = Trust::new(set(1, &[1]));
    let next = Header { next: Some(set(1, &[2])), ..header(2) };
    assert_eq!(
        fresh(&signed(&next, &[1]), &trust),
        Err(BundleError::NextSignatures { found: 0, needed: 1 })
    );
    assert_eq!(
        fresh(&signed(&next, &[2]), &trust),
        Err(BundleError::Signatures { found: 0, needed: 1 })
    );
    let after = fresh(&signed(&next, &[1, 2]), &trust).unwrap().trust;
    assert_eq!(after.keys, set(1, &[2]));
    assert!(fresh(&signed(&header(3), &[1]), &after).is_err());
    assert!(fresh(&signed(&header(3), &[2]), &after).is_ok());
    let hopeless = Header { next: Some(set(3, &[2])), ..header(2) };
    assert!(build(&policy(2), &hopeless).is_err());
}

#[test]
fn another_policy_a_newer_engine_and_a_false_header_are_refused() {
    let trust = fresh(&signed(&header(1), &[1]), &Trust::new(set(1, &[1]))).unwrap().trust;
    let other = Header { policy: "globex".into(), ..header(2) };
    assert!(matches!(fresh(&signed(&other, &[1]), &trust), Err(BundleError::OtherPolicy { .. })));
    let newer = Header { min_engine: ENGINE_LEVEL + 1, ..header(2) };
    assert!(matches!(fresh(&signed(&newer, &[1]), &trust), Err(BundleError::Engine { .. })));
    let bytes = sign(&build(&policy(7), &header(2)).unwrap(), &key(1)).unwrap();
    assert_eq!(fresh(&bytes, &trust), Err(BundleError::Mismatch));
}

#[test]
fn nonsense_is_refused_before_it_is_read() {
    let trust = Trust::new(set(1, &[1]));
    assert_eq!(fresh(b"<!doctype html><title>404</title>", &trust), Err(BundleError::NotABundle));
    assert_eq!(fresh(b"", &trust), Err(BundleError::NotABundle));
    assert_eq!(fresh(b"DGB\x02", &trust), Err(BundleError::OtherFormat(2)));
    assert_eq!(
        fresh(b"DGB\x01\xff\xff\xff\xff\xff\xff\xff\xff", &trust),
        Err(BundleError::Damaged)
    );
    assert!(inspect(b"DGB\x01").is_err());
    assert_eq!(
        fresh(&signed(&header(1), &[1]), &Trust::new(set(0, &[1]))),
        Err(BundleError::KeySet)
    );
    assert_eq!(
        fresh(&signed(&header(1), &[1]), &Trust::new(set(1, &[1, 1]))),
        Err(BundleError::KeySet)
    );
}

#[test]
fn a_private_key_is_kept_behind_its_passphrase() {
    use draftguard_bundle::{KeyFileError, generate, open, seal};
    let key = generate().unwrap();
    let file = seal(&key, "correct horse battery").unwrap();
    assert_eq!(open(&file, "correct horse battery").unwrap().public(), key.public());
    assert_eq!(open(&file, "wrong horse battery").unwrap_err(), KeyFileError::Refused);
    assert_eq!(seal(&key, "short").unwrap_err(), KeyFileError::ShortPassphrase);
    assert_eq!(open("hello", "correct horse battery").unwrap_err(), KeyFileError::NotAKeyFile);
    assert!(!format!("{key:?}").contains("seed"));
    // The name on the outside is bound to the key inside.
    let other = generate().unwrap().public().to_string();
    let renamed = file.replace(&key.public().to_string(), &other);
    assert_eq!(open(&renamed, "correct horse battery").unwrap_err(), KeyFileError::Refused);
}

proptest! {
    /// A wrong byte anywhere is refused: signed bytes by the signature, the rest by the form.
    #[test]
    fn a_wrong_byte_anywhere_is_refused(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut bytes = signed(&header(3), &[1]);
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(fresh(&bytes, &Trust::new(set(1, &[1]))).is_err(), "byte {}", at);
    }

    #[test]
    fn any_bytes_at_all_give_an_error_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(fresh(&bytes, &Trust::new(set(1, &[1]))).is_err());
        let with_magic = [b"DGB\x01".as_slice(), &bytes].concat();
        prop_assert!(fresh(&with_magic, &Trust::new(set(1, &[1]))).is_err());
    }

    #[test]
    fn a_bundle_cut_short_or_made_longer_is_refused(cut in any::<prop::sample::Index>(), more in prop::collection::vec(any::<u8>(), 1..40)) {
        let bytes = signed(&header(3), &[1]);
        prop_assert!(fresh(&bytes[..cut.index(bytes.len())], &Trust::new(set(1, &[1]))).is_err());
        prop_assert!(fresh(&[bytes, more].concat(), &Trust::new(set(1, &[1]))).is_err());
    }
}
