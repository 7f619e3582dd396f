//! The data file of a site: `extension/sites/<id>.json`.
//!
//! Sites are data, so that a selector that stopped matching is mended without
//! a release. The content script reads the same file; `docs/sites-format.md`
//! explains it to whoever writes one. Selectors are CSS, with ` >>> ` between
//! two of them meaning "inside the open shadow root of what the left one finds".

use serde::{Deserialize, Serialize};

use crate::context::{AccountKind, Audience, Surface};
use crate::draft::PartRole;

/// Everything Draftguard knows about one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// The site's id: lower-case letters, digits and hyphens. Names the file.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Host names; `*.` stands for any number of leading labels. Empty for
    /// software that runs on many hosts, which is known by its `marker`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Paths it is limited to, where two sites share a host. `*` stands for anything.
    #[serde(default)]
    pub paths: Vec<String>,
    /// A selector that only a page of this software matches.
    #[serde(default)]
    pub marker: Option<String>,
    /// How well its facts are known.
    pub confidence: Confidence,
    /// Where the acting account is shown, best first.
    #[serde(default)]
    pub account: Vec<Reading>,
    /// What tells that the acting account is the company's or a person's own; the first that holds counts.
    #[serde(default)]
    pub kind: Vec<Sign<AccountKind>>,
    /// What tells who can see what is posted; the first that holds counts.
    #[serde(default)]
    pub audience: Vec<Sign<Audience>>,
    /// Controls that look like a submit and are none.
    #[serde(default)]
    pub not_submit: Vec<String>,
    /// Elements inside or beside an editor that are not part of the draft.
    #[serde(default)]
    pub decoys: Vec<String>,
    /// What can be composed there. The first that matches an editor counts.
    pub surfaces: Vec<SurfaceFile>,
}

/// One kind of compose box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurfaceFile {
    /// What is composed in it.
    pub surface: Surface,
    /// What must hold besides an editor that matches.
    #[serde(default)]
    pub when: Where,
    /// The editor, by preference.
    pub editors: Vec<String>,
    /// Whether several such editors beside each other are one draft: a thread, or the fields of a profile.
    #[serde(default)]
    pub several: bool,
    /// The nearest of these around the editor holds the whole draft. Without
    /// one it is the nearest element that holds the editor and a submit.
    #[serde(default)]
    pub scope: Vec<String>,
    /// Further text fields in the scope that travel with the post.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Controls that send, by preference.
    #[serde(default)]
    pub submit: Vec<String>,
    /// How to know the control that sends where no attribute tells.
    #[serde(default)]
    pub submit_text: Option<SubmitText>,
    /// Controls outside the scope that send too: the second step of a dialog, a confirm prompt.
    #[serde(default)]
    pub confirm: Vec<String>,
    /// The same, known by their words: a publish panel, a "schedule" dialog. `last` does not apply.
    #[serde(default)]
    pub confirm_text: Option<SubmitText>,
    /// Keys that send.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// Whether the site sends when the pointer goes down, not when it comes up.
    #[serde(default)]
    pub press: bool,
    /// Where the text being answered is shown, best first.
    #[serde(default)]
    pub answering: Vec<Reading>,
    /// Where the acting account is shown for this surface, before those of the site.
    #[serde(default)]
    pub account: Vec<Reading>,
    /// Link cards: anchors whose address is posted whatever the text says.
    #[serde(default)]
    pub cards: Vec<String>,
    /// Attachments that are shown in the scope.
    #[serde(default)]
    pub media: Vec<String>,
    /// The site's limit.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// Where the page shows the limit that holds here (`500`, `12/500`).
    #[serde(default)]
    pub limit_from: Vec<Reading>,
    /// After how many characters readers see "more".
    #[serde(default)]
    pub fold: Option<u32>,
    /// How well this surface is known.
    pub confidence: Confidence,
}

/// What must hold for a surface. Empty lists hold; of a list, one must.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Where {
    /// Paths of the page; `*` stands for anything.
    pub path: Vec<String>,
    /// The editor is inside one of these.
    pub inside: Vec<String>,
    /// The scope contains one of these.
    pub has: Vec<String>,
}

/// A further text field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What it is for.
    pub role: PartRole,
    /// Where it is, by preference. All that match the first that matches count.
    pub select: Vec<String>,
    /// The site's limit for it.
    #[serde(default)]
    pub limit: Option<Limit>,
}

