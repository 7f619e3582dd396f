//! What is run with any bytes at all, and what must hold whatever they are.
//!
//! `fuzz/src/main.rs` runs these under libFuzzer; `crates/cli/tests/fuzz.rs` replays the seeds and
//! everything that was ever found.

use std::ops::Range;
use std::sync::OnceLock;

use draftguard_bundle::Trust;
use draftguard_core::detect::metadata::Metadata;
use draftguard_core::detect::web::{self, Address, Lookalikes};
use draftguard_core::site::file::SiteFile;
use draftguard_core::text::{PartText, entities_of};
use draftguard_core::{
    AccountKind, Context, Draft, Engine, Fix, Link, Media, MediaKind, Part, PartRole, Report,
    Surface,
};
use draftguard_policy::{Compiled, compile_str, import};

/// Takes the input; fails by panicking.
type Target = fn(&[u8]);

/// Every target by its name, which is also that of its folders of seeds and findings.
pub const ALL: [(&str, Target); 15] = [
    ("text", text),
    ("entities", entities),
    ("link", link),
    ("metadata", metadata),
    ("policy-toml", policy_toml),
    ("policy-json", policy_json),
    ("list-csv", list_csv),
    ("list-plain", list_plain),
    ("list-xlsx", list_xlsx),
    ("bundle", bundle),
    ("compiled", compiled),
    ("site-file", site_file),
    ("jsonl", jsonl),
    ("check", check),
    ("authored", authored),
];

/// Bytes as a browser would hand them over: UTF-16 where the first bit says so, with whatever
/// surrogates are alone as U+FFFD, else UTF-8.
fn text_of(data: &[u8]) -> String {
    match data.split_first() {
        Some((first, rest)) if first & 1 == 1 => {
            let units: Vec<u16> = rest
                .chunks(2)
                .map(|c| u16::from_le_bytes([c[0], *c.get(1).unwrap_or(&0)]))
                .collect();
            let text = String::from_utf16_lossy(&units);
            assert_eq!(text.encode_utf16().count(), units.len(), "a unit was lost");
            text
        }
        Some((_, rest)) => String::from_utf8_lossy(rest).into_owned(),
        None => String::new(),
    }
}

/// Offsets hold in both directions, words and sentences stand in order and cover the text.
fn text(data: &[u8]) {
    way_back(&text_of(data));
}

fn way_back(raw: &str) {
    let text = PartText::new("body", PartRole::Body, raw);
    let mut before = 0;
    let mut at = 0;
    for c in text.folded.chars() {
        let here = at..at + c.len_utf8();
        let range = text.to_raw(here.clone());
        assert!(raw.get(range.clone()).is_some_and(|t| !t.is_empty()), "{range:?}");
        assert!(range.start >= before, "{range:?} goes back");
        let back = text.to_folded(range.clone());
        assert!(back.start <= here.start && here.end <= back.end, "{back:?} without {here:?}");
        assert_eq!(text.to_raw(back), range);
        before = range.start;
        at = here.end;
    }
    let mut start = 0;
    for word in &text.words {
        assert!(word.raw.start >= start && raw.get(word.raw.clone()).is_some());
        assert_eq!(text.to_raw(word.folded.clone()), word.raw);
        start = word.raw.start;
    }
    let mut unit = 0;
    for (byte, c) in raw.char_indices() {
        let units = unit..unit + c.len_utf16() as u32;
        assert_eq!(text.to_utf16(byte..byte + c.len_utf8()), units);
        assert_eq!(text.from_utf16(units.clone()), Some(byte..byte + c.len_utf8()));
        unit = units.end;
    }
    assert_eq!(text.from_utf16(0..unit), Some(0..raw.len()));
    assert_eq!(text.from_utf16(0..unit + 1), None);
    assert_eq!(text.sentences.iter().map(Range::len).sum::<usize>(), raw.len());
    assert!(text.sentences.windows(2).all(|s| s[0].end == s[1].start));
    assert!(text.entities.iter().all(|e| raw.get(e.raw.clone()).is_some_and(|t| !t.is_empty())));
    assert!(text.entities.windows(2).all(|e| e[0].raw.end <= e[1].raw.start));
}

/// Character references in every state of disrepair: each byte stands for a piece of one.
fn entities(data: &[u8]) {
    const PIECES: [&str; 32] = [
        "&",
        "&#",
        "&#x",
        "&#X",
        ";",
        "0",
        "1",
        "9",
        "a",
        "F",
        "amp",
        "lt",
        "nbsp",
        "shy",
        "zwj",
        "eacute",
        "98",
        "x62",
        "D800",
        "110000",
        "99999999999",
        " ",
        "b",
        "\u{301}",
        "&amp;",
        "&#98;",
        "&#x62;",
        "&zwnj;",
        "\u{200B}",
        "#",
        "&&",
        "é",
    ];
    let raw: String = data.iter().map(|b| PIECES[usize::from(b % 32)]).collect();
    way_back(&raw);
}

