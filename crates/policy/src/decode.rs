//! Reads typed values out of a [`Node`] and reports every problem, not only the first.
//!
//! serde stops at the first error. Here the value that caused it is reported,
//! left out, and the whole is read again, until nothing fails; since nearly
//! every field of the authored types has a default, one wrong value hides no
//! other. Some shorthands are understood wherever their types stand:
//!
//! - a text for a localized text: it is in the file's default language;
//! - a text for a name or a term (`"Acme"` for `{ name = "Acme" }`);
//! - `"contact:press"` for the variant `contact` with the value `press`.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};

use crate::diagnostic::{Level, Sink, Span};
use crate::node::{Field, Node, Value};
use crate::suggest::{alternatives, nearest};

/// Structs that may be written as a single text, and the field that it fills.
const SHORTHANDS: [(&str, &str); 2] = [("Name", "name"), ("Term", "term")];

/// Most errors that are reported of one value; more of them are one mistake repeated.
const MOST_ERRORS: usize = 200;

/// Reads a value; what is wrong with it goes to the sink. `None` where too much is wrong to go on.
///
/// `language` is that of texts that name none.
pub(crate) fn decode<T: DeserializeOwned>(
    node: &Node,
    language: &str,
    sink: &mut Sink,
) -> Option<T> {
    let mut state =
        State { language: language.to_owned(), skip: BTreeSet::new(), unknown: Vec::new() };
    let mut result = None;
    for _ in 0..MOST_ERRORS {
        state.unknown.clear();
        match T::deserialize(Reader { node, state: &mut state }) {
            Ok(value) => {
                result = Some(value);
                break;
            }
            Err(error) => {
                let at = error.span.unwrap_or(node.span);
                if !error.follows {
                    sink.push(Level::Error, error.code, Some(at), error.message, error.help);
                }
                if at == node.span || !state.skip.insert(at) {
                    break;
                }
            }
        }
    }
    for unknown in state.unknown {
        let key = &unknown.key;
        let help = nearest(key, unknown.known).map_or_else(
            || format!("known here: {}", alternatives(unknown.known)),
            |near| format!("write `{near}` instead"),
        );
        sink.error_help("unknown-key", unknown.span, format!("unknown key `{key}`"), help);
    }
    result
}

/// The names of a struct's fields, as serde knows them.
pub(crate) fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // Fails by design: it only looks at what is asked for.
    let _ = T::deserialize(Fields(&mut fields));
    fields
}

struct State {
    language: String,
    /// Values that were reported and are left out.
    skip: BTreeSet<Span>,
    unknown: Vec<Unknown>,
}

struct Unknown {
    key: String,
    span: Span,
    known: &'static [&'static str],
}

/// Why a value cannot be read.
#[derive(Debug)]
pub(crate) struct DecodeError {
    span: Option<Span>,
    code: &'static str,
    message: String,
    help: Option<String>,
    /// Follows from an error that was reported already.
    follows: bool,
}

impl DecodeError {
    fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    fn wrong_type(node: &Node, expected: &str) -> Self {
        Self {
            span: Some(node.span),
            code: "wrong-type",
            message: format!("{expected} is expected here, not {}", node.describe()),
            help: None,
            follows: false,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            span: None,
            code: "wrong-value",
            message: message.to_string(),
            help: None,
            follows: false,
        }
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self {
            code: "wrong-type",
            ..Self::custom(format!("{expected} is expected here, not {unexpected}"))
        }
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        // serde names its own types; an author knows numbers.
        let expected = match expected.to_string().as_str() {
            "u8" | "u16" | "u32" | "u64" => "a whole number from 0 on".to_owned(),
            "i8" | "i16" | "i32" | "i64" => "a whole number".to_owned(),
            other => other.to_owned(),
        };
        Self::custom(format!("{unexpected} is not possible here: {expected} is expected"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            code: "missing-key",
            help: Some(format!("add `{field} = ...`")),
            ..Self::custom(format!("the key `{field}` is missing"))
        }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self {
            help: Some(nearest(variant, expected).map_or_else(
                || format!("write {}", alternatives(expected)),
                |near| format!("write `{near}` instead"),
            )),
            ..Self::custom(format!("`{variant}` is not known here"))
        }
    }
}

struct Reader<'a> {
    node: &'a Node,
    state: &'a mut State,
}

