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
                if port.bytes().all(|b| b.is_ascii_digit())
                    && (!host.contains(':') || host.ends_with(']')) =>
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
        self.ipv4().is_some() || self.ipv6().is_some()
    }

    /// The IPv6 address of a host that is one, in its brackets.
    pub fn ipv6(&self) -> Option<Ipv6Addr> {
        self.host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
    }

    /// The IPv4 address of a host that is one.
    pub fn ipv4(&self) -> Option<Ipv4Addr> {
        match self.scheme.is_empty() {
            // Without a scheme "2026" and "1.5" are numbers of the text.
            true => self.host.parse().ok(),
            false => number(&self.host),
        }
    }

    /// What somebody registered: the public suffix and one label more.
    pub fn registrable(&self) -> Option<&str> {
        suffix::registrable(&self.host)
    }
}

/// An IPv4 address as browsers read it (WHATWG URL, 3.5): one to four parts, each decimal, octal
/// (`0300`) or hexadecimal (`0xc0`), the last of which fills what is left (`127.1`).
fn number(host: &str) -> Option<Ipv4Addr> {
    let mut parts = host.split('.');
    let (mut address, mut count) = (0u32, 0u32);
    let last = parts.next_back()?;
    for part in parts {
        address = address << 8 | u32::from(u8::try_from(digits(part)?).ok()?);
        count += 1;
    }
    let room = 32u32.checked_sub(8 * count).filter(|room| *room >= 8)?;
    let last = digits(last).filter(|n| u64::from(*n) < 1u64 << room)?;
    Some(Ipv4Addr::from(address.checked_shl(room).unwrap_or(0) | last))
}

fn digits(part: &str) -> Option<u32> {
    let (text, radix) = match part.as_bytes() {
        [b'0', b'x' | b'X', ..] => (part.get(2..)?, 16),
        [b'0', _, ..] => (part.get(1..)?, 8),
        _ => (part, 10),
    };
    // Nothing behind "0x" is a zero; a sign is none.
    match text.is_empty() && radix == 16 {
        true => Some(0),
        false if text.starts_with('+') => None,
        false => u32::from_str_radix(text, radix).ok(),
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
        for (host, octets) in [
            ("0300.0250.0.1", [192, 168, 0, 1]),
            ("017700000001", [127, 0, 0, 1]),
            ("3232235521", [192, 168, 0, 1]),
            ("0xC0.0xa8.1", [192, 168, 0, 1]),
            ("127.1", [127, 0, 0, 1]),
            ("0x", [0, 0, 0, 0]),
        ] {
            let read = Address::read(&format!("http://{host}/")).unwrap().ipv4();
            assert_eq!(read.unwrap().octets(), octets, "{host}");
        }
        for host in ["256.1.1.1", "1.2.3.4.5", "4294967296", "08.1", "1..2", "1.256.1", "+1.2", "a"]
        {
            assert!(!Address::read(&format!("http://{host}/")).unwrap().is_ip(), "{host}");
        }
        assert!(!Address::read("127.1").unwrap().is_ip(), "a number of the text");
        assert!(Address::read("mailto:a@b.example").is_none());
        for scrap in ["", ":", "//", "https://", "@", "https://@", "a b", "http://:80/"] {
            let _ = Address::read(scrap);
        }
    }
}
