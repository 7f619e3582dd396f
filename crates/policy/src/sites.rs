//! Site data in a policy: what mends a selector that stopped matching, without a release.
//!
//! `[[sites]]` holds the fields of a site file as they are, or `file = "mastodon.json"` with such a
//! file beside the policy. Either way it is checked as the files of the extension are.

use draftguard_core::policy::Policy;
use draftguard_core::site::file::SiteFile;
use draftguard_core::{Engine, EngineError};
use serde_json::Value;

use crate::Loader;
use crate::decode::decode;
use crate::diagnostic::{Sink, Span};
use crate::load::{Document, beside};
use crate::node::Node;

/// Makes policies ready as the extension does: with the limits of the sites that they bring along.
///
/// # Errors
/// The first rule that does not compile.
pub fn engine(policies: Vec<Policy>) -> Result<Engine, EngineError> {
    let mut engine = Engine::new(policies)?;
    let sites: Vec<SiteFile> = engine
        .policies()
        .flat_map(|p| &p.sites)
        .filter_map(|text| serde_json::from_str(text).ok())
        .collect();
    sites.iter().for_each(|site| engine.know_site(site));
    Ok(engine)
}

/// The site data of a policy as JSON texts; the last of one id counts.
pub(crate) fn lower(document: &Document, loader: &dyn Loader, sink: &mut Sink) -> Vec<String> {
    let mut sites: Vec<(String, String)> = Vec::new();
    for node in &document.sites {
        let at = node.get("file").map_or_else(|| node.head(), |n| n.span);
        let Some(site) = read(node, document, loader, sink) else { continue };
        let problems = site.problems();
        for problem in &problems {
            sink.error_help(
                "bad-site",
                at,
                format!("the data of site `{}`: {problem}", site.id),
                "docs/sites-format.md explains each field",
            );
        }
        if !problems.is_empty() {
            continue;
        }
        let Ok(mut value) = serde_json::to_value(&site) else { continue };
        leave_out(&mut value);
        sites.retain(|(id, _)| *id != site.id);
        sites.push((site.id, value.to_string()));
    }
    sites.into_iter().map(|(_, json)| json).collect()
}

fn read(
    node: &Node,
    document: &Document,
    loader: &dyn Loader,
    sink: &mut Sink,
) -> Option<SiteFile> {
    let Some(file) = node.get("file") else {
        return decode(node, document.language(node.span), sink);
    };
    let name = document.layers.get(&node.span.file).map_or("", |l| l.name.as_str());
    let path = beside(name, file.text()?);
    let unreadable = |reason: String, at: Span, sink: &mut Sink| {
        sink.error("unreadable-file", at, format!("cannot read `{path}`: {reason}"));
    };
    let bytes = match loader.read(&path) {
        Ok(bytes) => bytes,
        Err(reason) => {
            unreadable(reason.to_string(), file.span, sink);
            return None;
        }
    };
    serde_json::from_slice(&bytes)
        .map_err(|reason| unreadable(reason.to_string(), file.span, sink))
        .ok()
}

/// Takes out what only says that nothing is said: the extension's own files leave it out too.
fn leave_out(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(leave_out);
            fields.retain(|_, v| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty()));
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::engine;
    use crate::{NoFiles, compile_str};
    use draftguard_core::{Audience, Context, Draft, Engine};

    const SITE: &str = r#"
[policy]
id = "acme"
[[sites]]
id = "mastodon"
name = "Mastodon"
hosts = ["mastodon.social"]
confidence = "high"
[[sites.surfaces]]
surface = "post"
editors = ["textarea.new"]
submit = ["button.new"]
confidence = "high"
"#;

    #[test]
    fn site_data_travels_as_the_extension_reads_it() {
        let compiled = compile_str("acme.toml", SITE, &NoFiles).unwrap();
        let [site] = compiled.policy.sites.as_slice() else { panic!("one site") };
        let value: serde_json::Value = serde_json::from_str(site).unwrap();
        assert_eq!(value["surfaces"][0]["editors"][0], "textarea.new");
        assert!(value.get("marker").is_none() && value.get("decoys").is_none());
    }

    #[test]
    fn a_limit_that_came_with_a_policy_reaches_the_engine() {
        let authored = format!("{SITE}limit = {{ max = 40, unit = \"mastodon\", link = 23 }}\n");
        let compiled = compile_str("acme.toml", &authored, &NoFiles).unwrap();
        let context = Context { site: Some("mastodon".into()), ..Context::default() };
        let of = |engine: &Engine| engine.check(&Draft::from_text("Hello"), &context).lengths;
        let max = |engine: Engine| of(&engine).first().map(|length| length.max);
        assert_eq!(max(engine(vec![compiled.policy]).unwrap()), Some(40));
        assert_eq!(max(engine(Vec::new()).unwrap()), Some(500));
    }

    const ACCOUNTS: &str = r#"
[policy]
id = "acme"
[company]
names = ["Acme"]
brand_accounts = [{ site = "linkedin", handle = "acme-routers" }, { site = "x", handle = "acme" }]
[[rules]]
id = "acme.hype"
kind = "terms"
terms = ["best ever"]
message = "Say what it does."
when = { account = ["brand"], audience = ["public", "followers"] }
"#;

    #[test]
    fn whose_account_and_who_sees_it_select_rules() {
        let compiled = compile_str("acme.toml", ACCOUNTS, &NoFiles).unwrap();
        let engine = engine(vec![compiled.policy]).unwrap();
        let found = |site: &str, handle: &str, audience| {
            let handle = (!handle.is_empty()).then(|| handle.to_owned());
            let context =
                Context { site: Some(site.to_owned()), handle, audience, ..Context::default() };
            !engine.check(&Draft::from_text("Our best ever"), &context).findings.is_empty()
        };
        assert!(found("linkedin", "Acme Routers", None));
        assert!(found("x", "@acme", Some(Audience::Public)));
        assert!(!found("x", "acme", Some(Audience::Private)));
        // Another account on a site where the company lists its own is a person's.
        assert!(!found("x", "mira_acme", None));
        // Nothing is known: no handle, or no list for the site.
        assert!(found("x", "", None) && found("bluesky", "mira.example", None));
    }

    #[test]
    fn an_audience_that_does_not_exist_is_named() {
        let wrong = ACCOUNTS.replace("\"public\"", "\"everybody\"");
        let errors = compile_str("acme.toml", &wrong, &NoFiles).unwrap_err();
        assert!(errors.to_string().contains("everybody"), "{errors}");
    }

    #[test]
    fn a_slip_in_site_data_is_named() {
        let broken = SITE.replace("textarea.new", "textarea[new");
        let errors = compile_str("acme.toml", &broken, &NoFiles).unwrap_err();
        assert!(errors.to_string().contains("is not a selector"), "{errors}");
        let unknown = SITE.replace("submit =", "submitt =");
        let errors = compile_str("acme.toml", &unknown, &NoFiles).unwrap_err();
        assert!(errors.to_string().contains("submitt"), "{errors}");
    }
}
