//! What an administrator sets through the browser's management: group policy, Intune, `policies.json`.
//!
//! One browser filters by the declared schema and the other hands over anything, so every value is
//! checked here. A value that cannot be used is left out and named; the others stay in force.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::key::{KeySet, PublicKey};

/// Managed settings after they were checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Managed {
    /// Where the complete current bundle is: https.
    pub policy_url: Option<String>,
    /// Who may sign it.
    pub keys: Option<KeySet>,
    /// The author's role id in the policy.
    pub role: Option<String>,
    /// Language of the interface: `en`, `id`.
    pub language: Option<String>,
    /// What happens to a post when the engine cannot answer: `notice`, `hold`. Takes the place of
    /// the policy's own, also where no policy can be read.
    pub unavailable: Option<String>,
    /// Whether employees may switch the checking off; takes the place of the policy's own.
    pub may_disable: Option<bool>,
    /// For how many minutes employees may pause the checking (0: not at all); takes the place of the policy's own.
    pub pause_minutes: Option<u32>,
    /// Hosts that are checked in addition to the known sites.
    pub sites: Vec<String>,
    /// Minutes between two fetches.
    pub refresh_minutes: u32,
    /// What was set and cannot be used.
    pub problems: Vec<Problem>,
}

/// A managed setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its name.
    pub setting: String,
    /// What is wrong and what to write.
    pub message: String,
}

/// Minutes between two fetches where nothing is set: a correction is everywhere within the hour, and
/// ten thousand browsers ask a host about three times a second.
pub const REFRESH_MINUTES: u32 = 60;
const REFRESH_RANGE: std::ops::RangeInclusive<u64> = 5..=10_080;

/// A setting as administrators see it in the schema.
struct Setting {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    form: fn() -> Value,
}

const SETTINGS: [Setting; 10] = [
    Setting {
        name: "policyUrl",
        title: "Policy address",
        description: "One https address that always answers the complete current bundle.",
        form: || json!({ "type": "string" }),
    },
    Setting {
        name: "trustedKeys",
        title: "Trusted keys",
        description: "Public keys (dgpub1-…) of those who may sign the policy.",
        form: || json!({ "type": "array", "items": { "type": "string" } }),
    },
    Setting {
        name: "threshold",
        title: "Signatures needed",
        description: "How many of the trusted keys must have signed; 1 if not set.",
        form: || json!({ "type": "integer", "minimum": 1, "maximum": 16 }),
    },
    Setting {
        name: "role",
        title: "Role",
        description: "The employee's role, by its id in the policy.",
        form: || json!({ "type": "string" }),
    },
    Setting {
        name: "language",
        title: "Language",
        description: "Language of the interface: en or id; the browser's own if not set.",
        form: || json!({ "type": "string", "enum": ["en", "id"] }),
    },
    Setting {
        name: "refreshMinutes",
        title: "Minutes between fetches",
        description: "How often the bundle is asked for, 5 to 10080; 60 if not set.",
        form: || json!({ "type": "integer", "minimum": 5, "maximum": 10080 }),
    },
    Setting {
        name: "sites",
        title: "Additional sites",
        description: "Host names that are checked besides the known sites, such as social.acme.example.",
        form: || json!({ "type": "array", "items": { "type": "string" } }),
    },
    Setting {
        name: "mayDisable",
        title: "Employees may switch it off",
        description: "Whether employees may switch the checking off; as the policy says if not set.",
        form: || json!({ "type": "boolean" }),
    },
    Setting {
        name: "pauseMinutes",
        title: "Longest pause",
        description: "Minutes for which employees may pause the checking, 0 for not at all; as the policy says if not set.",
        form: || json!({ "type": "integer", "minimum": 0, "maximum": 1440 }),
    },
    Setting {
        name: "unavailable",
        title: "When a draft cannot be checked",
        description: "notice lets the post go with a notice, hold keeps it with a way out; as the policy says if not set.",
        form: || json!({ "type": "string", "enum": ["notice", "hold"] }),
    },
];

/// Most hosts that an administrator can add.
const MOST_SITES: usize = 200;

