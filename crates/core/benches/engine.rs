//! Measures the engine natively. One JSON object a line: `measure`, `value`, `unit`.
//!
//! Every figure is the mean over 200 different drafts ("rot"): a loop over one draft teaches the
//! branch predictor its text and lies by a factor of two. Several rounds; the median round counts.

#![allow(clippy::print_stdout, reason = "a program that prints its results")]
#![allow(clippy::unwrap_used, reason = "a measurement that cannot run should stop")]
#![allow(clippy::string_slice, reason = "the texts that are cut are ASCII, made here")]

use std::hint::black_box;
use std::time::Instant;

use draftguard_core::concealed::Cost;
use draftguard_core::policy::{Disguises, Entry, List, Policy, Rule};
use draftguard_core::rules::{Options, link, sensitive, terms, tone, voice};
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
    let syllables =
        ["ka", "ro", "lin", "mer", "sta", "ve", "tion", "ple", "gar", "dis", "hu", "nor"];
    (0..2 + numbers.below(2)).map(|_| syllables[numbers.below(syllables.len())]).collect()
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
                        word(&mut numbers, &common)
                    }
                })
                .collect();
            term.push(format!("{}{n:x}q", word(&mut numbers, &common)));
            Entry { term: term.join(" "), ..Entry::default() }
        })
        .collect()
}

fn rule(id: &str, options: Options) -> Rule {
    Rule { id: id.into(), ..Rule::of(options) }
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

/// Microseconds per draft, by the median of some rounds over all drafts.
fn time(drafts: &[Draft], mut check: impl FnMut(&Draft)) -> f64 {
    let rounds = (0..9)
        .map(|_| {
            let start = Instant::now();
            drafts.iter().for_each(&mut check);
            start.elapsed().as_secs_f64() * 1e6 / drafts.len() as f64
        })
        .collect();
    median(rounds)
}

fn say(measure: &str, value: f64, unit: &str) {
    println!("{{\"measure\":\"{measure}\",\"value\":{value:.3},\"unit\":\"{unit}\"}}");
}

fn main() {
    let mut numbers = Numbers(42);
    let drafts: Vec<Draft> =
        (0..200).map(|_| Draft::from_text(text(&mut numbers, 3_000))).collect();
    let long: Vec<Draft> = (0..10).map(|_| Draft::from_text(text(&mut numbers, 40_000))).collect();
    let context = Context::default();
    let floor = time(&drafts, |d| {
        black_box(draftguard_core::text::floor(&d.parts[0].text));
    });
    say("floor: classify, tokenise, hash every word; 3,000 chars", floor, "us");
    let scan = time(&drafts, |d| {
        black_box(draftguard_core::text::Scan::new(d, &context));
    });
    say("text pipeline; 3,000 chars", scan, "us");
    let of_terms = |count: usize, with: Vec<Rule>| {
        let entries = list(count);
        let mut rules = with;
        rules.push(rule("terms", Options::Terms(terms::Options { lists: vec!["l".into()] })));
        let policy = Policy {
            lists: vec![List::build("l", &entries, Disguises::default())],
            rules,
            ..Policy::default()
        };
        Engine::new(vec![policy]).unwrap()
    };
    for count in [10_000, 100_000, 1_000_000] {
        let engine = of_terms(count, Vec::new());
        let took = time(&drafts, |d| {
            black_box(engine.check(d, &context));
        });
        say(&format!("check, {count} terms alone; 3,000 chars"), took, "us");
        if count == 10_000 {
            let took = time(&long, |d| {
                black_box(engine.check(d, &context));
            });
            say("check, 10000 terms alone; 40,000 chars", took, "us");
        }
    }
    let kinds: [(&str, Options); 4] = [
        ("sensitive", Options::Sensitive(sensitive::Options::default())),
        (
            "tone",
            Options::Tone(tone::Options {
                categories: ["insult", "profanity", "slur", "threat"].map(str::to_owned).into(),
                ..tone::Options::default()
            }),
        ),
        ("link", Options::Link(link::Options::default())),
        ("voice", Options::Voice(voice::Options::default())),
    ];
    for (name, options) in &kinds {
        let policy = Policy { rules: vec![rule(name, options.clone())], ..Policy::default() };
        let Ok(engine) = Engine::new(vec![policy]) else { continue };
        let took = time(&drafts, |d| {
            black_box(engine.check(d, &context));
        });
        say(&format!("check, kind {name} alone; 3,000 chars"), took, "us");
    }
    let all = kinds.iter().map(|(name, options)| rule(name, options.clone())).collect();
    let engine = of_terms(10_000, all);
    let mut each: Vec<f64> = Vec::new();
    let whole = time(&drafts, |d| {
        let start = Instant::now();
        black_box(engine.check(d, &context));
        each.push(start.elapsed().as_secs_f64() * 1e6);
    });
    each.sort_by(f64::total_cmp);
    say("whole check, 10000 terms; 3,000 chars, mean", whole, "us");
    say("whole check, 10000 terms; 3,000 chars, p99", each[each.len() * 99 / 100], "us");
    say("whole check / floor", whole / floor, "x");
    let took = time(&long, |d| {
        black_box(engine.check(d, &context));
    });
    say("whole check, 10000 terms; 40,000 chars", took, "us");
    let full = list(10_000);
    let dense: Vec<Draft> = (0..20)
        .map(|n| {
            let text: String = full.iter().skip(n * 37).map(|e| format!("{} ", e.term)).collect();
            Draft::from_text(&text[..3_000])
        })
        .collect();
    let took = time(&dense, |d| {
        black_box(engine.check(d, &context));
    });
    say("whole check, a draft full of hits; 3,000 chars", took, "us");
    let list = List::build("l", &list(100_000), Disguises::default());
    say("index of 100000 terms", list.index_bytes() as f64 / 100_000.0, "bytes/term");
    let policy = Policy {
        lists: vec![list],
        rules: vec![rule("terms", Options::Terms(terms::Options { lists: vec!["l".into()] }))],
        ..Policy::default()
    };
    let loads = (0..9)
        .map(|_| {
            let policy = policy.clone();
            let start = Instant::now();
            black_box(Engine::new(vec![policy]).unwrap());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    say("loading a compiled list of 100000 terms", median(loads), "ms");
    let entries: Vec<Entry> =
        (0..20).map(|n| Entry { term: format!("guess{n}"), ..Entry::default() }).collect();
    let start = Instant::now();
    black_box(List::conceal("l", &entries, [1; 16], Cost::default()).unwrap());
    say("one slow hash of a concealed list", start.elapsed().as_secs_f64() * 1e3 / 20.0, "ms");
}
