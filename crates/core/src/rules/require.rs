//! Something that must be there when something else is.
//!
//! ```toml
//! [[rules]]
//! id = "disclosure.relationship"
//! kind = "require"
//! trigger = { all = [{ party = "employer" }, { cue = "praise" }] }
//! accept = ["I work at {company}", "#{company}Employee", "saya bekerja di {company}"]
//! placement = "before-fold"
//! fixes = ["insert"]
//! [rules.insert]
//! en = ["I work at {company}, and this is my own view.", "I work at {company}."]
//! id = ["Saya bekerja di {company}, dan ini pendapat pribadi.", "Saya bekerja di {company}."]
//! ```
//!
//! A hashtag counts however it is written: `#IworkatAcme` is `#i_work_at_acme`, and fulfils
//! "I work at Acme". `{company}` stands for every name of the company.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::draft::PartRole;
use crate::engine::{Env, KindError, Matcher};
use crate::expression::Expression;
use crate::report::Fix;
use crate::rules::Hit;
use crate::site::Limit;
use crate::speech::condition::Compiled;
use crate::speech::parties::{Parties, squash};
use crate::speech::phrases::Phrases;
use crate::speech::reading;
use crate::speech::reading::raw_of;
use crate::text::{EntityKind, PartText, Scan, language};

use crate::policy::{Condition, Rule, Scope, Within};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What brings the requirement about; none: every draft that `when` selects.
    pub trigger: Option<Condition>,
    /// Where all of the trigger must be found together.
    pub within: Within,
    /// Words, phrases or hashtags that fulfil it, in any language.
    pub accept: Vec<String>,
    /// Expressions that fulfil it.
    pub accept_patterns: Vec<String>,
    /// A condition that fulfils it (a link, a credit, a list).
    pub accept_condition: Option<Condition>,
    /// Where it must stand.
    pub placement: Placement,
    /// Whether it must stand in the draft's own language.
    pub same_language: bool,
    /// Texts to insert, by language, longest first: the longest that fits the site's limit is offered.
    pub insert: BTreeMap<String, Vec<String>>,
    /// Where the text is inserted.
    pub insert_at: InsertAt,
}

/// Where something required must stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    /// Anywhere in the text.
    #[default]
    Anywhere,
    /// Before the site hides the rest behind "more".
    BeforeFold,
    /// At the start.
    Start,
    /// Anywhere but among three or more hashtags at the end.
    NotOnlyTags,
}

/// Where a required text is inserted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum InsertAt {
    /// After the last word, on its own line where the site has lines.
    #[default]
    End,
    /// Before the first word.
    Start,
}

/// How many hashtags in a row make a pile that nobody reads.
const PILE: usize = 3;

/// Before how many words something "at the start" may still begin.
const START_WORDS: usize = 3;

#[derive(Debug)]
struct Require {
    trigger: Option<Compiled>,
    within: Within,
    accept: Phrases,
    /// What a hashtag says without its sign and signs between its words.
    tags: Vec<String>,
    patterns: Vec<Expression>,
    condition: Option<Compiled>,
    placement: Placement,
    same_language: bool,
    insert: BTreeMap<String, Vec<String>>,
    insert_at: InsertAt,
    default_language: String,
    rule: Option<Rule>,
}

/// Makes a rule ready.
///
/// # Errors
/// A condition or an expression that does not compile.
pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let policy = env.policy;
    let parties = Arc::new(Parties::new(policy));
    let condition = |c: &Condition| {
        Compiled::with_parties(c, policy, &parties).map_err(|e| KindError::Condition(e.to_string()))
    };
    let names: Vec<&str> = policy.company.names.iter().map(|n| n.name.as_str()).collect();
    let filled: Vec<String> = options.accept.iter().flat_map(|a| fill(a, &names)).collect();
    let insert = options
        .insert
        .iter()
        .map(|(language, texts)| {
            let texts = texts.iter().filter_map(|t| fill(t, &names).into_iter().next()).collect();
            (language.clone(), texts)
        })
        .collect();
    Ok(Box::new(Require {
        trigger: options.trigger.as_ref().map(condition).transpose()?,
        within: options.within,
        accept: Phrases::of(filled.iter().filter(|a| !a.starts_with('#')).map(|a| (a, 0))),
        tags: filled
            .iter()
            .filter(|a| a.starts_with('#') || a.contains(' '))
            .map(|a| squash(a))
            .collect(),
        patterns: options
            .accept_patterns
            .iter()
            .map(|p| {
                let wrong = |reason| KindError::Pattern { pattern: p.clone(), reason };
                Expression::new(p, false).map_err(wrong)
            })
            .collect::<Result<_, _>>()?,
        condition: options.accept_condition.as_ref().map(condition).transpose()?,
        placement: options.placement,
        same_language: options.same_language,
        insert,
        insert_at: options.insert_at,
        default_language: policy.default_language.clone(),
        rule: env.rule.cloned(),
    }))
}

