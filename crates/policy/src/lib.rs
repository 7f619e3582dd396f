/*!
The authored policy format: parse, diagnose, compile.

An administrator writes TOML (JSON is accepted), with lists of terms in CSV,
XLSX or plain text beside it. [`compile_str`] turns it into the
[`Policy`](draftguard_core::policy::Policy) that the engine loads, or reports
every problem at once, each with file, line, column, a code and what to write
instead. The policy's own examples are run by [`Compiled::run_examples`].

```
use draftguard_policy::{NoFiles, compile_str};

let toml = r#"
[policy]
id = "acme"
name = "Acme"

[[lists]]
id = "codenames"
terms = ["bluehawk"]

[[rules]]
id = "acme.codenames"
kind = "terms"
lists = ["codenames"]
message = "Bluehawk is not public yet."
"#;
let compiled = compile_str("acme.toml", toml, &NoFiles).map_err(|d| d.to_string())?;
assert_eq!(compiled.policy.rules.len(), 1);
# Ok::<(), String>(())
```

No I/O happens here: files beside the policy are asked from a [`Loader`], so
that the same code runs in the administrators' command and, as wasm, in the
extension's pages.
*/

mod authored;
mod check;
mod compile;
mod conceal;
mod decode;
mod diagnostic;
mod examples;
mod import;
mod json;
mod lint;
mod lists;
mod load;
mod lower;
mod moment;
mod node;
pub mod packs;
#[cfg(feature = "schema")]
pub mod schema;
mod sites;
mod suggest;

pub use authored::Expect;
pub use compile::{Compiled, compile_pack, compile_str};
pub use diagnostic::{Diagnostic, Diagnostics, Level, Location};
pub use examples::{Example, Failure};
pub use import::{Imported, import};
pub use lint::{Lint, lint};
pub use lists::{ListError, Remark};
pub use sites::engine;

/// Where the files beside a policy come from.
pub trait Loader {
    /// The content of a file; paths are relative to where the policy's own name is.
    ///
    /// # Errors
    /// Why it cannot be read, in words for the author.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// A loader without any files: for packs and for policies that arrive alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn read(&self, _path: &str) -> Result<Vec<u8>, String> {
        Err("only the policy itself is at hand here; put the terms into the policy".to_owned())
    }
}

impl<F: Fn(&str) -> Result<Vec<u8>, String>> Loader for F {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self(path)
    }
}
