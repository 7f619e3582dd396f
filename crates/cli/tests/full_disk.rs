//! A disk that is full: what was there stays whole, and nothing half-written is left behind.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod work;

use std::collections::BTreeMap;
use std::path::Path;

use work::{Work, said};

/// Every file of a folder with its content.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).unwrap()))
        .collect()
}

/// A company whose third version is published, and whose fourth is signed.
fn company() -> (Work, String) {
    let work = Work::new();
    let key = work.key("a.key");
    work.bundle("acme.toml", "third.dgb", "a.key");
    work.bundle("acme-next.toml", "fourth.dgb", "a.key");
    (work, key)
}

/// The shell's own limit on the size of files, in blocks of 512 bytes: writing beyond it fails half-way, on any machine.
#[test]
fn a_file_that_cannot_be_written_to_its_end_is_not_there() {
    let (work, key) = company();
    work.ok(&["publish", "third.dgb", "--to", "web", "--trust", &key]);
    assert!(std::fs::metadata(work.path("fourth.dgb")).unwrap().len() > 512);
    let (web, here) = (files(&work.path("web")), files(&work.path("")));
    for (command, what) in [
        (
            format!("publish fourth.dgb --to web --trust {key}"),
            "cannot write web/acme-4.dgb; nothing was replaced",
        ),
        ("compile acme.toml --out fourth.dgb --force".to_owned(), "cannot write `fourth.dgb`"),
        ("sign third.dgb --key a.key --out fourth.dgb --force".to_owned(), ""),
        ("init --company Acme --sites x --language en --out other.toml".to_owned(), ""),
    ] {
        let script = format!("trap '' XFSZ; ulimit -f 1; exec \"$DRAFTGUARD\" {command}");
        let (code, text) = said(&work.program("sh").args(["-c", &script]).output().unwrap());
        assert_eq!(code, 2, "{command}: {text}");
        assert!(text.contains(what), "{command}: {text}");
        assert_eq!(files(&work.path("web")), web, "{command}");
        assert_eq!(files(&work.path("")), here, "{command}");
    }
}

/// A small disk of its own, where the machine lets us mount one.
#[test]
fn a_full_disk_keeps_the_published_version() {
    let (work, key) = company();
    let unshare = || {
        let mut command = work.program("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c"]);
        command
    };
    let mount = "mount -t tmpfs -o size=16k tmpfs web";
    if !unshare().arg(mount).output().is_ok_and(|out| out.status.success()) {
        // Some machines forbid namespaces; the limit above is tested everywhere.
        return;
    }
    // All but one page is taken after the third version; the fourth and its staging file need more.
    let script = format!(
        "set -e; {mount}; \"$DRAFTGUARD\" publish third.dgb --to web --trust {key} >&2
         dd if=/dev/zero of=web/filler bs=1k 2>/dev/null || true
         set +e; \"$DRAFTGUARD\" publish fourth.dgb --to web --trust {key} >&2; echo status $? >&2
         cmp third.dgb web/acme.dgb && ls web"
    );
    let (code, text) = said(&unshare().arg(&script).output().unwrap());
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("No space left on device"), "{text}");
    assert!(text.contains("nothing was replaced"), "{text}");
    assert!(text.contains("status 2"), "{text}");
    assert!(text.starts_with("acme-3.dgb\nacme.dgb\nfiller\n"), "{text}");
}