/// A text with every name of the company in the place of `{company}`.
fn fill(text: &str, names: &[&str]) -> Vec<String> {
    if text.contains("{company}") {
        names
            .iter()
            .map(|name| {
                if text.starts_with('#') {
                    text.replace("{company}", &squash(name))
                } else {
                    text.replace("{company}", name)
                }
            })
            .collect()
    } else {
        vec![text.to_owned()]
    }
}

/// Why what stands there does not fulfil the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Short {
    Missing,
    BelowFold,
    NotAtStart,
    AmongTags,
    OtherLanguage,
}

impl Matcher for Require {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        let groups = self.groups(scan);
        if groups.is_empty() {
            // An attachment without a text box.
            let triggered = self.trigger.as_ref().is_none_or(|t| t.holds_in_draft(scan));
            if triggered && !scan.draft.media.is_empty() {
                hits.push(Hit { why: Some(self.why(scan, Short::Missing)), ..Hit::default() });
            }
            return;
        }
        for group in groups {
            let Some((part, span)) = self.triggered(scan, &group) else { continue };
            let Some(short) = self.short(scan, &group) else { continue };
            hits.push(Hit {
                part: Some(part),
                span,
                why: Some(self.why(scan, short)),
                fixes: self.insertion(scan, part, &group).into_iter().collect(),
                ..Hit::default()
            });
        }
    }
}

impl Require {
    /// Parts that are judged together: a post with its title, a thread, a profile.
    fn groups(&self, scan: &Scan<'_>) -> Vec<Vec<usize>> {
        let of = |wanted: &[PartRole]| -> Vec<usize> {
            let looks = |role| self.rule.as_ref().is_none_or(|r| r.looks_at(role));
            let parts = scan.parts.iter().enumerate();
            parts
                .filter(|(_, p)| wanted.contains(&p.role) && looks(p.role))
                .map(|(i, _)| i)
                .collect()
        };
        let bodies = of(&[PartRole::Body]);
        let heads = of(&[PartRole::Title, PartRole::Warning]);
        let thread = self.rule.as_ref().is_some_and(|r| r.scope == Scope::Thread);
        let mut groups = Vec::new();
        if bodies.is_empty() || thread {
            groups.push([bodies, heads].concat());
        } else {
            for body in bodies {
                groups.push([vec![body], heads.clone()].concat());
            }
        }
        groups.push(of(&[PartRole::Profile]));
        groups.retain(|g| !g.is_empty());
        groups
    }

    /// The first place in a group that brings the requirement about.
    fn triggered(&self, scan: &Scan<'_>, group: &[usize]) -> Option<(usize, Range<usize>)> {
        for &index in group {
            let part = scan.parts.get(index)?;
            let whole = 0..part.raw.len();
            let Some(trigger) = &self.trigger else {
                // Every draft that `when` selects, unless there is nothing in it.
                let empty = part.raw.trim().is_empty() && scan.draft.media.is_empty();
                return (!empty).then_some((index, 0..0));
            };
            let stretches = match self.within {
                Within::Sentence if !part.sentences.is_empty() => part.sentences.clone(),
                // Each sentence with the next: every pair of neighbours is looked at once.
                Within::Nearby if part.sentences.len() > 1 => {
                    part.sentences.windows(2).map(|pair| pair[0].start..pair[1].end).collect()
                }
                _ => vec![whole.clone()],
            };
            let holds = |range: &Range<usize>| match self.within {
                Within::Draft => trigger.holds_in_draft(scan),
                _ => trigger.holds(scan, index, range.clone()),
            };
            if let Some(range) = stretches.into_iter().find(holds) {
                let span = trigger.locate(scan, index, range.clone()).unwrap_or(range);
                return Some((index, span));
            }
        }
        None
    }

