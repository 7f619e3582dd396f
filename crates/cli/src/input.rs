//! Drafts as they come from a file or standard input: one JSON object a line.

use std::fmt;

use anyhow::bail;
use draftguard_core::{Context, Draft, Link, Media, MediaKind, Part, PartRole};
use serde::Deserialize;
use serde::de::{self, Deserializer};
use serde_json::Value;

/// A draft with the id under which its report goes out.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) id: Value,
    pub(crate) draft: Draft,
    pub(crate) context: Context,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    text: Option<String>,
    parts: Option<Vec<PartLine>>,
    links: Option<Vec<LinkLine>>,
    media: Option<Vec<MediaLine>>,
    context: Option<ContextLine>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a part is a text or {\"id\", \"role\", \"text\"}, with role one of body, title, warning, alt, poll, profile"
)]
enum PartLine {
    Text(String),
    Part { id: Option<String>, role: Option<PartRole>, text: String },
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a link is an address or {\"part\", \"start\", \"end\", \"text\", \"href\"}"
)]
enum LinkLine {
    Address(String),
    Link {
        part: Option<String>,
        start: Option<u32>,
        end: Option<u32>,
        text: Option<String>,
        #[serde(alias = "url")]
        href: String,
    },
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "an attachment is a file name or {\"name\", \"kind\", \"bytes\", \"alt\"}, with kind one of image, video, audio, document"
)]
enum MediaLine {
    Name(String),
    Media {
        name: Option<String>,
        kind: Option<MediaKind>,
        #[serde(default, deserialize_with = "bytes")]
        bytes: Option<Vec<u8>>,
        alt: Option<String>,
    },
}

/// [`Context`] as it is written: numbers for texts are common in handles and ids.
#[derive(Deserialize)]
struct ContextLine {
    site: Option<String>,
    surface: Option<String>,
    account: Option<String>,
    handle: Option<String>,
    role: Option<String>,
    answering: Option<String>,
    language: Option<String>,
    interface: Option<String>,
    now: Option<String>,
    limit: Option<u32>,
    audience: Option<String>,
}

/// Reads one line; what it leaves open of the context is taken from `defaults`.
pub(crate) fn read_line(line: &str, defaults: &Context) -> anyhow::Result<Input> {
    let line: Line = match serde_json::from_str(line) {
        Ok(line) => line,
        // A lone surrogate, which a browser's text may hold, is no Unicode text:
        // each one becomes U+FFFD, which is one UTF-16 unit too.
        Err(error) => match without_lone_surrogates(line) {
            Some(mended) => serde_json::from_str(&mended).map_err(|e| explain(&e))?,
            None => return Err(explain(&error)),
        },
    };
    let Line { id, text, parts, links, media, context } = line;
    if text.is_none() && parts.is_none() {
        bail!("the draft has neither `text` nor `parts`");
    }
    let mut draft = Draft::default();
    draft.parts.extend(text.map(|text| Part::body("body", text)));
    for part in parts.into_iter().flatten() {
        let (id, role, text) = match part {
            PartLine::Text(text) => (None, None, text),
            PartLine::Part { id, role, text } => (id, role, text),
        };
        let role = role.unwrap_or_default();
        let id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| free_id(role, &draft.parts));
        draft.parts.push(Part { id, role, text });
    }
    draft.links = links.into_iter().flatten().map(link).collect();
    draft.media = media.into_iter().flatten().map(attachment).collect();
    Ok(Input { id, draft, context: context_of(context, defaults)? })
}

fn explain(error: &serde_json::Error) -> anyhow::Error {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    match error.classify() {
        serde_json::error::Category::Data => anyhow::anyhow!("the draft cannot be read: {text}"),
        _ => anyhow::anyhow!("not valid JSON: {text} (column {})", error.column()),
    }
}

