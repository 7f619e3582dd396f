/*!
The policy client: fetches the bundle, decides whether it is trusted, says when to ask again.

Storage is the extension's. What is kept is the policy out of the bundle, and a text that says whom
the client trusts and how far it has come; the text is handed back here with each new bundle.
*/

use std::collections::BTreeSet;

use draftguard_bundle::managed::{self, Managed};
use draftguard_bundle::{
    Accepted, BundleError, KeySet, MAX_BUNDLE_BYTES, PublicKey, Trust, verify,
};
use js_sys::{Promise, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, Request, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect, Response,
};

use crate::{error, from_js, to_js};

/// A host that never ends its answer is given up after this, in milliseconds.
const TIMEOUT_MS: u32 = 30_000;

#[wasm_bindgen]
extern "C" {
    /// The worker's own, in both browsers: a service worker's or an event page's.
    #[wasm_bindgen(js_name = fetch)]
    fn global_fetch(request: &Request) -> Promise;
}

/// What is kept beside the bundle.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    /// The keys that managed settings named when trust began. When these change, the keys that
    /// rotation had brought are forgotten: that is how a lost key is replaced.
    origin: KeySet,
    trust: Trust,
}

/// A bundle that passed, in parts that the extension keeps and uses.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Taken<'a> {
    kind: &'a str,
    /// What to keep beside the bundle.
    kept: String,
    policy: &'a str,
    version: u64,
    /// Seconds since 1970 UTC.
    expires: i64,
    /// Fingerprints of the keys that are trusted from now on, for people to compare.
    signers: Vec<String>,
}

/// Something that keeps the last good bundle in force.
#[derive(Debug, Serialize)]
struct Trouble<'a> {
    kind: &'a str,
    code: &'a str,
    message: String,
}

/// Reads managed settings, whatever they are.
///
/// # Errors
/// The value cannot be represented at all.
#[wasm_bindgen(js_name = readManaged)]
pub fn read_managed(value: JsValue) -> Result<JsValue, JsValue> {
    let value: serde_json::Value = from_js(value).unwrap_or_default();
    to_js(&managed::read(&value))
}

/// Milliseconds until the next fetch.
#[wasm_bindgen(js_name = nextFetchMs)]
pub fn next_fetch_ms(refresh_minutes: u32, failures: u32, random: f64) -> f64 {
    managed::next_fetch_ms(refresh_minutes, failures, random)
}

/// Whether a policy that was accepted has expired meanwhile. It stays in force; people are told.
#[wasm_bindgen(js_name = isStale)]
pub fn is_stale(kept: &str, expires: f64, now_ms: f64) -> bool {
    serde_json::from_str::<Kept>(kept)
        .is_ok_and(|kept| kept.trust.is_stale(expires as i64, seconds(now_ms)))
}

/// Opens a bundle that a person brought along. Without `kept` whoever signed it is believed, all of
/// its keys together, once the person has compared their fingerprints; with it the next version is
/// believed only as one from the address would be.
///
/// # Errors
/// None in practice; the border allows for one.
#[wasm_bindgen(js_name = openBundle)]
pub fn open_bundle(kept: Option<String>, bundle: &[u8], now_ms: f64) -> Result<JsValue, JsValue> {
    let known = kept.and_then(|k| serde_json::from_str::<Kept>(&k).ok());
    let (origin, trust) = match known {
        Some(Kept { origin, trust }) => (origin, trust),
        None => {
            let keys = match draftguard_bundle::inspect(bundle) {
                Ok((_, signers)) => signers.into_iter().collect::<BTreeSet<_>>(),
                Err(refused) => return trouble("refused", refused.code(), &refused.to_string()),
            };
            if keys.is_empty() {
                let unsigned = BundleError::Signatures { found: 0, needed: 1 };
                return trouble("refused", unsigned.code(), "nobody has signed this bundle");
            }
            let threshold = u8::try_from(keys.len()).unwrap_or(u8::MAX);
            let origin = KeySet { keys: keys.into_iter().collect(), threshold };
            (origin.clone(), Trust::new(origin))
        }
    };
    decide(origin, &trust, bundle, now_ms)
}

/// Asks the address in the managed settings for the bundle.
///
/// Answers `{kind: "new", payload, kept, …}`, which may be what was there before,
/// `{kind: "refused", code, message}` where something came that is not trusted, or
/// `{kind: "failed", code, message}` where nothing came.
///
/// # Errors
/// The settings are not of the agreed form.
#[wasm_bindgen(js_name = fetchBundle)]
pub async fn fetch_bundle(
    settings: JsValue,
    kept: Option<String>,
    now_ms: f64,
) -> Result<JsValue, JsValue> {
    let Managed { policy_url: Some(url), keys: Some(keys), .. } = read(settings) else {
        return trouble("failed", "not-managed", "no policy address or no trusted keys are set");
    };
    match get(&url).await {
        Err(Failure { code, message }) => trouble("failed", code, &message),
        Ok(bytes) => accept(&keys, kept.as_deref(), &bytes, now_ms),
    }
}

