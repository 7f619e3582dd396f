//! What the engine must know of the sites: how long a text may be, and how they count.

use unicode_segmentation::UnicodeSegmentation;

use crate::context::{Context, Surface};
use crate::draft::PartRole;
use crate::text::{Entity, EntityKind, entities_of};

pub mod file;
mod rows;
mod table;

pub use rows::{Row, rows};

/// How a site limits and counts the texts of one surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit {
    /// The longest text, in `unit`s.
    pub max: u32,
    /// What is counted.
    pub unit: Unit,
    /// What an address counts.
    pub link: LinkWeight,
    /// After how many characters the site hides the rest behind "more"; none: not at all.
    /// Approximate: sites fold by lines, and differently on each screen.
    pub fold: Option<u32>,
}

/// What a site counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// UTF-16 code units, as `String.length` of the browser.
    Utf16,
    /// Unicode code points.
    CodePoints,
    /// What a reader takes for one character.
    Graphemes,
    /// As twitter-text 3: Latin and the like count 1, everything else and every emoji 2.
    XWeighted,
    /// As Mastodon: code points, a mention without its server.
    Mastodon,
}

/// What an address in a text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkWeight {
    /// What it is written with.
    AsWritten,
    /// Always the same number.
    Fixed(u32),
    /// The host and 15 characters of the path, as Bluesky shows it.
    Shortened,
}

impl Limit {
    /// The limit of a text of a draft, if it is known. `brought` are the rows of site data that came
    /// with a policy: a site that is among them is not looked up elsewhere. A limit that the compose
    /// box itself shows wins.
    pub fn of(brought: &[Row], context: &Context, role: PartRole) -> Option<Self> {
        let site = context.site.as_deref()?;
        let rows = if brought.iter().any(|r| r.site == site) { brought } else { table::ROWS };
        let surface = match (role, context.surface) {
            (PartRole::Alt, _) => Surface::Alt,
            (PartRole::Poll, _) => Surface::Poll,
            (PartRole::Profile, _) => Surface::Profile,
            (_, surface) => surface.unwrap_or(Surface::Post),
        };
        let limit = rows::find(rows, site, surface, role)?;
        let shown = context.limit.filter(|_| role == rows::role_of(surface));
        let max = shown.unwrap_or(limit.max);
        (max > 0).then_some(Self { max, ..limit })
    }

    /// Length of a text as the site counts it.
    pub fn count(&self, text: &str) -> u32 {
        if self.link == LinkWeight::AsWritten && self.unit != Unit::Mastodon {
            return self.units(text);
        }
        let mut total = 0;
        let mut from = 0;
        for Entity { kind, raw } in entities_of(text) {
            let weight = match kind {
                EntityKind::Link => self.link_weight(text.get(raw.clone()).unwrap_or_default()),
                EntityKind::Mention if self.unit == Unit::Mastodon => {
                    let mention = text.get(raw.clone()).unwrap_or_default();
                    let local = mention.get(1..).and_then(|m| m.split('@').next());
                    Some(1 + self.units(local.unwrap_or_default()))
                }
                _ => None,
            };
            if let Some(weight) = weight {
                total += self.units(text.get(from..raw.start).unwrap_or_default()) + weight;
                from = raw.end;
            }
        }
        total + self.units(text.get(from..).unwrap_or_default())
    }

    /// Whether a text that took the place of another is no longer than the site allows,
    /// or at least no longer than the other.
    pub fn allows(&self, new: &str, old: &str) -> bool {
        let new = self.count(new);
        new <= self.max || new <= self.count(old)
    }

    fn link_weight(&self, link: &str) -> Option<u32> {
        let schemed = link.split_once("://");
        match self.link {
            LinkWeight::AsWritten => None,
            // X shortens bare hosts too; Mastodon only addresses with a scheme.
            LinkWeight::Fixed(weight) => {
                (schemed.is_some() || self.unit == Unit::XWeighted).then_some(weight)
            }
            LinkWeight::Shortened => {
                let (_, rest) = schemed?;
                let (host, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
                let path = self.units(path);
                Some(self.units(host) + if path > 15 { 16 } else { path })
            }
        }
    }

    fn units(&self, text: &str) -> u32 {
        let count = match self.unit {
            Unit::Utf16 => text.chars().map(char::len_utf16).sum(),
            Unit::CodePoints | Unit::Mastodon => text.chars().count(),
            Unit::Graphemes if text.is_ascii() && !text.contains('\r') => text.len(),
            Unit::Graphemes => text.graphemes(true).count(),
            Unit::XWeighted if text.is_ascii() => text.len(),
            Unit::XWeighted => text.graphemes(true).map(x_weight).sum(),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// twitter-text 3 configuration: ranges that count 1, the default of 2, an emoji sequence 2.
/// A letter with marks counts as composed, which is one for the scripts that compose.
fn x_weight(grapheme: &str) -> usize {
    let light = |c: char| matches!(c, '\0'..='\u{10FF}' | '\u{2000}'..='\u{200D}' | '\u{2010}'..='\u{201F}' | '\u{2032}'..='\u{2037}');
    let mut chars = grapheme.chars();
    let Some(first) = chars.next() else { return 0 };
    let weight = |c: char| if light(c) { 1 } else { 2 };
    if !light(first) || grapheme.contains(['\u{FE0F}', '\u{20E3}']) {
        // An emoji with all that is joined to it, or one wide character with its marks.
        return 2;
    }
    let composes = |c: char| matches!(c, '\u{300}'..='\u{36F}');
    weight(first) + chars.filter(|c| !composes(*c)).map(weight).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(site: &str, surface: Surface, role: PartRole) -> Limit {
        let context =
            Context { site: Some(site.to_owned()), surface: Some(surface), ..Context::default() };
        Limit::of(&[], &context, role).unwrap()
    }

    #[test]
    fn counts_as_the_sites_do() {
        let x = limit("x", Surface::Post, PartRole::Body);
        assert_eq!(x.count("hello"), 5);
        assert_eq!(x.count("日本"), 4);
        assert_eq!(x.count("👨‍👩‍👧 ok"), 5);
        assert_eq!(x.count("cafe\u{301}"), 4);
        assert_eq!(x.count("see https://acme.example/a/very/long/path/indeed now"), 4 + 23 + 4);
        assert_eq!(x.count("acme.com"), 23);
        let bluesky = limit("bluesky", Surface::Reply, PartRole::Body);
        assert_eq!(bluesky.count("👨‍👩‍👧 ok"), 4);
        assert_eq!(bluesky.count("https://acme.example/a/very/long/path"), 12 + 16);
        let mastodon = limit("mastodon", Surface::Post, PartRole::Body);
        assert_eq!(mastodon.count("@jane@social.example hi"), 8);
        assert_eq!(mastodon.count("https://acme.example/"), 23);
        let linkedin = limit("linkedin", Surface::Comment, PartRole::Body);
        assert_eq!((linkedin.max, linkedin.count("👍")), (1250, 2));
    }

    #[test]
    fn the_page_knows_better() {
        let mut context = Context { site: Some("x".into()), ..Context::default() };
        context.limit = Some(25_000);
        assert_eq!(Limit::of(&[], &context, PartRole::Body).unwrap().max, 25_000);
        context.site = Some("elsewhere".into());
        assert_eq!(Limit::of(&[], &context, PartRole::Body), None);
    }
}
