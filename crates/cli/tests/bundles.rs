//! From a policy to a published bundle, by the command itself; keys are new in each run.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod work;

use work::Work;

#[test]
fn a_policy_is_compiled_signed_verified_published_and_its_keys_rotated() {
    let work = Work::new();
    let old = work.key("old.key");
    let new = work.key("new.key");
    let private = std::fs::read_to_string(work.path("old.key")).unwrap();
    assert!(private.contains("ENCRYPTED PRIVATE KEY"));

    work.ok(&["compile", "acme.toml"]);
    work.refused(&["publish", "acme.dgb", "--to", "web", "--trust", &old], 2, "0 of 1 signatures");
    work.refused(&["verify", "acme.dgb", "--trust", &old], 1, "refused");
    work.ok(&["sign", "acme.dgb", "--key", "old.key"]);
    work.refused(&["sign", "acme.dgb", "--key", "old.key"], 2, "has signed this bundle already");
    work.ok(&["verify", "acme.dgb", "--trust", &old]);
    work.refused(&["verify", "acme.dgb", "--trust", &new], 1, "0 of 1");
    work.refused(&["verify", "acme.dgb", "--trust", &old, "--have", "4"], 1, "older");
    work.refused(&["verify", "acme.dgb", "--trust", &old, "--now", "500d"], 1, "expired");
    assert!(work.ok(&["inspect", "acme.dgb", "--terms"]).contains("bluehawk"));
    work.ok(&["publish", "acme.dgb", "--to", "web", "--trust", &old]);
    let first = std::fs::read(work.path("web/acme.dgb")).unwrap();

    work.ok(&["compile", "acme-next.toml", "--out", "next.dgb"]);
    work.ok(&["sign", "next.dgb", "--key", "old.key"]);
    work.ok(&["publish", "next.dgb", "--to", "web", "--trust", &old]);
    assert_ne!(std::fs::read(work.path("web/acme.dgb")).unwrap(), first);
    assert_eq!(std::fs::read(work.path("web/acme-3.dgb")).unwrap(), first);
    work.refused(&["publish", "acme.dgb", "--to", "web", "--trust", &old], 2, "go backwards");

    let next = std::fs::read_to_string(work.path("acme-next.toml")).unwrap();
    std::fs::write(work.path("fifth.toml"), next.replace("version = 4", "version = 5")).unwrap();
    let rotate = ["rotate", "fifth.toml", "--next", &new, "--out", "fifth.dgb", "--key", "old.key"];
    work.ok(&rotate);
    work.refused(&["verify", "fifth.dgb", "--trust", &old], 1, "brings new keys");
    work.ok(&["sign", "fifth.dgb", "--key", "new.key"]);
    work.ok(&["publish", "fifth.dgb", "--to", "web", "--trust", &old]);
}

#[test]
fn what_is_there_is_not_replaced_by_mistake() {
    let work = Work::new();
    let key = work.key("a.key");
    work.refused(&["keygen", "--out", "a.key"], 2, "never replaced");
    work.ok(&["compile", "acme.toml"]);
    work.refused(&["compile", "acme.toml"], 2, "--force replaces it");
    work.ok(&["sign", "acme.dgb", "--key", "a.key"]);
    std::fs::write(work.path("web/acme.dgb"), "<html>").unwrap();
    work.refused(&["publish", "acme.dgb", "--to", "web", "--trust", &key], 2, "not a bundle");
    assert_eq!(std::fs::read(work.path("web/acme.dgb")).unwrap(), b"<html>");
    work.refused(&["publish", "acme.dgb", "--to", "nowhere", "--trust", &key], 2, "not a folder");
    work.refused(&["sign", "acme.dgb", "--key", "acme.toml"], 2, "not a private key");
    work.refused(&["verify", "acme.dgb", "--trust", "a.key"], 2, "private key");
    work.refused(&["compile", "acme.toml", "--force", "--expires", "0d"], 2, "expired already");
}

#[test]
fn keys_of_the_wrong_kind_are_named_and_nothing_is_written() {
    let work = Work::new();
    let public = work.key("a.key");
    work.ok(&["compile", "acme.toml", "--out", "acme.dgb"]);
    let before = std::fs::read(work.path("acme.dgb")).unwrap();
    std::fs::write(work.path("a.pub"), &public).unwrap();
    for (name, text) in [
        (
            "ssh.key",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n",
        ),
        (
            "rsa.key",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----\n",
        ),
        (
            "open.key",
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n",
        ),
        (
            "tls.pem",
            "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0B\n-----END CERTIFICATE-----\n",
        ),
        ("binary.key", "\u{1}\u{2}\u{3}"),
        ("empty.key", ""),
    ] {
        std::fs::write(work.path(name), text).unwrap();
        let (code, said) = work.tell(&["sign", "acme.dgb", "--key", name]);
        assert_eq!(code, 2, "{name}: {said}");
        assert!(said.contains("not a private key of `draftguard keygen`"), "{name}: {said}");
        let (code, said) = work.tell(&["verify", "acme.dgb", "--trust", name]);
        assert_eq!(code, 2, "{name}: {said}");
    }
    work.refused(&["sign", "acme.dgb", "--key", "a.pub"], 2, "not a private key");
    work.refused(
        &["verify", "acme.dgb", "--trust", "dgpub1-1234"],
        2,
        "neither a public key nor a file",
    );
    // A point that is none of the curve's, and one that anybody can sign for.
    for weak in ["00".repeat(32), format!("01{}", "00".repeat(31))] {
        work.refused(&["verify", "acme.dgb", "--trust", &format!("dgpub1-{weak}")], 2, "damaged");
    }
    let wrong = work.with("DRAFTGUARD_PASSPHRASE", "another horse, no battery");
    wrong.refused(&["sign", "acme.dgb", "--key", "a.key"], 2, "passphrase");
    assert_eq!(std::fs::read(wrong.path("acme.dgb")).unwrap(), before);
}

#[test]
fn a_bundle_expires_on_a_date_a_moment_or_after_a_time() {
    let work = Work::new();
    let key = work.key("a.key");
    for (at, expires, until) in [
        ("one", "2099-06-30", "until 2099-06-30T00:00:00Z"),
        ("two", "2099-06-30T09:00:00+07:00", "until 2099-06-30T02:00:00Z"),
        ("three", "12w", "until 20"),
    ] {
        let name = format!("{at}.dgb");
        work.ok(&["compile", "acme.toml", "--out", &name, "--expires", expires]);
        work.ok(&["sign", &name, "--key", "a.key"]);
        let said = work.ok(&["verify", &name, "--trust", &key]);
        assert!(said.contains(until), "{expires}: {said}");
    }
    for wrong in ["2099-13-01", "30.06.2099", "soon", "2099-06-30T09:00"] {
        let args = ["compile", "acme.toml", "--out", "never.dgb", "--expires", wrong];
        work.refused(&args, 2, "a date such as 2026-12-31");
    }
    let args = ["compile", "acme.toml", "--out", "never.dgb", "--expires", "2020-01-01"];
    work.refused(&args, 2, "expired already");
}
