use crate::PartRole;
use crate::detect::{Facts, find};
use crate::text::PartText;

/// The detectors that fire on a text, with what they found.
fn found(text: &str) -> Vec<(String, String)> {
    let part = PartText::new("body", PartRole::Body, text);
    find("*", &part, &Facts::default())
        .into_iter()
        .filter(|f| !f.name.starts_with("health.") && !f.name.starts_with("secret."))
        .map(|f| (f.name.into_owned(), part.raw_text(f.span).to_owned()))
        .collect()
}

#[track_caller]
fn fires(text: &str, name: &str, value: &str) {
    assert_eq!(found(text), [(name.to_owned(), value.to_owned())], "{text}");
}

#[track_caller]
fn silent(text: &str) {
    assert_eq!(found(text), [], "{text}");
}

#[test]
fn cards_in_every_grouping() {
    for (text, value) in [
        ("Card 4539 1488 0343 6467, thanks", "4539 1488 0343 6467"),
        ("pay with 4539-1488-0343-6467", "4539-1488-0343-6467"),
        ("my visa is 4539148803436467.", "4539148803436467"),
        ("Kartu kredit saya 4539.1488.0343.6467 ditolak", "4539.1488.0343.6467"),
        ("amex 3714 496353 98439 exp 12/27", ""),
        ("cc: 4 5 3 9 1 4 8 8 0 3 4 3 6 4 6 7", "4 5 3 9 1 4 8 8 0 3 4 3 6 4 6 7"),
    ] {
        match value {
            "" => silent(text),
            value => fires(text, "pii.card", value),
        }
    }
}

#[test]
fn numbers_that_are_no_cards() {
    for text in [
        "4111 1111 1111 1111",
        "my card is 4242 4242 4242 4242",
        "Card 4539 1488 0343 6468",
        "order 4539148803436467 shipped",
        "sha 4539148803436467abcdef",
        "0000 0000 0000 0000",
    ] {
        silent(text);
    }
}

#[test]
fn indonesian_numbers() {
    fires("NIK 3204-0157-0890-0003 ya", "pii.id.nik", "3204-0157-0890-0003");
    fires("NIK3204015708900003", "pii.id.nik", "3204015708900003");
    fires("ktp saya 320401.570890.0003", "pii.id.nik", "320401.570890.0003");
    fires("no KK 3204011708900003", "pii.id.kk", "3204011708900003");
    fires("NPWP: 02.227.201.7-411.000", "pii.id.npwp", "02.227.201.7-411.000");
    fires("npwp baru 0022272017411000", "pii.id.npwp", "0022272017411000");
    fires("kartu BPJS 0001234567890", "pii.id.bpjs", "0001234567890");
    fires("Paspor saya C1234567 hilang", "pii.id.passport", "C1234567");
    fires("mobil plat B 1234 XYZ", "pii.id.plate", "B 1234 XYZ");
    fires("tf ke rek BCA 1234567890 an Budi", "pii.bank-account", "1234567890");
    silent("resi 3204015708900003");
    silent("Tiket antrian B 12, loket 3");
    silent("NIK 3204013213900003");
}

#[test]
fn telephone_numbers_as_people_write_them() {
    for (text, name, value) in [
        ("WA 0812-3456-7890", "pii.phone.id", "0812-3456-7890"),
        ("hubungi (+62) 812-34567890 ya", "pii.phone.id", "(+62) 812-34567890"),
        ("+62 812 3456 7890", "pii.phone.id", "+62 812 3456 7890"),
        ("6281234567890", "pii.phone.id", "6281234567890"),
        ("0 8 1 2 3 4 5 6 7 8 9 0", "pii.phone.id", "0 8 1 2 3 4 5 6 7 8 9 0"),
        (
            "WA nol delapan satu dua tiga empat lima enam tujuh delapan sembilan",
            "pii.phone.id",
            "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan",
        ),
        ("call (212) 736-5000", "pii.phone.us", "(212) 736-5000"),
        ("212-736-5000", "pii.phone.us", "212-736-5000"),
        ("+1 212 736 5000", "pii.phone.us", "+1 212 736 5000"),
        ("text me 2127365000", "pii.phone.us", "2127365000"),
        ("+44 20 7123 4567", "pii.phone", "+44 20 7123 4567"),
        ("my mobile is 06 12 34 56 78", "pii.phone", "06 12 34 56 78"),
        ("kantor (021) 5551234", "pii.phone.id", "(021) 5551234"),
    ] {
        fires(text, name, value);
    }
}