/// The line with each lone `\uD800`-`\uDFFF` escape replaced, if it has any.
fn without_lone_surrogates(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let unit = |at: usize| -> Option<u32> {
        let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    let (mut out, mut at, mut changed) = (Vec::with_capacity(bytes.len()), 0, false);
    while at < bytes.len() {
        let taken = match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                out.extend_from_slice(b"\\ufffd");
                changed = true;
                at += 6;
                continue;
            }
            Some(_) => 6,
            // The sign after a backslash is never the start of an escape itself.
            None if bytes[at] == b'\\' => 2,
            None => 1,
        };
        out.extend_from_slice(bytes.get(at..(at + taken).min(bytes.len())).unwrap_or_default());
        at += taken;
    }
    changed.then(|| String::from_utf8(out).ok()).flatten()
}

/// A name for a part that has none: its role, numbered from the second on.
fn free_id(role: PartRole, parts: &[Part]) -> String {
    let name = match role {
        PartRole::Body => "body",
        PartRole::Title => "title",
        PartRole::Warning => "warning",
        PartRole::Alt => "alt",
        PartRole::Poll => "poll",
        PartRole::Profile => "profile",
    };
    let mut id = name.to_owned();
    let mut number = 1;
    while parts.iter().any(|p| p.id == id) {
        number += 1;
        id = format!("{name}{number}");
    }
    id
}

fn link(line: LinkLine) -> Link {
    match line {
        LinkLine::Address(href) => Link { href, ..Link::default() },
        LinkLine::Link { part, start, end, text, href } => {
            Link { part, start, end, text: text.unwrap_or_default(), href }
        }
    }
}

fn attachment(line: MediaLine) -> Media {
    let (name, kind, bytes, alt) = match line {
        MediaLine::Name(name) => (name, None, None, None),
        MediaLine::Media { name, kind, bytes, alt } => (name.unwrap_or_default(), kind, bytes, alt),
    };
    let kind = kind.unwrap_or_else(|| kind_of(&name));
    Media { name, kind, bytes, alt }
}

fn kind_of(name: &str) -> MediaKind {
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    match ending.as_str() {
        "mp4" | "mov" | "webm" | "avi" | "mkv" | "m4v" => MediaKind::Video,
        "mp3" | "wav" | "m4a" | "ogg" | "flac" | "aac" => MediaKind::Audio,
        "pdf" | "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" | "csv" | "txt" | "zip" => {
            MediaKind::Document
        }
        _ => MediaKind::Image,
    }
}

/// Bytes as base64 or as a list of numbers.
fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
    struct Read;
    impl<'de> de::Visitor<'de> for Read {
        type Value = Option<Vec<u8>>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("bytes as base64 or as a list of numbers")
        }
        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            let text = text.split_once("base64,").map_or(text, |(_, data)| data);
            data_encoding::BASE64
                .decode(text.as_bytes())
                .map(Some)
                .map_err(|_| E::custom("`bytes` is not base64"))
        }
        fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut bytes = Vec::new();
            while let Some(byte) = items.next_element()? {
                bytes.push(byte);
            }
            Ok(Some(bytes))
        }
    }
    deserializer.deserialize_any(Read)
}

fn context_of(line: Option<ContextLine>, defaults: &Context) -> anyhow::Result<Context> {
    let mut context = defaults.clone();
    let Some(line) = line else { return Ok(context) };
    let ContextLine {
        site,
        surface,
        account,
        handle,
        role,
        answering,
        language,
        interface,
        now,
        limit,
        audience,
    } = line;
    let texts = [
        ("site", site),
        ("surface", surface),
        ("account", account),
        ("handle", handle),
        ("role", role),
        ("answering", answering),
        ("language", language),
        ("interface", interface),
        ("now", now),
        ("audience", audience),
    ];
    for (key, value) in texts {
        if let Some(value) = value {
            set(&mut context, key, &value)?;
        }
    }
    context.limit = limit.or(context.limit);
    Ok(context)
}

