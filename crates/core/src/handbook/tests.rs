use super::*;
use crate::policy::{Company, Contact, Name, Section};
use std::collections::BTreeMap;

fn words(pairs: &[(&str, &str)]) -> Localized {
    Localized(
        pairs.iter().map(|(l, t)| ((*l).to_owned(), (*t).to_owned())).collect::<BTreeMap<_, _>>(),
    )
}

fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_owned() }
}

#[test]
fn markdown_knows_blocks_and_marks() {
    let blocks = markdown::parse(
        "First *line*\ngoes **on**.\n\n## More\n- one `code`\n- [two](https://acme.example/a)\n\n1. first\n2) second\n> said",
    );
    assert_eq!(
        blocks,
        vec![
            Block::Paragraph {
                content: vec![
                    text("First "),
                    Inline::Emphasis { text: "line".into() },
                    text(" goes "),
                    Inline::Strong { text: "on".into() },
                    text("."),
                ]
            },
            Block::Heading { content: vec![text("More")] },
            Block::List {
                ordered: false,
                items: vec![
                    vec![text("one "), Inline::Code { text: "code".into() }],
                    vec![Inline::Link {
                        text: "two".into(),
                        href: "https://acme.example/a".into()
                    }],
                ]
            },
            Block::List { ordered: true, items: vec![vec![text("first")], vec![text("second")]] },
            Block::Quote { content: vec![text("said")] },
        ]
    );
}

#[test]
fn markdown_leaves_everything_else_as_text() {
    for plain in ["2 * 3 * 4", "**open", "<b>bold</b>", "a [b] (c)", "`", "#hashtag", "1.5 percent"]
    {
        assert_eq!(markdown::parse(plain), vec![Block::Paragraph { content: vec![text(plain)] }]);
    }
    for (source, shown) in [
        ("[x](javascript:alert(1))", "x (javascript:alert(1)"),
        ("[x](http://acme.example)", "x (http://acme.example)"),
        ("[x](data:text/html,a)", "x (data:text/html,a)"),
    ] {
        let Some(Block::Paragraph { content }) = markdown::parse(source).into_iter().next() else {
            unreachable!("one paragraph")
        };
        assert_eq!(content.first(), Some(&text(shown)));
        assert!(!content.iter().any(|i| matches!(i, Inline::Link { .. })));
    }
    assert_eq!(
        markdown::parse(r"\*not\* it"),
        vec![Block::Paragraph { content: vec![text("*not* it")] }]
    );
}

fn policy() -> Policy {
    Policy {
        id: "acme".into(),
        default_language: "id".into(),
        company: Company {
            names: vec![Name { name: "Acme".into(), common_word: false }],
            ..Company::default()
        },
        contacts: vec![Contact {
            id: "press".into(),
            name: words(&[("en", "Press office")]),
            ..Contact::default()
        }],
        sections: vec![Section {
            id: "secret".into(),
            title: words(&[("id", "Rahasia")]),
            body: words(&[("id", "Teks")]),
        }],
        ..Policy::default()
    }
}

#[test]
fn a_missing_language_falls_back_to_the_policys_own() {
    let book = handbook(&policy(), "en");
    assert_eq!(book.sections.first().map(|s| s.title.as_str()), Some("Rahasia"));
    assert_eq!(book.contacts.first().map(|c| c.name.as_str()), Some("Press office"));
    assert_eq!(book.company, "Acme");
}

#[test]
fn a_policy_without_sections_is_readable() {
    let book = handbook(&Policy { sections: Vec::new(), ..policy() }, "en");
    assert!(book.sections.is_empty(), "no rules, no section");
}

proptest::proptest! {
    #[test]
    fn markdown_never_panics_and_loses_no_letter(source in "[a-z*_`\\[\\]() é😀\\n#>.0-9-]{0,80}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let shown: usize = markdown::parse(&source).iter().map(|block| match block {
            Block::Heading { content } | Block::Paragraph { content } | Block::Quote { content } => count(content),
            Block::List { items, .. } => items.iter().map(|item| count(item)).sum(),
        }).sum();
        proptest::prop_assert_eq!(shown, letters(&source));
    }
}

fn count(content: &[Inline]) -> usize {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text }
            | Inline::Strong { text }
            | Inline::Emphasis { text }
            | Inline::Code { text } => text.chars().filter(|c| c.is_alphabetic()).count(),
            Inline::Link { text, href } => {
                text.chars().chain(href.chars()).filter(|c| c.is_alphabetic()).count()
            }
        })
        .sum()
}
