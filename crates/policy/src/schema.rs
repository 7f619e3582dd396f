//! The JSON Schema of the authored format, for completion in editors.
//!
//! Generated from the very types that read a policy; a test compares it with
//! the file that is checked in.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::authored::{ChecklistPoint, CompanySpec, Header, ListSpec, RuleHeader, SettingsSpec};
use crate::lower::{INLINE_TERMS, KINDS};

/// Where the schema calls itself at home; it is served by nobody and only names the file.
const ID: &str = "draftguard-policy.schema.json";

/// A text, or one by language.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) enum Text {
    /// In the policy's default language.
    Plain(String),
    /// By language: `{ en = "…", id = "…" }`.
    ByLanguage(std::collections::BTreeMap<String, String>),
}

/// A name, or `{ name, common_word }`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) enum NameOrText {
    /// The name.
    Text(String),
    /// The name and how strictly it is matched.
    Name(crate::authored::NameSpec),
}

/// A term, or a table with its details.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) enum TermOrText {
    /// The term.
    Text(String),
    /// The term with its details.
    Term(Box<crate::authored::TermSpec>),
}

/// A kind of rule.
#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) enum KindName {
    /// Words and phrases of lists.
    Terms,
    /// A regular expression.
    Pattern,
    /// Personal data and secrets.
    Sensitive,
    /// Something that must be there when something else is.
    Require,
    /// Insults, threats, promises and the like.
    Tone,
    /// Links that deceive or lead inside.
    Link,
    /// Who speaks.
    Voice,
    /// Attachments.
    Media,
}

/// `replace`, `remove`, `insert`, `contact:ID`, `response:ID`, or `{ replace = "…" }`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) enum FixSpec {
    /// By name.
    Name(String),
    /// With a text of its own.
    Replace {
        /// What to put there.
        replace: Text,
    },
}

/// A reason that may be given.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct ReasonSpec {
    /// Its code, which may be reported.
    code: String,
    /// Its words.
    text: Text,
}

/// What a rule must find in an example.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) enum Expect {
    /// Whether it fires.
    Fires(bool),
    /// The one text that it finds.
    Text(String),
    /// The texts that it finds.
    Texts(Vec<String>),
}

/// A role.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
struct Role {
    /// Its id, as managed settings name it.
    id: String,
    /// What people call it.
    name: Option<Text>,
    /// What it may do: `speak`, `announce`, `answer_customers`, `brand_account`, or your own.
    may: Option<Vec<String>>,
    /// Titles that people of this role may claim.
    titles: Option<Vec<String>>,
}

/// Somebody to ask.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
struct Contact {
    /// Its id.
    id: String,
    /// Who.
    name: Option<Text>,
    /// What for: `press`, `customers`, `legal`, `security`, `approval`, or your own.
    topics: Option<Vec<String>>,
    /// Mail address.
    mail: Option<String>,
    /// Chat or web address (https).
    url: Option<String>,
    /// Phone number.
    phone: Option<String>,
    /// Text to hand over with; `{site}`, `{rule}`, `{handle}` are filled in.
    handover: Option<Text>,
}

/// A section of the handbook.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
struct Section {
    /// Its id.
    id: String,
    /// Its title.
    title: Option<Text>,
    /// Its text: Markdown without raw HTML.
    body: Option<Text>,
}

/// A response approved in advance.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
struct Response {
    /// Its id.
    id: String,
    /// What it is about.
    topic: Option<String>,
    /// Its title.
    title: Option<Text>,
    /// Words in the answered text that bring it up.
    triggers: Option<Vec<String>>,
    /// The text; `{handle}`, `{company}`, `{contact}` are filled in.
    text: Option<Text>,
}

