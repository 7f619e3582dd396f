//! Insults, profanity, slurs, threats, accusations, inflammatory, promissory and negative words.
//!
//! A word of the lexicons is only where it starts. What it is aimed at, whether the writer denies
//! it, quotes it or speaks against it, decides whether it is a hit; a word for a group of people
//! alone never is.
//!
//! ```toml
//! [[rules]]
//! id = "respect.insults"
//! kind = "tone"
//! categories = ["insult", "slur", "threat"]
//! ```

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::{Env, KindError, Matcher};
use crate::policy::Party;
use crate::report::Severity;
use crate::rules::Hit;
use crate::speech::cue::Cue;
use crate::speech::lexicon::{Category, Needs, Tone as Word};
use crate::speech::parties::Parties;
use crate::speech::phrases::Phrases;
use crate::speech::reading::{Mark, negated, raw_of};
use crate::speech::stance::{Aim, Stance};
use crate::speech::{Reading, reading};
use crate::text::{PartText, Scan};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `insult`, `profanity`, `slur`, `threat`, `menace`, `accusation`, `inflammatory`, `promissory`,
    /// `exaggerated`, `illegal`, `negative`; empty: the first six and `inflammatory`.
    pub categories: Vec<String>,
    /// Whom it must be aimed at to count: `any`, `person`, `group`, `company`, `competitor`, `partner`, `party`.
    pub target: String,
    /// Lexicon severity (1 to 3) from which it counts; 0 means 1.
    pub min_severity: u32,
    /// Lists of this policy whose terms count too, by category.
    pub lists: Vec<String>,
    /// Words that never count.
    pub allow: Vec<String>,
}

/// Whom a hit must be aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Any,
    Person,
    Group,
    Party(Party),
}

#[derive(Debug)]
struct Tone {
    categories: Vec<Category>,
    target: Target,
    min_severity: u8,
    lists: Phrases,
    allow: Phrases,
    parties: Arc<Parties>,
}

/// What a rule without categories looks for.
const RESPECT: &[Category] = &[
    Category::Insult,
    Category::Profanity,
    Category::Slur,
    Category::Threat,
    Category::Menace,
    Category::Accusation,
    Category::Inflammatory,
];