/// Whether a text is a host name and nothing else: no scheme, port, path or wildcard, so that it can stand in a match
/// pattern as it is.
fn is_host(text: &str) -> bool {
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// The schema that the extension declares for its managed storage.
pub fn schema() -> Value {
    let mut properties = Map::new();
    for setting in SETTINGS {
        let mut form = (setting.form)();
        if let Some(fields) = form.as_object_mut() {
            fields.insert("title".into(), setting.title.into());
            fields.insert("description".into(), setting.description.into());
        }
        properties.insert(setting.name.into(), form);
    }
    json!({ "type": "object", "properties": properties })
}

/// Reads managed settings from whatever a browser hands over.
pub fn read(value: &Value) -> Managed {
    let mut managed = Managed { refresh_minutes: REFRESH_MINUTES, ..Managed::default() };
    let Some(given) = value.as_object() else { return managed };
    let mut problem = |setting: &str, message: String| {
        managed.problems.push(Problem { setting: setting.to_owned(), message });
    };
    for name in given.keys().filter(|n| SETTINGS.iter().all(|s| s.name != n.as_str())) {
        problem(name, "there is no such setting".to_owned());
    }
    let text = |name: &str| given.get(name).and_then(Value::as_str).map(str::trim);
    let policy_url = match text("policyUrl") {
        Some(url) if url.starts_with("https://") && url.len() > 8 && url.len() <= 2048 => {
            Some(url.to_owned())
        }
        None if !given.contains_key("policyUrl") => None,
        _ => {
            problem("policyUrl", "write an address that begins with https://".to_owned());
            None
        }
    };
    let mut keys = Vec::new();
    for (index, key) in
        given.get("trustedKeys").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        match key.as_str().unwrap_or_default().parse::<PublicKey>() {
            Ok(key) if !keys.contains(&key) => keys.push(key),
            Ok(_) => problem("trustedKeys", format!("key {} stands there twice", index + 1)),
            Err(error) => problem("trustedKeys", format!("key {}: {error}", index + 1)),
        }
    }
    let threshold = match given.get("threshold") {
        None => Some(1),
        Some(value) => value.as_u64().and_then(|n| u8::try_from(n).ok()).filter(|n| *n >= 1),
    };
    let keys = match threshold {
        _ if keys.is_empty() => {
            if policy_url.is_some() {
                problem("trustedKeys", "a policy address needs at least one key".to_owned());
            }
            None
        }
        Some(threshold) if usize::from(threshold) <= keys.len() => Some(KeySet { keys, threshold }),
        // Fewer keys than signatures asked for: nothing would ever be accepted, and nothing may be
        // accepted with less.
        _ => {
            problem("threshold", format!("write a number from 1 to {}", keys.len()));
            None
        }
    };
    let role = match text("role") {
        Some(role) if !role.is_empty() && role.len() <= 128 => Some(role.to_owned()),
        None if !given.contains_key("role") => None,
        _ => {
            problem("role", "write a role's id as the policy has it".to_owned());
            None
        }
    };
    let language = match text("language") {
        Some(language @ ("en" | "id")) => Some(language.to_owned()),
        None if !given.contains_key("language") => None,
        _ => {
            problem("language", "write `en` or `id`".to_owned());
            None
        }
    };
    let refresh = match given.get("refreshMinutes") {
        None => REFRESH_MINUTES,
        Some(value) => match value.as_u64().filter(|n| REFRESH_RANGE.contains(n)) {
            Some(minutes) => u32::try_from(minutes).unwrap_or(REFRESH_MINUTES),
            None => {
                problem("refreshMinutes", "write a number from 5 to 10080".to_owned());
                REFRESH_MINUTES
            }
        },
    };
    let may_disable = given.get("mayDisable").and_then(Value::as_bool);
    if may_disable.is_none() && given.contains_key("mayDisable") {
        problem("mayDisable", "write true or false".to_owned());
    }
    let pause_minutes = given
        .get("pauseMinutes")
        .and_then(Value::as_u64)
        .filter(|n| *n <= 1440)
        .and_then(|n| u32::try_from(n).ok());
    if pause_minutes.is_none() && given.contains_key("pauseMinutes") {
        problem("pauseMinutes", "write a number from 0 to 1440".to_owned());
    }
    let unavailable =
        text("unavailable").filter(|u| ["notice", "hold"].contains(u)).map(str::to_owned);
    if unavailable.is_none() && given.contains_key("unavailable") {
        problem("unavailable", "write `notice` or `hold`".to_owned());
    }
    let mut sites: Vec<String> = Vec::new();
    for site in given.get("sites").and_then(Value::as_array).into_iter().flatten() {
        let host = site.as_str().unwrap_or_default().trim().to_ascii_lowercase();
        if sites.len() == MOST_SITES {
            problem("sites", format!("at most {MOST_SITES} are read"));
            break;
        }
        if !is_host(&host) {
            problem("sites", format!("`{host}` is not a host name such as social.acme.example"));
        } else if !sites.contains(&host) {
            sites.push(host);
        }
    }
    Managed {
        policy_url,
        keys,
        role,
        language,
        refresh_minutes: refresh,
        unavailable,
        may_disable,
        pause_minutes,
        sites,
        ..managed
    }
}

