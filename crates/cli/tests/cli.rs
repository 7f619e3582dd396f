//! Runs the cases under `tests/cli`: arguments, standard input, status and both outputs.
//!
//! `TRYCMD=overwrite cargo test -p draftguard` writes what came into the cases.

#[test]
fn cases() {
    trycmd::TestCases::new().case("../../tests/cli/*.toml");
}
