use proptest::prelude::*;

use super::*;

fn read(raw: &str) -> PartText {
    PartText::new("body", PartRole::Body, raw)
}

#[test]
fn folds_what_readers_do_not_see() {
    for (raw, folded) in [
        ("Bluehawk", "bluehawk"),
        ("BLÜEHÀWK", "bluehawk"),
        ("ｂｌｕｅｈａｗｋ", "bluehawk"),
        ("𝐁𝐥𝐮𝐞𝓱𝓪𝔀𝓴", "bluehawk"),
        ("b\u{200B}l\u{AD}u\u{2060}e\u{FEFF}hawk", "bluehawk"),
        ("b\u{301}lue\u{336}hawk", "bluehawk"),
        ("Вluеhаwk", "bluehawk"),
        ("ΒLUEHAWK", "bluehawk"),
        ("ⓑⓛⓤⓔ", "blue"),
        ("b&#108;ue&#x68;awk &amp; co", "bluehawk & co"),
        ("&bogus; &#xD800; &", "&bogus; &#xd800; &"),
        ("Straße ﬁnd İstanbul", "strasse find istanbul"),
        ("don’t “quote” it…", "don't \"quote\" it..."),
        ("Привет, мир", "привет, мир"),
        ("Сор в избе", "сор в избе"),
        ("асе", "ace"),
        ("Москва асе", "москва асе"),
        ("Ελλάδα", "ελλαδα"),
        ("かﾞ ガ ｶﾞ は\u{309A}", "が ガ ガ ぱ"),
        ("각 \u{1100}\u{1161}\u{11A8}", "각 각"),
        ("日本語", "日本語"),
        ("हिन्दी", "हिन्दी"),
        ("👨‍👩‍👧 ok", "👨‍👩‍👧 ok"),
        ("❤️ 1️⃣", "❤ 1"),
    ] {
        assert_eq!(read(raw).folded, folded, "{raw}");
    }
}

#[test]
fn words_and_their_way_back() {
    let words = |raw: &'static str| -> Vec<String> {
        let text = read(raw);
        text.words.iter().map(|w| text.raw_text(w.raw.clone()).to_owned()).collect()
    };
    assert_eq!(words("It's snake_case, v2."), ["It", "s", "snake", "case", "v2"]);
    assert_eq!(words("e\u{301}te\u{301} ﬁn"), ["e\u{301}te\u{301}", "ﬁn"]);
    assert_eq!(words("b\u{200B}lue 👍hawk"), ["b\u{200B}lue", "hawk"]);
    assert_eq!(words("— “Ünï” —"), ["Ünï"]);
    assert_eq!(words("हिन्दी है"), ["हिन्दी", "है"]);
    assert_eq!(words("x&#98;y"), ["x&#98;y"]);
}

#[test]
fn utf16_counts_as_the_browser_does() {
    let text = read("a👍é\u{10FFFF}z");
    assert_eq!(text.to_utf16(1..5), 1..3);
    assert_eq!(text.to_utf16(5..7), 3..4);
    assert_eq!(text.from_utf16(1..3), Some(1..5));
    assert_eq!(text.from_utf16(2..3), Some(1..5));
    assert_eq!(text.from_utf16(0..7), Some(0..12));
    assert_eq!(text.from_utf16(0..8), None);
    let ascii = read("plain");
    assert_eq!((ascii.to_utf16(1..5), ascii.from_utf16(1..5)), (1..5, Some(1..5)));
    assert_eq!(ascii.from_utf16(0..6), None);
}