/// Addresses are taken apart, judged, and read again from what they were taken apart into.
fn link(data: &[u8]) {
    static NAMES: OnceLock<Lookalikes> = OnceLock::new();
    let names = NAMES.get_or_init(|| Lookalikes::new(["acme.example", "acme.co.id"], []));
    let raw = text_of(data);
    for entity in entities_of(&raw) {
        address(raw.get(entity.raw).unwrap(), names);
    }
    address(&raw, names);
}

fn address(raw: &str, names: &Lookalikes) {
    let Some(address) = Address::read(raw) else { return };
    assert!(!address.host.is_empty());
    if let Some(registrable) = address.registrable() {
        assert!(web::under(&address.host, registrable), "{address:?}");
    }
    let _ = (names.judge(&address.host), web::inspect(&address.host));
    let _ = (web::shortener(&address.host), web::document_share(&address), address.ipv4());
}

fn metadata(data: &[u8]) {
    let read = Metadata::read(data);
    if let Some((north, east)) = read.position {
        assert!((-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east), "{read:?}");
    }
}

fn policy_toml(data: &[u8]) {
    policy("fuzz.toml", data);
}

fn policy_json(data: &[u8]) {
    policy("fuzz.json", data);
}

/// Any text is a policy or a list of problems, each in the text; a policy can be used.
fn policy(name: &str, data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let beside = |_: &str| -> Result<Vec<u8>, String> { Ok(b"term\nbluehawk\n".to_vec()) };
    match compile_str(name, text, &beside) {
        Ok(made) => {
            let _ = made.run_examples();
            let bytes = draftguard_bundle::encode(&made.policy).unwrap();
            assert_eq!(draftguard_bundle::decode(&bytes).unwrap(), made.policy);
            let engine = Engine::new(vec![made.policy]).unwrap();
            for draft in drafts() {
                sound(&engine.check(&draft, &Context::default()), &draft);
            }
        }
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
}

fn list_csv(data: &[u8]) {
    list("fuzz.csv", data);
}

fn list_plain(data: &[u8]) {
    list("fuzz.txt", data);
}

/// What was imported is a list that is taken whole the next time.
fn list(name: &str, data: &[u8]) {
    let Ok(first) = import(name, data, None) else { return };
    let again = import("again.csv", first.csv.as_bytes(), None).unwrap();
    assert_eq!(again.terms, first.terms, "{}", first.csv);
}

/// A spreadsheet as it came, or the XML of its sheet and, behind U+001E, of its shared words.
fn list_xlsx(data: &[u8]) {
    let text;
    let bytes = if data.starts_with(b"PK") {
        data
    } else {
        text = workbook(data);
        &text
    };
    if let Ok(first) = import("fuzz.xlsx", bytes, None) {
        let again = import("again.csv", first.csv.as_bytes(), None).unwrap();
        assert_eq!(again.terms, first.terms, "{}", first.csv);
    }
}

/// A workbook with one sheet, whose XML is what is given. Nothing in it is compressed.
fn workbook(data: &[u8]) -> Vec<u8> {
    const NS: &str = "http://schemas.openxmlformats.org";
    let mut parts = data.splitn(2, |b| *b == 0x1e);
    let sheet = parts.next().unwrap_or_default();
    let words = parts.next().unwrap_or(b"<sst><si><t>bluehawk</t></si></sst>");
    let book = format!(
        r#"<workbook xmlns:r="{NS}/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            r#"<Relationship Id="{id}" Type="{NS}/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        )
    };
    let root = format!(
        r#"<Relationships xmlns="{NS}/package/2006/relationships">{}</Relationships>"#,
        relation("r1", "officeDocument", "xl/workbook.xml"),
    );
    let relations = format!(
        r#"<Relationships xmlns="{NS}/package/2006/relationships">{}{}</Relationships>"#,
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
    );
    let sheet = [b"<worksheet><sheetData>", sheet, b"</sheetData></worksheet>"].concat();
    zip(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", words),
    ])
}

/// An archive of stored files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let crc = !bytes.iter().fold(!0_u32, |crc, b| {
            (0..8).fold(crc ^ u32::from(*b), |c, _| c >> 1 ^ (0xEDB8_8320 & (c & 1).wrapping_neg()))
        });
        let size = bytes.len() as u32;
        let mut head = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        head.extend([crc, size, size].iter().flat_map(|n| n.to_le_bytes()));
        head.extend([name.len() as u16, 0].iter().flat_map(|n| n.to_le_bytes()));
        directory.extend(*b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(*b"PK\x03\x04");
        out.extend(head);
        out.extend(name.as_bytes());
        out.extend(*bytes);
    }
    let (at, size) = (out.len() as u32, directory.len() as u32);
    out.extend(directory);
    out.extend(*b"PK\x05\x06\0\0\0\0");
    out.extend([files.len() as u16; 2].iter().flat_map(|n| n.to_le_bytes()));
    out.extend([size, at].iter().flat_map(|n| n.to_le_bytes()));
    out.extend([0, 0]);
    out
}

