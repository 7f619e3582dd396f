//! A hit becomes a finding: texts in the reader's language, placeholders filled in, fixes made.

use std::ops::Range;

use crate::policy::{Contact, FixSpec, Localized, Policy, Response, Rule};
use crate::report::{Action, Finding, Fix, Reason, SectionRef};
use crate::rules::Hit;
use crate::text::{PartText, Scan};

use super::words::{Words, fill, find_contacts};

/// What all hits of a rule share.
pub(super) struct Dresser<'a> {
    rule: &'a Rule,
    words: Words<'a>,
}

impl<'a> Dresser<'a> {
    pub(super) fn new(policy: &'a Policy, rule: &'a Rule, scan: &'a Scan<'a>) -> Self {
        Self { rule, words: Words::new(policy, scan) }
    }

    pub(super) fn dress(&self, hit: &Hit) -> Finding {
        let (policy, rule, scan) = (self.words.policy, self.rule, self.words.scan);
        let part = hit.part.and_then(|p| scan.parts.get(p));
        let span = part.map(|p| p.to_utf16(hit.span.clone())).unwrap_or_default();
        let text = match part {
            Some(part) if !hit.concealed => part.raw_text(hit.span.clone()),
            _ => "",
        };
        let contacts = self.contacts(hit);
        // What a concealed list found is named by no message, whatever the author wrote there.
        let shown = if hit.concealed { "…" } else { text };
        let fill = |localized: &Localized| {
            fill(localized.resolve(&self.words.reader), |name| match name {
                "text" => Some(shown.to_owned()),
                "company" => Some(self.words.company()),
                "replacement" => Some(hit.replacement.clone().unwrap_or_default()),
                "contact" => {
                    Some(contacts.first().map(|c| self.words.named(c)).unwrap_or_default())
                }
                _ => None,
            })
        };
        let consequence = fill(&rule.consequence);
        let section = rule.section.as_ref().map(|id| {
            let section = policy.sections.iter().find(|s| s.id == *id);
            let title = section.map_or("", |s| s.title.resolve(&self.words.reader));
            SectionRef {
                id: id.clone(),
                title: if title.is_empty() { id.clone() } else { title.to_owned() },
            }
        });
        Finding {
            part: part.map(|p| p.id.clone()).unwrap_or_default(),
            rule: rule.id.clone(),
            also: Vec::new(),
            kind: rule.options.kind(),
            detector: hit.detector.clone(),
            severity: hit.severity.unwrap_or(rule.severity),
            action: rule.action,
            start: span.start,
            end: span.end,
            text: text.to_owned(),
            concealed: hit.concealed,
            title: fill(&rule.title),
            message: fill(&rule.message),
            why: hit.why.clone(),
            consequence: (!consequence.is_empty()).then_some(consequence),
            section,
            reference: rule.reference.clone(),
            learn: rule.learn.clone(),
            fixes: self.fixes(hit, part, span, &contacts),
            reasons: rule
                .reasons
                .iter()
                .map(|r| Reason {
                    code: r.code.clone(),
                    text: r.text.resolve(&self.words.reader).to_owned(),
                })
                .collect(),
        }
    }

    /// Every fix on offer, best first: in the author's order, what he did not order behind.
    fn fixes(
        &self,
        hit: &Hit,
        part: Option<&PartText>,
        span: Range<u32>,
        contacts: &[&Contact],
    ) -> Vec<Fix> {
        let mut fixes: Vec<Fix> = Vec::new();
        let add = |fixes: &mut Vec<Fix>, fix: Fix| {
            if !fixes.contains(&fix) && self.fits(&fix, hit, part) {
                fixes.push(fix);
            }
        };
        let replace = |text: &str| {
            part.filter(|_| !span.is_empty()).map(|part| Fix::Replace {
                part: part.id.clone(),
                start: span.start,
                end: span.end,
                text: as_it_stood(&part.raw, hit.span.clone(), text),
            })
        };
        for spec in &self.rule.fixes {
            match spec {
                FixSpec::Replace(text) => {
                    let text = match text {
                        Some(text) => Some(text.resolve(&self.words.writer)),
                        None => hit.replacement.as_deref(),
                    };
                    if let Some(fix) = text.and_then(&replace) {
                        add(&mut fixes, fix);
                    }
                }
                FixSpec::Remove => {
                    if let Some(part) = part.filter(|_| !span.is_empty()) {
                        let span = part.to_utf16(with_space(&part.raw, hit.span.clone()));
                        add(
                            &mut fixes,
                            Fix::Remove { part: part.id.clone(), start: span.start, end: span.end },
                        );
                    }
                }
                FixSpec::Insert => {
                    for fix in hit.fixes.iter().filter(|f| matches!(f, Fix::Insert { .. })) {
                        add(&mut fixes, fix.clone());
                    }
                }
                FixSpec::Response(name) => {
                    for response in self
                        .words
                        .policy
                        .responses
                        .iter()
                        .filter(|r| r.id == *name || r.topic == *name)
                    {
                        add(&mut fixes, self.response(response, contacts));
                    }
                }
                FixSpec::Contact(name) => {
                    for contact in find_contacts(self.words.policy, name) {
                        add(&mut fixes, self.contact(contact));
                    }
                }
            }
        }
        let replacement = hit.replacement.as_deref().and_then(&replace);
        // A replacement comes before everything else unless the author has put it in its place.
        if let Some(fix) =
            replacement.filter(|fix| !fixes.contains(fix) && self.fits(fix, hit, part))
        {
            fixes.insert(0, fix);
        }
        for fix in &hit.fixes {
            add(&mut fixes, fix.clone());
        }
        let names_somebody = fixes.iter().any(|f| matches!(f, Fix::Contact { .. }));
        for contact in contacts.iter().filter(|_| !names_somebody) {
            add(&mut fixes, self.contact(contact));
        }
        fixes
    }

