//! Domains that imitate another: the company's, or a well-known one.
//!
//! The families are those that dnstwist generates: letters added, left out, swapped, doubled or
//! replaced; hyphens and dots put in; words of trust around the name; another top-level domain;
//! letters of other scripts.

use std::collections::HashSet;

use super::suffix;

/// Well-known domains, and after `!` domains that are only there so as not to be taken for one.
const KNOWN: &str = include_str!("known.txt");

/// Words that are put beside a name to gain trust (or money), English and Indonesian.
const LURES: &[&str] = &[
    "account",
    "accounts",
    "akun",
    "admin",
    "alert",
    "app",
    "apps",
    "auth",
    "bank",
    "bantuan",
    "bayar",
    "billing",
    "bonus",
    "careers",
    "care",
    "cash",
    "center",
    "chat",
    "check",
    "claim",
    "cloud",
    "club",
    "com",
    "confirm",
    "contact",
    "corp",
    "cs",
    "customer",
    "customercare",
    "daftar",
    "dana",
    "deals",
    "delivery",
    "digital",
    "diskon",
    "event",
    "free",
    "freegift",
    "garansi",
    "gift",
    "giveaway",
    "gratis",
    "group",
    "hadiah",
    "halo",
    "help",
    "helpdesk",
    "home",
    "hotline",
    "hr",
    "id",
    "indo",
    "indonesia",
    "info",
    "invoice",
    "job",
    "jobs",
    "karir",
    "klaim",
    "kontak",
    "kredit",
    "kupon",
    "layanan",
    "login",
    "lowongan",
    "mail",
    "masuk",
    "mobile",
    "my",
    "net",
    "news",
    "notice",
    "official",
    "online",
    "pay",
    "payment",
    "pembayaran",
    "pengaduan",
    "pinjaman",
    "poin",
    "portal",
    "pos",
    "prize",
    "promo",
    "promosi",
    "pulsa",
    "recovery",
    "refund",
    "register",
    "resmi",
    "reward",
    "rewards",
    "sale",
    "secure",
    "secured",
    "security",
    "service",
    "services",
    "shop",
    "signin",
    "sign",
    "site",
    "store",
    "supply",
    "support",
    "survey",
    "team",
    "tech",
    "toko",
    "tracking",
    "undian",
    "unlock",
    "update",
    "user",
    "verif",
    "verifikasi",
    "verification",
    "verify",
    "vip",
    "voucher",
    "wallet",
    "web",
    "webmail",
    "win",
    "winner",
    "www",
    "activate",
    "activation",
    "aktivasi",
    "assist",
    "blokir",
    "buka",
    "cek",
    "cv",
    "desk",
    "direct",
    "dashboard",
    "download",
    "email",
    "express",
    "fix",
    "forms",
    "get",
    "go",
    "gw",
    "hub",
    "identity",
    "inc",
    "international",
    "inv",
    "konfirmasi",
    "link",
    "live",
    "manage",
    "market",
    "member",
    "message",
    "new",
    "now",
    "nyata",
    "office",
    "order",
    "outlet",
    "page",
    "partner",
    "password",
    "pemenang",
    "penipuan",
    "plus",
    "premium",
    "pro",
    "protect",
    "pusat",
    "reset",
    "review",
    "safe",
    "sso",
    "status",
    "subscription",
    "sumbangan",
    "syarat",
    "tarif",
    "tax",
    "ticket",
    "top",
    "transfer",
    "trust",
    "us",
    "validate",
    "validation",
    "world",
    "biaya",
    "kode",
    "otp",
    "pin",
];

/// Generic top-level domains under which a known name is more likely to be somebody else's.
const SWAPPED: &[&str] = &[
    "top", "vip", "xyz", "online", "shop", "info", "site", "click", "icu", "live", "store", "club",
    "buzz", "cyou", "cfd", "sbs", "bond", "monster", "rest", "fit", "work", "life", "world",
    "link", "fun", "space", "website", "tech", "pro", "asia", "biz", "name", "mobi", "cc", "tk",
    "ml", "ga", "cf", "gq", "pw", "ws", "su", "support", "help", "email", "today", "win", "loan",
    "bid", "one", "app", "dev", "page", "cloud", "digital", "agency", "center", "company", "net",
    "org", "lol", "quest", "beauty", "hair", "skin", "makeup", "mom", "zip", "mov", "art",
    "social", "finance",
];

/// A domain that imitates another, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imitation {
    /// The domain that is imitated.
    pub of: String,
    /// Whether it is one of the company's own.
    pub own: bool,
    /// In a few English words.
    pub how: &'static str,
}

