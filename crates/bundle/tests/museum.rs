//! Bundles as files: golden ones, whose bytes are frozen, and a museum of attacks.
//!
//! The files stand in `tests/bundles/`. Each exhibit is made here, byte for byte the same every time, compared with
//! its file, and shown to a client. Where a difference is meant, raise the format version of what changed (the last
//! byte of the bundle's or the payload's magic) and renew the files with
//! `DRAFTGUARD_BLESS=1 cargo test -p draftguard-bundle --test museum`.

#![allow(clippy::unwrap_used, reason = "a failed assumption of a test is a failed test")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use draftguard_bundle::{
    ENGINE_LEVEL, Header, KeySet, MAX_BUNDLE_BYTES, SigningKey, Trust, build, sign, verify,
};
use draftguard_core::policy::{Localized, Manners, Oldest, Policy, Refined};

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

/// A bundle on show.
struct Exhibit {
    file: &'static str,
    what: &'static str,
    bytes: Vec<u8>,
    trust: Trust,
    /// The code it is refused with; none where it is accepted.
    code: Option<&'static str>,
}

/// Keys that everybody can read protect nothing; no client trusts them.
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
    let policy = Policy { id: header.policy.clone(), ..policy(header.version) };
    keys.iter().fold(build(&policy, header).unwrap(), |b, n| sign(&b, &key(*n)).unwrap())
}

/// A client that trusts key 1 and has seen nothing.
fn newcomer() -> Trust {
    Trust::new(set(1, &[1]))
}

/// A client with version 3 in force.
fn settled() -> Trust {
    verify(&signed(&header(3), &[1]), &newcomer(), NOW).unwrap().trust
}

fn golden() -> Vec<Exhibit> {
    let shown = |file, what, bytes, trust| Exhibit { file, what, bytes, trust, code: None };
    let rotation = Header { next: Some(set(2, &[2, 3])), ..header(4) };
    vec![
        shown("plain.dgb", "one signature", signed(&header(3), &[1]), newcomer()),
        shown(
            "threshold.dgb",
            "two of three keys have signed",
            signed(&header(3), &[1, 3]),
            Trust::new(set(2, &[1, 2, 3])),
        ),
        shown(
            "rotation.dgb",
            "brings two new keys, signed by the old one and by both",
            signed(&rotation, &[1, 2, 3]),
            settled(),
        ),
        shown("manners.dgb", "its payload is of format 2", polite(), newcomer()),
        shown("oldest.dgb", "its payload is of format 4", demanding(), newcomer()),
        shown("refined.dgb", "its payload is of format 5", refined(), newcomer()),
    ]
}

/// A policy that says how it treats people, which only format 2 of the payload can.
fn polite() -> Vec<u8> {
    let manners = Manners {
        warn_cards_per_hour: 3,
        reply_changes: 0,
        crisis_words: vec!["recall".into()],
        ..Manners::default()
    };
    sign(&build(&Policy { manners, ..policy(3) }, &header(3)).unwrap(), &key(1)).unwrap()
}

/// A policy that says which versions are too old, which only format 4 of the payload can.
fn demanding() -> Vec<u8> {
    let oldest = Oldest {
        browser: [("edge".to_owned(), 150), ("firefox".to_owned(), 153)].into(),
        extension: Some("1.2".to_owned()),
    };
    sign(&build(&Policy { oldest, ..policy(3) }, &header(3)).unwrap(), &key(1)).unwrap()
}

/// A policy whose rules have topics and whose replacements have languages, which only format 5 can say.
fn refined() -> Vec<u8> {
    let said = [("en", "our next product"), ("id", "produk baru kami")];
    let said = Localized(said.map(|(l, t)| (l.to_owned(), t.to_owned())).into());
    let refined = Refined {
        topics: [("acme.codenames".to_owned(), "launch".to_owned())].into(),
        replacements: [("codenames".into(), [("our next product".into(), said)].into())].into(),
    };
    sign(&build(&Policy { refined, ..policy(3) }, &header(3)).unwrap(), &key(1)).unwrap()
}