/// A key that nobody signed the input with: the base point of the curve.
const TRUSTED: &str = "dgpub1-5866666666666666666666666666666666666666666666666666666666666666";

/// A bundle that nobody trusted signed is never believed; looking at one never fails badly.
fn bundle(data: &[u8]) {
    let _ = draftguard_bundle::inspect(data);
    let _ = draftguard_bundle::inspect_policy(data);
    let keys = draftguard_bundle::KeySet { keys: vec![TRUSTED.parse().unwrap()], threshold: 1 };
    assert!(draftguard_bundle::verify(data, &Trust::new(keys), 0).is_err());
}

/// A compiled policy that was damaged is refused, or can be used: either as it came, or as three
/// bytes of place and one of content for each change to a sound one.
fn compiled(data: &[u8]) {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    let changed = match data.split_first() {
        Some((b'D', _)) => data.to_vec(),
        Some((_, changes)) => {
            let mut bytes = SOUND
                .get_or_init(|| draftguard_bundle::encode(&everything().policy).unwrap())
                .clone();
            for change in changes.chunks_exact(4) {
                let at = usize::from(change[0]) | usize::from(change[1]) << 8;
                let at = (at | usize::from(change[2]) << 16) % bytes.len();
                bytes[at] = change[3];
            }
            bytes
        }
        None => return,
    };
    let Ok(policy) = draftguard_bundle::decode(&changed) else { return };
    let Ok(engine) = Engine::new(vec![policy]) else { return };
    for draft in drafts() {
        sound(&engine.check(&draft, &Context::default()), &draft);
    }
}

fn site_file(data: &[u8]) {
    if let Ok(file) = serde_json::from_slice::<SiteFile>(data) {
        let again = serde_json::to_vec(&file).unwrap();
        assert_eq!(serde_json::from_slice::<SiteFile>(&again).unwrap(), file);
        let _ = file.problems();
    }
}