/// Names to protect, made ready.
#[derive(Debug, Default)]
pub struct Lookalikes {
    /// Registrable domains that are what they say, as they are and without dots and hyphens.
    genuine: HashSet<String>,
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    /// `shopee.co.id`
    domain: String,
    /// `shopee`
    label: String,
    /// `co.id`
    suffix: String,
    /// `shopeecoid`
    squashed: String,
    /// The label in letters that stand for all that look alike.
    blurred: String,
    /// The label without hyphens.
    joined: String,
    /// `shopee.co`
    whole: String,
    /// `shopee-co`
    dashed: String,
    own: bool,
}

impl Name {
    fn new(label: &str, suffix: &str, own: bool) -> Self {
        let domain = format!("{label}.{suffix}");
        // Of `djponline.pajak.go.id` the last label is what somebody registered.
        let label = label.rsplit('.').next().unwrap_or(label);
        let first = suffix.split('.').next().unwrap_or_default();
        Self {
            squashed: squash(&domain),
            blurred: blurred(label),
            joined: squash(label),
            whole: format!("{label}.{first}"),
            dashed: format!("{label}-{first}"),
            domain,
            label: label.to_owned(),
            suffix: suffix.to_owned(),
            own,
        }
    }
}

impl Lookalikes {
    /// Makes the company's domains and the well-known ones ready; `allow` are genuine too.
    pub fn new<'a>(
        own: impl IntoIterator<Item = &'a str>,
        allow: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut all = Self::default();
        for domain in own {
            let domain = domain.trim().trim_start_matches("*.").to_lowercase();
            if domain.contains('.') {
                all.genuine.insert(domain.clone());
                let suffix = suffix::public_suffix(&domain);
                let label = domain.strip_suffix(suffix).unwrap_or_default();
                if let Some(label) = label.strip_suffix('.') {
                    all.names.push(Name::new(label, suffix, true));
                }
            }
        }
        for domain in allow {
            all.genuine.insert(domain.trim().to_lowercase());
        }
        for domain in KNOWN.split_ascii_whitespace() {
            // A colon stands where the public suffix begins, so that nothing is looked up here.
            if let Some((label, suffix)) = domain.split_once(':') {
                let name = Name::new(label, suffix, false);
                all.genuine.insert(name.domain.clone());
                all.names.push(name);
            } else {
                all.genuine.insert(domain.trim_start_matches('!').to_owned());
            }
        }
        all
    }

    /// Whether a host stands under a genuine name that is longer than what is registered
    /// (`allow` may name sub-domains).
    fn genuine_above(&self, host: &str, registrable: &str) -> bool {
        let deeper = host.len().saturating_sub(registrable.len());
        let starts = host.match_indices('.').map(|(at, _)| at + 1).filter(|at| *at <= deeper);
        std::iter::once(0)
            .chain(starts)
            .any(|at| host.get(at..).is_some_and(|h| self.genuine.contains(h)))
    }

    /// What a host (in Unicode, lower case) imitates, if it does.
    pub fn judge(&self, host: &str) -> Option<Imitation> {
        let host = host.strip_prefix("www.").unwrap_or(host);
        let registrable = suffix::registrable(host)?;
        let suffix = suffix::public_suffix(host);
        if self.genuine.contains(registrable)
            || self.genuine_above(host, registrable)
            || restricted(suffix)
            || !host.contains(|c: char| c.is_alphabetic())
        {
            return None;
        }
        let label = registrable.strip_suffix(suffix).unwrap_or_default().trim_end_matches('.');
        let label_plain = skeleton(label);
        let sub = host.strip_suffix(registrable).unwrap_or_default().trim_end_matches('.');
        let plain = Plain {
            host,
            blurred: blurred(&label_plain),
            joined: squash(&label_plain),
            all_joined: squash(&format!("{sub}{label_plain}")),
            label: label_plain,
            sub,
            suffix,
            squashed: squash(&skeleton(host)),
            disguised: !label.is_ascii(),
        };
        // The company's own names come first, and of two the nearer.
        self.names.iter().find_map(|name| {
            let how = plain.imitates(name)?;
            Some(Imitation { of: name.domain.clone(), own: name.own, how })
        })
    }
}

/// A host made ready to be compared.
struct Plain<'a> {
    host: &'a str,
    label: String,
    blurred: String,
    joined: String,
    all_joined: String,
    sub: &'a str,
    suffix: &'a str,
    squashed: String,
    disguised: bool,
}

