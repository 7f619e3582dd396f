//! The texts of a policy for one reader and one draft, placeholders filled in.

use crate::draft::PartRole;
use crate::policy::{Contact, Policy, Response};
use crate::text::{EntityKind, Scan, entities_of};

/// Whose words, and for whom.
pub(super) struct Words<'a> {
    pub(super) policy: &'a Policy,
    pub(super) scan: &'a Scan<'a>,
    /// The reader's languages, best first.
    pub(super) reader: Vec<&'a str>,
    /// The draft's languages, best first: for text that goes into the draft.
    pub(super) writer: Vec<&'a str>,
}

impl<'a> Words<'a> {
    pub(super) fn new(policy: &'a Policy, scan: &'a Scan<'a>) -> Self {
        let default = policy.default_language.as_str();
        let reader: Vec<&str> = scan.reader.as_deref().into_iter().chain([default, "en"]).collect();
        let writer = scan.language().into_iter().chain(reader.iter().copied()).collect();
        Self { policy, scan, reader, writer }
    }

    /// Our own words, in the reader's language.
    pub(super) fn say<'t>(&self, english: &'t str, indonesian: &'t str) -> &'t str {
        if self.scan.reader.as_deref() == Some("id") { indonesian } else { english }
    }

    pub(super) fn company(&self) -> String {
        self.policy.company.names.first().map(|n| n.name.clone()).unwrap_or_default()
    }

    pub(super) fn named(&self, contact: &Contact) -> String {
        let name = contact.name.resolve(&self.reader);
        match (&contact.mail, name) {
            (Some(mail), "") => mail.clone(),
            (Some(mail), name) => format!("{name} ({mail})"),
            (None, name) => name.to_owned(),
        }
    }

    /// The message that hands a case `about` something over to a contact.
    pub(super) fn handover(&self, contact: &Contact, about: &str) -> String {
        let context = self.scan.context;
        fill(contact.handover.resolve(&self.reader), |name| match name {
            "site" => Some(context.site.clone().unwrap_or_default()),
            // A page need not say whom an answer goes to.
            "handle" => Some(self.addressee().unwrap_or_else(|| "…".to_owned())),
            "rule" => Some(about.to_owned()),
            "company" => Some(self.company()),
            _ => None,
        })
    }

    /// The text of an approved reply. A handle that nobody knows stays for the author to fill in.
    pub(super) fn reply(&self, response: &Response, contact: Option<&Contact>) -> String {
        fill(response.text.resolve(&self.writer), |name| match name {
            "handle" => self.addressee(),
            "company" => Some(self.company()),
            "contact" => contact.map(|c| self.named(c)),
            _ => None,
        })
    }

    pub(super) fn reply_title(&self, response: &Response) -> String {
        let title = response.title.resolve(&self.reader);
        if title.is_empty() { &response.id } else { title }.to_owned()
    }

    /// Whom the draft addresses: whoever it mentions first, as sites put it into an answer.
    fn addressee(&self) -> Option<String> {
        self.scan.parts.iter().filter(|p| p.role == PartRole::Body).find_map(|part| {
            let found = entities_of(&part.raw).into_iter().find(|e| e.kind == EntityKind::Mention);
            found.map(|mention| part.raw_text(mention.raw).to_owned())
        })
    }
}

/// Contacts of a policy by id or by topic.
pub(super) fn find_contacts<'a>(
    policy: &'a Policy,
    name: &str,
) -> impl Iterator<Item = &'a Contact> {
    let by_id = policy.contacts.iter().any(|c| c.id == name);
    policy
        .contacts
        .iter()
        .filter(move |c| if by_id { c.id == name } else { c.topics.iter().any(|t| t == name) })
}

/// Fills placeholders in. One that nobody knows stays as it is written.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
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
