//! Measures the engine natively. One JSON object a line: `measure`, `value`, `unit`, and where a
//! figure is one of many drafts, its `p99` and `worst`.
//!
//! Every figure is over 200 different drafts ("rot"): a loop over one draft teaches the branch
//! predictor its text and lies by a factor of two. The time of a draft is the median of some
//! rounds, so that what else the machine does is not measured.
//!
//! With `--out DIRECTORY` the drafts, the lists and the compiled policies are left there, for
//! what is measured beside the engine.

#![allow(clippy::print_stdout, reason = "a program that prints its results")]
#![allow(clippy::unwrap_used, reason = "a measurement that cannot run should stop")]
#![allow(clippy::string_slice, reason = "the texts that are cut are ASCII, made here")]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use draftguard_bundle::encode;
use draftguard_core::concealed::Cost;
use draftguard_core::policy::{
    Company, Condition, Disguises, Entry, List, Name, Party, Policy, Rule,
};
use draftguard_core::rules::{
    Options, link, media, pattern, require, sensitive, terms, tone, voice,
};
use draftguard_core::{Context, Draft, Engine};

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

const COMMON: &str = "the of and to a in is it you that he was for on are with as his they be at one have this from or \
had by hot but some what there we can out other were all your when up use word how said an each she which do their time \
if will way about many then them would write like so these her long make thing see him two has look more day could go \
come did my sound no most number who over know water than call first people may down side been now find any new work \
part take get place made live where after back little only round man year came show every good me give our under name \
very through just form much great think say help low line before turn cause same mean differ move right boy old too \
does tell sentence set three want air well also play small end put home read hand port large spell add even land here";

fn word(numbers: &mut Numbers, common: &[&str]) -> String {
    if numbers.below(10) < 7 {
        return common[numbers.below(common.len())].to_owned();
    }
    let syllables = 2 + numbers.below(2);
    made(numbers, syllables)
}

/// A word that no dictionary has.
fn made(numbers: &mut Numbers, syllables: usize) -> String {
    (0..syllables).map(|_| SYLLABLES[numbers.below(SYLLABLES.len())]).collect()
}

const SYLLABLES: [&str; 64] = [
    "ka", "ro", "lin", "mer", "sta", "ve", "tion", "ple", "gar", "dis", "hu", "nor", "bel", "cor",
    "dan", "el", "fra", "gen", "hal", "in", "jo", "ker", "la", "man", "ne", "or", "pan", "qui",
    "re", "sol", "tar", "un", "vin", "wes", "xen", "yar", "zo", "an", "ber", "cal", "dor", "en",
    "fin", "gro", "hol", "is", "jen", "kel", "lo", "mon", "nal", "ol", "per", "ran", "sil", "ter",
    "ur", "val", "win", "ton", "ster", "ment", "ing", "er",
];

/// A word of four syllables that no other number has, and no draft by chance: what a draft's words
/// have in common with the terms is how they are built, down to their last letters.
fn only(n: usize) -> String {
    // Multiplying by an odd number permutes the numbers below 2^24.
    let mixed = n.wrapping_mul(0x9E_3779) & 0xFF_FFFF;
    (0..4).map(|at| SYLLABLES[(mixed >> (at * 6)) & 63]).collect()
}

fn text(numbers: &mut Numbers, chars: usize) -> String {
    let common: Vec<&str> = COMMON.split_whitespace().collect();
    let mut text = String::with_capacity(chars + 16);
    while text.len() < chars {
        let mut word = word(numbers, &common);
        if text.is_empty() || text.ends_with(". ") {
            word = word[..1].to_uppercase() + &word[1..];
        }
        text.push_str(&word);
        text.push_str(if numbers.below(12) == 0 { ". " } else { " " });
    }
    text.truncate(chars);
    text
}

/// Phrases as policies have them: one word in ten, else two to four; common words inside.
fn list(count: usize) -> Vec<Entry> {
    let mut numbers = Numbers(count as u64);
    let common: Vec<&str> = COMMON.split_whitespace().collect();
    (0..count)
        .map(|n| {
            let words = [1, 2, 2, 2, 2, 3, 3, 3, 4, 4][n % 10];
            let mut term: Vec<String> = (1..words)
                .map(|_| {
                    if numbers.below(100) < 35 {
                        common[numbers.below(common.len())].to_owned()
                    } else {
                        made(&mut numbers, 3)
                    }
                })
                .collect();
            term.push(only(n));
            Entry { term: term.join(" "), ..Entry::default() }
        })
        .collect()
}

fn rule(id: &str, options: Options) -> Rule {
    Rule { id: id.into(), ..Rule::of(options) }
}

/// Microseconds of a draft: the middle one, the 99th of a hundred, the slowest.
struct Times {
    median: f64,
    p99: f64,
    worst: f64,
}

fn time(drafts: &[Draft], mut check: impl FnMut(&Draft)) -> Times {
    const ROUNDS: usize = 9;
    let mut each = vec![[0.0; ROUNDS]; drafts.len()];
    for round in 0..ROUNDS {
        for (draft, times) in drafts.iter().zip(&mut each) {
            let start = Instant::now();
            check(draft);
            times[round] = start.elapsed().as_secs_f64() * 1e6;
        }
    }
    let mut all: Vec<f64> = each
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[ROUNDS / 2]
        })
        .collect();
    all.sort_by(f64::total_cmp);
    let at = |share: usize| all[(all.len() * share / 100).min(all.len() - 1)];
    Times { median: at(50), p99: at(99), worst: at(100) }
}