impl Plain<'_> {
    fn imitates(&self, name: &Name) -> Option<&'static str> {
        let short = name.label.len() <= 3;
        if name.label.len() < 3 && !name.own {
            return self.front(name).filter(|_| name.suffix.contains('.'));
        }
        let same_suffix = self.suffix == name.suffix;
        // Under one and the same generic suffix, three letters are soon somebody's own.
        let near = if name.own || name.suffix.contains('.') { true } else { !short };
        if self.label == name.label {
            if same_suffix {
                return Some("the same letters in another script");
            }
            if self.disguised {
                return Some("the same letters in another script, under another suffix");
            }
            return self.swapped(name, short).then_some("the same name under another suffix");
        }
        if self.squashed == name.squashed {
            return Some("the same name with dots or hyphens moved");
        }
        if self.joined.len() < self.label.len() && self.joined == name.joined && same_suffix {
            return Some("the same name with hyphens moved");
        }
        if near && (same_suffix || name.label.len() >= 6) && self.one_off(&name.label) {
            return Some("one letter off");
        }
        if near && self.looks_like(name) && (same_suffix || name.label.len() >= 6) {
            return Some("letters that look alike");
        }
        if self.lured(name) {
            return Some("the name with another word beside it");
        }
        self.front(name)
    }

    /// The same label under another suffix. Country domains of world-wide names are usually theirs.
    fn swapped(&self, name: &Name, short: bool) -> bool {
        let generic = SWAPPED.contains(&self.suffix);
        let indonesian = |s: &str| {
            matches!(s, "id" | "co.id" | "go.id" | "web.id" | "my.id" | "or.id" | "biz.id")
        };
        let country = indonesian(self.suffix) && indonesian(&name.suffix) && name.label.len() > 2;
        if name.own { !short || generic || country } else { generic || country }
    }

    /// One letter added, left out, replaced, or two neighbours swapped; or "es" put in as if for
    /// a plural.
    fn one_off(&self, name: &str) -> bool {
        one_edit(&self.label, name)
            || (self.label.len() == name.len() + 2
                && name.len() >= 5
                && self.label.match_indices("es").any(|(at, _)| {
                    let (head, tail) = (self.label.get(..at), self.label.get(at + 2..));
                    head.zip(tail)
                        .is_some_and(|(h, t)| name.strip_prefix(h).is_some_and(|rest| rest == t))
                }))
    }

    /// Equal once letters that look alike are the same letter.
    fn looks_like(&self, name: &Name) -> bool {
        self.blurred == name.blurred
            || (self.disguised && name.label.len() >= 3 && one_edit(&self.blurred, &name.blurred))
    }

    /// `bantuan-google`, `googlehadiah`, `secure-coca-cola`, `wwwgoogle`, `googlecom`.
    fn lured(&self, name: &Name) -> bool {
        let rest = |text: &str, part: &str| {
            let rest = text
                .strip_prefix(part)
                .or_else(|| text.strip_suffix(part))
                .map(|rest| rest.trim_matches('-').to_owned());
            rest.filter(|r| !r.is_empty())
        };
        let lure = |rest: &str| {
            rest.split('-').all(|w| LURES.contains(&w) || w.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(rest) = rest(&self.label, &name.label) {
            let suffix = squash(&name.suffix);
            // Very short names need the hyphen or a suffix like their own.
            let apart =
                self.label.contains('-') || name.label.len() >= 4 || self.suffix == name.suffix;
            if apart && (lure(&rest) || rest == suffix || rest == "ww") {
                return true;
            }
        }
        // A name of several words: one of them beside a lure ("hadiah-cola" for coca-cola).
        name.label.split('-').nth(1).is_some_and(|last| {
            self.suffix == name.suffix
                && last.len() >= 4
                && rest(&self.label, last).is_some_and(|r| lure(&r))
        })
    }

    /// The whole domain stands in front of another one: `google.com.evil.example`,
    /// `google.com-login.example`, `www-google-com.example`.
    fn front(&self, name: &Name) -> Option<&'static str> {
        if self.sub.is_empty() && !self.host.contains('-') {
            return None;
        }
        let first = name.suffix.split('.').next().unwrap_or_default();
        if let Some(at) = self.host.find(&name.whole) {
            let before = self.host.get(..at).unwrap_or_default();
            let after = self.host.get(at + name.whole.len()..).unwrap_or_default();
            let begins = before.is_empty() || before.ends_with(['.', '-']);
            if begins && after.starts_with(['.', '-']) {
                return Some("the whole name in front of another domain");
            }
        }
        // Where the suffix is part of what is known (`pajak.go.id`): the name before something that
        // is close to it.
        if name.suffix.contains('.') && self.sub == name.label {
            let rest = self.label.trim_matches('-');
            let lured = rest
                .strip_prefix(first)
                .or_else(|| rest.strip_suffix(first))
                .map(|r| r.trim_matches('-'))
                .is_some_and(|r| LURES.contains(&r));
            if lured
                || (name.label.len() >= 4
                    && one_edit(rest, first)
                    && same_end(self.suffix, &name.suffix))
            {
                return Some("the name before something close to its suffix");
            }
            if self.disguised && blurred(rest) == first {
                return Some("the suffix in letters of another script");
            }
        }
        if name.label.len() >= 4
            && self.host.contains(&name.dashed)
            && self
                .host
                .split('.')
                .any(|l| l == name.dashed || l.strip_prefix("www-") == Some(&name.dashed))
        {
            return Some("the whole name written with hyphens");
        }
        // The name cut by dots: "goo.gle.com".
        (!self.sub.is_empty()
            && self.suffix == name.suffix
            && self.all_joined == name.joined
            && name.label.len() >= 3)
            .then_some("the name cut by dots")
    }
}

