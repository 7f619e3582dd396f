//! JSON as a tree in which every value knows where it stands.
//!
//! The usual JSON crates forget positions, and a diagnostic without one is no help.

use crate::diagnostic::{Sink, Span};
use crate::node::{Field, Node, Value};

/// Deepest nesting that is read; a policy needs about ten.
const DEPTH: usize = 64;

/// Reads JSON. The first syntax error goes to the sink, since nothing after it can be trusted.
pub(crate) fn parse_json(file: u32, text: &str, sink: &mut Sink) -> Node {
    let mut reader = Reader { text, at: 0, file };
    let result = reader.value(0).and_then(|node| {
        reader.space();
        if reader.at < text.len() {
            Err(reader.error("there is more text after the end"))
        } else {
            Ok(node)
        }
    });
    match result {
        Ok(node) => node,
        Err((span, message)) => {
            sink.error_help(
                "syntax",
                span,
                format!("this is not valid JSON: {message}"),
                "keys and texts stand in double quotes, a comma between two entries and none after the last",
            );
            Node { span, value: Value::Table(Vec::new()) }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    file: u32,
}

type Step<T> = Result<T, (Span, String)>;

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn span(&self, start: usize) -> Span {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file: self.file, start: cut(start), end: cut(self.at) }
    }

    fn error(&self, message: &str) -> (Span, String) {
        let mut span = self.span(self.at);
        span.end = span.start.saturating_add(1);
        (span, message.to_owned())
    }

    fn space(&mut self) {
        self.at +=
            self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Step<Node> {
        self.space();
        let start = self.at;
        if depth > DEPTH {
            return Err(self.error("values are nested too deeply"));
        }
        let value = match self.rest().chars().next() {
            Some('{') => self.table(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Value::Text(self.string()?),
            Some(c) if c == '-' || c.is_ascii_digit() => self.number()?,
            Some(c) if c.is_ascii_alphabetic() => self.word()?,
            Some(_) => return Err(self.error("a value is expected here")),
            None => return Err(self.error("the text ends too early")),
        };
        Ok(Node { span: self.span(start), value })
    }

    fn table(&mut self, depth: usize) -> Step<Value> {
        self.take('{');
        let mut fields: Vec<Field> = Vec::new();
        self.space();
        if self.take('}') {
            return Ok(Value::Table(fields));
        }
        loop {
            self.space();
            let start = self.at;
            if !self.rest().starts_with('"') {
                return Err(self.error("a key in double quotes is expected here"));
            }
            let key = self.string()?;
            let span = self.span(start);
            if fields.iter().any(|f| f.key == key) {
                return Err((span, format!("the key \"{key}\" stands here twice")));
            }
            self.space();
            if !self.take(':') {
                return Err(self.error("a colon is expected here"));
            }
            let node = self.value(depth + 1)?;
            fields.push(Field { key, span, node });
            self.space();
            if self.take('}') {
                return Ok(Value::Table(fields));
            }
            if !self.take(',') {
                return Err(self.error("a comma or } is expected here"));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Step<Value> {
        self.take('[');
        let mut items = Vec::new();
        self.space();
        if self.take(']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.take(']') {
                return Ok(Value::List(items));
            }
            if !self.take(',') {
                return Err(self.error("a comma or ] is expected here"));
            }
        }
    }

    fn string(&mut self) -> Step<String> {
        let start = self.at;
        let mut escaped = false;
        let end = self.rest().char_indices().skip(1).find_map(|(i, c)| match c {
            _ if escaped => {
                escaped = false;
                None
            }
            '\\' => {
                escaped = true;
                None
            }
            '"' => Some(i + 1),
            _ => None,
        });
        let Some(length) = end else { return Err(self.error("this text has no closing quote")) };
        self.at = start + length;
        let literal = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(literal).map_err(|_| {
            (
                self.span(start),
                "this text holds a character or an escape that JSON does not know".to_owned(),
            )
        })
    }

    fn number(&mut self) -> Step<Value> {
        let start = self.at;
        let length = self
            .rest()
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')))
            .unwrap_or(self.rest().len());
        self.at += length;
        let literal = self.text.get(start..self.at).unwrap_or_default();
        if let Ok(n) = literal.parse::<i64>() {
            return Ok(Value::Integer(n));
        }
        literal
            .parse::<f64>()
            .map(Value::Float)
            .map_err(|_| (self.span(start), format!("`{literal}` is not a number")))
    }

    fn word(&mut self) -> Step<Value> {
        let start = self.at;
        let length =
            self.rest().find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest().len());
        self.at += length;
        match self.text.get(start..self.at).unwrap_or_default() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" => Ok(Value::Null),
            other => Err((self.span(start), format!("`{other}` needs double quotes"))),
        }
    }
}
