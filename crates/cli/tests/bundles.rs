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