fn attacks() -> Vec<Exhibit> {
    let shown =
        |file, what, code, bytes, trust| Exhibit { file, what, bytes, trust, code: Some(code) };
    let good = signed(&header(4), &[1]);
    let tail = good.len() - 96;

    let forged = signed(&header(4), &[9]);
    let mut borrowed = forged.clone();
    borrowed[tail..tail + 32].copy_from_slice(&good[tail..tail + 32]);
    let mut moved = signed(&header(5), &[1]);
    moved[tail..].copy_from_slice(&good[tail..]);
    let mut malleable = good.clone();
    add_order(&mut malleable[tail + 64..]);
    let mut twice = good.clone();
    twice[tail - 1] = 2;
    twice.extend_from_slice(&good[tail..]);
    let mut changed = good.clone();
    changed[tail - 2] ^= 1;

    let mut other_content = header(3);
    other_content.created -= 1;
    let expired = Header { created: NOW - 60 * DAY, expires: NOW - 30 * DAY, ..header(4) };
    let far_ahead = Trust { latest_seen: NOW + 60 * DAY, ..settled() };
    let other_policy = Header { policy: "globex".into(), ..header(4) };
    let newer_engine = Header { min_engine: ENGINE_LEVEL + 1, ..header(4) };
    let rotation = Header { next: Some(set(1, &[2])), ..header(4) };
    let mismatch = sign(&build(&policy(7), &header(4)).unwrap(), &key(1)).unwrap();

    let mut lying = good.clone();
    lying[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut other_format = good.clone();
    other_format[3] = 2;
    let mut crowd = good.clone();
    crowd[tail - 1] = 255;
    crowd.extend(good[tail..].repeat(254));

    vec![
        shown(
            "unsigned.dgb",
            "nobody signed",
            "bundle-signatures",
            signed(&header(4), &[]),
            settled(),
        ),
        shown("forged.dgb", "signed by a stranger", "bundle-signatures", forged, settled()),
        shown(
            "borrowed-name.dgb",
            "a stranger's signature under the trusted key's name",
            "bundle-signatures",
            borrowed,
            settled(),
        ),
        shown(
            "moved-signature.dgb",
            "a true signature moved from another bundle",
            "bundle-signatures",
            moved,
            settled(),
        ),
        shown(
            "malleable-signature.dgb",
            "a true signature in its second, equivalent form",
            "bundle-signatures",
            malleable,
            settled(),
        ),
        shown(
            "changed-byte.dgb",
            "one bit of the policy changed",
            "bundle-signatures",
            changed,
            settled(),
        ),
        shown(
            "below-threshold.dgb",
            "one signature where two are needed",
            "bundle-signatures",
            good.clone(),
            Trust::new(set(2, &[1, 2])),
        ),
        shown(
            "one-key-twice.dgb",
            "the same signature twice where two keys are needed",
            "bundle-signatures",
            twice,
            Trust::new(set(2, &[1, 2])),
        ),
        shown(
            "rollback.dgb",
            "an older version, truly signed",
            "bundle-rollback",
            signed(&header(2), &[1]),
            settled(),
        ),
        shown(
            "same-version.dgb",
            "the version in force with other content",
            "bundle-same-version",
            signed(&other_content, &[1]),
            settled(),
        ),
        shown(
            "expired.dgb",
            "a version that expired, held back and served now",
            "bundle-expired",
            signed(&expired, &[1]),
            settled(),
        ),
        shown(
            "clock-set-back.dgb",
            "in time by a clock that was set back, late by the latest time seen",
            "bundle-expired",
            good.clone(),
            far_ahead,
        ),
        shown(
            "other-policy.dgb",
            "another policy at the same address",
            "bundle-other-policy",
            signed(&other_policy, &[1]),
            settled(),
        ),
        shown(
            "mismatch.dgb",
            "a header that speaks of another version than the policy",
            "bundle-mismatch",
            mismatch,
            settled(),
        ),
        shown(
            "newer-engine.dgb",
            "needs an engine that this is not",
            "bundle-engine",
            signed(&newer_engine, &[1]),
            settled(),
        ),
        shown(
            "rotation-old-only.dgb",
            "new keys that have not signed themselves",
            "bundle-next-signatures",
            signed(&rotation, &[1]),
            settled(),
        ),
        shown(
            "rotation-new-only.dgb",
            "new keys that name themselves",
            "bundle-signatures",
            signed(&rotation, &[2]),
            settled(),
        ),
        shown(
            "length-lies.dgb",
            "a length of 4 GiB in the first bytes",
            "bundle-damaged",
            lying,
            settled(),
        ),
        shown(
            "crowd.dgb",
            "255 signatures, to make checking slow",
            "bundle-damaged",
            crowd,
            settled(),
        ),
        shown(
            "cut-short.dgb",
            "broken off in the signature",
            "bundle-damaged",
            good[..good.len() - 10].to_vec(),
            settled(),
        ),
        shown(
            "one-byte-more.dgb",
            "a byte after the end that nobody signed",
            "bundle-damaged",
            [good.as_slice(), b"\n"].concat(),
            settled(),
        ),
        shown(
            "other-format.dgb",
            "says that it has another format",
            "bundle-other-format",
            other_format,
            settled(),
        ),
        shown(
            "error-page.dgb",
            "an error page, answered with status 200",
            "not-a-bundle",
            b"<!doctype html><title>Sign in</title>\n".to_vec(),
            settled(),
        ),
        shown("empty.dgb", "nothing", "not-a-bundle", Vec::new(), settled()),
    ]
}

/// Adds the order of the group to the scalar of a signature: the same equation holds, and a check
/// that is not strict would take it for a second signature.
fn add_order(scalar: &mut [u8]) {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0;
    for (byte, order) in scalar.iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bundles").join(name)
}

fn guide(title: &str, exhibits: &[Exhibit]) -> String {
    let mut text = format!(
        "# {title}\n\nMade by `crates/bundle/tests/museum.rs`, which also shows each to a client.\n\n\
         | file | what it is | outcome |\n|---|---|---|\n"
    );
    for Exhibit { file, what, code, .. } in exhibits {
        writeln!(
            text,
            "| `{file}` | {what} | {} |",
            code.map_or("accepted".into(), |c| format!("`{c}`"))
        )
        .unwrap();
    }
    text
}

/// Compares the exhibits with their files, or writes these where that was asked for.
fn frozen(name: &str, title: &str, exhibits: &[Exhibit]) {
    let folder = folder(name);
    let guide = guide(title, exhibits);
    if std::env::var_os("DRAFTGUARD_BLESS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for exhibit in exhibits {
            fs::write(folder.join(exhibit.file), &exhibit.bytes).unwrap();
        }
        fs::write(folder.join("README.md"), guide).unwrap();
        return;
    }
    for exhibit in exhibits {
        let kept = fs::read(folder.join(exhibit.file)).unwrap();
        assert!(
            kept == exhibit.bytes,
            "{} would be written differently now: every browser that is out there reads the old form. Raise the \
             format version, then renew the files (see the head of this test)",
            exhibit.file
        );
    }
    assert_eq!(fs::read_to_string(folder.join("README.md")).unwrap(), guide);
    let files = fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, exhibits.len() + 1, "{name} holds a file that nobody shows");
}