/// A line is a draft that can be checked, or an error in words.
fn jsonl(data: &[u8]) {
    let Ok(line) = std::str::from_utf8(data) else { return };
    match crate::input::read_line(line, &Context::default()) {
        Ok(input) => sound(&engine().check(&input.draft, &input.context), &input.draft),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// The whole check of a policy with every kind of rule, twice: the same sound report.
fn check(data: &[u8]) {
    let (draft, context) = draft_of(data);
    let report = engine().check(&draft, &context);
    sound(&report, &draft);
    assert_eq!(engine().check(&draft, &context), report, "not twice the same");
}

/// A draft of several fields and its context.
fn draft_of(data: &[u8]) -> (Draft, Context) {
    let (head, rest) = data.split_at(data.len().min(4));
    let head: Vec<u8> = head.iter().copied().chain([0; 4]).take(4).collect();
    let mut parts = Vec::new();
    let text = text_of(rest);
    // U+001E, which no site lets through, parts one field from the next.
    for (number, text) in text.split('\u{1e}').enumerate() {
        let role = match (head[0] >> 3, number) {
            (_, 0) => PartRole::Body,
            (1, _) => PartRole::Alt,
            (2, _) => PartRole::Title,
            (3, _) => PartRole::Profile,
            _ => PartRole::Body,
        };
        parts.push(Part { id: number.to_string(), role, text: text.to_owned() });
    }
    let mut draft = Draft { parts, ..Draft::default() };
    let mut context = Context {
        site: [None, Some("x"), Some("mastodon"), Some("linkedin")][usize::from(head[1] & 3)]
            .map(str::to_owned),
        surface: [None, Some(Surface::Reply), Some(Surface::Profile), Some(Surface::Post)]
            [usize::from(head[1] >> 2 & 3)],
        account: [None, Some(AccountKind::Personal), Some(AccountKind::Brand), None]
            [usize::from(head[1] >> 4 & 3)],
        role: (head[1] & 64 != 0).then(|| "spokesperson".to_owned()),
        language: (head[1] & 128 != 0).then(|| "id".to_owned()),
        ..Context::default()
    };
    if head[2] & 1 != 0 && draft.parts.len() > 1 {
        context.answering = draft.parts.pop().map(|p| p.text);
    }
    if head[2] & 2 != 0 && draft.parts.len() > 1 {
        let part = draft.parts.pop().unwrap();
        draft.media.push(Media { name: part.text, kind: MediaKind::Image, bytes: None, alt: None });
    }
    if head[2] & 4 != 0 && draft.parts.len() > 1 {
        let part = draft.parts.pop().unwrap();
        draft.links.push(Link {
            part: Some("0".to_owned()),
            start: Some(u32::from(head[3] & 15)),
            end: Some(u32::from(head[3] >> 4)),
            text: "acme.example".to_owned(),
            href: part.text,
        });
    }
    (draft, context)
}

/// A policy put together of pieces, each byte of the first field one, and then the whole check of
/// the rest of the input.
fn authored(data: &[u8]) {
    const HEAD: &str = include_str!("authored.toml");
    let mut halves = data.splitn(2, |b| *b == 0x1e);
    let choice = halves.next().unwrap_or_default();
    let draft = halves.next().unwrap_or_default();
    let (head, pieces) = HEAD.split_once("#---\n").unwrap();
    let (kinds, options) = pieces.split_once("#===\n").unwrap();
    let (kinds, options): (Vec<_>, Vec<_>) =
        (kinds.split("#---\n").collect(), options.lines().collect());
    let mut text = head.to_owned();
    // Five bytes a rule: its kind, and four lines that any rule may have. A key twice is an error
    // of the author, and said so.
    for (number, rule) in choice.chunks(5).take(6).enumerate() {
        text.push_str(&format!("[[rules]]\nid = \"rule-{number}\"\nmessage = \"{{text}}\"\n"));
        for byte in &rule[1..] {
            text.push_str(options[usize::from(*byte) % options.len()]);
            text.push('\n');
        }
        text.push_str(kinds[usize::from(rule[0]) % kinds.len()]);
    }
    let made = match compile_str("authored.toml", &text, &draftguard_policy::NoFiles) {
        Ok(made) => made,
        Err(problems) => return assert!(!problems.to_string().is_empty()),
    };
    let bytes = draftguard_bundle::encode(&made.policy).unwrap();
    let engine = Engine::new(vec![draftguard_bundle::decode(&bytes).unwrap()]).unwrap();
    let (draft, context) = draft_of(draft);
    let report = engine.check(&draft, &context);
    sound(&report, &draft);
    assert_eq!(engine.check(&draft, &context), report, "not twice the same");
}

/// Every offset of a report stands in the draft, and names the text that it says.
fn sound(report: &Report, draft: &Draft) {
    let units = |part: &str| -> Vec<u16> {
        let part = draft.parts.iter().find(|p| p.id == part).expect("a part of the draft");
        part.text.encode_utf16().collect()
    };
    let cut = |part: &str, start: u32, end: u32| -> String {
        let units = units(part);
        let cut = units.get(start as usize..end as usize).expect("a span in the part");
        String::from_utf16(cut).expect("whole characters")
    };
    for finding in &report.findings {
        if finding.part.is_empty() && !draft.parts.iter().any(|p| p.id.is_empty()) {
            assert_eq!((finding.start, finding.end, finding.text.as_str()), (0, 0, ""));
            continue;
        }
        let text = cut(&finding.part, finding.start, finding.end);
        assert_eq!(finding.text, if finding.concealed { "" } else { text.as_str() });
        for fix in &finding.fixes {
            match fix {
                Fix::Replace { part, start, end, .. } | Fix::Remove { part, start, end } => {
                    cut(part, *start, *end);
                }
                Fix::Insert { part, at, .. } => {
                    cut(part, 0, *at);
                    cut(part, *at, units(part).len() as u32);
                }
                Fix::Response { .. } | Fix::Contact { .. } => {}
            }
        }
    }
    let strictest = report.findings.iter().map(|f| f.action).max();
    assert_eq!(report.verdict, strictest.map_or_else(Default::default, Into::into));
}

/// A policy with every kind, lists with every disguise and a concealed one.
fn everything() -> &'static Compiled {
    static MADE: OnceLock<Compiled> = OnceLock::new();
    MADE.get_or_init(|| {
        compile_str("everything.toml", include_str!("everything.toml"), &draftguard_policy::NoFiles)
            .unwrap_or_else(|problems| panic!("{problems}"))
    })
}

fn engine() -> &'static Engine {
    static MADE: OnceLock<Engine> = OnceLock::new();
    MADE.get_or_init(|| Engine::new(vec![everything().policy.clone()]).unwrap())
}

/// A few drafts for policies that are made of the input.
fn drafts() -> [Draft; 2] {
    let mut full = Draft::from_text(
        "Bluehawk lands! I love Acme 👍 mail jane@acme.example, call 0812-3456-7890, \
         https://acrne.example/x #ProjectBluehawk pura-pura 日本語 you idiot",
    );
    full.media.push(Media { name: "Q3-bluehawk.png".to_owned(), ..Media::default() });
    full.links.push(Link { href: "https://bit.ly/x".to_owned(), ..Link::default() });
    [Draft::from_text(""), full]
}