/// Numbers of any width are checked by serde's own visitors.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match self.node.value {
                Value::Integer(_) | Value::Float(_) => self.deserialize_any(visitor),
                _ => Err(DecodeError::wrong_type(self.node, "a number")),
            }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match &self.node.value {
                Value::Text(_) | Value::Moment(_) => self.deserialize_any(visitor),
                Value::Table(_) => Err(DecodeError {
                    help: Some("this text has no translations; write it once, in quotes".to_owned()),
                    ..DecodeError::wrong_type(self.node, "a text in quotes")
                }),
                _ => Err(DecodeError::wrong_type(self.node, "a text in quotes")),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let span = self.node.span;
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Text(text) | Value::Moment(text) => visitor.visit_str(text),
            Value::Integer(n) => visitor.visit_i64(*n),
            Value::Float(n) => visitor.visit_f64(*n),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::List(items) => {
                visitor.visit_seq(Items { items: items.iter(), state: self.state })
            }
            Value::Table(fields) => visitor.visit_map(Fieldwise::new(fields, self.state)),
        }
        .map_err(|e| e.at(span))
    }

    numbers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8
    deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64 }

    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.node.value {
            Value::Bool(b) => visitor.visit_bool(b),
            _ => Err(DecodeError::wrong_type(self.node, "`true` or `false`")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match &self.node.value {
            Value::List(_) => self.deserialize_any(visitor),
            Value::Text(text) => Err(DecodeError {
                help: Some(format!("write [\"{text}\"]")),
                ..DecodeError::wrong_type(self.node, "a list")
            }),
            _ => Err(DecodeError::wrong_type(self.node, "a list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match &self.node.value {
            Value::Table(_) => self.deserialize_any(visitor),
            // The only maps of texts are localized ones.
            Value::Text(_) => {
                let field = Field {
                    key: self.state.language.clone(),
                    span: self.node.span,
                    node: self.node.clone(),
                };
                visitor.visit_map(Fieldwise::new(&[field], self.state))
            }
            _ => Err(DecodeError {
                help: Some("write \"…\" or { en = \"…\", id = \"…\" }".to_owned()),
                ..DecodeError::wrong_type(self.node, "a text, or a table of texts by language")
            }),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let span = self.node.span;
        match &self.node.value {
            Value::Table(fields) => {
                let mut access = Fieldwise::new(fields, self.state);
                access.known = Some(known);
                let result = visitor.visit_map(access);
                result.map_err(|mut e| {
                    // A key that is missing because its value was wrong is one mistake, not two.
                    e.follows |= e.code == "missing-key"
                        && e.span.is_none()
                        && fields.iter().any(|f| self.state.skip.contains(&f.node.span));
                    e.at(span)
                })
            }
            Value::Text(_) => match SHORTHANDS.iter().find(|(n, _)| *n == name) {
                Some((_, key)) => {
                    let field = Field {
                        key: (*key).to_owned(),
                        span: self.node.span,
                        node: self.node.clone(),
                    };
                    visitor.visit_map(Fieldwise::new(&[field], self.state))
                }
                None => Err(table_expected(self.node, known)),
            },
            _ => Err(table_expected(self.node, known)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let node = self.node;
        let access = match &node.value {
            Value::Text(text) => {
                let (name, rest) =
                    text.split_once(':').map_or((text.as_str(), None), |(n, r)| (n, Some(r)));
                Variant {
                    name: name.trim().to_owned(),
                    span: node.span,
                    payload: Payload::of_text(rest, node.span),
                    state: self.state,
                }
            }
            Value::Table(fields) => match fields.as_slice() {
                [field] => Variant {
                    name: field.key.clone(),
                    span: field.span,
                    payload: Payload::Node(field.node.clone()),
                    state: self.state,
                },
                _ => {
                    let parts: Vec<String> =
                        fields.iter().map(|f| format!("{{ {} = … }}", f.key)).collect();
                    return Err(DecodeError {
                        help: Some(if variants.contains(&"all") && fields.len() > 1 {
                            format!("write {{ all = [{}] }}", parts.join(", "))
                        } else {
                            format!("one of {}", alternatives(variants))
                        }),
                        ..DecodeError::custom(format!(
                            "a table with exactly one key is expected here, not with {}",
                            fields.len()
                        ))
                        .at(node.span)
                    });
                }
            },
            _ => {
                return Err(DecodeError {
                    help: Some(format!("write {}", alternatives(variants))),
                    ..DecodeError::wrong_type(node, "a word")
                });
            }
        };
        visitor.visit_enum(access).map_err(|e| e.at(node.span))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_any(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_any(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _n: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _n: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }
}

fn table_expected(node: &Node, known: &'static [&'static str]) -> DecodeError {
    DecodeError {
        help: Some(format!("write {{ … }} with {}", alternatives(known))),
        ..DecodeError::wrong_type(node, "a table")
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    state: &'a mut State,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        for node in self.items.by_ref() {
            if self.state.skip.contains(&node.span) {
                continue;
            }
            return seed
                .deserialize(Reader { node, state: self.state })
                .map(Some)
                .map_err(|e| e.at(node.span));
        }
        Ok(None)
    }
}

struct Fieldwise<'a> {
    fields: std::slice::Iter<'a, Field>,
    value: Option<&'a Node>,
    /// Set where only these keys are allowed.
    known: Option<&'static [&'static str]>,
    state: &'a mut State,
}

impl<'a> Fieldwise<'a> {
    fn new(fields: &'a [Field], state: &'a mut State) -> Self {
        Self { fields: fields.iter(), value: None, known: None, state }
    }
}

impl<'de> MapAccess<'de> for Fieldwise<'_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, DecodeError> {
        for field in self.fields.by_ref() {
            if self.state.skip.contains(&field.node.span) || field.node.value == Value::Null {
                continue;
            }
            if let Some(known) = self.known
                && !known.contains(&field.key.as_str())
            {
                self.state.unknown.push(Unknown {
                    key: field.key.clone(),
                    span: field.span,
                    known,
                });
                continue;
            }
            self.value = Some(&field.node);
            return seed
                .deserialize(de::value::StrDeserializer::new(&field.key))
                .map(Some)
                .map_err(|e: DecodeError| e.at(field.node.span));
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, DecodeError> {
        match self.value.take() {
            Some(node) => {
                seed.deserialize(Reader { node, state: self.state }).map_err(|e| e.at(node.span))
            }
            None => Err(DecodeError::custom("a value without a key")),
        }
    }
}

struct Variant<'a> {
    name: String,
    span: Span,
    payload: Payload,
    state: &'a mut State,
}

enum Payload {
    None,
    Node(Node),
}

impl Payload {
    fn of_text(rest: Option<&str>, span: Span) -> Self {
        rest.map_or(Self::None, |text| {
            Self::Node(Node { span, value: Value::Text(text.trim().to_owned()) })
        })
    }
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = DecodeError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self), DecodeError> {
        let name: de::value::StrDeserializer<'_, DecodeError> =
            de::value::StrDeserializer::new(&self.name);
        let value = seed.deserialize(name).map_err(|e| e.at(self.span))?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = DecodeError;

    fn unit_variant(self) -> Result<(), DecodeError> {
        match self.payload {
            Payload::None => Ok(()),
            Payload::Node(_) => {
                Err(DecodeError::custom(format!("`{}` takes no value", self.name)).at(self.span))
            }
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, DecodeError> {
        let (node, bare) = match self.payload {
            Payload::Node(node) => (node, false),
            Payload::None => (Node { span: self.span, value: Value::Null }, true),
        };
        let name = self.name;
        seed.deserialize(Reader { node: &node, state: self.state }).map_err(|e| {
            if bare {
                DecodeError {
                    help: Some(format!("write `{name}:…` or {{ {name} = … }}")),
                    ..DecodeError::custom(format!("`{name}` needs a value"))
                }
                .at(self.span)
            } else {
                e.at(node.span)
            }
        })
    }

    fn tuple_variant<V: Visitor<'de>>(self, _n: usize, _v: V) -> Result<V::Value, DecodeError> {
        Err(DecodeError::custom("a list is not possible here").at(self.span))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.payload {
            Payload::Node(node) => {
                Reader { node: &node, state: self.state }.deserialize_struct("", fields, visitor)
            }
            Payload::None => {
                Err(DecodeError::custom(format!("`{}` needs a table", self.name)).at(self.span))
            }
        }
    }
}

/// Answers the first question for a struct with its field names, and nothing else.
struct Fields<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Self::Error> {
        Err(de::value::Error::custom("only looks at field names"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        Err(de::value::Error::custom("only looks at field names"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
