//! Build steps in Rust.
fn main() {}