/// How long to wait for the next fetch, in milliseconds. `random` is from 0 to 1.
///
/// Spread over a quarter of the interval, so that browsers started together do not ask together;
/// after failures the interval doubles, up to a day, from a minute on.
pub fn next_fetch_ms(refresh_minutes: u32, failures: u32, random: f64) -> f64 {
    const DAY_MINUTES: f64 = 24.0 * 60.0;
    let minutes = if failures == 0 {
        f64::from(refresh_minutes)
    } else {
        2f64.powi(failures.saturating_sub(1).min(16) as i32)
            .min(f64::from(refresh_minutes).max(DAY_MINUTES))
    };
    let random = if random.is_finite() { random.clamp(0.0, 1.0) } else { 0.5 };
    minutes * 60_000.0 * (0.875 + 0.25 * random)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> String {
        crate::SigningKey::from_seed([n; 32]).public().to_string()
    }

    #[test]
    fn complete_settings_are_taken() {
        let managed = read(&json!({
            "policyUrl": "https://policy.acme.example/acme.dgb",
            "trustedKeys": [key(1), key(2)],
            "threshold": 2,
            "role": "spokesperson",
            "language": "id",
            "refreshMinutes": 15,
            "sites": ["Social.acme.example", "social.acme.example"],
            "mayDisable": false,
            "pauseMinutes": 30,
            "unavailable": "hold",
        }));
        assert_eq!(managed.problems, []);
        assert_eq!(managed.keys.unwrap().threshold, 2);
        assert_eq!(managed.refresh_minutes, 15);
        assert_eq!(managed.sites, ["social.acme.example"]);
        assert_eq!((managed.may_disable, managed.pause_minutes), (Some(false), Some(30)));
        assert_eq!(managed.unavailable.as_deref(), Some("hold"));
        assert_eq!(managed.role.as_deref(), Some("spokesperson"));
    }

    #[test]
    fn what_cannot_be_used_is_named_and_the_rest_stays() {
        let managed = read(&json!({
            "policyUrl": "http://policy.acme.example/",
            "trustedKeys": [key(1), "dgkey1-secret", key(1)],
            "threshold": 9,
            "role": "employee",
            "language": "fr",
            "refreshMinutes": 1,
            "mayDisable": "no",
            "pauseMinutes": -1,
            "unavailable": "open",
            "sites": ["*.acme.example", "https://acme.example/", "localhost", "a.example:8443", 7, "ok.example"],
            "colour": "red",
        }));
        let named: Vec<&str> = managed.problems.iter().map(|p| p.setting.as_str()).collect();
        assert_eq!(
            named,
            [
                "colour",
                "policyUrl",
                "trustedKeys",
                "trustedKeys",
                "threshold",
                "language",
                "refreshMinutes",
                "mayDisable",
                "pauseMinutes",
                "unavailable",
                "sites",
                "sites",
                "sites",
                "sites",
                "sites",
            ]
        );
        assert_eq!((managed.policy_url, managed.keys, managed.language), (None, None, None));
        assert_eq!(managed.role.as_deref(), Some("employee"));
        assert_eq!(managed.sites, ["ok.example"]);
        assert_eq!(managed.refresh_minutes, REFRESH_MINUTES);
    }

    #[test]
    fn anything_else_is_no_setting() {
        for value in [json!(null), json!([]), json!("x"), json!({})] {
            let managed = read(&value);
            assert_eq!((managed.policy_url, managed.problems), (None, vec![]));
        }
        let lonely = read(&json!({ "policyUrl": "https://a.example/b" }));
        assert_eq!(lonely.problems.len(), 1);
    }

    #[test]
    fn fetches_are_spread_and_failures_back_off() {
        assert_eq!(next_fetch_ms(60, 0, 0.5), 3_600_000.0);
        assert!(next_fetch_ms(60, 0, 0.0) < next_fetch_ms(60, 0, 1.0));
        assert_eq!(next_fetch_ms(60, 1, 0.5), 60_000.0);
        assert_eq!(next_fetch_ms(60, 4, 0.5), 480_000.0);
        assert_eq!(next_fetch_ms(60, 99, 0.5), 86_400_000.0);
        assert!(next_fetch_ms(60, 0, f64::NAN).is_finite());
    }
}
