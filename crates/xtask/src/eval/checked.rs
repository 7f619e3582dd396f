//! Findings in ordinary posts that were read, one by one.
//!
//! Posts that nobody labelled still swear, insult and accuse; to count those as false alarms would say
//! little about the rules. `checked.txt` holds the hashes of the posts whose finding a person read and
//! found right, so that the posts themselves stay outside the repository. A finding in a post that is
//! not in the list counts as false, whatever it found.

use std::collections::HashSet;
use std::sync::LazyLock;

static RIGHT: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    include_str!("checked.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| u64::from_str_radix(line.trim(), 16).ok())
        .collect()
});

/// Whether the finding in a post was read and found right.
pub(super) fn right(text: &str) -> bool {
    RIGHT.contains(&hash(text))
}

/// FNV-1a of a post without the space around it.
pub(super) fn hash(text: &str) -> u64 {
    text.trim()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}