    /// Whom to ask about a hit: the kind's own contact, those of the rule's fixes, and, where
    /// the post is held for good, whoever approves.
    fn contacts(&self, hit: &Hit) -> Vec<&'a Contact> {
        let named = self.rule.fixes.iter().filter_map(|f| match f {
            FixSpec::Contact(name) => Some(name.as_str()),
            _ => None,
        });
        let mut found: Vec<&Contact> = Vec::new();
        for name in hit.contact.as_deref().into_iter().chain(named) {
            for contact in find_contacts(self.words.policy, name) {
                if !found.iter().any(|c| c.id == contact.id) {
                    found.push(contact);
                }
            }
        }
        if found.is_empty() && self.rule.action >= Action::Approve {
            found.extend(find_contacts(self.words.policy, "approval").next());
        }
        found
    }

    fn contact(&self, contact: &Contact) -> Fix {
        let title = self.rule.title.resolve(&self.words.reader);
        let about = if title.is_empty() { &self.rule.id } else { title };
        Fix::Contact {
            id: contact.id.clone(),
            name: contact.name.resolve(&self.words.reader).to_owned(),
            mail: contact.mail.clone(),
            url: contact.url.clone(),
            message: self.words.handover(contact, about),
        }
    }

    fn response(&self, response: &Response, contacts: &[&Contact]) -> Fix {
        Fix::Response {
            id: response.id.clone(),
            title: self.words.reply_title(response),
            text: self.words.reply(response, contacts.first().copied()),
        }
    }

    /// Whether a fix keeps the text within the site's limit. A longer text is not offered.
    fn fits(&self, fix: &Fix, hit: &Hit, part: Option<&PartText>) -> bool {
        let Fix::Replace { text, part: id, .. } = fix else { return true };
        let Some(part) = part.filter(|p| p.id == *id) else { return true };
        let Some(limit) = self.words.scan.limit(part.role) else { return true };
        if text.len() <= hit.span.len() && part.raw.is_ascii() && text.is_ascii() {
            return true;
        }
        let (Some(before), Some(after)) =
            (part.raw.get(..hit.span.start), part.raw.get(hit.span.end..))
        else {
            return true;
        };
        limit.allows(&format!("{before}{text}{after}"), &part.raw)
    }
}

/// A span with the space that would be left double, or left over at an end, when it is taken out.
fn with_space(raw: &str, span: Range<usize>) -> Range<usize> {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\u{A0}');
    let before = raw.get(..span.start).and_then(|t| t.chars().next_back());
    let after = raw.get(span.end..).and_then(|t| t.chars().next());
    let opens = before.is_none_or(|c| c.is_whitespace());
    match (before, after) {
        (_, Some(c)) if blank(c) && opens => span.start..span.end + c.len_utf8(),
        (Some(c), None | Some('\n' | '.' | ',' | '!' | '?' | ';' | ':')) if blank(c) => {
            span.start - c.len_utf8()..span.end
        }
        _ => span,
    }
}

/// A replacement with a capital where what it replaces opened a sentence with one: "Bluehawk ships"
/// becomes "Our next product ships". A word with capitals of its own ("iPhone") is left as it is.
fn as_it_stood(raw: &str, span: Range<usize>, text: &str) -> String {
    let before = raw.get(..span.start).unwrap_or_default().trim_end_matches([' ', '\t', '\u{A0}']);
    let opens =
        before.chars().next_back().is_none_or(|c| matches!(c, '.' | '!' | '?' | '…' | '\n'));
    let was = raw.get(span).and_then(|t| t.chars().next()).is_some_and(char::is_uppercase);
    let mut rest = text.chars();
    match rest.next() {
        Some(first) if opens && was && first.is_lowercase() => {
            let word = text.split_whitespace().next().unwrap_or_default();
            if word.chars().any(char::is_uppercase) {
                return text.to_owned();
            }
            first.to_uppercase().chain(rest).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{as_it_stood, with_space};

    #[test]
    fn a_sentence_keeps_its_capital() {
        for (raw, word, text, fixed) in [
            ("Bluehawk ships", "Bluehawk", "our next product", "Our next product"),
            ("It is done. Bluehawk ships", "Bluehawk", "our next product", "Our next product"),
            ("Done!\nÉclair ships", "Éclair", "élan", "Élan"),
            ("We ship Bluehawk", "Bluehawk", "our next product", "our next product"),
            ("bluehawk ships", "bluehawk", "our next product", "our next product"),
            ("Bluehawk ships", "Bluehawk", "iPad", "iPad"),
            ("Bluehawk ships", "Bluehawk", "", ""),
        ] {
            let at = raw.find(word).unwrap();
            assert_eq!(as_it_stood(raw, at..at + word.len(), text), fixed, "{raw}");
        }
    }

    #[test]
    fn no_space_is_left_double() {
        for (raw, word, rest) in [
            ("a bad word", "bad", "a word"),
            ("bad word", "bad", "word"),
            ("a bad", "bad", "a"),
            ("a bad.", "bad", "a."),
            ("a bad\nword", "bad", "a\nword"),
            ("a (bad) word", "bad", "a () word"),
            ("bad", "bad", ""),
        ] {
            let at = raw.find(word).unwrap();
            let span = with_space(raw, at..at + word.len());
            let mut text = raw.to_owned();
            text.replace_range(span, "");
            assert_eq!(text, rest, "{raw}");
        }
    }
}
