use super::*;

#[test]
fn every_rule_compiles_and_has_a_keyword_or_is_tried_on_tokens() {
    let table = table();
    assert!(table.rules.len() > 280, "{}", table.rules.len());
    for rule in &table.rules {
        assert!(rule.regex().is_some(), "{}: {}", rule.name, rule.pattern);
    }
}
