//! Which part of a host somebody registered: the public suffix list.

/// Whether there is such a top-level domain.
pub fn known_tld(tld: &str) -> bool {
    !tld.is_empty()
}
