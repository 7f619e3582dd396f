/*!
The policy compiler for the extension's settings page: a person imports a
policy as its author wrote it, with the lists that stand beside it.

A module of its own, so that the engine in the background carries no compiler.
It is loaded only when somebody imports such a file.
*/

use draftguard_policy::{Diagnostic, compile_str};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What became of a policy.
#[derive(Debug, Serialize)]
struct Outcome {
    /// Whether it may be imported.
    ok: bool,
    /// Everything that is wrong, errors and warnings.
    problems: Vec<Diagnostic>,
    /// Examples of the policy that do not hold, in words.
    failures: Vec<String>,
    /// Whether it was refused for a concealed list, which would lie here in clear.
    concealed: bool,
}

/// A compiled policy, or why there is none.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Compiled {
    outcome: Outcome,
    policy: Vec<u8>,
}

#[wasm_bindgen]
impl Compiled {
    /// The payload that the engine loads; empty where the policy was refused.
    pub fn policy(&self) -> Vec<u8> {
        self.policy.clone()
    }

    /// Whether it was taken, and everything that is wrong.
    ///
    /// # Errors
    /// None in practice; the border allows for one.
    pub fn outcome(&self) -> Result<JsValue, JsValue> {
        serde_wasm_bindgen::to_value(&self.outcome).map_err(Into::into)
    }
}

/// Compiles a policy. `files` holds what stands beside it: a `Map` from name to `Uint8Array`.
#[wasm_bindgen]
pub fn compile(name: &str, text: &str, files: &js_sys::Map) -> Compiled {
    let loader = |path: &str| {
        files
            .get(&JsValue::from_str(path))
            .dyn_into::<js_sys::Uint8Array>()
            .map(|bytes| bytes.to_vec())
            .map_err(|_| format!("choose `{path}` together with the policy"))
    };
    compile_with(name, text, &loader)
}

fn compile_with(name: &str, text: &str, loader: &dyn draftguard_policy::Loader) -> Compiled {
    let refused = |problems: Vec<Diagnostic>, failures: Vec<String>| Compiled {
        outcome: Outcome { ok: false, problems, failures, concealed: false },
        policy: Vec::new(),
    };
    let compiled = match compile_str(name, text, loader) {
        Ok(compiled) => compiled,
        Err(problems) => return refused(problems.0, Vec::new()),
    };
    if !compiled.concealed.is_empty() {
        // Said in the page's own words: people who import are not those who wrote it.
        let mut refusal = refused(compiled.warnings.0, Vec::new());
        refusal.outcome.concealed = true;
        return refusal;
    }
    let failures: Vec<String> = match compiled.run_examples() {
        Ok(failures) => {
            failures.iter().map(|f| format!("{}: “{}”: {}", f.rule, f.text, f.explain())).collect()
        }
        Err(error) => vec![error.to_string()],
    };
    // As in the administrators' command: a policy whose own examples fail is not taken.
    if !failures.is_empty() {
        return refused(compiled.warnings.0, failures);
    }
    match draftguard_bundle::encode(&compiled.policy) {
        Ok(policy) => Compiled {
            outcome: Outcome {
                ok: true,
                problems: compiled.warnings.0,
                failures: Vec::new(),
                concealed: false,
            },
            policy,
        },
        Err(error) => refused(compiled.warnings.0, vec![error.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
        [policy]
        id = "acme"
        version = 1
        name = "Acme"
        [[lists]]
        id = "codenames"
        file = "codenames.csv"
        [[rules]]
        id = "acme.codenames"
        kind = "terms"
        lists = ["codenames"]
        message = "Not public yet."
        [[rules.examples]]
        text = "Bluehawk ships"
        expect = ["Bluehawk"]
    "#;

    fn beside(path: &str) -> Result<Vec<u8>, String> {
        if path == "codenames.csv" {
            Ok(b"term\nbluehawk\n".to_vec())
        } else {
            Err("no".to_owned())
        }
    }

    #[test]
    fn a_policy_with_its_list_compiles_to_what_the_engine_loads() {
        let compiled = compile_with("acme.toml", POLICY, &beside);
        assert!(compiled.outcome.ok, "{:?}", compiled.outcome);
        let policy = draftguard_bundle::decode(&compiled.policy).unwrap();
        assert_eq!(policy.id, "acme");
    }

    #[test]
    fn a_missing_list_is_named_with_its_place() {
        let compiled = compile_with("acme.toml", POLICY, &draftguard_policy::NoFiles);
        assert!(!compiled.outcome.ok && compiled.policy.is_empty());
        let problem = compiled.outcome.problems.first().unwrap();
        assert!(problem.location.is_some(), "{problem}");
    }

    #[test]
    fn a_concealed_list_is_refused_and_named_so() {
        let secret =
            POLICY.replace("file = ", "concealed = true\nfile = ").replace("Bluehawk", "It");
        let secret = secret.replace("expect = [\"It\"]", "expect = []");
        let compiled = compile_with("acme.toml", &secret, &beside);
        assert!(compiled.outcome.concealed && compiled.policy.is_empty());
        assert!(!compiled.outcome.ok, "{:?}", compiled.outcome);
    }

    #[test]
    fn a_policy_whose_example_fails_is_refused() {
        let wrong = POLICY.replace("Bluehawk ships", "Nothing ships");
        let compiled = compile_with("acme.toml", &wrong, &beside);
        assert!(!compiled.outcome.ok);
        assert_eq!(compiled.outcome.failures.len(), 1);
    }
}
