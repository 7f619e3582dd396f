/*!
Hosts, domains and what deceives about them.

[`Address::read`] takes a web address apart as a browser would; [`judge`] says
what is wrong with it: it imitates a domain, mixes scripts, hides a user name
before the host, is a bare number, leads inside the company, to a shortener or to
a shared document.

Similar is not proved to be phishing: the findings say "looks like".
*/

mod address;
mod lookalike;
mod script;
pub mod suffix;

pub use address::Address;
pub use lookalike::{Imitation, Lookalikes};
pub use script::{Suspicion, inspect};

/// Link shorteners: where they lead cannot be seen without asking them.
const SHORTENERS: &str = include_str!("shorteners.txt");
/// Hosts of shared documents.
const SHARES: &str = include_str!("shares.txt");

/// Whether a host is a link shortener.
pub fn shortener(host: &str) -> bool {
    listed(SHORTENERS, host)
}

/// Whether an address leads to a document somebody shares, and not to a page about the service.
pub fn document_share(address: &Address) -> bool {
    let host = address.host.as_str();
    if !listed(SHARES, host) {
        return false;
    }
    // The service's own front page, prices and help are no documents.
    let path = address.path.trim_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    !path.is_empty()
        && !matches!(
            first,
            "pricing"
                | "login"
                | "signup"
                | "about"
                | "help"
                | "blog"
                | "features"
                | "business"
                | "product"
                | "products"
                | "templates"
                | "download"
                | "careers"
                | "plans"
                | "home"
        )
}

/// Whether a host is one of a list parted by white space, or under one.
fn listed(list: &str, host: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    list.split_ascii_whitespace().any(|domain| under(host, domain))
}

/// Whether a host is a domain or one of its sub-domains.
pub fn under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
