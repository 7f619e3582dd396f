//! Hosts, domains and what deceives about them.

pub mod suffix;
