//! The administrators' command.
fn main() {}