/// Text that is mostly trouble: marks, joiners, look-alikes, emoji, references, line breaks.
fn troubled() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        4 => "[a-zA-Z0-9 ]{1,6}",
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec![
            "\u{301}", "\u{200D}", "\u{200B}", "\u{FE0F}", "а", "о", "е", "Β", "ﬁ", "ß", "İ", "…",
            "👨‍👩‍👧", "👍🏽", "🇮🇩", "ｶ", "ﾞ", "か", "\u{3099}", "\u{1100}", "\u{1161}", "\u{11A8}",
            "&#98;", "&amp;", "&", ";", "\n", ". ", "#", "@", "://", "日本", "ไทย", "שלום", "\u{202E}",
            "\u{FFFD}", "\u{E0061}", "𝓱", "щ",
        ]).prop_map(String::from),
    ];
    prop::collection::vec(bits, 0..24).prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn offsets_survive(raw in prop_oneof![troubled(), any::<String>()]) {
        let text = read(&raw);
        // Every character of the folded text comes from whole characters, in order.
        let mut before = 0;
        let mut at = 0;
        for c in text.folded.chars() {
            let range = text.to_raw(at..at + c.len_utf8());
            prop_assert!(raw.get(range.clone()).is_some(), "{range:?} of {raw:?}");
            prop_assert!(!range.is_empty() && range.start >= before, "{range:?} of {raw:?}");
            // There and back covers at least the same.
            let back = text.to_folded(range.clone());
            prop_assert!(back.start <= at && at + c.len_utf8() <= back.end, "{back:?} {at} {raw:?}");
            prop_assert_eq!(text.to_raw(back), range.clone());
            before = range.start;
            at += c.len_utf8();
        }
        if !text.folded.is_empty() {
            prop_assert_eq!(text.to_raw(0..text.folded.len()).end, raw.len());
        }
        // Words stand in order; `¼` alone is two words of one character.
        let mut start = 0;
        for word in &text.words {
            prop_assert!(word.raw.start >= start && word.raw.end <= raw.len());
            prop_assert!(raw.get(word.raw.clone()).is_some());
            prop_assert_eq!(word.hash, hash(text.word(word)));
            prop_assert_eq!(text.to_raw(word.folded.clone()), word.raw.clone());
            start = word.raw.start;
        }
        // UTF-16 and back.
        let units: Vec<u16> = raw.encode_utf16().collect();
        for (byte, c) in raw.char_indices() {
            let unit = text.to_utf16(byte..byte + c.len_utf8());
            prop_assert_eq!(text.from_utf16(unit.clone()), Some(byte..byte + c.len_utf8()));
            let cut = &units[unit.start as usize..unit.end as usize];
            prop_assert_eq!(String::from_utf16(cut).unwrap(), c.to_string());
        }
        // Sentences cover the text without gaps.
        prop_assert_eq!(text.sentences.iter().map(|s| s.len()).sum::<usize>(), raw.len());
        prop_assert!(text.sentences.windows(2).all(|s| s[0].end == s[1].start));
        // Entities are whole characters, in order.
        prop_assert!(text.entities.iter().all(|e| raw.get(e.raw.clone()).is_some_and(|t| !t.is_empty())));
        prop_assert!(text.entities.windows(2).all(|e| e[0].raw.end <= e[1].raw.start));
    }

    #[test]
    fn lone_surrogates_arrive_as_one_unit(units in prop::collection::vec(any::<u16>(), 0..40)) {
        // What the browser hands over: each lone surrogate one U+FFFD, so offsets stay.
        let raw = String::from_utf16_lossy(&units);
        let text = read(&raw);
        prop_assert_eq!(text.to_utf16(0..raw.len()), 0..units.len() as u32);
    }

    #[test]
    fn folding_is_done_after_one_pass(raw in "[a-zA-Z0-9 .,\u{c0}-\u{17f}\u{ff21}-\u{ff5a}]{0,40}") {
        let once = read(&raw).folded;
        prop_assert_eq!(read(&once).folded, once);
    }
}

#[test]
fn a_megabyte_of_anything_is_linear() {
    for unit in [
        "a",
        "а",
        "\u{301}",
        "a\u{301}",
        "\u{200D}",
        "&",
        "&#98;",
        "👍",
        "👍\u{200D}",
        "か\u{3099}",
        "Ж",
        "ж а ",
    ] {
        let text = read(&unit.repeat(1_000_000 / unit.len()));
        let _ = text.to_utf16(0..text.raw.len());
    }
}
