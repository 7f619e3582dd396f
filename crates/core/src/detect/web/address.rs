//! A web address taken apart.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::script;

/// A web address taken apart, leniently: what people type has no scheme, and dots in odd places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// `https`, `http`, ...; empty where none is written.
    pub scheme: String,
    /// What stands before `@` in front of the host.
    pub user: Option<String>,
    /// The host in lower case, labels in Unicode (punycode is undone), without the last dot.
    pub host: String,
    /// The host as written, in lower case.
    pub written: String,
    /// A label of the host is written in punycode.
    pub punycode: bool,
    /// A label claims to be punycode and is not.
    pub broken: bool,
    /// The port, where one is written.
    pub port: Option<u16>,
    /// From the first `/`, `?` or `#` on.
    pub path: String,
}

impl Address {
    /// Reads an address; none for another scheme than http, https, ftp, or where there is no host.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once(':') {
            Some((scheme, rest)) if rest.starts_with("//") || rest.starts_with("\\\\") => {
                (scheme.to_lowercase(), rest.trim_start_matches(['/', '\\']))
            }
            Some((scheme, _)) if is_scheme(scheme) => return None,
            _ => (String::new(), text.trim_start_matches("//")),
        };
        if !matches!(scheme.as_str(), "" | "http" | "https" | "ftp" | "hxxp" | "hxxps") {
            return None;
        }
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user.to_owned()), host),
            None => (None, authority),
        };
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port))
                if port.bytes().all(|b| b.is_ascii_digit()) && !host.contains(':') =>
            {
                (host, port.parse().ok())
            }
            _ => (host, None),
        };
        // Full stops of other scripts part labels too (UTS 46).
        let written = host.to_lowercase().replace(['。', '．', '｡'], ".").replace("[.]", ".");
        let written = written.trim_end_matches('.').to_owned();
        if written.is_empty() || written.contains([' ', ',']) {
            return None;
        }
        let mut address = Self {
            scheme,
            user,
            port,
            path: path.to_owned(),
            written: written.clone(),
            ..Self::default()
        };
        for (i, label) in written.split('.').enumerate() {
            if i > 0 {
                address.host.push('.');
            }
            match label.strip_prefix("xn--") {
                Some(code) => {
                    address.punycode = true;
                    match script::punycode(code) {
                        Some(text) => address.host.push_str(&text),
                        None => {
                            address.broken = true;
                            address.host.push_str(label);
                        }
                    }
                }
                None => address.host.push_str(label),
            }
        }
        Some(address)
    }

    /// Whether the host is a number and no name, also in the forms that browsers take
    /// (`0x7f000001`, `2130706433`).
    pub fn is_ip(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host.parse::<Ipv4Addr>().is_ok()
            || (self.host.starts_with('[') && host.parse::<Ipv6Addr>().is_ok())
            || (!self.scheme.is_empty() && {
                let hex = host.strip_prefix("0x").unwrap_or_default();
                (!hex.is_empty() && hex.len() <= 8 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
                    || (host.len() >= 8 && host.bytes().all(|b| b.is_ascii_digit()))
            })
    }

    /// The IPv4 address of a host that is one.
    pub fn ipv4(&self) -> Option<Ipv4Addr> {
        self.host.parse().ok()
    }

    /// What somebody registered: the public suffix and one label more.
    pub fn registrable(&self) -> Option<&str> {
        suffix::registrable(&self.host)
    }
}

use super::suffix;

/// Words before a colon that name a scheme and no host.
fn is_scheme(word: &str) -> bool {
    matches!(word, "mailto" | "tel" | "javascript" | "data" | "sms" | "blob" | "about" | "file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let a = Address::read("https://user:pw@WWW.Bücher.example.:8080/a?b#c").unwrap();
        assert_eq!(
            (a.scheme.as_str(), a.user.as_deref(), a.host.as_str(), a.port, a.path.as_str()),
            ("https", Some("user:pw"), "www.bücher.example", Some(8080), "/a?b#c")
        );
        let a = Address::read("xn--bcher-kva.example").unwrap();
        assert_eq!((a.host.as_str(), a.punycode), ("bücher.example", true));
        assert!(Address::read("http://xn--a\u{df}/").unwrap().broken);
        assert!(Address::read("http://0x7f000001/").unwrap().is_ip());
        assert!(Address::read("http://[::1]/").unwrap().is_ip());
        assert!(Address::read("mailto:a@b.example").is_none());
        for scrap in ["", ":", "//", "https://", "@", "https://@", "a b", "http://:80/"] {
            let _ = Address::read(scrap);
        }
    }
}
