//! The Markdown of a policy's sections: paragraphs, headings, lists, quotations;
//! strong, emphasis, code and links inside them. No raw HTML: what is not one
//! of these is text.

use serde::Serialize;

/// A block of a section's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A heading below the section's own.
    Heading {
        /// Its words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        content: Vec<Inline>,
    },
    /// A quotation.
    Quote {
        /// Its words.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Inline>>,
    },
}

/// A stretch of text inside a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// `**strong**`
    Strong {
        /// The text.
        text: String,
    },
    /// `*emphasis*`
    Emphasis {
        /// The text.
        text: String,
    },
    /// `` `code` ``
    Code {
        /// The text.
        text: String,
    },
    /// `[text](address)`, where the address is https, mailto or tel.
    Link {
        /// The text.
        text: String,
        /// The address.
        href: String,
    },
}

/// Reads a section's text.
pub(super) fn parse(source: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    for line in source.lines() {
        let line = line.trim();
        let item =
            bullet(line).map(|text| (false, text)).or_else(|| numbered(line).map(|t| (true, t)));
        if line.is_empty() {
            flush(&mut paragraph, &mut blocks);
            // A blank line ends a list only if no item follows.
        } else if let Some(text) = heading(line) {
            flush(&mut paragraph, &mut blocks);
            blocks.push(Block::Heading { content: inlines(text) });
        } else if let Some(text) = line.strip_prefix("> ") {
            flush(&mut paragraph, &mut blocks);
            blocks.push(Block::Quote { content: inlines(text) });
        } else if let Some((ordered, text)) = item {
            flush(&mut paragraph, &mut blocks);
            match blocks.last_mut() {
                Some(Block::List { ordered: kind, items }) if *kind == ordered => {
                    items.push(inlines(text));
                }
                _ => blocks.push(Block::List { ordered, items: vec![inlines(text)] }),
            }
        } else {
            paragraph.push(line);
        }
    }
    flush(&mut paragraph, &mut blocks);
    blocks
}

fn flush(paragraph: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph { content: inlines(&paragraph.join(" ")) });
        paragraph.clear();
    }
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let marks = line.len() - text.len();
    (1..=6).contains(&marks).then(|| text.strip_prefix(' ')).flatten().map(str::trim)
}

fn bullet(line: &str) -> Option<&str> {
    ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

fn numbered(line: &str) -> Option<&str> {
    let (number, text) = line.split_once(". ").or_else(|| line.split_once(") "))?;
    let is_number =
        !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.trim())
}

/// Reads the marks inside a block, from the left; what opens and never closes is text.
fn inlines(source: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut rest = source;
    while let Some(char) = rest.chars().next() {
        if let Some((inline, after)) = marked(rest) {
            if !text.is_empty() {
                out.push(Inline::Text { text: std::mem::take(&mut text) });
            }
            out.push(inline);
            rest = after;
            continue;
        }
        let mut chars = rest.chars();
        chars.next();
        rest = chars.as_str();
        // A mark after a backslash is a letter.
        if char == '\\' && rest.starts_with(['*', '_', '`', '[', '\\']) {
            text.extend(rest.chars().next());
            let mut chars = rest.chars();
            chars.next();
            rest = chars.as_str();
        } else {
            text.push(char);
        }
    }
    if !text.is_empty() {
        out.push(Inline::Text { text });
    }
    out
}

/// The marked stretch that `rest` begins with, and what follows it.
fn marked(rest: &str) -> Option<(Inline, &str)> {
    if let Some(inner) = rest.strip_prefix("**") {
        let (text, after) = inner.split_once("**")?;
        return closed(text).map(|text| (Inline::Strong { text }, after));
    }
    if let Some(inner) = rest.strip_prefix('*') {
        let (text, after) = inner.split_once('*')?;
        return closed(text).map(|text| (Inline::Emphasis { text }, after));
    }
    if let Some(inner) = rest.strip_prefix('`') {
        let (text, after) = inner.split_once('`')?;
        return closed(text).map(|text| (Inline::Code { text }, after));
    }
    let (text, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (href, after) = after.split_once(')')?;
    // Brackets that belong to another pair.
    if text.is_empty() || text.contains(['[', ']']) {
        return None;
    }
    let allowed = ["https://", "mailto:", "tel:"].iter().any(|scheme| {
        href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let inline = if allowed && !href.contains(char::is_whitespace) {
        Inline::Link { text: text.to_owned(), href: href.to_owned() }
    } else {
        // An address that may not be followed is shown, so that nobody is misled.
        Inline::Text { text: format!("{text} ({href})") }
    };
    Some((inline, after))
}

/// Marks hug their text: `2 * 3 * 4` is no emphasis.
fn closed(text: &str) -> Option<String> {
    let hugs = !text.is_empty()
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace);
    hugs.then(|| text.to_owned())
}