    /// What the group falls short of; none where it fulfils the rule.
    fn short(&self, scan: &Scan<'_>, group: &[usize]) -> Option<Short> {
        let mut short = Short::Missing;
        for &index in group {
            let Some(part) = scan.parts.get(index) else { continue };
            if self.condition.as_ref().is_some_and(|c| c.holds(scan, index, 0..part.raw.len())) {
                return None;
            }
            for (span, tag) in self.accepted(part) {
                match self.flaw(scan, part, &span, tag) {
                    None => return None,
                    Some(flaw) => short = flaw,
                }
            }
        }
        Some(short)
    }

    /// Everything in a part that would fulfil the rule, with whether it is a hashtag.
    fn accepted(&self, part: &PartText) -> Vec<(Range<usize>, bool)> {
        let reading = reading(part);
        let tag_at = |at: usize| {
            part.entities_in(&(at..at + 1)).iter().find(|e| e.kind == EntityKind::Hashtag)
        };
        let mut found = Vec::new();
        self.accept.each(reading, |_, tokens| {
            let raw = raw_of(&reading.tokens, &tokens);
            let tag = tag_at(raw.start).is_some();
            found.push((raw, tag));
        });
        for entity in part.entities.iter().filter(|e| e.kind == EntityKind::Hashtag) {
            if self.tags.contains(&squash(part.raw_text(entity.raw.clone()))) {
                found.push((entity.raw.clone(), true));
            }
        }
        for pattern in &self.patterns {
            found.extend(pattern.find(&part.raw).map(|span| {
                let tag = tag_at(span.start).is_some();
                (span, tag)
            }));
        }
        found
    }

    /// What is wrong with the place or the language of something accepted.
    fn flaw(
        &self,
        scan: &Scan<'_>,
        part: &PartText,
        span: &Range<usize>,
        tag: bool,
    ) -> Option<Short> {
        if self.same_language && !tag {
            // A few words tell no language; the sentence that they stand in does.
            let sentence = part.sentence_at(span.start);
            let said = PartText::new("", PartRole::Body, part.raw_text(sentence));
            let said = language::detect(std::iter::once(&said));
            if let (Some(said), Some(draft)) = (said, scan.language())
                && said != draft
            {
                return Some(Short::OtherLanguage);
            }
        }
        if self.placement != Placement::Anywhere && tag && in_pile(part, span.start) {
            return Some(Short::AmongTags);
        }
        let before = part.raw.get(..span.end).unwrap_or_default();
        match self.placement {
            Placement::Anywhere | Placement::NotOnlyTags => None,
            Placement::BeforeFold => {
                let limit = scan.limit(part.role);
                limit
                    .and_then(|l| Some(l.count(before) > l.fold?))
                    .unwrap_or(false)
                    .then_some(Short::BelowFold)
            }
            Placement::Start => {
                let words = part.words.iter().filter(|w| {
                    w.raw.end <= span.start
                        && !part
                            .entities
                            .iter()
                            .any(|e| e.kind == EntityKind::Mention && e.raw.contains(&w.raw.start))
                });
                (words.count() > START_WORDS).then_some(Short::NotAtStart)
            }
        }
    }

    /// The insertion that fulfils the rule: the longest text in the draft's language that fits.
    fn insertion(&self, scan: &Scan<'_>, triggered: usize, group: &[usize]) -> Option<Fix> {
        let languages = scan.language().into_iter().chain([self.default_language.as_str(), "en"]);
        let texts = languages
            .filter_map(|l| self.insert.get(l))
            .find(|t| !t.is_empty())
            .or_else(|| self.insert.values().find(|t| !t.is_empty()))?;
        // The post that brought it about, else another of the thread that has room.
        let others = group.iter().copied().filter(|i| *i != triggered);
        for index in std::iter::once(triggered).chain(others) {
            let Some(part) = scan.parts.get(index) else { continue };
            if !matches!(part.role, PartRole::Body | PartRole::Profile) {
                continue;
            }
            let limit = scan.limit(part.role);
            for text in texts {
                for lines in [true, false] {
                    let (at, inserted) = self.insert_in(part, text, limit.as_ref(), lines);
                    let Some(limit) = &limit else {
                        return Some(fix(part, at, inserted, None));
                    };
                    let (before, after) = part.raw.split_at_checked(at)?;
                    let used = limit.count(&format!("{before}{inserted}{after}"));
                    if used <= limit.max {
                        return Some(fix(part, at, inserted, Some(limit.max - used)));
                    }
                }
            }
        }
        None
    }

