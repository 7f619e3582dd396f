#![allow(clippy::unwrap_used, reason = "a failed assumption of a test is a failed test")]

use super::*;
use crate::policy::{Localized, Manners, Name, Response, Role, Settings};
use crate::report::Verdict;

fn both(english: &str, indonesian: &str) -> Localized {
    Localized([("en".into(), english.into()), ("id".into(), indonesian.into())].into())
}

fn contact(id: &str, topics: &[&str]) -> Contact {
    Contact {
        id: id.into(),
        name: both(&format!("The {id} team"), &format!("Tim {id}")),
        topics: topics.iter().map(|t| (*t).into()).collect(),
        mail: Some(format!("{id}@acme.example")),
        handover: both("On {site}: {rule}", "Di {site}: {rule}"),
        ..Contact::default()
    }
}

fn policy() -> Policy {
    Policy {
        default_language: "en".into(),
        company: crate::policy::Company {
            names: vec![Name { name: "Acme".into(), common_word: false }],
            ..Default::default()
        },
        roles: vec![Role {
            id: "care".into(),
            may: vec!["answer_customers".into()],
            ..Role::default()
        }],
        contacts: vec![contact("care", &["customers"]), contact("press", &["press", "approval"])],
        responses: vec![
            Response {
                id: "outage".into(),
                topic: "outage".into(),
                title: both("Service is down", "Layanan terganggu"),
                triggers: vec!["outage".into()],
                text: both("Hi {handle}, we are on it.", "Hai {handle}, sedang kami tangani."),
            },
            Response {
                id: "refund".into(),
                topic: "refund".into(),
                title: both("Refund", "Pengembalian dana"),
                triggers: vec!["money back".into(), "refund".into()],
                text: both(
                    "Hi {handle}, sorry for the trouble! {contact} will help you at once.",
                    "Hai {handle}, maaf atas kendalanya! {contact} segera membantu Anda.",
                ),
            },
        ],
        manners: Manners { crisis_words: vec!["flash mob".into()], ..Manners::default() },
        ..Policy::default()
    }
}

fn answering(text: &str) -> Context {
    Context {
        site: Some("x".into()),
        surface: Some(Surface::Reply),
        answering: Some(text.into()),
        ..Context::default()
    }
}

fn help(draft: &str, context: &Context) -> Help {
    Engine::new(vec![policy()]).unwrap().help(&Draft::from_text(draft), context)
}

#[test]
fn a_complaint_about_the_company_is_routed_before_a_word_is_typed() {
    let route = help("", &answering("Acme never answers, my order is still broken")).route.unwrap();
    assert_eq!((route.cause, route.id.as_str()), (Cause::Complaint, "care"));
    assert_eq!(route.message, "On x: a complaint");
    let context = Context {
        interface: Some("id".into()),
        ..answering("Acme never answers, my order is still broken")
    };
    assert_eq!(help("", &context).route.unwrap().name, "Tim care");
}

#[test]
fn a_crisis_goes_elsewhere_and_the_policys_own_words_need_no_company() {
    let route = help("", &answering("Is it true that Acme had a data breach?")).route.unwrap();
    assert_eq!((route.cause, route.id.as_str()), (Cause::Crisis, "press"));
    let route = help("", &answering("There will be a flash mob at noon")).route.unwrap();
    assert_eq!(route.cause, Cause::Crisis);
}

#[test]
fn nobody_is_named_where_nothing_calls_for_it_or_the_author_may_answer() {
    for text in ["My bus is late again, terrible service", "Acme makes nice skates", ""] {
        assert_eq!(help("", &answering(text)).route, None, "{text}");
    }
    let context = Context { role: Some("care".into()), ..answering("Acme, my order is broken!") };
    assert_eq!(help("", &context).route, None);
    assert_eq!(help("", &Context::default()).route, None);
}

#[test]
fn replies_that_fit_come_first_and_are_filled_in() {
    let found = help("@rina ", &answering("I want my money back")).replies;
    assert_eq!(found.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["refund", "outage"]);
    assert_eq!(found.iter().map(|r| r.fits).collect::<Vec<_>>(), [true, false]);
    let first = found.first().unwrap();
    assert_eq!(
        first.text,
        "Hi @rina, sorry for the trouble! The care team (care@acme.example) will help you at once."
    );
    assert_eq!(first.changes, 30);
    // Whom nobody knows, the author fills in.
    assert!(help("", &Context::default()).replies.first().unwrap().text.contains("{handle}"));
}

fn check(manners: Manners, began: &str, now: &str) -> crate::Report {
    let policy = Policy { manners, settings: Settings::default(), ..policy() };
    let draft = Draft {
        reply: Some(UsedReply { id: "refund".into(), text: began.into() }),
        ..Draft::from_text(now)
    };
    Engine::new(vec![policy]).unwrap().check(&draft, &Context::default())
}

const TEN: &str = "one two three four five six seven eight nine ten";

#[test]
fn changes_are_counted_in_words_and_beyond_the_limit_they_are_reported() {
    for (now, changed) in [
        (TEN, 0),
        ("One, two: three four five six seven eight nine ten!", 0),
        ("one two three four five six seven eight nine", 10),
        ("dear customer one two three four five six seven eight nine ten", 20),
        ("1 2 3 four five six seven eight nine ten", 30),
        ("something else altogether", 100),
    ] {
        let report = check(Manners::default(), TEN, now);
        let reply = report.reply.unwrap();
        assert_eq!((reply.changed, reply.allowed), (changed, 30), "{now}");
        assert_eq!(report.verdict == Verdict::Warn, changed > 30, "{now}");
    }
    let report = check(Manners::default(), TEN, "something else altogether");
    let found = report.findings.first().unwrap();
    assert_eq!(found.rule, RULE);
    assert!(
        matches!(found.fixes.first(), Some(Fix::Response { text, .. }) if text == TEN),
        "the way back is offered"
    );
}

#[test]
fn the_policy_says_how_far_and_what_then() {
    let exact = Manners { reply_changes: 0, reply_changed: Action::Block, ..Manners::default() };
    let report = check(exact, TEN, "one two three four five six seven eight nine eleven");
    assert_eq!(report.verdict, Verdict::Block);
    assert!(report.findings.iter().any(|f| {
        f.fixes.iter().any(|fix| matches!(fix, Fix::Contact { id, .. } if id == "press"))
    }));
    let free = Manners { reply_changes: 100, ..Manners::default() };
    assert_eq!(check(free, TEN, "all of it is new").verdict, Verdict::Clear);
}

#[test]
fn an_emptied_box_and_an_unknown_reply_begin_anew() {
    assert_eq!(check(Manners::default(), TEN, "  ").reply, None);
    let draft = Draft {
        reply: Some(UsedReply { id: "gone".into(), text: TEN.into() }),
        ..Draft::from_text("anything")
    };
    let report = Engine::new(vec![policy()]).unwrap().check(&draft, &Context::default());
    assert_eq!((report.reply, report.verdict), (None, Verdict::Clear));
}