#[test]
fn golden_bundles_keep_their_bytes_and_are_accepted() {
    let exhibits = golden();
    frozen("golden", "Golden bundles", &exhibits);
    for exhibit in exhibits {
        let accepted = verify(&exhibit.bytes, &exhibit.trust, NOW);
        let accepted = accepted.unwrap_or_else(|e| panic!("{}: {e}", exhibit.file));
        let made = policy(accepted.header.version);
        assert_eq!(
            Policy {
                manners: Manners::default(),
                oldest: Oldest::default(),
                refined: Refined::default(),
                ..accepted.policy
            },
            made,
            "{}",
            exhibit.file
        );
    }
}

#[test]
fn every_attack_is_refused_for_its_own_reason() {
    let exhibits = attacks();
    frozen("attack", "Museum of attacks", &exhibits);
    for exhibit in exhibits {
        let before = exhibit.trust.clone();
        let refused = verify(&exhibit.bytes, &exhibit.trust, NOW).unwrap_err();
        assert_eq!(Some(refused.code()), exhibit.code, "{}: {refused}", exhibit.file);
        assert_eq!(exhibit.trust, before);
    }
}

#[test]
fn endless_data_is_refused_unread() {
    let endless = vec![0; MAX_BUNDLE_BYTES + 1];
    assert_eq!(verify(&endless, &settled(), NOW).unwrap_err().code(), "bundle-too-large");
}
