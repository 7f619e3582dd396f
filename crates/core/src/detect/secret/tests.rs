use super::*;
use crate::PartRole;
use crate::detect::{Facts, find as find_all};

#[test]
fn every_rule_compiles() {
    let table = table();
    assert!(table.rules.len() > 280, "{}", table.rules.len());
    for rule in &table.rules {
        assert!(rule.regex().is_some(), "{}: {}", rule.name, rule.pattern);
    }
}

/// The detectors that fire on a text, with what they found.
fn found(text: &str) -> Vec<(String, String)> {
    let part = PartText::new("body", PartRole::Body, text);
    find_all("secret.*", &part, &Facts::default())
        .into_iter()
        .map(|f| (f.name.into_owned(), part.raw_text(f.span).to_owned()))
        .collect()
}

/// Signs that look random, made here so that no file holds anything of the shape of a live key.
fn random(length: usize, alphabet: &str) -> String {
    let signs: Vec<char> = alphabet.chars().collect();
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            signs[(state % signs.len() as u64) as usize]
        })
        .collect()
}

const MIXED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &str = "0123456789abcdef";
const CAPS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

#[track_caller]
fn fires(text: &str, names: &[&str], value: &str) {
    let found = found(text);
    assert!(
        found.iter().any(|(n, v)| names.contains(&n.as_str()) && v.contains(value)),
        "{text}: {found:?}"
    );
}

#[test]
fn keys_of_issuers_in_the_words_of_a_post() {
    for (prefix, length, alphabet, name) in [
        ("AKIA", 16, CAPS, "secret.aws-access-token"),
        ("ghp_", 36, MIXED, "secret.github-pat"),
        ("glpat-", 20, MIXED, "secret.gitlab-pat"),
        ("sk_live_", 24, MIXED, "secret.stripe-access-token"),
        ("xoxb-123456789012-1234567890123-", 24, MIXED, "secret.slack-bot-token"),
        ("AIza", 35, MIXED, "secret.gcp-api-key"),
        ("dop_v1_", 64, HEX, "secret.digitalocean-pat"),
        ("hf_", 34, "abcdefghijklmnopqrstuvwxyz", "secret.huggingface-access-token"),
        ("figd_", 40, MIXED, "secret.figma-token"),
        ("dckr_pat_", 27, MIXED, "secret.docker-token"),
    ] {
        let value = format!("{prefix}{}", random(length, alphabet));
        let text = format!("oops, our staging key is {value}, please rotate it");
        let found = found(&text);
        assert!(
            found.iter().any(|(n, v)| n.starts_with("secret.")
                && v.contains(value.get(..value.len() - 1).unwrap_or_default())),
            "{name}: {text}: {found:?}"
        );
    }
}

#[test]
fn values_after_their_word_whoever_issued_them() {
    let value = random(32, MIXED);
    for text in [
        format!("ACME_API_KEY={value}"),
        format!("api key: {value}"),
        format!("\"clientSecret\": \"{value}\""),
        format!("our access token is {value}"),
        format!("token akses adalah {value}"),
        format!("https://api.shop.example/v1?api_key={value}"),
        format!("Authorization: Bearer {value}"),
    ] {
        fires(&text, &["secret.generic-api-key", "secret.auth-header"], &value);
    }
    let hex = random(32, HEX);
    fires(&format!("adafruit_key = {hex}"), &["secret.adafruit-api-key"], &hex);
    fires(&format!("our adafruit key is {hex}."), &["secret.adafruit-api-key"], &hex);
}

#[test]
fn passwords_and_codes() {
    for (text, value) in [
        ("wifi password: warung123", "warung123"),
        ("the admin password is Tr0ub4dor&3", "Tr0ub4dor&3"),
        ("kata sandi wifi: kopi#Susu9", "kopi#Susu9"),
        ("pw: hunter2x", "hunter2x"),
        ("passwordnya adalah rahasia99", "rahasia99"),
    ] {
        fires(text, &["secret.password"], value);
    }
    fires("kode OTP saya 482913", &["secret.one-time-code"], "482913");
    fires("My verification code is 482913", &["secret.one-time-code"], "482913");
    fires("PIN ATM saya 4821", &["secret.one-time-code"], "4821");
    let address = format!("postgres://admin:{}@db.acme.co.id/main", random(12, MIXED));
    fires(&address, &["secret.url-credentials"], &random(12, MIXED));
}

#[test]
fn key_blocks() {
    let body = random(256, MIXED);
    let dashes = "-".repeat(5);
    let block = format!(
        "{dashes}BEGIN RSA PRIVATE KEY{dashes}\n{body}\n{dashes}END RSA PRIVATE KEY{dashes}"
    );
    assert_eq!(found(&block), [("secret.private-key".to_owned(), block.clone())]);
    let public = block.replace("RSA PRIVATE", "PUBLIC");
    assert!(found(&public).is_empty());
    let short = format!("{dashes}BEGIN PRIVATE KEY{dashes}\n...\n{dashes}END PRIVATE KEY{dashes}");
    assert!(found(&short).is_empty());
}

#[test]
fn talk_about_secrets_is_free() {
    let commit = random(40, HEX);
    for text in [
        "Please reset your password: it expires today",
        "never share your password, token or key",
        "password is required",
        "the key to success is https://acme.example/blog/2024-keynote-recap-123",
        "use AKIAIOSFODNN7EXAMPLE in the docs",
        "API_KEY=your_api_key_goes_here_123",
        "token: ${ACME_TOKEN_2024_PRODUCTION}",
        "https://user:pass@example.com",
        "our pin is 2024",
        "jam buka 10:00-22:00, sandi rumput hijau",
        "flight GA1234567890ABC12 lands",
        "#Hashtag2024ForTheSummerFestival2025",
        "https://docs.acme.example/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit",
    ] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
    assert!(found(&format!("fixed in commit {commit}")).is_empty());
}

#[test]
fn scraps_do_not_panic() {
    let long = "password ".repeat(2000);
    for text in [
        "key",
        "=",
        "a=",
        "://",
        "://@",
        "x://:@",
        "-----BEGIN",
        "-----BEGIN-----",
        "password",
        "password:",
        "password is",
        "otp",
        "pw:é",
        "🎉password: 🎉🎉🎉🎉🎉🎉1a",
        "=".repeat(100).as_str(),
        "é".repeat(40).as_str(),
        long.as_str(),
    ] {
        let _ = found(text);
        let _ = found(&format!("x{text}x"));
    }
}
