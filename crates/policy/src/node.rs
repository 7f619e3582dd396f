//! A document as a tree in which every value knows where it stands.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Sink, Span};

/// A value and where it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Value {
    /// JSON's `null`: as if the key were not there.
    #[default]
    Null,
    Text(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
    /// A date or time as written.
    Moment(String),
    List(Vec<Node>),
    Table(Vec<Field>),
}

/// A key and its value, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) span: Span,
    pub(crate) node: Node,
}

impl Node {
    pub(crate) fn fields(&self) -> &[Field] {
        match &self.value {
            Value::Table(fields) => fields,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn field(&self, key: &str) -> Option<&Field> {
        self.fields().iter().find(|f| f.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.field(key).map(|f| &f.node)
    }

    /// Where the value of a key stands, or the whole table where the key is absent.
    pub(crate) fn span_of(&self, key: &str) -> Span {
        self.get(key).map_or(self.span, |n| n.span)
    }

    /// Where the table starts: its first key, since a table's own span may be
    /// only its header, or all of it.
    pub(crate) fn head(&self) -> Span {
        self.get("id")
            .map_or_else(|| self.fields().first().map_or(self.span, |f| f.span), |n| n.span)
    }

    /// What the value is, in an author's words.
    pub(crate) fn describe(&self) -> String {
        match &self.value {
            Value::Null => "nothing".to_owned(),
            Value::Text(text) if text.chars().count() <= 40 => format!("the text \"{text}\""),
            Value::Text(_) => "a text".to_owned(),
            Value::Integer(n) => format!("the number {n}"),
            Value::Float(n) => format!("the number {n}"),
            Value::Bool(b) => format!("{b}"),
            Value::Moment(text) => format!("the date {text}"),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

/// Reads TOML; every syntax error goes to the sink, and what could be read is returned.
pub(crate) fn parse_toml(file: u32, text: &str, sink: &mut Sink) -> Node {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        sink.error_help(
            "syntax",
            span(file, &range),
            format!("this is not valid TOML: {}", error.message().replace('\n', "; ")),
            syntax_help(text, range.start),
        );
    }
    let range = table.span();
    Node { span: span(file, &range), value: table_value(file, table.into_inner(), sink) }
}

/// What usually is wrong with a line that TOML does not understand.
fn syntax_help(text: &str, at: usize) -> String {
    let begin = text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let line = text.get(begin..).and_then(|t| t.lines().next()).unwrap_or_default();
    if line.contains(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}']) {
        "write straight quotes (\" or ') instead of typographic ones".to_owned()
    } else if line.contains('\\') && line.contains('"') {
        "write a text with backslashes in single quotes: 'AC-\\d+'".to_owned()
    } else if line.contains(':') && !line.contains('=') {
        "write `key = \"value\"`, with an equals sign".to_owned()
    } else {
        "write `key = \"value\"` on one line; a text goes in quotes, a list in [ ], a long text in \"\"\" \"\"\""
            .to_owned()
    }
}

fn span(file: u32, range: &std::ops::Range<usize>) -> Span {
    let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span { file, start: cut(range.start), end: cut(range.end) }
}

fn table_value(file: u32, table: DeTable<'_>, sink: &mut Sink) -> Value {
    let mut fields: Vec<Field> = table
        .into_iter()
        .map(|(key, value)| {
            let at = key.span();
            let range = value.span();
            let node = Node {
                span: span(file, &range),
                value: value_of(file, span(file, &range), value.into_inner(), sink),
            };
            Field { key: key.into_inner().into_owned(), span: span(file, &at), node }
        })
        .collect();
    fields.sort_by_key(|f| f.span.start);
    Value::Table(fields)
}

fn value_of(file: u32, at: Span, value: DeValue<'_>, sink: &mut Sink) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => {
            match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
                Ok(n) => Value::Integer(n),
                Err(_) => {
                    sink.error("wrong-type", at, "this number is too large");
                    Value::Null
                }
            }
        }
        DeValue::Float(number) => {
            Value::Float(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN))
        }
        DeValue::Boolean(b) => Value::Bool(b),
        DeValue::Datetime(moment) => Value::Moment(moment.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| {
                    let at = span(file, &item.span());
                    Node { span: at, value: value_of(file, at, item.into_inner(), sink) }
                })
                .collect(),
        ),
        DeValue::Table(table) => table_value(file, table, sink),
    }
}
