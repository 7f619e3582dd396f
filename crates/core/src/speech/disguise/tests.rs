use super::*;
use proptest::prelude::*;

fn odd(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    odd_stretches(text, |stretch| found.push(stretch));
    found
}

#[test]
fn plain_words_are_passed_over() {
    assert!(odd("we were there, then: nothing. at all?\n").is_empty());
    let cut = |text: &'static str| -> Vec<&str> {
        odd(text).into_iter().map(|r| text.get(r).unwrap()).collect()
    };
    assert_eq!(cut("a bc .d e.f ggg hh1 i"), ["a", ".d", "e.f", "ggg", "hh1", "i"]);
    let far = "plain words up to here and on ".repeat(5) + "sooo x";
    assert_eq!(odd(&far).len(), 2);
}

proptest! {
    #[test]
    fn odd_is_what_is_not_plain(text in "[ab .,!1\u{a0}é\n]{0,200}") {
        let slow: Vec<Range<usize>> = {
            let space = |c: char| c.is_ascii_whitespace();
            let mut at = 0;
            text.split(space).filter_map(|piece| {
                let start = at;
                at += piece.len() + 1;
                (!piece.is_empty() && plain_word(piece).is_none())
                    .then_some(start..start + piece.len())
            }).collect()
        };
        prop_assert_eq!(odd(&text), slow);
    }
}
