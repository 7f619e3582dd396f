//! Input that nobody means well: a correct report or a clear error, in a time that grows with the
//! length and no faster.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use draftguard_core::{Context, Draft, Engine, Link, Media, Part, Surface, Verdict};
use draftguard_policy::{NoFiles, compile_str};

/// Every kind, every detector and every disguise at once, as the fuzz targets use it.
fn engine() -> &'static Engine {
    static MADE: OnceLock<Engine> = OnceLock::new();
    MADE.get_or_init(|| {
        let text = include_str!("../../../fuzz/src/everything.toml");
        let made = compile_str("everything.toml", text, &NoFiles).unwrap_or_else(|e| panic!("{e}"));
        Engine::new(vec![made.policy]).unwrap()
    })
}

fn context() -> Context {
    Context {
        site: Some("x".to_owned()),
        surface: Some(Surface::Post),
        interface: Some("en".to_owned()),
        ..Context::default()
    }
}

/// Time that this thread was computing, where the system tells, so that other work on the machine
/// does not count; else the time on the clock.
fn computing() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.as_deref().and_then(|t| t.split(' ').next()).and_then(|n| n.parse().ok());
    nanos.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn cost(run: impl Fn()) -> Duration {
    let before = computing();
    run();
    computing() - before
}

/// Pieces that some part of the engine begins to work at: repeated, they are its worst draft.
const PIECES: &[&str] = &[
    "a",
    "é",
    "a ",
    "\u{301}",
    "👍",
    "\u{200D}",
    "青",
    "ไทย",
    "\n",
    ". ",
    "? ",
    "&",
    "&#98;",
    "(",
    "\"",
    "\"a\" ",
    "> a\n",
    "1",
    "1 ",
    "1-",
    "1.",
    "1/",
    "12 ",
    "1234 ",
    "0812-3456-7890 ",
    "4539 1488 0343 6467 ",
    "+62 ",
    "3204015708900003 ",
    "GB82 WEST 1234 5698 7654 32 ",
    "10.0.0.1 ",
    "::1 ",
    "a:",
    "1 January 1990 ",
    "born 1990-01-01 ",
    "Jl. Sudirman No. 1 ",
    "12 Main Street ",
    "RT 01/RW 02 ",
    "B 1234 XYZ ",
    "passport A1234567 ",
    "rekening 1234567890 ",
    "patient ",
    "pasien Budi ",
    "MRN 12345678 ",
    "jane@acme.com ",
    "a@",
    "jane [at] acme [dot] com ",
    "[at] ",
    "@a ",
    "#aB",
    "#a#",
    "a.b",
    "https://a.example/x ",
    "https://acrne.example ",
    "http://x",
    "xn--80ak6aa92e.com ",
    "intranet",
    ".corp ",
    "a.corp",
    "token=abc123XYZ789 ",
    "password: hunter2 ",
    "password ",
    "AKIA",
    "eyJ",
    "sk-",
    "-----BEGIN ",
    "https://a:b@c.example ",
    "key ",
    "you idiot ",
    "i d i o t ",
    "id*ot ",
    "1d10t ",
    "iiidiot ",
    "*",
    "not ",
    "not a scam ",
    "kill ",
    "Globex is a scam. ",
    "hate them ",
    "guaranteed returns ",
    "Acme ",
    "Acme's ",
    "Target ",
    "we at Acme ",
    "on behalf of ",
    "as the CEO of Acme ",
    "I love Acme. ",
    "87% ",
    "Rp 5.000 ",
    "studies show ",
    "contract AB-1 ",
    "bluehawk ",
    "bluehawk helicopter ",
    "b l u e h a w k ",
    "b.",
    "bl**hawk ",
    "b1u3h4wk ",
    "bluehwak ",
    "bluuu",
    "蓝鹰",
    "รถไฟ",
    "main",
    "main-main ",
    "kucing2 ",
    "mengkucingkannya ",
    "operation ",
    "operation nightjar ",
    "rocket skates ",
    "IT ",
    "shutterstock ",
    "Project",
    "aB",
    "_",
    "-a",
];