fn say(measure: &str, value: f64, unit: &str) {
    println!("{{\"measure\":\"{measure}\",\"value\":{value:.3},\"unit\":\"{unit}\"}}");
}

fn tell(measure: &str, times: &Times) {
    let Times { median, p99, worst } = times;
    println!(
        "{{\"measure\":\"{measure}\",\"value\":{median:.3},\"unit\":\"us\",\"p99\":{p99:.3},\"worst\":{worst:.3}}}"
    );
}

/// A rule of every kind but `terms`.
fn kinds() -> Vec<(&'static str, Options)> {
    let names = |all: &[&str]| all.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    vec![
        ("sensitive", Options::Sensitive(sensitive::Options::default())),
        ("tone", Options::Tone(tone::Options::default())),
        ("link", Options::Link(link::Options::default())),
        ("voice", Options::Voice(voice::Options::default())),
        ("media", Options::Media(media::Options::default())),
        (
            "pattern",
            Options::Pattern(pattern::Options {
                pattern: r"contract\s+(?<hit>AC-\d{6})".into(),
                ..pattern::Options::default()
            }),
        ),
        (
            "require",
            Options::Require(require::Options {
                trigger: Some(Condition::All(vec![
                    Condition::Party(Party::Employer),
                    Condition::Cue("praise".into()),
                ])),
                accept: names(&["I work at {company}"]),
                ..require::Options::default()
            }),
        ),
    ]
}

fn company() -> Company {
    Company {
        names: vec![Name { name: "Acme".into(), ..Name::default() }],
        domains: vec!["acme.example".into()],
        ..Company::default()
    }
}

/// A policy with so many terms and other rules beside.
fn policy(count: usize, with: &[(&str, Options)]) -> Policy {
    let terms = Options::Terms(terms::Options { lists: vec!["l".into()] });
    Policy {
        id: format!("bench-{count}-{}", with.len()),
        company: company(),
        lists: vec![List::build("l", &list(count), Disguises::default())],
        rules: with
            .iter()
            .map(|(name, options)| rule(name, options.clone()))
            .chain([rule("terms", terms)])
            .collect(),
        ..Policy::default()
    }
}

fn check(drafts: &[Draft], policy: Policy) -> Times {
    let engine = Engine::new(vec![policy]).unwrap();
    let context = Context::default();
    time(drafts, |d| {
        black_box(engine.check(d, &context));
    })
}

fn main() {
    let out = std::env::args().skip_while(|a| a != "--out").nth(1).map(PathBuf::from);
    let leave = |name: &str, bytes: &[u8]| {
        if let Some(out) = &out {
            std::fs::write(out.join(name), bytes).unwrap();
        }
    };
    let mut numbers = Numbers(42);
    let mut texts = |count: usize, chars: usize| -> Vec<String> {
        (0..count).map(|_| text(&mut numbers, chars)).collect()
    };
    let (usual, long) = (texts(200, 3_000), texts(40, 40_000));
    let terms = list(10_000);
    let dense: Vec<String> = (0..20)
        .map(|n| {
            let mut all: String =
                terms.iter().skip(n * 37).map(|e| format!("{} ", e.term)).collect();
            all.truncate(3_000);
            all
        })
        .collect();
    for (name, terms) in [("terms.json", &terms), ("terms100000.json", &list(100_000))] {
        let plain: Vec<&str> = terms.iter().map(|e| e.term.as_str()).collect();
        leave(name, &serde_json::to_vec(&plain).unwrap());
    }
    leave("drafts.json", &serde_json::to_vec(&[&usual, &long, &dense]).unwrap());
    let drafts = |texts: &[String]| texts.iter().map(Draft::from_text).collect::<Vec<_>>();
    let (usual, long, dense) = (drafts(&usual), drafts(&long), drafts(&dense));
    let context = Context::default();
    let floor = time(&usual, |d| {
        black_box(draftguard_core::text::floor(&d.parts[0].text));
    });
    tell("floor", &floor);
    let scan = time(&usual, |d| {
        black_box(draftguard_core::text::Scan::new(d, &context));
    });
    tell("text pipeline", &scan);
    for count in [10_000, 100_000, 1_000_000] {
        let policy = policy(count, &[]);
        leave(&format!("terms{count}.policy"), &encode(&policy).unwrap());
        if count == 100_000 {
            let bytes = policy.lists[0].index_bytes() as f64 / count as f64;
            say("index bytes a term", bytes, "bytes");
        }
        tell(&format!("terms{count}"), &check(&usual, policy));
    }
    let kinds = kinds();
    for (name, options) in &kinds {
        let policy = Policy {
            company: company(),
            rules: vec![rule(name, options.clone())],
            ..Policy::default()
        };
        tell(&format!("kind {name}"), &check(&usual, policy));
    }
    let whole = policy(10_000, &kinds);
    leave("whole.policy", &encode(&whole).unwrap());
    tell("whole", &check(&usual, whole.clone()));
    tell("whole long", &check(&long, whole.clone()));
    tell("whole dense", &check(&dense, whole));
    let entries: Vec<Entry> =
        (0..20).map(|n| Entry { term: format!("guess{n}"), ..Entry::default() }).collect();
    let start = Instant::now();
    black_box(List::conceal("l", &entries, [1; 16], Cost::default()).unwrap());
    say("one slow hash of a concealed list", start.elapsed().as_secs_f64() * 1e3 / 20.0, "ms");
}