/// Every key of a context.
const KEYS: [&str; 11] = [
    "site",
    "surface",
    "account",
    "handle",
    "role",
    "answering",
    "language",
    "interface",
    "now",
    "limit",
    "audience",
];

/// Sets one key of a context from its text.
pub(crate) fn set(context: &mut Context, key: &str, value: &str) -> anyhow::Result<()> {
    let word = value.trim().to_lowercase();
    let text = Some(value.to_owned());
    match key {
        "site" => context.site = Some(word),
        "surface" => {
            // "alt text" is the word of the documents, `alt` that of the format.
            let word = if matches!(word.as_str(), "alt text" | "alt-text" | "alt_text") {
                "alt".to_owned()
            } else {
                word
            };
            context.surface = Some(known(&word, "surface")?);
        }
        "account" => context.account = Some(known(&word, "account")?),
        "handle" => context.handle = Some(value.trim_start_matches('@').to_owned()),
        "role" => context.role = text,
        "answering" => context.answering = text,
        "language" => context.language = Some(primary(&word)),
        "interface" => context.interface = Some(primary(&word)),
        "now" => {
            let at: jiff::Timestamp = value.parse().map_err(|_| {
                anyhow::anyhow!(
                    "`now` is not an RFC 3339 time such as 2026-03-01T09:00:00Z: `{value}`"
                )
            })?;
            let _ = at;
            context.now = text;
        }
        "limit" => {
            context.limit = Some(
                word.parse().map_err(|_| anyhow::anyhow!("`limit` is not a number: `{value}`"))?,
            );
        }
        "audience" => context.audience = Some(known(&word, "audience")?),
        _ => bail!("there is no context `{key}`: {}", KEYS.join(", ")),
    }
    Ok(())
}

/// `en-US` is `en` to the policy.
fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_owned()
}

fn known<'a, T: Deserialize<'a>>(word: &'a str, key: &str) -> anyhow::Result<T> {
    T::deserialize(de::value::StrDeserializer::<de::value::Error>::new(word))
        .map_err(|e| anyhow::anyhow!("`{key}`: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<(String, String)> {
        let input = read_line(line, &Context::default()).unwrap();
        input.draft.parts.into_iter().map(|p| (p.id, p.text)).collect()
    }

    #[test]
    fn lone_surrogates_become_one_unit_each() {
        let input = r#"{"text":"a\ud83db \ud83d\ude00 \\ud83d\udc00"}"#;
        assert_eq!(parts(input)[0].1, "a\u{fffd}b 😀 \\ud83d\u{fffd}");
    }

    #[test]
    fn parts_without_names_are_called_by_their_role() {
        let input = r#"{"parts":["one",{"text":"two"},{"role":"alt","text":"three"}]}"#;
        let ids: Vec<String> = parts(input).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["body", "body2", "alt"]);
    }

    #[test]
    fn attachments_come_as_names_numbers_or_base64() {
        let line =
            r#"{"text":"","media":["a.pdf",{"name":"b.png","bytes":"AQI="},{"bytes":[1,2]}]}"#;
        let media = read_line(line, &Context::default()).unwrap().draft.media;
        assert_eq!(media[0].kind, MediaKind::Document);
        assert_eq!(media[1].bytes, media[2].bytes);
    }

    #[test]
    fn a_line_overrides_the_defaults_key_by_key() {
        let mut defaults = Context::default();
        set(&mut defaults, "site", "x").unwrap();
        set(&mut defaults, "language", "en-US").unwrap();
        let line = r#"{"text":"a","context":{"site":"Bluesky","surface":"alt text"}}"#;
        let context = read_line(line, &defaults).unwrap().context;
        assert_eq!(context.site.as_deref(), Some("bluesky"));
        assert_eq!(context.language.as_deref(), Some("en"));
        assert_eq!(context.surface, Some(draftguard_core::Surface::Alt));
    }
}