/// The schema of a policy file.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12();
    let mut generator = settings.into_generator();
    let header = property(&mut generator, |g| g.subschema_for::<Header>());
    let behaviour = property(&mut generator, |g| g.subschema_for::<SettingsSpec>());
    let company = property(&mut generator, |g| g.subschema_for::<CompanySpec>());
    let (rule, changes) = rules(&mut generator);
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Draftguard policy",
        "description": "A company's social-media policy: facts, roles, contacts, handbook, lists and rules.",
        "type": "object",
        "required": ["policy"],
        "additionalProperties": false,
        "properties": {
            "$schema": { "type": "string" },
            "policy": header,
            "settings": behaviour,
            "company": company.clone(),
            "roles": list(property(&mut generator, |g| g.subschema_for::<Role>())),
            "contacts": list(property(&mut generator, |g| g.subschema_for::<Contact>())),
            "sections": list(property(&mut generator, |g| g.subschema_for::<Section>())),
            "lists": list(property(&mut generator, |g| g.subschema_for::<ListSpec>())),
            "rules": list(rule),
            "responses": list(property(&mut generator, |g| g.subschema_for::<Response>())),
            "sites": {
                "description": "Data of sites that counts instead of the extension's own: the fields of docs/sites-format.md, or a file that has them.",
                "type": "array",
                "items": { "type": "object", "properties": { "file": { "type": "string" } } },
            },
            "override": list(changes),
            "checklist": list(property(&mut generator, |g| g.subschema_for::<ChecklistPoint>())),
            "sample": {
                "description": "Stand-ins for the company's own facts when the examples of a pack run.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "company": company,
                    "roles": list(property(&mut generator, |g| g.subschema_for::<Role>())),
                    "contacts": list(property(&mut generator, |g| g.subschema_for::<Contact>())),
                },
            },
        },
    });
    let definitions = Value::Object(generator.take_definitions(true));
    if let Some(object) = document.as_object_mut() {
        object.insert("$defs".to_owned(), definitions);
    }
    document
}

fn property(
    generator: &mut SchemaGenerator,
    make: impl Fn(&mut SchemaGenerator) -> Schema,
) -> Value {
    make(generator).to_value()
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A rule is its header with the options of its kind; an override is any of them.
fn rules(generator: &mut SchemaGenerator) -> (Value, Value) {
    let header = generator.root_schema_for::<RuleHeader>().to_value();
    let definitions = generator.definitions_mut();
    for (name, schema) in header.get("$defs").and_then(Value::as_object).into_iter().flatten() {
        definitions.entry(name.clone()).or_insert_with(|| schema.clone());
    }
    let shared = properties(&header);
    let mut branches = Vec::new();
    let mut every = shared.clone();
    for (name, kind) in KINDS {
        let options = options_schema(kind, generator);
        let mut all = shared.clone();
        all.extend(properties(&options));
        if name == "terms" {
            all.insert(
                INLINE_TERMS.to_owned(),
                json!({
                    "description": "Terms written in the rule itself.",
                    "type": "array",
                    "items": generator.subschema_for::<TermOrText>().to_value(),
                }),
            );
        }
        for (key, value) in &all {
            every.entry(key.clone()).or_insert_with(|| value.clone());
        }
        all.insert("kind".to_owned(), json!({ "const": name }));
        branches.push(json!({
            "title": name,
            "type": "object",
            "required": ["id", "kind", "message"],
            "additionalProperties": false,
            "properties": all,
        }));
    }
    every.insert(
        "off".to_owned(),
        json!({ "type": "boolean", "description": "Whether the rule is left out." }),
    );
    every.remove("kind");
    let rule = json!({ "description": "One requirement.", "oneOf": branches });
    let changes = json!({
        "description": "A change to a rule of a policy that is built upon.",
        "type": "object",
        "required": ["id"],
        "additionalProperties": false,
        "properties": every,
    });
    (rule, changes)
}

fn options_schema(kind: draftguard_core::Kind, generator: &mut SchemaGenerator) -> Value {
    use draftguard_core::{Kind, rules};
    macro_rules! of {
        ($($kind:ident $module:ident),*) => {
            match kind {
                $(Kind::$kind => rules::$module::Options::json_schema(generator).to_value(),)*
            }
        };
    }
    of!(Terms terms, Pattern pattern, Sensitive sensitive, Require require, Tone tone, Link link,
        Voice voice, Media media)
}

fn properties(schema: &Value) -> Map<String, Value> {
    schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
}
