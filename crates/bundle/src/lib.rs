//! The bundle: how a compiled policy travels.

mod payload;

pub use payload::{MAX_PAYLOAD_BYTES, PayloadError, decode, encode};