/// A control known by its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitText {
    /// Candidates, inside the scope.
    pub select: String,
    /// Its exact words in the languages known, without regard to case. Empty: the words do not matter.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Only the last candidate that has words and no picture.
    #[serde(default)]
    pub last: bool,
}

/// Something read off the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The element.
    pub select: String,
    /// What of it is read: `text` (default), `value`, `path` (of the page's address), or `@name` for an attribute.
    #[serde(default)]
    pub read: Option<String>,
    /// Only what follows the first of these words is read, and nothing where none of them stands.
    #[serde(default)]
    pub after: Vec<String>,
    /// Only what stands before the first of these words is read, and nothing where none of them stands.
    #[serde(default)]
    pub before: Vec<String>,
    /// What is kept of that.
    #[serde(default)]
    pub take: Take,
    /// Looked for in the whole page, not only in the scope.
    #[serde(default)]
    pub page: bool,
    /// Looked for in the nearest element around the scope that matches this: the post above a comment box.
    #[serde(default)]
    pub around: Option<String>,
}

/// Something on the page, or its address, that tells a fact about the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign<T> {
    /// What it tells.
    pub means: T,
    /// Paths of the page of which one must fit; `*` stands for anything. Empty: any.
    #[serde(default)]
    pub path: Vec<String>,
    /// An element that must be there. None: the path alone tells.
    #[serde(default)]
    pub select: Option<String>,
    /// What of it is read, as of a [`Reading`].
    #[serde(default)]
    pub read: Option<String>,
    /// Words of which what is read contains one, without regard to case. Empty: that it is there is enough.
    #[serde(default)]
    pub words: Vec<String>,
    /// Looked for in the whole page, not only in the scope.
    #[serde(default)]
    pub page: bool,
}

/// What is kept of something read. A closed set instead of patterns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// All of it, white space collapsed.
    #[default]
    All,
    /// The first `@handle` or `@handle@host` in it, without the first `@`.
    Handle,
    /// The last segment of a path or address, without a leading `@`.
    LastSegment,
    /// The last whole number in it.
    Number,
    /// The last whole number in it, which says how much is left: the limit while nothing is written.
    Left,
    /// The first line.
    FirstLine,
}

/// A key that sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// Enter alone.
    Enter,
    /// Ctrl+Enter or Cmd+Enter.
    ModEnter,
    /// Ctrl+Enter or Cmd+Enter, acted upon when the key comes up.
    ModEnterUp,
    /// Ctrl+S or Cmd+S (a published text is changed at once).
    ModS,
    /// Whether Enter sends is the user's own setting: held where it would empty the box.
    EnterBySetting,
}

/// A site's limit for a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The largest length, in `unit`.
    pub max: u32,
    /// How the site counts.
    pub unit: LimitUnit,
    /// What a link counts, where that is fixed.
    #[serde(default)]
    pub link: Option<u32>,
}

/// How a site counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitUnit {
    /// Weighted as X publishes it: most of Latin 1, the rest 2, an emoji 2.
    Weighted,
    /// UTF-16 code units.
    Utf16,
    /// Unicode code points.
    Codepoints,
    /// Grapheme clusters.
    Graphemes,
    /// Graphemes with links of fixed length, `@user@host` as `@user`, the content warning included.
    Mastodon,
    /// Graphemes with links in the shortened form that the site shows.
    Bluesky,
}

/// How well a fact is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// From memory, or one old source.
    Low,
    /// One recent source.
    Medium,
    /// Several recent sources, the site's own code, or seen live.
    High,
}

/// What is wrong with a site file that parses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SiteFileError {
    /// The id is not made of lower-case letters, digits and hyphens.
    #[error("`id` is {0:?}: use lower-case letters, digits and hyphens")]
    Id(String),
    /// Neither hosts nor a marker.
    #[error("give `hosts`, or a `marker` for software that runs on many hosts")]
    Nowhere,
    /// A host that is none.
    #[error("`hosts` has {0:?}: write a host name, at most with a leading `*.`")]
    Host(String),
    /// No surface, or one without an editor.
    #[error("surface {0} has no editor")]
    NoEditor(usize),
    /// A surface that nothing sends.
    #[error("surface {0} has neither `submit`, `submit_text` nor `keys`: nothing would be held")]
    NoSubmit(usize),
    /// A sign that every page would give.
    #[error("a sign in `{0}` has neither `path` nor `select`")]
    NoSign(&'static str),
    /// A selector that cannot be one.
    #[error("{0:?} is not a selector: brackets, quotes or parentheses do not match")]
    Selector(String),
}