/// Makes a rule ready.
///
/// # Errors
/// A category, target or list that does not exist.
pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let policy = env.policy;
    let categories = options
        .categories
        .iter()
        .map(|name| {
            Category::named(name).ok_or_else(|| KindError::UnknownName {
                what: "tone category",
                name: name.clone(),
                known: Category::ALL.map(|(_, n)| n).join(", "),
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let categories = if categories.is_empty() { RESPECT.to_vec() } else { categories };
    let target = match options.target.as_str() {
        "" | "any" => Target::Any,
        "person" => Target::Person,
        "group" => Target::Group,
        "company" => Target::Party(Party::Company),
        "competitor" => Target::Party(Party::Competitor),
        "partner" => Target::Party(Party::Partner),
        "party" => Target::Party(Party::Any),
        other => {
            return Err(KindError::UnknownName {
                what: "target",
                name: other.to_owned(),
                known: "any, person, group, company, competitor, partner, party".to_owned(),
            });
        }
    };
    let mut terms = Vec::new();
    for id in &options.lists {
        let list = policy
            .lists
            .iter()
            .find(|l| l.id == *id)
            .ok_or_else(|| KindError::UnknownList(id.clone()))?;
        terms.extend(
            list.entries().into_iter().flat_map(|e| std::iter::once(e.term).chain(e.variants)),
        );
    }
    Ok(Box::new(Tone {
        categories,
        target,
        min_severity: options.min_severity.clamp(1, 3) as u8,
        lists: Phrases::of(terms.iter().map(|t| (t, 0))),
        allow: Phrases::of(options.allow.iter().map(|t| (t, 0))),
        parties: Arc::new(Parties::new(policy)),
    }))
}

impl Matcher for Tone {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        let indonesian = scan.reader.as_deref() == Some("id");
        for (index, part) in scan.parts.iter().enumerate() {
            let reading = reading(part);
            let mut stance: Option<Stance<'_>> = None;
            let first = hits.len();
            let mut put = |raw: Range<usize>, category: Category, severity: u8, why: String| {
                hits.push(Hit {
                    part: Some(index),
                    span: raw,
                    detector: Some(format!("tone.{}", category.name())),
                    severity: Some(match severity {
                        0 | 1 => Severity::Low,
                        2 => Severity::Medium,
                        _ => Severity::High,
                    }),
                    why: Some(why),
                    ..Hit::default()
                });
            };
            for mark in &reading.marks {
                let Some(word) = mark.tone.filter(|w| {
                    self.categories.contains(&w.category) && w.severity >= self.min_severity
                }) else {
                    continue;
                };
                let stance = stance.get_or_insert_with(|| Stance::new(part, reading));
                if let Some(aim) = self.judge(part, reading, stance, mark, word) {
                    put(
                        mark.raw.clone(),
                        word.category,
                        word.severity,
                        why(word.category, aim, mark.disguise, indonesian),
                    );
                }
            }
            if self.categories.contains(&Category::Inflammatory)
                && matches!(self.target, Target::Any | Target::Group)
                && reading.cues & Cue::Identity.bit() != 0
            {
                let stance = stance.get_or_insert_with(|| Stance::new(part, reading));
                for raw in stance.hatred() {
                    put(
                        raw,
                        Category::Inflammatory,
                        3,
                        why(Category::Inflammatory, Aim::Group, None, indonesian),
                    );
                }
            }
            if self.categories.contains(&Category::Negative) {
                self.negative(part, reading, &mut |raw| {
                    put(
                        raw,
                        Category::Negative,
                        1,
                        why(Category::Negative, Aim::Business, None, indonesian),
                    );
                });
            }
            if let Some(category) = self.categories.first().copied() {
                self.lists.each(reading, |_, tokens| {
                    let raw = raw_of(&reading.tokens, &tokens);
                    put(raw, category, 2, why(category, Aim::Nobody, None, indonesian));
                });
            }
            keep_widest(hits, first);
        }
    }
}

impl Tone {
    /// Whether a mark counts, and at whom it is aimed.
    fn judge(
        &self,
        part: &PartText,
        reading: &Reading,
        stance: &Stance<'_>,
        mark: &Mark,
        word: Word,
    ) -> Option<Aim> {
        if self.allowed(reading, mark)
            || stance.harmless(mark)
            || stance.name_like(mark)
            || stance.in_a_handle(mark)
            || stance.cut_short(mark)
        {
            return None;
        }
        let category = word.category;
        if category != Category::Profanity && (stance.quoted(mark) || stance.countered(mark)) {
            return None;
        }
        if category == Category::Profanity && stance.quoted(mark) && stance.countered(mark) {
            return None;
        }
        // "No idiots here" denies nobody's wits, "not a scam" denies.
        let deniable = !matches!(category, Category::Profanity | Category::Slur);
        if deniable && stance.denied(mark) {
            return None;
        }
        // Beside a plain threat the menace says nothing more.
        if category == Category::Menace {
            let sentence = stance.sentence(mark);
            let plain = |m: &Mark| m.tone.is_some_and(|t| t.category == Category::Threat);
            if reading.marks.iter().any(|m| plain(m) && sentence.contains(&m.raw.start)) {
                return None;
            }
        }
        let mut aim = stance.aim(mark);
        if aim == Aim::Oneself
            && matches!(category, Category::Insult | Category::Threat | Category::Menace)
        {
            return None;
        }
        // Nobody stretches, spells or masks an everyday word by accident.
        let hidden = mark.disguise.is_some_and(|d| !matches!(d, "repeat" | "swap"));
        let parties = || stance.parties(mark, &self.parties);
        match word.needs {
            Needs::Nothing => {}
            Needs::Target | Needs::Beast if hidden => {}
            Needs::Beast => {
                let everyday = reading.cues & Cue::Everyday.bit() != 0 || stance.owned(mark);
                if everyday && !stance.addressed(mark) {
                    return None;
                }
            }
            Needs::Target => {
                if aim == Aim::Nobody && stance.exclaimed(mark) {
                    aim = Aim::Person;
                }
                // "Their app is terrible" judges a thing; that is no insult to anybody.
                let thing = aim == Aim::Business && category == Category::Insult;
                if aim == Aim::Nobody || thing {
                    return None;
                }
            }
            Needs::Party => {
                let sentence = stance.sentence(mark);
                let business =
                    reading.within(Cue::Business.bit() | Cue::JobTitle.bit(), &sentence).next();
                let named = !parties().is_empty();
                if !named && (business.is_none() || !matches!(aim, Aim::Business | Aim::Person)) {
                    return None;
                }
                if named || aim == Aim::Nobody {
                    aim = Aim::Business;
                }
            }
        }
        let fits = match self.target {
            Target::Any => true,
            Target::Person => {
                matches!(aim, Aim::Person | Aim::Group) || {
                    // An insult that needs no target is one to whoever reads it.
                    aim == Aim::Nobody
                        && word.needs == Needs::Nothing
                        && category != Category::Profanity
                }
            }
            Target::Group => aim == Aim::Group || category == Category::Slur,
            Target::Party(Party::Any) => !parties().is_empty(),
            Target::Party(party) => parties().contains(&party),
        };
        let protected = matches!(self.target, Target::Party(Party::Company))
            && category == Category::Accusation
            && protected_talk(part, reading, &stance.sentence(mark));
        (fits && !protected).then_some(aim)
    }

    fn allowed(&self, reading: &Reading, mark: &Mark) -> bool {
        let mut allowed = false;
        for at in mark.tokens.clone() {
            self.allow.starting_at(&reading.tokens, at, &mut |_, _| allowed = true);
        }
        allowed
    }

    /// Unfavourable words in the sentence of a named party.
    fn negative(&self, part: &PartText, reading: &Reading, put: &mut impl FnMut(Range<usize>)) {
        if reading.cues & Cue::Negative.bit() == 0 {
            return;
        }
        let party = match self.target {
            Target::Party(party) => party,
            _ => Party::Any,
        };
        let mut done: Option<Range<usize>> = None;
        for named in self.parties.named(part, &(0..part.raw.len()), party) {
            let sentence = about(part, reading, part.sentence_at(named.raw.start));
            if done.as_ref() == Some(&sentence) {
                continue;
            }
            // Talk about pay and working conditions is the employees' own.
            let own = matches!(named.party, Party::Company | Party::Product);
            if own && protected_talk(part, reading, &sentence) {
                continue;
            }
            let word = reading.within(Cue::Negative.bit(), &sentence).find(|m| {
                !negated(reading, m)
                    && (m.raw.end <= named.raw.start || m.raw.start >= named.raw.end)
                    && !self.allowed(reading, m)
            });
            let answered = reading.within(Cue::CounterSpeech.bit(), &sentence).next().is_some();
            if let Some(word) = word.filter(|_| !answered) {
                let span = word.raw.start.min(named.raw.start)..word.raw.end.max(named.raw.end);
                put(span);
                done = Some(sentence);
            }
        }
    }
}

/// A sentence with what is still about the same: a name alone says what the next one is about
/// ("Globex? All talk."), and a few words what they think of the one before ("… Worthless paper.").
fn about(part: &PartText, reading: &Reading, sentence: Range<usize>) -> Range<usize> {
    let words = |s: &Range<usize>| reading.tokens_in(s).len();
    let next = part.sentences.iter().find(|s| s.start >= sentence.end);
    match next.filter(|next| words(&sentence) <= 3 || words(next) <= 3) {
        Some(next) => sentence.start..next.end,
        None => sentence,
    }
}

/// Whether a sentence is about pay or working conditions.
fn protected_talk(_part: &PartText, reading: &Reading, sentence: &Range<usize>) -> bool {
    reading.within(Cue::PayAndConditions.bit(), sentence).next().is_some()
}

/// Of hits that overlap, the widest; of equals, the heaviest.
fn keep_widest(hits: &mut Vec<Hit>, first: usize) {
    let mut mine = hits.split_off(first.min(hits.len()));
    mine.sort_by_key(|h| {
        (h.span.start, std::cmp::Reverse(h.span.end), std::cmp::Reverse(h.severity))
    });
    let mut end = 0;
    for hit in mine {
        if hit.span.start >= end || hits.len() == first {
            end = hit.span.end;
            hits.push(hit);
        } else if let Some(last) = hits.last_mut() {
            // The heavier of two that overlap names the finding.
            if hit.severity > last.severity {
                last.severity = hit.severity;
                last.detector = hit.detector;
                last.why = hit.why;
            }
            last.span.end = last.span.end.max(hit.span.end);
            end = end.max(hit.span.end);
        }
    }
}

/// Why a word counts, in the reader's language.
fn why(category: Category, aim: Aim, disguise: Option<&str>, indonesian: bool) -> String {
    let (what, whom, how) = if indonesian {
        (
            match category {
                Category::Insult => "penghinaan",
                Category::Profanity => "kata kasar",
                Category::Slur => "hinaan terhadap suatu kelompok",
                Category::Threat | Category::Menace => "ancaman",
                Category::Accusation => "tuduhan",
                Category::Inflammatory => "hasutan",
                Category::Promissory => "janji hasil",
                Category::Exaggerated => "klaim berlebihan",
                Category::Illegal => "mengarah ke perbuatan melanggar hukum",
                Category::Negative => "kata negatif di dekat nama pihak",
            },
            match aim {
                Aim::Person => ", ditujukan kepada orang",
                Aim::Group => ", ditujukan kepada kelompok",
                Aim::Business => ", ditujukan kepada perusahaan",
                Aim::Nobody | Aim::Oneself => "",
            },
            ", disamarkan",
        )
    } else {
        (
            match category {
                Category::Insult => "insult",
                Category::Profanity => "profanity",
                Category::Slur => "slur",
                Category::Threat | Category::Menace => "threat",
                Category::Accusation => "accusation",
                Category::Inflammatory => "inflammatory",
                Category::Promissory => "promise of a result",
                Category::Exaggerated => "exaggerated claim",
                Category::Illegal => "implies breaking the law",
                Category::Negative => "unfavourable words beside a named party",
            },
            match aim {
                Aim::Person => ", aimed at a person",
                Aim::Group => ", aimed at a group",
                Aim::Business => ", aimed at a firm",
                Aim::Nobody | Aim::Oneself => "",
            },
            ", disguised",
        )
    };
    // The parties' own word for a negative finding says whom already.
    let whom = if category == Category::Negative { "" } else { whom };
    let how = if disguise.is_some() { how } else { "" };
    format!("{what}{whom}{how}")
}

#[cfg(test)]
mod tests;
