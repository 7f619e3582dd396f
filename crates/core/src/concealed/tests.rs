use super::*;
use crate::policy::{List, Localized, Policy, Rule};
use crate::report::Unavailable;
use crate::rules::{Options, terms};
use crate::{Context, Draft, Engine, Verdict};

const CHEAP: Cost = Cost { memory: 8, passes: 1 };

fn entries() -> Vec<Entry> {
    vec![
        Entry {
            term: "Project Bluehawk".into(),
            variants: vec!["blue hawk".into()],
            replacement: Some("the new product".into()),
            ..Entry::default()
        },
        Entry { term: "Nightjar".into(), until: Some(1_000), ..Entry::default() },
    ]
}

fn engine(list: List) -> Engine {
    let policy = Policy {
        lists: vec![list],
        rules: vec![Rule {
            id: "secret".into(),
            message: Localized([("en".to_owned(), "Not {text}.".to_owned())].into()),
            ..Rule::of(Options::Terms(terms::Options { lists: vec!["l".into()] }))
        }],
        ..Policy::default()
    };
    Engine::new(vec![policy]).unwrap()
}

#[test]
fn terms_are_found_and_never_named() {
    let engine = engine(List::conceal("l", &entries(), [7; 16], CHEAP).unwrap());
    for (text, expected) in [
        ("So pr\u{43E}ject-BLUEHAWKS land", &[(3, 20)][..]),
        ("blue hawk!", &[(0, 9)]),
        ("bluehawk alone, hawk blue", &[]),
        ("nightjar", &[(0, 8)]),
    ] {
        let report = engine.check(&Draft::from_text(text), &Context::default());
        let spans: Vec<_> = report.findings.iter().map(|f| (f.start, f.end)).collect();
        assert_eq!(spans, expected, "{text}");
        for finding in &report.findings {
            assert!(finding.concealed && finding.text.is_empty());
            assert_eq!(finding.message, "Not ….");
        }
    }
    let late = Context { now: Some("1970-01-01T01:00:00Z".into()), ..Context::default() };
    assert_eq!(engine.check(&Draft::from_text("nightjar"), &late).verdict, Verdict::Clear);
}

#[test]
fn nothing_that_travels_tells_a_term() {
    let list = List::conceal("l", &entries(), [7; 16], CHEAP).unwrap();
    assert!(list.is_concealed() && list.entries().is_empty() && list.len() == 2);
    let bytes = serde_json::to_string(&list).unwrap();
    let raw: Vec<u8> = [
        &*list.concealed.as_ref().unwrap().filter.0,
        &*list.concealed.as_ref().unwrap().tags.0,
        &*list.concealed.as_ref().unwrap().records.0,
    ]
    .concat();
    let holds = |needle: &[u8]| raw.windows(needle.len()).any(|w| w == needle);
    for term in ["project", "bluehawk", "hawk", "nightjar"] {
        assert!(!bytes.to_lowercase().contains(term));
        assert!(!raw.to_ascii_lowercase().windows(term.len()).any(|w| w == term.as_bytes()));
    }
    for run in ["project bluehawk", "blue hawk", "nightjar"] {
        let unkeyed = run.split(' ').map(hash).reduce(join).unwrap();
        let keyed = run.split(' ').map(hash).fold(seed(&[7; 16]), join);
        for fast in [hash(run), unkeyed, keyed] {
            assert!(!holds(&fast.to_le_bytes()) && !holds(&fast.to_be_bytes()));
            // Nor its halves, which an index of fingerprints would hold.
            assert!(!holds(&((fast >> 32) as u32).to_le_bytes()));
            assert!(!holds(&(fast as u32).to_le_bytes()));
        }
    }
}

#[test]
fn confirmations_are_remembered_and_bounded() {
    let list = List::conceal("l", &entries(), [7; 16], CHEAP).unwrap();
    let index = ConcealedIndex::load(list.concealed.as_ref().unwrap()).unwrap();
    let part = |text: &str| PartText::new("body", crate::PartRole::Body, text);
    let (mut budget, mut found) = (1, Vec::new());
    assert!(index.find(&part("nightjar"), &mut budget, &mut found));
    assert_eq!((budget, found.len()), (0, 1));
    // Known already: costs nothing.
    assert!(index.find(&part("Nightjar, nightjar"), &mut budget, &mut found));
    // New: cannot be afforded, and says so.
    assert!(!index.find(&part("project bluehawk"), &mut budget, &mut found));
    // A draft of thousands of different words exhausts the bound of one check; the following
    // checks go on.
    let engine = engine(list);
    let words: String = (0..40_000).map(|n| format!("w{n} ")).collect();
    let draft = Draft::from_text(words + "nightjar");
    let mut checks = 0;
    while engine.check(&draft, &Context::default()).unavailable
        == Some(Unavailable::TooManyCandidates)
    {
        checks += 1;
        assert!(checks < 200);
    }
    assert!(checks > 0);
    assert_eq!(engine.check(&draft, &Context::default()).findings.len(), 1);
}

#[test]
fn what_cannot_be_concealed_is_refused() {
    let one = |term: &str| [Entry { term: term.into(), ..Entry::default() }];
    assert_eq!(List::conceal("l", &one("!!"), [0; 16], CHEAP), Err(ConcealError::NoWords));
    assert_eq!(
        List::conceal("l", &one(&"a ".repeat(9)), [0; 16], CHEAP),
        Err(ConcealError::TooLong)
    );
    let mut list = List::conceal("l", &one("a"), [0; 16], CHEAP).unwrap();
    list.concealed.as_mut().unwrap().normaliser += 1;
    assert!(ConcealedIndex::load(list.concealed.as_ref().unwrap()).is_err());
}
