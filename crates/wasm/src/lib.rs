/*!
Thin bindings of the engine for the extension's background.

Plain data goes in and comes out; errors are JavaScript errors that carry a
stable `code`. After a trap the extension throws the instance away and makes
a new one, so nothing here needs to survive it.
*/

mod client;

use draftguard_core::site::file::SiteFile;
use draftguard_core::{Context, Draft, handbook};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// Policies in force, made ready to check drafts.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    engine: draftguard_core::Engine,
}

#[wasm_bindgen]
impl Engine {
    /// Makes compiled policies ready.
    ///
    /// # Errors
    /// The first policy that cannot be read or made ready, as an error with a `code`.
    #[wasm_bindgen(constructor)]
    pub fn new(policies: Vec<Uint8Array>) -> Result<Engine, JsValue> {
        let loaded = policies
            .iter()
            .map(|bytes| {
                draftguard_bundle::decode(&bytes.to_vec())
                    .map_err(|e| error("PolicyError", e.code(), &e.to_string()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut engine = draftguard_core::Engine::new(loaded)
            .map_err(|e| error("PolicyError", "policy-not-ready", &e.to_string()))?;
        let sites: Vec<SiteFile> =
            engine.policies().flat_map(|p| &p.sites).filter_map(|text| site(text)).collect();
        sites.iter().for_each(|site| engine.know_site(site));
        Ok(Self { engine })
    }

    /// Checks a draft.
    ///
    /// # Errors
    /// The draft or the context is not of the agreed form.
    pub fn check(&self, draft: JsValue, context: JsValue) -> Result<JsValue, JsValue> {
        let draft: Draft = from_js(draft)?;
        let context: Context = from_js(context)?;
        to_js(&self.engine.check(&draft, &context))
    }

    /// What helps with an answer before a word is typed.
    ///
    /// # Errors
    /// The draft or the context is not of the agreed form.
    pub fn help(&self, draft: JsValue, context: JsValue) -> Result<JsValue, JsValue> {
        let draft: Draft = from_js(draft)?;
        let context: Context = from_js(context)?;
        to_js(&self.engine.help(&draft, &context))
    }

    /// The policies in force, in the order given, named in `language`.
    ///
    /// # Errors
    /// None in practice; the border allows for one.
    pub fn describe(&self, language: &str) -> Result<JsValue, JsValue> {
        to_js(&self.engine.policies().map(|p| handbook::summary(p, language)).collect::<Vec<_>>())
    }

    /// Site data that the policies bring along: JSON texts of site files, those that are sound.
    pub fn sites(&self) -> Vec<String> {
        let sound = |text: &&String| site(text).is_some();
        self.engine.policies().flat_map(|p| &p.sites).filter(sound).cloned().collect()
    }

    /// The policies in force as people read them, in `language`.
    ///
    /// # Errors
    /// None in practice; the border allows for one.
    pub fn handbook(&self, language: &str) -> Result<JsValue, JsValue> {
        to_js(&self.engine.policies().map(|p| handbook::handbook(p, language)).collect::<Vec<_>>())
    }
}

/// A site file that came with a policy, if this version can use it.
fn site(text: &str) -> Option<SiteFile> {
    serde_json::from_str::<SiteFile>(text).ok().filter(|site| site.problems().is_empty())
}

pub(crate) fn from_js<T: for<'de> Deserialize<'de>>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|e| error("BorderError", "border", &e.to_string()))
}

pub(crate) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    // Plain objects, `undefined` for what is missing, numbers as numbers: what the generated types say.
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    value.serialize(&serializer).map_err(|e| error("BorderError", "border", &e.to_string()))
}

pub(crate) fn error(name: &str, code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    let set = js_sys::Reflect::set(&error, &"code".into(), &code.into());
    // A fresh error object takes any property.
    debug_assert!(set.is_ok());
    error.into()
}
