use super::*;
use crate::Context;
use crate::policy::{Company, Disguises, Entry, List, Name, Policy};

fn policy() -> Policy {
    let entry = |term: &str| Entry { term: term.into(), ..Entry::default() };
    let terms = [entry("board deck"), entry("bluehawk")];
    let list = List::build("secret", &terms, Disguises::default());
    Policy {
        company: Company {
            names: vec![Name { name: "Acme".into(), common_word: false }],
            ..Company::default()
        },
        lists: vec![list],
        ..Policy::default()
    }
}

fn hits(checks: &[&str], text: &str, media: Media) -> Vec<String> {
    let policy = policy();
    let options =
        Options { checks: checks.iter().map(|c| (*c).into()).collect(), lists: Vec::new() };
    let matcher = compile(&options, &Env { policy: &policy, rule: None }).unwrap();
    let draft = Draft { media: vec![media], ..Draft::from_text(text) };
    let context = Context::default();
    let scan = Scan::new(&draft, &context);
    let mut hits = Vec::new();
    matcher.check(&scan, &mut hits);
    hits.into_iter()
        .map(|h| format!("{} {}", h.detector.unwrap_or_default(), h.why.unwrap_or_default()))
        .collect()
}

fn image(name: &str, bytes: Option<&[u8]>) -> Media {
    Media {
        name: name.into(),
        kind: MediaKind::Image,
        bytes: bytes.map(<[u8]>::to_vec),
        alt: Some("A team".into()),
    }
}

const XMP: &[u8] = b"<x:xmpmeta><dc:creator><rdf:li>Ana Putri</rdf:li></dc:creator>\
    <photoshop:City>Bandung</photoshop:City></x:xmpmeta>";

#[test]
fn names_of_files_are_read_as_words() {
    for name in
        ["Q3-board-deck.png", "boardDeck_final.pptx", "C:\\tmp\\board deck (1).pdf", "bluehawk.jpg"]
    {
        let found = hits(&["file-name"], "hello", image(name, None));
        assert!(found.len() == 1 && found[0].starts_with("media.file-name "), "{name}: {found:?}");
    }
    for name in ["surfboard.png", "deck.png", "IMG_2024.jpg", "", "."] {
        assert!(hits(&["file-name"], "hello", image(name, None)).is_empty(), "{name}");
    }
}

#[test]
fn metadata_is_told() {
    assert_eq!(
        hits(&[], "hello", image("a.jpg", Some(XMP))),
        [
            "media.place a.jpg: taken in Bandung",
            "media.author a.jpg: names Ana Putri",
            "media.missing-credit a.jpg: no credit for Ana Putri",
        ]
    );
    let credited = hits(&[], "hello, photo by Ana Putri", image("a.jpg", Some(XMP)));
    assert!(!credited.iter().any(|h| h.contains("credit")), "{credited:?}");
    let own = XMP.to_vec();
    let own = String::from_utf8(own).unwrap().replace("Ana Putri", "Acme Media");
    let own = hits(&["author"], "hello", image("a.jpg", Some(own.as_bytes())));
    assert!(own.is_empty(), "{own:?}");
}

#[test]
fn what_is_missing() {
    let bare = Media { alt: None, ..image("a.jpg", None) };
    assert_eq!(
        hits(&[], "hello", bare.clone()),
        ["media.missing-description a.jpg: no description"]
    );
    let document = Media { kind: MediaKind::Document, ..bare };
    assert!(hits(&[], "hello", document).is_empty());
    assert_eq!(
        hits(&[], "hello", image("shutterstock_123.jpg", None)),
        ["media.missing-credit shutterstock_123.jpg: no credit; from shutterstock"]
    );
    assert_eq!(hits(&["missing-credit"], "hello", image("a.jpg", None)).len(), 1);
    assert_eq!(hits(&["reminder"], "hello", image("a.jpg", None)).len(), 1);
}

#[test]
fn unknown_checks_and_lists_are_named() {
    let policy = policy();
    let env = Env { policy: &policy, rule: None };
    let bad = Options { checks: vec!["exif".into()], ..Options::default() };
    assert!(matches!(compile(&bad, &env), Err(KindError::UnknownName { .. })));
    let bad = Options { lists: vec!["no".into()], ..Options::default() };
    assert!(matches!(compile(&bad, &env), Err(KindError::UnknownList(_))));
}