#[test]
fn the_time_grows_with_the_length() {
    const SHORT: usize = 2_000;
    const TIMES: usize = 4;
    /// A text of four lengths, compared with four texts of one. Something quadratic comes to
    /// four; caches and a busy machine cost less than this.
    const MOST: f64 = 2.2;
    let context = context();
    let check = |draft: &Draft| {
        std::hint::black_box(engine().check(draft, &context));
    };
    let mut slow = String::new();
    for piece in PIECES {
        let of = |bytes: usize| Draft::from_text(piece.repeat(bytes / piece.len()));
        let (short, long) = (of(SHORT), of(SHORT * TIMES));
        check(&short);
        let ratio = || {
            // The system counts in ticks of some milliseconds.
            let once = cost(|| (0..TIMES).for_each(|_| check(&short)));
            cost(|| check(&long)).as_secs_f64() / once.as_secs_f64().max(0.02)
        };
        // A ratio that is out of bounds is measured again before it is believed.
        if (0..3).all(|_| ratio() >= MOST) {
            writeln!(slow, "{piece:?}: {:.1}", ratio()).unwrap();
        }
    }
    assert!(slow.is_empty(), "a text of {TIMES} times the length took, as often as long:\n{slow}");
}

/// A policy of the rules given, and the texts that it finds with each rule's id.
fn of(rules: &str) -> Engine {
    let text = format!("[policy]\nid = \"bad\"\nname = \"Bad\"\n{rules}");
    let made = compile_str("bad.toml", &text, &NoFiles).unwrap_or_else(|e| panic!("{e}"));
    Engine::new(vec![made.policy]).unwrap()
}

/// The problems of a policy of the rules given.
fn refused(rules: &str) -> String {
    let text = format!("[policy]\nid = \"bad\"\nname = \"Bad\"\n{rules}");
    compile_str("bad.toml", &text, &NoFiles).expect_err("it compiles").to_string()
}

#[test]
fn a_megabyte_of_one_letter_is_checked_like_any_draft() {
    for letter in ["a", "\u{301}"] {
        let draft = Draft::from_text(letter.repeat(1_000_000 / letter.len()));
        let report = engine().check(&draft, &context());
        assert_eq!((report.verdict, report.unavailable), (Verdict::Clear, None), "{letter:?}");
    }
}

#[test]
fn ten_thousand_links_are_each_looked_at() {
    let engine = of("[[rules]]\nid = \"bad.links\"\nkind = \"link\"\nmessage = \"m\"\n\
                     deny = [\"evil.example\"]\n");
    let text: String = (0..10_000).map(|n| format!("http://evil.example/{n} ")).collect();
    assert_eq!(engine.check(&Draft::from_text(text), &context()).findings.len(), 10_000);
    let link = |n| Link { href: format!("http://{n}.evil.example/"), ..Link::default() };
    // Cards have no place in the text: the same said ten thousand times is said once.
    let draft = Draft { links: (0..10_000).map(link).collect(), ..Draft::from_text("see") };
    assert_eq!(engine.check(&draft, &context()).findings.len(), 1);
}

#[test]
fn ten_thousand_findings_are_all_reported_in_order() {
    let engine = of("[[rules]]\nid = \"bad.terms\"\nkind = \"terms\"\nterms = [\"bluehawk\"]\n\
                     fixes = [\"remove\"]\nmessage = \"{text}\"\n");
    let report = engine.check(&Draft::from_text("a bluehawk, ".repeat(10_000)), &context());
    assert_eq!(report.findings.len(), 10_000);
    assert!(
        report.findings.iter().zip(0..).all(|(f, n)| (f.start, f.end) == (12 * n + 2, 12 * n + 10))
    );
}