impl SiteFile {
    /// Everything that is wrong with the file; empty when it may ship.
    ///
    /// Whether a selector is right for a page only a browser can say. What is
    /// checked here is what no browser would accept, so that a slip shows at build.
    pub fn problems(&self) -> Vec<SiteFileError> {
        let mut problems = Vec::new();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(allowed) {
            problems.push(SiteFileError::Id(self.id.clone()));
        }
        if self.hosts.is_empty() && self.marker.is_none() {
            problems.push(SiteFileError::Nowhere);
        }
        for host in &self.hosts {
            let bare = host.strip_prefix("*.").unwrap_or(host);
            let label = |c: char| allowed(c) || c == '.';
            if bare.is_empty() || bare.starts_with('.') || !bare.chars().all(label) {
                problems.push(SiteFileError::Host(host.clone()));
            }
        }
        for (at, surface) in self.surfaces.iter().enumerate() {
            if surface.editors.is_empty() {
                problems.push(SiteFileError::NoEditor(at));
            }
            if surface.submit.is_empty() && surface.submit_text.is_none() && surface.keys.is_empty()
            {
                problems.push(SiteFileError::NoSubmit(at));
            }
        }
        for (name, bare) in [
            ("kind", self.kind.iter().any(|s| s.path.is_empty() && s.select.is_none())),
            ("audience", self.audience.iter().any(|s| s.path.is_empty() && s.select.is_none())),
        ] {
            if bare {
                problems.push(SiteFileError::NoSign(name));
            }
        }
        problems.extend(
            self.selectors()
                .filter(|selector| !balanced(selector))
                .map(|selector| SiteFileError::Selector(selector.to_owned())),
        );
        problems
    }

    /// Every selector in the file.
    fn selectors(&self) -> impl Iterator<Item = &str> {
        let signs =
            self.kind.iter().map(|s| &s.select).chain(self.audience.iter().map(|s| &s.select));
        let lists = self.not_submit.iter().chain(&self.decoys).map(String::as_str);
        let surfaces = self.surfaces.iter().flat_map(|s| {
            let lists = [
                &s.editors,
                &s.scope,
                &s.submit,
                &s.confirm,
                &s.cards,
                &s.media,
                &s.when.inside,
                &s.when.has,
            ];
            let readings = s.answering.iter().chain(&s.account).chain(&s.limit_from);
            lists
                .into_iter()
                .flatten()
                .chain(s.fields.iter().flat_map(|f| &f.select))
                .map(String::as_str)
                .chain(s.submit_text.iter().chain(&s.confirm_text).map(|t| t.select.as_str()))
                .chain(readings.flat_map(Reading::selectors))
        });
        self.marker
            .iter()
            .chain(signs.flatten())
            .map(String::as_str)
            .chain(self.account.iter().flat_map(Reading::selectors))
            .chain(lists)
            .chain(surfaces)
    }
}

impl Reading {
    fn selectors(&self) -> impl Iterator<Item = &str> {
        self.around.as_deref().into_iter().chain([self.select.as_str()])
    }
}

/// Whether brackets, parentheses and quotes of a selector match.
fn balanced(selector: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    for c in selector.chars() {
        match (quote, c) {
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '(') => open.push(c),
            (None, ']') if open.pop() != Some('[') => return false,
            (None, ')') if open.pop() != Some('(') => return false,
            _ => {}
        }
    }
    quote.is_none() && open.is_empty() && !selector.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_site_file_is_sound() {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/sites");
        let mut seen = 0;
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().and_then(|e| e.to_str()) != Some("json") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let file: SiteFile =
                serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            assert_eq!(file.problems(), [], "{}", path.display());
            assert_eq!(path.file_stem().and_then(|s| s.to_str()), Some(file.id.as_str()));
            seen += 1;
        }
        assert!(seen >= 8, "only {seen} site files");
    }

    #[test]
    fn a_slip_is_named() {
        let json = r##"{"id":"Bad Id","name":"B","confidence":"low","surfaces":[
            {"surface":"post","editors":["[role=\"textbox\""],"confidence":"low"}]}"##;
        let file: SiteFile = serde_json::from_str(json).unwrap();
        assert_eq!(
            file.problems(),
            [
                SiteFileError::Id("Bad Id".into()),
                SiteFileError::Nowhere,
                SiteFileError::NoSubmit(0),
                SiteFileError::Selector("[role=\"textbox\"".into()),
            ]
        );
    }
}
