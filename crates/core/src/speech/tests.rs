//! Any text at all: no panic, and every span stands on whole characters of the text as typed.

use proptest::prelude::*;

use crate::context::Context;
use crate::draft::Draft;
use crate::engine::Env;
use crate::policy::{Company, Condition, Feature, Name, Party, Policy};
use crate::rules::{require, tone, voice};
use crate::speech::cue::Cue;
use crate::text::Scan;

fn policy() -> Policy {
    let name = |n: &str, common_word| Name { name: n.into(), common_word };
    Policy {
        company: Company {
            names: vec![name("Acme", false), name("Satu", true)],
            ..Company::default()
        },
        default_language: "en".into(),
        ..Policy::default()
    }
}

/// Words and signs of the lexicons, disguises and quotations among any characters.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "you", "are", "an", "idiot", "1d10t", "i d i o t", "b***h", "goblok lu", "Acme", "Satu's", "♪", "🎶",
            "\"", "“", "”", "'", "we at", "announce", "?", ".", "\n", "> ", "@acme", "#Acme", "🤮", "👩🏾\u{200d}🦱",
            "🇮🇩", "\u{200b}", "ｉｄｉｏｔ", "ⓘⓓⓘⓞⓣ", "i think", "12%", "Rp 5 juta", "…", "not", "women",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec((piece, prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces.into_iter().map(|(p, space)| if space { p + " " } else { p }).collect()
    })
}

proptest! {
    #[test]
    fn spans_are_whole_characters(text in texts()) {
        let policy = policy();
        let env = Env { policy: &policy, rule: None };
        let categories = ["insult", "profanity", "slur", "threat", "menace", "accusation", "inflammatory",
            "promissory", "exaggerated", "illegal", "negative"];
        let tone = tone::Options {
            categories: categories.iter().map(|c| (*c).to_owned()).collect(),
            ..tone::Options::default()
        };
        let mut any: Vec<Condition> = Cue::ALL.iter().map(|(_, n)| Condition::Cue((*n).into())).collect();
        any.extend([Party::Any, Party::Employer].map(Condition::Party));
        any.extend([Feature::Quote, Feature::Number, Feature::Credit].map(Condition::Has));
        let matchers = any.into_iter().map(|condition| {
            let options = require::Options {
                trigger: Some(condition),
                accept: vec!["views are my own".into()],
                insert: [("en".to_owned(), vec!["Views are my own.".to_owned()])].into(),
                ..require::Options::default()
            };
            require::compile(&options, &env).unwrap()
        });
        let matchers = matchers.chain([
            tone::compile(&tone, &env).unwrap(),
            voice::compile(&voice::Options::default(), &env).unwrap(),
        ]);
        let draft = Draft::from_text(text.clone());
        let context = Context { site: Some("x".into()), answering: Some(text.clone()), ..Context::default() };
        let scan = Scan::new(&draft, &context);
        for matcher in matchers {
            let mut hits = Vec::new();
            matcher.check(&scan, &mut hits);
            for hit in hits {
                prop_assert!(text.get(hit.span.clone()).is_some(), "{:?} {:?}", hit.span, hit.detector);
            }
        }
    }
}

#[test]
fn a_building_is_not_the_firm() {
    use crate::draft::PartRole;
    use crate::policy::{Company, Name, Party, Policy};
    use crate::text::PartText;

    let name = Name { name: "Acme".into(), common_word: false };
    let company = Company { names: vec![name], ..Company::default() };
    let parties = super::parties::Parties::new(&Policy { company, ..Policy::default() });
    let names = |text: &str| {
        let part = PartText::new("", PartRole::Body, text);
        parties.named(&part, &(0..text.len()), Party::Company).len()
    };
    assert_eq!(names("lunch near the Acme tower?"), 0);
    assert_eq!(names("makan di depan gedung Acme"), 0);
    assert_eq!(names("Acme, tower defence, and pizza"), 1);
    assert_eq!(names("Acme builds a tower"), 1);
}
