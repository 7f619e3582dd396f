//! The schema that editors use is the one that the types describe.
//!
//! `UPDATE=1 cargo test -p draftguard-policy --features schema --test schema` writes it anew.
#![cfg(feature = "schema")]

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/draftguard-policy.schema.json");

#[test]
fn the_schema_that_is_checked_in_is_current() {
    let schema = serde_json::to_string_pretty(&draftguard_policy::schema::schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, &schema).unwrap();
    }
    let known = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        known == schema,
        "docs/draftguard-policy.schema.json is not current: see the test's head"
    );
}
