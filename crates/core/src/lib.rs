/*!
The checking engine of Draftguard: a draft and its context go in, a report
comes out.

No I/O, no clock, no wasm, no TOML. The same code runs in the browser's
background worker, in the command-line tool and in the tests.
*/

pub mod concealed;
pub mod context;
pub mod detect;
pub mod draft;
pub mod handbook;
pub mod help;
pub mod index;
pub mod policy;
pub mod report;
pub mod rules;
pub mod site;
pub mod speech;
pub mod text;

mod automaton;
mod engine;
mod expression;
mod time;

pub use context::{AccountKind, Audience, Context, Surface};
pub use draft::{Draft, Link, Media, MediaKind, Part, PartRole, UsedReply};
pub use engine::{Engine, EngineError, KindError};
pub use help::Help;
pub use report::{Action, Finding, Fix, Kind, Report, Severity, Verdict};