#[test]
fn numbers_that_nobody_answers_or_everybody_may_call() {
    for text in [
        "call 212-555-0142",
        "call 1-800-736-5000",
        "Call center 1500371",
        "call us before 2026-11-22",
        "we reached 10.000.000 calls",
        "Epoch 1773540888",
        "score 112-108",
        "ISBN 978-0-03-916684-4",
        "hubungi 0800-1-234567",
    ] {
        silent(text);
    }
}

#[test]
fn american_identity_numbers() {
    fires("SSN 078-05-1123", "pii.us.ssn", "078-05-1123");
    fires("social security 078051123", "pii.us.ssn", "078051123");
    fires("ITIN 911-70-1234", "pii.us.itin", "911-70-1234");
    for text in ["078-05-1120", "SSN 666-12-3456", "SSN 123-45-6789", "078051123", "078-05-1123-9"]
    {
        silent(text);
    }
}

#[test]
fn ibans() {
    fires("wire to GB33 BUKB 2020 1555 5555 55 now", "finance.iban", "GB33 BUKB 2020 1555 5555 55");
    fires("IBANGB33BUKB20201555555555", "finance.iban", "GB33BUKB20201555555555");
    silent("GB34 BUKB 2020 1555 5555 55");
    silent("GB82 WEST 1234 5698 7654 32");
}

#[test]
fn mail_addresses() {
    fires("write ana.putri@mail.co.id please", "pii.email", "ana.putri@mail.co.id");
    fires("mailto:ana@corp.com", "pii.email", "ana@corp.com");
    fires("ana [at] corp [dot] com", "pii.email", "ana [at] corp [dot] com");
    fires("ana.putri at gmail dot com", "pii.email", "ana.putri at gmail dot com");
    for text in [
        "a@example.com",
        "b@shop.example",
        "@user@mastodon.social",
        "https://user@host.com/",
        "git@github.com:a/b",
        "meet me at noon dot",
        "look at this",
        "a@",
        "@",
        "@@",
    ] {
        silent(text);
    }
}

#[test]
fn machines() {
    fires("the server 52.14.88.201 is down", "pii.ip", "52.14.88.201");
    fires("ssh to 2400:c401::5054:ff:fe1b:b031", "pii.ip", "2400:c401::5054:ff:fe1b:b031");
    for text in
        ["version 1.2.3.4", "8.8.8.8", "127.0.0.1", "192.0.2.7", "12:34:56", "a::b", "1.2.3"]
    {
        silent(text);
    }
}

#[test]
fn people() {
    fires("DOB: 17/08/1990", "pii.birth-date", "17/08/1990");
    fires("Tanggal lahir 17 Agustus 1990", "pii.birth-date", "17 Agustus 1990");
    fires("my customer was born on August 17, 1990", "pii.birth-date", "August 17, 1990");
    fires(
        "She lives at 742 Evergreen Terrace, Springfield, IL 62704",
        "pii.address",
        "742 Evergreen Terrace, Springfield, IL 62704",
    );
    fires(
        "rumahnya di Jl. Merdeka No. 12 RT 03/RW 05",
        "pii.address",
        "Jl. Merdeka No. 12 RT 03/RW 05",
    );
    silent("Soekarno lahir 6 Juni 1901");
    silent("Founded in 1990, we opened on 17 August");
    silent("Our shop opened in 2019 on Main Street");
}

#[test]
fn patients() {
    let names = |text: &str| -> Vec<String> {
        let part = PartText::new("body", PartRole::Body, text);
        find("health.*", &part, &Facts::default())
            .into_iter()
            .map(|f| f.name.into_owned())
            .collect()
    };
    assert_eq!(names("MRN 00123456 had surgery"), ["health.record-number"]);
    assert_eq!(names("my patient Mr. Smith"), ["health.patient-name"]);
    assert_eq!(names("pasien Ibu Sari dirawat"), ["health.patient-name"]);
    assert_eq!(names("patient, DOB 17/08/1990, admitted"), ["health.identifier"]);
    assert!(names("Patient Safety Day is here").is_empty());
    assert!(names("thank you to every patient").is_empty());
}

#[test]
fn nothing_panics_on_scraps() {
    for text in [
        "+",
        "(+",
        "+(",
        "00",
        "0",
        "62",
        "+62",
        "@.",
        "a@b",
        "(0",
        "1.",
        ".1",
        "1..1",
        ":",
        "::",
        ":::",
        "at",
        "x at",
        "at dot",
        "x at y dot",
        "jl",
        "Jl. 1",
        "patient",
        "12 St",
        "é1é",
        "1é1",
        "🎉0812🎉",
        "nol",
        "double",
        "double double nol",
        "gb",
        "gb1",
        "gb11",
        "١٢٣",
        "0️⃣8️⃣",
    ] {
        let _ = found(text);
        let _ = found(&text.repeat(50));
    }
}