fn read(settings: JsValue) -> Managed {
    managed::read(&from_js(settings).unwrap_or_default())
}

fn accept(
    keys: &KeySet,
    kept: Option<&str>,
    bundle: &[u8],
    now_ms: f64,
) -> Result<JsValue, JsValue> {
    let known = kept.and_then(|k| serde_json::from_str::<Kept>(k).ok());
    let trust = match known {
        Some(Kept { origin, trust }) if origin == *keys => trust,
        // New keys by management. Version and time stay: replacing a key brings no old policy back.
        Some(Kept { trust, .. }) => Trust { keys: keys.clone(), ..trust },
        None => Trust::new(keys.clone()),
    };
    decide(keys.clone(), &trust, bundle, now_ms)
}

fn decide(origin: KeySet, trust: &Trust, bundle: &[u8], now_ms: f64) -> Result<JsValue, JsValue> {
    match verify(bundle, trust, seconds(now_ms)) {
        Ok(accepted) => {
            let kept = Kept { origin, trust: accepted.trust.clone() };
            taken(&accepted, &kept)
        }
        Err(refused) => trouble("refused", refused.code(), &refused.to_string()),
    }
}

fn taken(accepted: &Accepted, kept: &Kept) -> Result<JsValue, JsValue> {
    let answer = to_js(&Taken {
        kind: "new",
        kept: serde_json::to_string(kept)
            .map_err(|e| error("BundleError", "kept-damaged", &e.to_string()))?,
        policy: &accepted.header.policy,
        version: accepted.header.version,
        expires: accepted.header.expires,
        signers: kept.trust.keys.keys.iter().map(PublicKey::fingerprint).collect(),
    })?;
    let payload = draftguard_bundle::encode(&accepted.policy)
        .map_err(|e| error("BundleError", e.code(), &e.to_string()))?;
    Reflect::set(&answer, &"payload".into(), &Uint8Array::from(payload.as_slice()))?;
    Ok(answer)
}

fn trouble(kind: &str, code: &str, message: &str) -> Result<JsValue, JsValue> {
    to_js(&Trouble { kind, code, message: message.to_owned() })
}

fn seconds(now_ms: f64) -> i64 {
    (now_ms / 1000.0) as i64
}

struct Failure {
    code: &'static str,
    message: String,
}

fn failure(code: &'static str, message: impl Into<String>) -> Failure {
    Failure { code, message: message.into() }
}

async fn get(url: &str) -> Result<Vec<u8>, Failure> {
    let broken = |_| failure("fetch-failed", "the request could not be made");
    let init = RequestInit::new();
    // A redirect could lead out of the one address that management named.
    init.set_redirect(RequestRedirect::Error);
    init.set_credentials(RequestCredentials::Omit);
    // The browser asks with the `If-None-Match` of its own cache. One set here would make the request
    // one that asks for permission first, which plain file servers do not answer.
    init.set_cache(RequestCache::NoCache);
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    init.set_signal(Some(&signal));
    let gone = |code, message| match signal.aborted() {
        true => failure("too-slow", "the policy address took more than 30 seconds to answer"),
        false => failure(code, message),
    };
    let request = Request::new_with_str_and_init(url, &init)
        .map_err(|_| failure("bad-address", "the policy address is not valid"))?;
    let response: Response = JsFuture::from(global_fetch(&request))
        .await
        .map_err(|_| gone("unreachable", "the policy address could not be reached"))?
        .dyn_into()
        .map_err(broken)?;
    match response.status() {
        200 => {}
        status => {
            return Err(failure("bad-status", format!("the policy address answered {status}")));
        }
    }
    let Some(body) = response.body() else {
        return Err(failure("empty", "the policy address answered nothing"));
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read())
            .await
            .map_err(|_| gone("broken-off", "the policy address broke off its answer"))?;
        if Reflect::get(&chunk, &"done".into()).is_ok_and(|d| d.is_truthy()) {
            return Ok(bytes);
        }
        let Ok(Ok(chunk)) =
            Reflect::get(&chunk, &"value".into()).map(JsCast::dyn_into::<Uint8Array>)
        else {
            return Err(failure("broken-off", "the policy address broke off its answer"));
        };
        // Stopped while it comes: a host that sends for ever fills no memory.
        if bytes.len() + chunk.length() as usize > MAX_BUNDLE_BYTES {
            let size = BundleError::TooLarge(bytes.len() + chunk.length() as usize);
            // Whether the host hears of it makes no difference.
            drop(reader.cancel());
            return Err(failure("bundle-too-large", size.to_string()));
        }
        bytes.extend(chunk.to_vec());
    }
}
