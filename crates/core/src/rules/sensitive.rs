/*!
Built-in detectors of personal data (`pii.*`, `finance.iban`, `health.*`) and
secrets (`secret.*`).

Each detector gives a candidate a base score and raises or lowers it by what it
can prove: a check digit, ranges in use, a word for it nearby ("card", "NIK"), a
word against it ("order", "tracking"). From the threshold on it is a finding, and
the finding says why. Values that are published as examples (RFC 2606 domains,
test cards, 555-0100 to 555-0199, toll-free and hot lines), the company's own
published contacts and the rule's `allow` never fire.

| detector | finds |
|---|---|
| `pii.email` | mail addresses, also "name [at] host [dot] com" |
| `pii.phone` | telephone numbers: `pii.phone.id`, `pii.phone.us`, `+` and a country code, others beside a word for telephone |
| `pii.card` | payment cards: ranges of the networks and Luhn |
| `finance.iban` | IBANs: length of the country and MOD 97-10 |
| `pii.bank-account` | account numbers beside a word for account or a bank |
| `pii.us.ssn`, `pii.us.itin` | United States |
| `pii.id.nik`, `.kk`, `.npwp`, `.bpjs`, `.passport`, `.plate` | Indonesia |
| `pii.address` | a street with a number, better with a postal code or RT/RW |
| `pii.ip` | IPv4 and IPv6 |
| `pii.birth-date` | a full date beside a word for birth |
| `health.identifier`, `.record-number`, `.plan-number`, `.patient-name` | identifiers of patients in words about care |
| `secret.*` | keys, tokens and passwords, by the name of the rule |

```
use draftguard_core::detect::{Facts, find_from};
use draftguard_core::rules::sensitive::Options;
use draftguard_core::{PartRole, text::PartText};

let options: Options = serde_json::from_str(r#"{ "detectors": ["pii.*"], "except": ["pii.ip"] }"#).unwrap();
let text = PartText::new("body", PartRole::Body, "NIK saya 3204015708900003");
let found = find_from(60, &text, &Facts::default(), |name| {
    options.detectors.iter().any(|by| draftguard_core::detect::chosen(name, by))
});
assert_eq!(found[0].name, "pii.id.nik");
```
*/

use serde::{Deserialize, Serialize};

use crate::detect::{self, Facts};
use crate::engine::{Env, KindError, Matcher};
use crate::rules::Hit;
use crate::text::Scan;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Detectors by name or family: `pii.email`, `pii.id.*`, `secret.*`.
    pub detectors: Vec<String>,
    /// Detectors left out again, by name or family.
    pub except: Vec<String>,
    /// Score from 0 to 100 that a candidate must reach; 0 means 60.
    pub threshold: u32,
    /// Values that never fire, besides the company's public contacts. One that begins with `@`
    /// stands for every mail address of that domain.
    pub allow: Vec<String>,
}

/// A choice of detectors made ready.
#[derive(Debug)]
struct Sensitive {
    detectors: Vec<String>,
    except: Vec<String>,
    threshold: u8,
    facts: Facts,
}

/// Makes the kind ready.
///
/// # Errors
/// A detector that there is none of, or a threshold above 100.
pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    for name in options.detectors.iter().chain(&options.except) {
        if !detect::names().any(|n| detect::chosen(n, name)) {
            return Err(KindError::UnknownName {
                what: "detector",
                name: name.clone(),
                known: "the families are `pii.*`, `finance.*`, `health.*` and `secret.*`"
                    .to_owned(),
            });
        }
    }
    let threshold = match options.threshold {
        0 => detect::THRESHOLD,
        n => u8::try_from(n).ok().filter(|n| *n <= 100).ok_or_else(|| {
            KindError::Option(format!("threshold {n} is above 100, the surest score there is"))
        })?,
    };
    Ok(Box::new(Sensitive {
        detectors: options.detectors.clone(),
        except: options.except.clone(),
        threshold,
        facts: Facts::new(&env.policy.company, &env.policy.contacts, &options.allow),
    }))
}

impl Sensitive {
    fn chooses(&self, name: &str) -> bool {
        // A rule without a choice means all of them.
        (self.detectors.is_empty() || self.detectors.iter().any(|by| detect::chosen(name, by)))
            && !self.except.iter().any(|by| detect::chosen(name, by))
    }
}

impl Matcher for Sensitive {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        for (index, part) in scan.parts.iter().enumerate() {
            let found =
                detect::find_from(self.threshold, part, &self.facts, |name| self.chooses(name));
            hits.extend(found.into_iter().map(|f| Hit {
                part: Some(index),
                span: f.span,
                detector: Some(f.name.into_owned()),
                why: Some(f.why),
                ..Hit::default()
            }));
        }
    }
}
