//! Answers: who gives them, which replies are approved for them, and how far a text has moved away
//! from the reply that it began as.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::context::{Context, Surface};
use crate::draft::{Draft, PartRole, UsedReply};
use crate::help::{Cause, Help, Route, Suggestion};
use crate::policy::{Contact, Mode, Party, Policy};
use crate::report::{Action, Finding, Fix, Kind, Reply, Severity};
use crate::speech::condition::cue_in;
use crate::speech::cue::Cue;
use crate::speech::parties::Parties;
use crate::speech::phrases::Phrases;
use crate::speech::reading;
use crate::text::{PartText, Scan};

use super::Engine;
use super::words::{Words, find_contacts};

/// The id under which a reply that was changed too far is reported.
pub(super) const RULE: &str = "draftguard.reply-changed";
/// Words of a text that are compared with a reply: more belong to no answer.
const MOST_WORDS: usize = 2000;

impl Engine {
    /// What helps with an answer before a word is typed: who answers such posts, where the author
    /// may not, and the approved replies.
    pub fn help(&self, draft: &Draft, context: &Context) -> Help {
        let scan = Scan::new(draft, context);
        let mut help = Help::default();
        for policy in self.policies() {
            if context.surface == Some(Surface::Message) && !policy.settings.messages {
                continue;
            }
            let words = Words::new(policy, &scan);
            help.route = help.route.or_else(|| route(&words));
            help.replies.extend(suggestions(&words));
        }
        // Stable: otherwise in the author's order.
        help.replies.sort_by_key(|reply| !reply.fits);
        help
    }
}

/// What became of the approved reply that a draft began as, in the policy that approved it.
pub(super) fn follow(
    policy: &Policy,
    scan: &Scan<'_>,
    observed: &mut BTreeSet<String>,
) -> Option<(Reply, Option<Finding>)> {
    let used = scan.draft.reply.as_ref()?;
    let response = policy.responses.iter().find(|r| r.id == used.id)?;
    let bodies = || scan.parts.iter().filter(|p| p.role == PartRole::Body);
    if bodies().all(|part| part.raw.trim().is_empty()) {
        return None;
    }
    let original = normal(&used.text);
    let (part, changed) = bodies()
        .map(|part| (part, percent(&original, &normal(&part.raw))))
        .min_by_key(|(_, changed)| *changed)?;
    let words = Words::new(policy, scan);
    let allowed = policy.manners.reply_changes;
    let reply =
        Reply { id: response.id.clone(), title: words.reply_title(response), changed, allowed };
    if changed <= allowed {
        return Some((reply, None));
    }
    if policy.settings.mode == Mode::Observe {
        observed.insert(RULE.to_owned());
        return None;
    }
    let found = finding(&words, &reply, used, part);
    Some((reply, Some(found)))
}

fn finding(words: &Words<'_>, reply: &Reply, used: &UsedReply, part: &PartText) -> Finding {
    let action = words.policy.manners.reply_changed;
    let title = &reply.title;
    let mut fixes =
        vec![Fix::Response { id: reply.id.clone(), title: title.clone(), text: used.text.clone() }];
    if action >= Action::Approve {
        fixes.extend(find_contacts(words.policy, "approval").next().map(|c| Fix::Contact {
            id: c.id.clone(),
            name: c.name.resolve(&words.reader).to_owned(),
            mail: c.mail.clone(),
            url: c.url.clone(),
            message: words.handover(c, title),
        }));
    }
    let message = words
        .say(
            "“{title}” was approved as it is; up to {n} % of its words may be changed. Go back to it, or empty the box to write an answer of your own.",
            "“{title}” disetujui apa adanya; paling banyak {n} % katanya boleh diubah. Kembalilah ke balasan itu, atau kosongkan kotaknya untuk menulis jawaban sendiri.",
        )
        .replace("{n}", &reply.allowed.to_string())
        .replace("{title}", title);
    Finding {
        part: part.id.clone(),
        rule: RULE.to_owned(),
        kind: Kind::Voice,
        detector: Some("reply-changed".to_owned()),
        severity: Severity::Medium,
        action,
        start: 0,
        end: 0,
        text: String::new(),
        concealed: false,
        title: words
            .say("No longer the approved reply", "Bukan lagi balasan yang disetujui")
            .to_owned(),
        message,
        why: None,
        consequence: None,
        section: None,
        reference: None,
        also: Vec::new(),
        learn: None,
        fixes,
        reasons: Vec::new(),
    }
}

