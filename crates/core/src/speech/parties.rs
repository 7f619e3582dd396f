//! The parties of the company facts, named in a text.

use std::ops::Range;

use crate::policy::{Name, Party, Policy};
use crate::text::{EntityKind, PartText};

use super::phrases::Phrases;
use super::reading::{Token, raw_of};
use super::{cue::Cue, reading};

/// The names of a policy's parties, ready to be found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parties {
    names: Vec<Known>,
    phrases: Phrases,
    handles: Vec<String>,
}

#[derive(Debug, Clone)]
struct Known {
    party: Party,
    name: String,
    /// Letters and digits only, lower case: how a hashtag or a handle writes it.
    squashed: String,
    common_word: bool,
}

/// A party named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub party: Party,
    /// Bytes of the text as typed.
    pub raw: Range<usize>,
}

/// Letters and digits, lower case.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Parties {
    /// Makes the company facts ready.
    pub(crate) fn new(policy: &Policy) -> Self {
        let company = &policy.company;
        let mut names = Vec::new();
        let mut add = |party, list: &[Name]| {
            names.extend(list.iter().filter(|n| !n.name.trim().is_empty()).map(|n| Known {
                party,
                name: n.name.trim().to_owned(),
                squashed: squash(&n.name),
                common_word: n.common_word,
            }));
        };
        add(Party::Company, &company.names);
        add(Party::Product, &company.products);
        add(Party::Competitor, &company.competitors);
        add(Party::Partner, &company.partners);
        add(Party::Client, &company.clients);
        let phrases = Phrases::of(names.iter().enumerate().flat_map(|(i, n)| {
            // "Acmenya", "Acme-nya": the Indonesian possessive.
            [(n.name.clone(), i as u32), (format!("{}nya", n.name), i as u32)]
        }));
        let handles = company.brand_accounts.iter().map(|a| squash_handle(&a.handle)).collect();
        Self { names, phrases, handles }
    }

    /// Every party named within a range of a text, in order.
    pub(crate) fn named(&self, part: &PartText, range: &Range<usize>, party: Party) -> Vec<Named> {
        let mut found = Vec::new();
        let wanted = |p: Party| match party {
            Party::Any => true,
            Party::Employer => p == Party::Company,
            one => one == p,
        };
        let reading = reading(part);
        let tokens = &reading.tokens;
        self.phrases.each_within(reading, reading.tokens_in(range), &mut |tag, span| {
            let Some(known) = self.names.get(tag as usize).filter(|k| wanted(k.party)) else {
                return;
            };
            let raw = raw_of(tokens, &span);
            if raw.end <= range.end
                && !inside_address(part, &raw)
                && !names_a_place(part, tokens, &span)
                && (!known.common_word || self.is_the_firm(part, tokens, &span, known))
            {
                found.push(Named { party: known.party, raw });
            }
        });
        for entity in part
            .entities_in(range)
            .iter()
            .filter(|e| e.raw.start >= range.start && e.raw.end <= range.end)
        {
            let text = part.raw_text(entity.raw.clone());
            match entity.kind {
                EntityKind::Mention => {
                    let handle = squash_handle(text);
                    if wanted(Party::Company) && self.handles.contains(&handle) {
                        found.push(Named { party: Party::Company, raw: entity.raw.clone() });
                    } else if let Some(k) = self.squashed(&handle, &wanted) {
                        found.push(Named { party: k.party, raw: entity.raw.clone() });
                    }
                }
                EntityKind::Hashtag => {
                    if let Some(k) = self.squashed(&squash(text), &wanted) {
                        found.push(Named { party: k.party, raw: entity.raw.clone() });
                    }
                }
                EntityKind::Link | EntityKind::Mail => {}
            }
        }
        if party == Party::Employer {
            found.extend(
                reading
                    .within(Cue::Employer.bit(), range)
                    .map(|m| Named { party: Party::Employer, raw: m.raw.clone() }),
            );
        }
        found.sort_by_key(|n| (n.raw.start, n.raw.end));
        found.dedup_by(|b, a| b.party == a.party && b.raw.start < a.raw.end);
        found
    }

    /// Whether one of the parties is named within a range.
    pub(crate) fn first(
        &self,
        part: &PartText,
        range: &Range<usize>,
        party: Party,
    ) -> Option<Named> {
        self.named(part, range, party).into_iter().next()
    }

    fn squashed(&self, text: &str, wanted: &impl Fn(Party) -> bool) -> Option<&Known> {
        self.names.iter().find(|k| k.squashed == text && wanted(k.party))
    }

    /// Whether an everyday word stands there as the name of a firm.
    fn is_the_firm(
        &self,
        part: &PartText,
        tokens: &[Token],
        span: &Range<usize>,
        known: &Known,
    ) -> bool {
        let raw = raw_of(tokens, span);
        let written = part.raw_text(raw.clone());
        let written =
            written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")).unwrap_or(written);
        if written != known.name {
            return false;
        }
        if part.entities_in(&raw).iter().any(|e| {
            matches!(e.kind, EntityKind::Hashtag | EntityKind::Mention)
                && e.raw.contains(&raw.start)
        }) {
            // A tag or a handle that is exactly the name is found as such.
            return false;
        }
        let word = |i: usize| {
            tokens
                .get(i)
                .and_then(|t| t.word)
                .and_then(|w| part.words.get(w as usize))
                .map_or("", |w| part.word(w))
        };
        let before = span.start.checked_sub(1).map_or("", word);
        let after = word(span.end);
        // Nobody writes "the Target" or "an Apple" of a firm, unless its kind follows.
        if FIRM_AFTER.contains(&after) {
            return true;
        }
        if DETERMINERS.contains(&before) {
            return false;
        }
        if part.raw.get(raw.end..).is_some_and(|rest| rest.starts_with(['\'', '’']))
            || FIRM_BEFORE.contains(&before)
        {
            return true;
        }
        let sentence = part.sentence_at(raw.start);
        let lead = part.raw_text(sentence.start..raw.start);
        let opens = !lead.contains(char::is_alphanumeric)
            || lead.trim_end().ends_with(['.', '!', '?', ':', '"', '“', '\n', '-', '•', '|']);
        // A capital in the middle of a sentence tells, unless everything there has one.
        !opens && !shouted(part.raw_text(sentence))
    }
}

