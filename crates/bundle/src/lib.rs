/*!
The bundle: the one file in which a compiled policy travels, and why it is trusted.

```text
 0  magic "DGB" and the format version
 4  header length   u32, little endian
 8  payload length  u32, little endian
12  header          postcard of [`Header`]
    payload         see [`encode`]
    signature count u8
    signatures      public key (32 bytes) and Ed25519 signature (64 bytes) each
```

Signatures cover everything before their count. [`verify`] is the only way to a policy out of a
bundle, for the command and for the extension alike; it checks, in this order: size, form,
signatures of a threshold of trusted keys, the policy's identity, that the version does not go
back, expiry against the latest time ever seen, and the engine it needs. Only then is the payload
read.
*/

mod form;
mod key;
#[cfg(feature = "keys")]
mod keyfile;
pub mod managed;
mod payload;
mod sign;
mod trust;

pub use form::{Header, MAX_BUNDLE_BYTES, MAX_SIGNATURES};
pub use key::{KeyError, KeySet, PublicKey};
#[cfg(feature = "keys")]
pub use keyfile::{KeyFileError, generate, open, seal};
pub use payload::{MAX_PAYLOAD_BYTES, PayloadError, decode, encode};
pub use sign::{SignError, SigningKey, build, sign};
pub use trust::{Accepted, BundleError, ENGINE_LEVEL, Trust, inspect, inspect_policy, verify};
