use super::*;
use crate::context::Context;
use crate::draft::Draft;
use crate::policy::{Company, Name, Policy};

fn hits(categories: &[&str], target: &str, text: &str) -> Vec<String> {
    let policy = Policy {
        company: Company {
            names: vec![Name { name: "Acme".into(), common_word: false }],
            competitors: vec![Name { name: "Globex".into(), common_word: false }],
            ..Company::default()
        },
        ..Policy::default()
    };
    let options = Options {
        categories: categories.iter().map(|c| (*c).to_owned()).collect(),
        target: target.to_owned(),
        ..Options::default()
    };
    let matcher = compile(&options, &Env { policy: &policy, rule: None }).unwrap();
    let draft = Draft::from_text(text);
    let context = Context::default();
    let scan = Scan::new(&draft, &context);
    let mut hits = Vec::new();
    matcher.check(&scan, &mut hits);
    hits.into_iter().map(|h| text.get(h.span).unwrap().to_owned()).collect()
}

const RESPECT: &[&str] = &["insult", "profanity", "slur", "threat", "inflammatory"];

#[test]
fn insults() {
    for text in [
        "you idiot",
        "What a moron!",
        "You are trash",
        "those people are garbage",
        "dasar goblok",
        "vendornya dungu semua",
        "bodoh lu",
        "kompetitor kita emang sinting",
        "You dumb clown",
        "women are stupid",
        "I hate muslims",
        "kill all gays",
        "he is such a pig",
        "stupid boss",
        "shut up",
        "fuck this",
        "i will kill you",
        "gue bunuh lu",
        "ganyang cina",
    ] {
        assert!(!hits(RESPECT, "any", text).is_empty(), "{text}");
    }
}

#[test]
fn harmless() {
    for text in [
        "take the trash out",
        "my dog is sick",
        "your dog is cute",
        "anjing peliharaan saya lucu",
        "buang sampah pada tempatnya",
        "I'm such an idiot",
        "you are not an idiot",
        "calling people idiots is wrong",
        "stop calling women stupid",
        "I am gay",
        "love muslims",
        "Muslim women in tech",
        "this stupid weather",
        "she said \"you are all idiots\" and left",
        "Dick Cheney wrote a book",
        "magna cum laude",
        "E. coli outbreak",
        "we killed it today",
    ] {
        assert_eq!(hits(RESPECT, "any", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn disguises() {
    for text in [
        "1d10t",
        "you are an a$shole",
        "s-c-u-m-b-a-g",
        "what a m o r o n",
        "such a s c u m b a g",
        "b***h",
        "f*ck",
        "scu🙂mbag",
        "bajnigan lu",
        "ggggoblokkk",
        "IDIOT",
        "817ch",
        "sh17head!!!",
        "7o1ol lu",
        "b*a*s*t*a*r*d",
        "@sshole",
    ] {
        assert!(!hits(RESPECT, "any", text).is_empty(), "{text}");
    }
    for text in [
        "t h e r a p i s t",
        "assessmentttt",
        "Scunthorpe",
        "5 * 3 * 2",
        "a+b",
        "**bold** words",
        "mp3 and covid19",
        "T h e button",
        "b u t t o n",
        "tolok ukur",
    ] {
        assert_eq!(hits(RESPECT, "any", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn parties() {
    let accuse = |t: &str, text: &str| !hits(&["accusation", "negative"], t, text).is_empty();
    assert!(accuse("competitor", "Globex is a scam"));
    assert!(!accuse("competitor", "Globex is not a scam"));
    assert!(!accuse("competitor", "Acme is a scam"));
    assert!(accuse("party", "Acme is the worst"));
    assert!(!accuse("company", "Acme pays terrible wages for long hours"));
    assert!(!accuse("party", "That film was terrible"));
    assert!(accuse("any", "Globex menipu pelanggan"));
}

#[test]
fn wrong_options_say_so() {
    let policy = Policy::default();
    let of =
        |o: Options| compile(&o, &Env { policy: &policy, rule: None }).unwrap_err().to_string();
    assert!(of(Options { categories: vec!["rude".into()], ..Options::default() }).contains("rude"));
    assert!(
        of(Options { categories: vec!["slur".into()], target: "dog".into(), ..Options::default() })
            .contains("dog")
    );
    assert!(
        of(Options {
            categories: vec!["slur".into()],
            lists: vec!["x".into()],
            ..Options::default()
        })
        .contains("x")
    );
}