#[test]
fn any_bytes_are_a_draft() {
    // Every pair of bytes once, as a text, a file's name, a description and what is answered.
    let bytes: Vec<u8> =
        (0..=255_u8).flat_map(|a| (0..=255_u8).flat_map(move |b| [a, b])).collect();
    for chunk in bytes.chunks(8_192) {
        let text = String::from_utf8_lossy(chunk).into_owned();
        let draft = Draft {
            parts: vec![Part::body("a", text.clone()), Part::body("b", text.clone())],
            links: vec![Link { href: text.clone(), text: text.clone(), ..Link::default() }],
            media: vec![Media {
                name: text.clone(),
                bytes: Some(chunk.to_vec()),
                alt: Some(text.clone()),
                ..Media::default()
            }],
            ..Draft::default()
        };
        let odd = Context {
            site: Some(text.clone()),
            answering: Some(text.clone()),
            now: Some(text.clone()),
            language: Some(text),
            ..Context::default()
        };
        let report = engine().check(&draft, &odd);
        assert!(report.findings.iter().all(|f| f.start <= f.end));
    }
}

#[test]
fn an_expression_that_would_explode_is_refused_with_the_reason() {
    let exploding = r"(?:\w{1,200}){1,200}";
    for rule in [
        format!("kind = \"pattern\"\npattern = '{exploding}'"),
        format!("kind = \"require\"\naccept_patterns = ['{exploding}']"),
        format!("kind = \"require\"\ntrigger = {{ pattern = '{exploding}' }}"),
        format!(
            "kind = \"terms\"\nterms = [\"x\"]\nwhen = {{ condition = {{ pattern = '{exploding}' }} }}"
        ),
    ] {
        let problems = refused(&format!("[[rules]]\nid = \"bad.rule\"\nmessage = \"m\"\n{rule}\n"));
        assert!(problems.contains("it takes more than 1024 KiB"), "{rule}: {problems}");
    }
    let deep = format!("{}a{}", "(".repeat(200), ")".repeat(200));
    for (pattern, reason) in [
        (deep.as_str(), "nest"),
        ("(a", "unclosed group"),
        ("a*", "it matches the empty text"),
        ("(?=a)b", "look-around"),
        (r"(a)\1", "backreferences"),
    ] {
        let rule = format!("kind = \"pattern\"\npattern = '{pattern}'\n");
        let problems = refused(&format!("[[rules]]\nid = \"bad.rule\"\nmessage = \"m\"\n{rule}"));
        assert!(problems.contains(reason), "{pattern}: {problems}");
    }
    // What backtracking engines never finish takes its length here.
    let engine =
        of("[[rules]]\nid = \"bad.p\"\nkind = \"pattern\"\npattern = '(a+)+$'\nmessage = \"m\"\n");
    let draft = Draft::from_text("a".repeat(20_000) + "!");
    assert_eq!(engine.check(&draft, &context()).verdict, Verdict::Clear);
}

#[test]
fn rules_in_conflict_are_all_heard_and_the_strictest_decides() {
    let rule = |id: &str, action: &str, more: &str| {
        format!(
            "[[rules]]\nid = \"bad.{id}\"\nkind = \"terms\"\nterms = [\"bluehawk\"]\n\
                 action = \"{action}\"\nmessage = \"m\"\n{more}\n"
        )
    };
    let both = rule("a", "note", "fixes = [\"remove\"]")
        + &rule("b", "block", "")
        + "[[rules]]\nid = \"bad.c\"\nkind = \"require\"\naccept = [\"bluehawk\"]\nmessage = \"m\"\n";
    let engine = of(&both);
    // One rule forbids the word and another asks for it: each says so, neither is lost.
    for (text, rules, verdict) in [
        ("bluehawk", vec!["bad.a", "bad.b"], Verdict::Block),
        ("sparrow", vec!["bad.c"], Verdict::Warn),
    ] {
        let report = engine.check(&Draft::from_text(text), &context());
        let found: Vec<&str> = report.findings.iter().map(|f| f.rule.as_str()).collect();
        assert_eq!((found, report.verdict), (rules, verdict), "{text}");
        assert_eq!(engine.check(&Draft::from_text(text), &context()), report, "a stable order");
    }
    // What cannot be meant is refused.
    let crossing = rule("a", "block", "from = 2026-02-01\nuntil = 2026-01-01");
    for (rules, reason) in [
        (rule("a", "note", "") + &rule("a", "block", ""), "duplicate-id"),
        (crossing, "crossing-dates"),
    ] {
        let problems = refused(&rules);
        assert!(problems.contains(reason), "{reason}: {problems}");
    }
}