/// Whether the name only says which building or street is meant: "the Acme tower", "gedung Acme".
fn names_a_place(part: &PartText, tokens: &[Token], span: &Range<usize>) -> bool {
    let word = |i: usize| {
        tokens
            .get(i)
            .filter(|t| i <= span.start || !t.pause)
            .and_then(|t| part.words.get(t.word? as usize))
            .map_or("", |w| part.word(w))
    };
    let before = span.start.checked_sub(1).map_or("", word);
    PLACES_AFTER.contains(&word(span.end)) || PLACES_BEFORE.contains(&before)
}

const PLACES_AFTER: &[&str] = &[
    "tower", "towers", "building", "stadium", "arena", "street", "avenue", "plaza", "mall", "park",
    "station", "square", "bridge", "museum", "stop", "theatre", "theater",
];
const PLACES_BEFORE: &[&str] =
    &["gedung", "menara", "stadion", "jalan", "jl", "halte", "stasiun", "mal", "taman", "parkiran"];

/// Lower-cased handle without its sign and server.
fn squash_handle(handle: &str) -> String {
    let bare = handle.trim().trim_start_matches('@');
    bare.split('@').next().unwrap_or(bare).to_lowercase()
}

fn inside_address(part: &PartText, raw: &Range<usize>) -> bool {
    part.entities_in(raw)
        .iter()
        .any(|e| e.kind != EntityKind::Hashtag && e.raw.start <= raw.start && raw.end <= e.raw.end)
}

/// Whether most longer words of a sentence begin with a capital: a headline.
fn shouted(sentence: &str) -> bool {
    let (mut upper, mut all) = (0, 0);
    for word in sentence.split_whitespace().filter(|w| w.chars().count() > 3) {
        all += 1;
        upper += u32::from(word.starts_with(char::is_uppercase));
    }
    all >= 3 && upper * 3 >= all * 2
}

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "our", "my", "your", "their", "his", "her", "its", "this", "that", "these",
    "those", "no", "any", "each", "every", "some", "new", "sales", "one", "per", "hit", "si",
    "sang",
];

const FIRM_BEFORE: &[&str] = &[
    "at",
    "for",
    "from",
    "with",
    "by",
    "of",
    "join",
    "joined",
    "joining",
    "left",
    "leaving",
    "via",
    "di",
    "dari",
    "oleh",
    "bersama",
    "pt",
    "cv",
    "team",
    "tim",
    "sama",
    "dengan",
    "kantor",
    "karyawan",
    "perusahaan",
    "perusahan",
    "aplikasi",
    "bank",
    "grup",
    "group",
    "vs",
    "versus",
];

const FIRM_AFTER: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "llc",
    "plc",
    "gmbh",
    "tbk",
    "group",
    "grup",
    "store",
    "stores",
    "team",
    "employee",
    "employees",
    "staff",
    "announced",
    "announces",
    "ceo",
    "cfo",
    "said",
    "says",
    "launched",
    "launches",
    "hired",
    "hires",
    "indonesia",
    "app",
    "customer",
    "customers",
    "headquarters",
    "hq",
    "mengumumkan",
    "meluncurkan",
    "merekrut",
    "membuka",
];
