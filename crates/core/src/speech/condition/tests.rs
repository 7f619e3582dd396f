use super::*;
use crate::context::Context;
use crate::draft::Draft;
use crate::policy::{BrandAccount, Company, Name};

fn policy() -> Policy {
    let name = |n: &str, common_word| Name { name: n.into(), common_word };
    Policy {
        company: Company {
            names: vec![name("Acme", false), name("Target", true), name("Satu", true)],
            products: vec![name("RocketSkates", false)],
            competitors: vec![name("Globex", false), name("Apple", true)],
            brand_accounts: vec![BrandAccount { site: "x".into(), handle: "acme_care".into() }],
            ..Company::default()
        },
        ..Policy::default()
    }
}

fn holds(condition: &Condition, text: &str) -> bool {
    let draft = Draft::from_text(text);
    let context = Context::default();
    let scan = Scan::new(&draft, &context);
    Compiled::new(condition, &policy()).unwrap().holds(&scan, 0, 0..text.len())
}

fn names(party: Party, text: &str) -> bool {
    holds(&Condition::Party(party), text)
}

#[test]
fn parties_are_whole_words_handles_and_tags() {
    for text in ["I like Acme.", "ACME's office", "acme rocks", "#Acme day", "hi @acme_care"] {
        assert!(names(Party::Company, text), "{text}");
    }
    for text in
        ["Acmeology is a word", "see https://acme.example/x", "mail a@acme.example", "@acmefan"]
    {
        assert!(!names(Party::Company, text), "{text}");
    }
    assert!(names(Party::Product, "my RocketSkates broke"));
    assert!(names(Party::Any, "Globex again"));
    assert!(!names(Party::Company, "Globex again"));
}

#[test]
fn everyday_words_need_company_like_surroundings() {
    for text in [
        "I work at Target.",
        "Joined Target last week",
        "We love how Target treats people",
        "Target announced a sale",
        "Saya karyawan di Satu sejak 2020",
        "aplikasi Satu keren",
    ] {
        assert!(names(Party::Company, text), "{text}");
    }
    for text in [
        "Target for today: ten pages",
        "our Target is clear",
        "The target was missed",
        "Satu dua tiga",
        "hanya satu di dunia",
        "Ten Ways To Hit Target Numbers Every Week",
    ] {
        assert!(!names(Party::Company, text), "{text}");
    }
    assert!(names(Party::Competitor, "my phone is from Apple"));
    assert!(!names(Party::Competitor, "Apple pie for everyone"));
    assert!(!names(Party::Competitor, "an apple a day"));
}

#[test]
fn the_employer_by_other_words() {
    for text in [
        "my employer is fine",
        "our company picnic",
        "di kantor saya ada promo",
        "tempat kerjaku asik",
    ] {
        assert!(names(Party::Employer, text), "{text}");
    }
    assert!(!names(Party::Employer, "the company next door"));
}

#[test]
fn cues_and_their_negation() {
    let cue = |c: &str, text: &str| holds(&Condition::Cue(c.into()), text);
    assert!(cue("praise", "I love this phone"));
    assert!(cue("praise", "produknya keren abis"));
    assert!(!cue("praise", "this is not great"));
    assert!(cue("complaint", "my order never arrived"));
    assert!(cue("complaint", "kok ga bisa login ya min"));
    assert!(cue("question", "When do you open"));
    assert!(cue("question", "really?"));
    assert!(!cue("question", "see https://x.example/?q=1"));
    assert!(cue("statistic", "90 % of users agree"));
    assert!(cue("announcement", "kami umumkan kerja sama baru"));
    assert!(cue("own-opinion", "Views are my own"));
    assert!(cue("own-opinion", "ini pendapat pribadi ya"));
    assert!(Compiled::new(&Condition::Cue("prais".into()), &policy()).is_err());
    assert!(Compiled::new(&Condition::Cue("word-you".into()), &policy()).is_ok());
}

#[test]
fn features() {
    let has = |f, text: &str| holds(&Condition::Has(f), text);
    assert!(has(Feature::Money, "we made $3 million"));
    assert!(has(Feature::Money, "omzet Rp 5 miliar"));
    assert!(has(Feature::Percent, "up 12%"));
    assert!(has(Feature::Percent, "naik 12,5 persen"));
    assert!(has(Feature::Number, "1,200 people came"));
    assert!(!has(Feature::Number, "see you at 10:30 on 12/05/2024"));
    assert!(has(Feature::Quote, "She said \"we will never ever do that again\" today"));
    assert!(!has(Feature::Quote, "it's the dogs' own fault, isn't it"));
    assert!(has(Feature::Credit, "photo by Ana"));
    assert!(has(Feature::Credit, "Sumber: Kompas"));
    assert!(!has(Feature::Credit, "nice photo"));
}

#[test]
fn wrong_conditions_say_so() {
    let wrong = |c: Condition| Compiled::new(&c, &policy()).unwrap_err().to_string();
    assert!(wrong(Condition::List("x".into())).contains("`x`"));
    assert!(wrong(Condition::Pattern("(".into())).contains('('));
    assert!(wrong(Condition::Terms(vec![])).contains("terms"));
}