/// Whether two suffixes end in the same label.
fn same_end(a: &str, b: &str) -> bool {
    a.rsplit('.').next() == b.rsplit('.').next()
}

/// Suffixes that only the named kind of body can register under.
fn restricted(suffix: &str) -> bool {
    matches!(
        suffix,
        "go.id"
            | "ac.id"
            | "sch.id"
            | "mil.id"
            | "desa.id"
            | "gov"
            | "edu"
            | "mil"
            | "int"
            | "gov.uk"
            | "ac.uk"
            | "gov.au"
            | "edu.au"
            | "gov.sg"
            | "gov.my"
            | "go.jp"
            | "ac.jp"
    )
}

/// Letters and digits only.
fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A host or label in the plain letters it looks like: accents and other scripts undone.
fn skeleton(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    crate::detect::plain::plain(text)
}

/// One letter for those that look alike, also pairs of them.
fn blurred(text: &str) -> String {
    let text = text.replace("rn", "m").replace("vv", "w").replace("cl", "d").replace("nn", "m");
    text.chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | 'l' | 'i' | 'j' => 'l',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '6' | '9' | 'q' => 'g',
            '7' => 't',
            '8' => 'b',
            '2' => 'z',
            'v' => 'u',
            c => c,
        })
        .collect()
}

/// Whether at most one letter is added, left out or replaced, or two neighbours are swapped.
/// Works on bytes: a letter of more than one byte is no plain letter, and counts as several.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    match (a, b) {
        ([], []) => false,
        ([x, rest_a @ ..], [y, rest_b @ ..]) if a.len() == b.len() => {
            rest_a == rest_b
                || matches!((rest_a, rest_b), ([x2, ta @ ..], [y2, tb @ ..]) if x == y2 && y == x2 && ta == tb)
        }
        ([_, rest @ ..], _) if a.len() > b.len() => rest == b,
        (_, [_, rest @ ..]) => a == rest,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colon_stands_before_the_public_suffix() {
        for domain in KNOWN.split_ascii_whitespace().filter(|d| !d.starts_with('!')) {
            let plain = domain.replace(':', ".");
            let suffix = domain.split_once(':').map(|(_, s)| s);
            assert_eq!(suffix, Some(suffix::public_suffix(&plain)), "{domain}");
        }
    }

    #[test]
    fn what_is_listed_imitates_nothing() {
        let names = Lookalikes::new([], []);
        for domain in KNOWN.split_ascii_whitespace() {
            let plain = domain.trim_start_matches('!').replace(':', ".");
            assert_eq!(names.judge(&plain), None, "{domain}");
        }
    }

    #[test]
    fn each_family_is_seen() {
        let names = Lookalikes::new(["acme.co.id"], []);
        for host in [
            "acmee.co.id",
            "acmz.co.id",
            "ac-me.co.id",
            "acfme.co.id",
            "ame.co.id",
            "acme.xyz",
            "accme.co.id",
            "axme.co.id",
            "ac.me.co.id",
            "acem.co.id",
            "acmeco.id",
            "acma.co.id",
            "acme-login.co.id",
            "hadiahacme.co.id",
            "wwwacme.co.id",
            "acme.co.id.login.com",
            "acme.co-bantuan.com",
            "acrne.co.id",
            "аcme.co.id",
        ] {
            let imitation = names.judge(host);
            assert!(imitation.is_some_and(|i| i.own), "{host}");
        }
        for host in
            ["acme.co.id", "shop.acme.co.id", "acmeology.co.id", "pajak.go.id", "co.id", "x", ""]
        {
            assert_eq!(names.judge(host), None, "{host}");
        }
    }
}