    /// Where in a part a text goes, and with what around it.
    fn insert_in(
        &self,
        part: &PartText,
        text: &str,
        limit: Option<&Limit>,
        lines: bool,
    ) -> (usize, String) {
        let end = part.raw.trim_end().len();
        let below_fold = || {
            limit.and_then(|l| Some(l.count(&part.raw) + l.count(text) + 2 > l.fold?)) == Some(true)
        };
        let start = self.insert_at == InsertAt::Start
            || self.placement == Placement::Start
            || (self.placement == Placement::BeforeFold && below_fold());
        if end == 0 {
            return (0, text.trim().to_owned());
        }
        let spaced = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        let apart = match (spaced, lines && !text.starts_with('#')) {
            // The author has put the space where he wants it.
            (true, _) => "",
            (false, true) => "\n\n",
            (false, false) => " ",
        };
        if !start {
            return (end, format!("{apart}{text}"));
        }
        // The accounts that an answer begins with stay in front.
        let mut at = 0;
        for entity in part.entities.iter().filter(|e| e.kind == EntityKind::Mention) {
            if part.raw_text(at..entity.raw.start).trim().is_empty() {
                at = entity.raw.end;
            }
        }
        let lead = if at > 0 { " " } else { "" };
        let rest = part.raw.get(at..).unwrap_or_default();
        let skip = if at > 0 { rest.len() - rest.trim_start().len() } else { 0 };
        let tail = if skip > 0 && apart == " " { "" } else { apart };
        let text = if skip > 0 && spaced { text.trim_end() } else { text };
        (at, format!("{lead}{text}{tail}"))
    }

    /// What falls short, in the reader's language.
    fn why(&self, scan: &Scan<'_>, short: Short) -> String {
        let indonesian = scan.reader.as_deref() == Some("id");
        match (short, indonesian) {
            (Short::Missing, false) => "it is not in the draft",
            (Short::Missing, true) => "belum ada dalam draf",
            (Short::BelowFold, false) => {
                "it stands where the site hides it behind \u{201c}more\u{201d}"
            }
            (Short::BelowFold, true) => {
                "letaknya tersembunyi di balik \u{201c}selengkapnya\u{201d}"
            }
            (Short::NotAtStart, false) => "it does not stand at the start",
            (Short::NotAtStart, true) => "tidak berada di awal",
            (Short::AmongTags, false) => "it stands only among other hashtags",
            (Short::AmongTags, true) => "hanya ada di antara tagar lain",
            (Short::OtherLanguage, false) => "it is in another language than the post",
            (Short::OtherLanguage, true) => "bahasanya berbeda dari bahasa kiriman",
        }
        .to_owned()
    }
}

fn fix(part: &PartText, at: usize, text: String, remaining: Option<u32>) -> Fix {
    Fix::Insert { part: part.id.clone(), at: part.to_utf16(0..at).end, text, remaining }
}

/// Whether a hashtag stands in a row of three or more.
fn in_pile(part: &PartText, at: usize) -> bool {
    let mut run: Vec<&Range<usize>> = Vec::new();
    for entity in part.entities.iter().filter(|e| e.kind == EntityKind::Hashtag) {
        let joined = run.last().is_some_and(|last| {
            part.raw_text(last.end..entity.raw.start).chars().all(|c| c.is_whitespace() || c == ',')
        });
        if !joined {
            if run.len() >= PILE && run.iter().any(|r| r.contains(&at)) {
                return true;
            }
            run.clear();
        }
        run.push(&entity.raw);
    }
    run.len() >= PILE && run.iter().any(|r| r.contains(&at))
}