fn route(words: &Words<'_>) -> Option<Route> {
    let policy = words.policy;
    let scan = words.scan;
    let answered = scan.answering.as_ref()?;
    let role = scan.context.role.as_deref();
    let may = role
        .and_then(|id| policy.roles.iter().find(|r| r.id == id))
        .is_some_and(|r| r.may.iter().any(|m| m == "answer_customers"));
    if may {
        return None;
    }
    let cause = cause(policy, answered)?;
    let topics: &[&str] = match cause {
        Cause::Complaint => &["customers", "care", "support", "press"],
        Cause::Crisis => &["crisis", "press", "approval"],
    };
    let contact = topics.iter().find_map(|topic| with_topic(policy, topic))?;
    let about = match cause {
        Cause::Complaint => words.say("a complaint", "keluhan"),
        Cause::Crisis => words.say("an incident", "kejadian penting"),
    };
    let name = contact.name.resolve(&words.reader);
    Some(Route {
        cause,
        id: contact.id.clone(),
        name: if name.is_empty() { &contact.id } else { name }.to_owned(),
        mail: contact.mail.clone(),
        url: contact.url.clone(),
        message: words.handover(contact, about),
    })
}

/// What calls for somebody in particular: a word that the policy names, wherever it stands; a
/// built-in one where the post is about the company.
fn cause(policy: &Policy, answered: &PartText) -> Option<Cause> {
    if holds(answered, &policy.manners.crisis_words) {
        return Some(Cause::Crisis);
    }
    let whole: Range<usize> = 0..answered.raw.len();
    let parties = Parties::new(policy);
    let about = |party| parties.first(answered, &whole, party).is_some();
    if !about(Party::Company) && !about(Party::Product) {
        return None;
    }
    let says = |cue| cue_in(cue, answered, &whole).is_some();
    if says(Cue::Crisis) || says(Cue::Litigation) {
        Some(Cause::Crisis)
    } else {
        says(Cue::Complaint).then_some(Cause::Complaint)
    }
}

fn suggestions(words: &Words<'_>) -> Vec<Suggestion> {
    let policy = words.policy;
    let answered = words.scan.answering.as_ref();
    policy
        .responses
        .iter()
        .map(|response| Suggestion {
            id: response.id.clone(),
            topic: response.topic.clone(),
            title: words.reply_title(response),
            text: words.reply(response, response.contact(policy)),
            fits: answered.is_some_and(|part| holds(part, &response.triggers)),
            changes: policy.manners.reply_changes,
        })
        .collect()
}

fn with_topic<'a>(policy: &'a Policy, topic: &str) -> Option<&'a Contact> {
    policy.contacts.iter().find(|c| c.topics.iter().any(|t| t == topic))
}

/// Whether a text holds one of the words or phrases.
fn holds(part: &PartText, phrases: &[String]) -> bool {
    if phrases.is_empty() {
        return false;
    }
    let mut found = false;
    Phrases::of(phrases.iter().map(|p| (p.as_str(), 0))).each(reading(part), |_, _| found = true);
    found
}

/// The words of a text, without what does not change what it says: case, punctuation, spaces.
fn normal(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect()
}

/// How many per cent of `original`'s words were taken out, put in or replaced; at most 100.
fn percent(original: &[String], now: &[String]) -> u32 {
    if original.is_empty() {
        return 0;
    }
    // Levenshtein over words, one row at a time.
    let mut row: Vec<usize> = (0..=now.len()).collect();
    for (at, word) in original.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(now) {
            let replaced = diagonal + usize::from(word != other);
            diagonal = *cell;
            left = replaced.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
    }
    let distance = row.last().copied().unwrap_or_default();
    let percent = (distance * 100).div_ceil(original.len()).min(100);
    u32::try_from(percent).unwrap_or(100)
}

#[cfg(test)]
mod tests;
