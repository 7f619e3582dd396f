//! A hit becomes a finding: texts in the reader's language, placeholders filled in, fixes made.

use std::ops::Range;

use crate::policy::{Contact, FixSpec, Localized, Policy, Response, Rule};
use crate::report::{Action, Finding, Fix, Reason, SectionRef};
use crate::rules::Hit;
use crate::site::Limit;
use crate::text::{PartText, Scan};

/// What all hits of a rule share.
pub(super) struct Dresser<'a> {
    policy: &'a Policy,
    rule: &'a Rule,
    scan: &'a Scan<'a>,
    /// The reader's languages, best first.
    reader: Vec<&'a str>,
    /// The draft's languages, best first: for text that goes into the draft.
    writer: Vec<&'a str>,
}

impl<'a> Dresser<'a> {
    pub(super) fn new(policy: &'a Policy, rule: &'a Rule, scan: &'a Scan<'a>) -> Self {
        let default = policy.default_language.as_str();
        let reader: Vec<&str> = scan.reader.as_deref().into_iter().chain([default, "en"]).collect();
        let writer = scan.language().into_iter().chain(reader.iter().copied()).collect();
        Self { policy, rule, scan, reader, writer }
    }

    pub(super) fn dress(&self, hit: &Hit) -> Finding {
        let (policy, rule, scan) = (self.policy, self.rule, self.scan);
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
            self.fill(localized.resolve(&self.reader), |name| match name {
                "text" => Some(shown.to_owned()),
                "company" => Some(self.company()),
                "replacement" => Some(hit.replacement.clone().unwrap_or_default()),
                "contact" => Some(contacts.first().map(|c| self.named(c)).unwrap_or_default()),
                _ => None,
            })
        };
        let consequence = fill(&rule.consequence);
        let section = rule.section.as_ref().map(|id| {
            let section = policy.sections.iter().find(|s| s.id == *id);
            let title = section.map_or("", |s| s.title.resolve(&self.reader));
            SectionRef {
                id: id.clone(),
                title: if title.is_empty() { id.clone() } else { title.to_owned() },
            }
        });
        Finding {
            part: part.map(|p| p.id.clone()).unwrap_or_default(),
            rule: rule.id.clone(),
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
                    text: r.text.resolve(&self.reader).to_owned(),
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
                text: text.to_owned(),
            })
        };
        for spec in &self.rule.fixes {
            match spec {
                FixSpec::Replace(text) => {
                    let text = match text {
                        Some(text) => Some(text.resolve(&self.writer)),
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
                    for response in
                        self.policy.responses.iter().filter(|r| r.id == *name || r.topic == *name)
                    {
                        add(&mut fixes, self.response(response, contacts));
                    }
                }
                FixSpec::Contact(name) => {
                    for contact in find_contacts(self.policy, name) {
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
            for contact in find_contacts(self.policy, name) {
                if !found.iter().any(|c| c.id == contact.id) {
                    found.push(contact);
                }
            }
        }
        if found.is_empty() && self.rule.action >= Action::Approve {
            found.extend(find_contacts(self.policy, "approval").next());
        }
        found
    }

    fn contact(&self, contact: &Contact) -> Fix {
        let title = self.rule.title.resolve(&self.reader);
        let context = self.scan.context;
        let message = self.fill(contact.handover.resolve(&self.reader), |name| match name {
            "site" => Some(context.site.clone().unwrap_or_default()),
            "handle" => Some(context.handle.clone().unwrap_or_default()),
            "rule" => Some(if title.is_empty() { &self.rule.id } else { title }.to_owned()),
            "company" => Some(self.company()),
            _ => None,
        });
        Fix::Contact {
            id: contact.id.clone(),
            name: contact.name.resolve(&self.reader).to_owned(),
            mail: contact.mail.clone(),
            url: contact.url.clone(),
            message,
        }
    }

    fn response(&self, response: &Response, contacts: &[&Contact]) -> Fix {
        let text = self.fill(response.text.resolve(&self.writer), |name| match name {
            // A handle that is not known stays for the author to fill in.
            "handle" => self.scan.context.handle.clone(),
            "company" => Some(self.company()),
            "contact" => contacts.first().map(|c| self.named(c)),
            _ => None,
        });
        Fix::Response {
            id: response.id.clone(),
            title: response.title.resolve(&self.reader).to_owned(),
            text,
        }
    }

    fn company(&self) -> String {
        self.policy.company.names.first().map(|n| n.name.clone()).unwrap_or_default()
    }

    fn named(&self, contact: &Contact) -> String {
        let name = contact.name.resolve(&self.reader);
        match (&contact.mail, name) {
            (Some(mail), "") => mail.clone(),
            (Some(mail), name) => format!("{name} ({mail})"),
            (None, name) => name.to_owned(),
        }
    }

    /// Fills placeholders in. One that nobody knows stays as it is written.
    fn fill(&self, template: &str, value: impl Fn(&str) -> Option<String>) -> String {
        let mut filled = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            match after.split_once('}').and_then(|(name, tail)| Some((value(name)?, tail))) {
                Some((value, tail)) => {
                    filled.push_str(&value);
                    rest = tail;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    /// Whether a fix keeps the text within the site's limit. A longer text is not offered.
    fn fits(&self, fix: &Fix, hit: &Hit, part: Option<&PartText>) -> bool {
        let Fix::Replace { text, part: id, .. } = fix else { return true };
        let Some(part) = part.filter(|p| p.id == *id) else { return true };
        let Some(limit) = Limit::of(self.scan.context, part.role) else { return true };
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

fn find_contacts<'a>(policy: &'a Policy, name: &str) -> impl Iterator<Item = &'a Contact> {
    let by_id = policy.contacts.iter().any(|c| c.id == name);
    policy
        .contacts
        .iter()
        .filter(move |c| if by_id { c.id == name } else { c.topics.iter().any(|t| t == name) })
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

#[cfg(test)]
mod tests {
    use super::with_space;

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
