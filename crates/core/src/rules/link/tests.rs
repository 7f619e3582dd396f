use super::*;
use crate::policy::{Company, Policy};
use crate::{Context, Draft, Link, Part};

fn policy() -> Policy {
    Policy {
        company: Company {
            domains: vec!["acme.example".into(), "acme.co.id".into()],
            internal_hosts: vec!["intranet.acme.example".into(), ".corp".into()],
            ..Company::default()
        },
        ..Policy::default()
    }
}

fn hits_with(options: &Options, draft: &Draft) -> Vec<(String, String)> {
    let policy = policy();
    let matcher = compile(options, &Env { policy: &policy, rule: None }).unwrap();
    let context = Context::default();
    let scan = Scan::new(draft, &context);
    let mut hits = Vec::new();
    matcher.check(&scan, &mut hits);
    hits.into_iter()
        .map(|h| {
            let text = h.part.and_then(|p| scan.parts.get(p)).map(|p| p.raw_text(h.span.clone()));
            (h.detector.unwrap_or_default(), text.unwrap_or_default().to_owned())
        })
        .collect()
}

#[track_caller]
fn fires(text: &str, check: &str, span: &str) {
    let hits = hits_with(&Options::default(), &Draft::from_text(text));
    assert!(hits.contains(&(check.to_owned(), span.to_owned())), "{text}: {hits:?}");
}

#[track_caller]
fn silent(text: &str) {
    assert_eq!(hits_with(&Options::default(), &Draft::from_text(text)), [], "{text}");
}

#[test]
fn imitations_of_own_and_known_domains() {
    for (text, span) in [
        ("log in at https://acrne.example/a", "https://acrne.example/a"),
        ("https://acme-login.co.id", "https://acme-login.co.id"),
        ("https://acme.top", "https://acme.top"),
        ("https://acme.co.id.evil.com/x", "https://acme.co.id.evil.com/x"),
        ("https://goggle.com", "https://goggle.com"),
        ("https://xn--80ak6aa92e.com", "https://xn--80ak6aa92e.com"),
        ("www.tokopedla.com", "www.tokopedla.com"),
        ("http://hadiah-tokopedia.com/klaim", "http://hadiah-tokopedia.com/klaim"),
    ] {
        fires(text, "link.lookalike", span);
    }
    for text in [
        "https://acme.example/jobs",
        "https://shop.acme.co.id",
        "https://www.google.co.id/maps",
        "https://docs.rs/serde",
        "https://bild.de",
        "https://www.amazon.de/dp/1",
        "https://facebook.github.io/react",
        "https://münchen.de",
    ] {
        silent(text);
    }
}

#[test]
fn scripts_numbers_and_users() {
    fires("http://pаypal-x.org", "link.mixed-script", "http://pаypal-x.org");
    fires("http://52.14.88.201/a", "link.ip", "http://52.14.88.201/a");
    fires("https://acme.co.id@evil.org/", "link.userinfo", "https://acme.co.id@evil.org/");
    silent("http://192.0.2.7/a");
}

#[test]
fn inside_hosts_also_without_a_scheme() {
    fires(
        "see https://intranet.acme.example/plan",
        "link.internal-host",
        "https://intranet.acme.example/plan",
    );
    fires("it is on wiki.corp.", "link.internal-host", "wiki.corp");
    fires("http://jira/browse/A-1", "link.internal-host", "http://jira/browse/A-1");
    fires("http://10.0.0.7:8080/", "link.internal-host", "http://10.0.0.7:8080/");
    fires("http://nas.local/", "link.internal-host", "http://nas.local/");
    silent("mail ana@x.corp");
    silent("the corp. is big");
}

#[test]
fn shorteners_and_shares() {
    fires("https://bit.ly/3abc", "link.shortener", "https://bit.ly/3abc");
    fires("https://s.id/promo", "link.shortener", "https://s.id/promo");
    fires(
        "https://docs.google.com/document/d/1/edit",
        "link.document-share",
        "https://docs.google.com/document/d/1/edit",
    );
    fires(
        "https://acme-my.sharepoint.com/:x:/g/1",
        "link.document-share",
        "https://acme-my.sharepoint.com/:x:/g/1",
    );
    silent("https://www.dropbox.com/");
    silent("https://www.notion.so/pricing");
}

#[test]
fn hidden_targets() {
    let link = |text: &str, href: &str| Draft {
        parts: vec![Part::body("body", format!("see {text} now"))],
        links: vec![Link {
            part: Some("body".into()),
            start: Some(4),
            end: Some(4 + text.encode_utf16().count() as u32),
            text: text.into(),
            href: href.into(),
        }],
        ..Draft::default()
    };
    let hidden = |draft: &Draft| {
        hits_with(&Options { checks: vec!["hidden-target".into()], ..Options::default() }, draft)
    };
    let is = |span: &str| vec![("link.hidden-target".to_owned(), span.to_owned())];
    assert_eq!(hidden(&link("bca.co.id", "https://evil.org/x")), is("bca.co.id"));
    assert_eq!(hidden(&link("bca.co.id…", "https://evil.org/x")), is("bca.co.id…"));
    assert_eq!(
        hidden(&link("shop.acme.example/very/lo…", "https://shop.acme.example/very/long")),
        []
    );
    assert_eq!(hidden(&link("www.acme.example", "https://acme.example/?utm=1")), []);
    assert_eq!(hidden(&link("acme.example/a", "https://t.co/Ab3")), []);
    assert_eq!(hidden(&link("our shop", "https://acme.example/")), []);
    let text = Draft::from_text("[bca.co.id](https://evil.org/x) and [here](https://evil.org)");
    assert_eq!(hidden(&text), is("https://evil.org/x"));
}

#[test]
fn lists_of_the_rule() {
    let options = Options {
        allow: vec!["bit.ly".into(), "goggle.com".into()],
        deny: vec!["*.rival.example".into()],
        ..Options::default()
    };
    let hits = |text: &str| hits_with(&options, &Draft::from_text(text));
    assert_eq!(hits("https://bit.ly/1 https://goggle.com"), []);
    assert_eq!(
        hits("https://shop.rival.example"),
        [("link.denied".to_owned(), "https://shop.rival.example".to_owned())]
    );
    let policy = policy();
    let bad = Options { checks: vec!["lookalikes".into()], ..Options::default() };
    assert!(compile(&bad, &Env { policy: &policy, rule: None }).is_err());
}

#[test]
fn a_card_without_a_place_is_judged_too() {
    let draft = Draft {
        links: vec![Link { href: "https://bit.ly/1".into(), ..Link::default() }],
        ..Draft::default()
    };
    assert_eq!(
        hits_with(&Options::default(), &draft),
        [("link.shortener".to_owned(), String::new())]
    );
}

#[test]
fn scraps_do_not_panic() {
    for text in [
        "http://",
        "https://@",
        "http://[",
        "www.",
        "http://xn--",
        "http://.",
        "http://a..b",
        "](x.com",
    ] {
        let _ = hits_with(&Options::default(), &Draft::from_text(text));
    }
    let many = "https://goggle.com/a ".repeat(1_000);
    assert!(hits_with(&Options::default(), &Draft::from_text(many)).len() >= 1_000);
}
