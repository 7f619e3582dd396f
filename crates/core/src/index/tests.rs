use proptest::prelude::*;

use super::*;
use crate::draft::PartRole;
use crate::text::PartText;

fn entry(term: &str) -> Entry {
    Entry { term: term.into(), ..Entry::default() }
}

fn found_in(entries: &[Entry], disguises: Disguises, text: &str) -> Vec<String> {
    let index = ListIndex::load(&List::build("l", entries, disguises)).unwrap();
    let part = PartText::new("body", PartRole::Body, text);
    let mut found = Vec::new();
    index.find(&part, false, &mut found);
    let mut spans: Vec<_> = found.into_iter().map(|f| (f.raw.start, f.raw.end)).collect();
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter().map(|(a, b)| text.get(a..b).unwrap().to_owned()).collect()
}

fn plain(terms: &[&str], text: &str) -> Vec<String> {
    let entries: Vec<Entry> = terms.iter().map(|t| entry(t)).collect();
    found_in(&entries, Disguises::default(), text)
}

#[test]
fn whole_words_and_their_forms() {
    for (term, text, expected) in [
        ("bluehawk", "Bluehawk's wings, BLUEHAWKS and bluehawkish", &["Bluehawk", "BLUEHAWKS"][..]),
        (
            "Project Bluehawk",
            "project-bluehawk, Project\nBluehawks, project. Bluehawk",
            &["project-bluehawk", "Project\nBluehawks"],
        ),
        (
            "rapat",
            "merapatkan rapatnya, rapat-rapat",
            &["merapatkan", "rapatnya", "rapat", "rapat"],
        ),
        ("pura-pura", "pura-pura, pura2, pura", &["pura-pura", "pura2"]),
        ("AT&T", "AT&T, AT & T and at t", &["AT&T", "AT & T"]),
        ("C++", "C++ or c", &["C++"]),
        (".NET", "the .NET net", &[".NET"]),
        ("Yahoo!", "I use yahoo daily", &["yahoo"]),
        ("24/7", "24/7 and 24 7", &["24/7"]),
        ("one two three four five", "One two three-four fives!", &["One two three-four fives"]),
        ("a b", "a b and a, b", &["a b"]),
        ("кот", "Мой КОТ спит", &["КОТ"]),
        ("сор", "сор в избе", &["сор"]),
        ("naïve plan", "a NAIVE plan", &["NAIVE plan"]),
    ] {
        assert_eq!(plain(&[term], text), expected, "{term} in {text}");
    }
}

#[test]
fn scripts_without_spaces_and_signs() {
    for (term, text, expected) in [
        ("青鷹計画", "これは青鷹計画です", &["青鷹計画"][..]),
        ("鷹", "青鷹と鷹", &["鷹", "鷹"]),
        ("เหยี่ยว", "โครงการเหยี่ยวสีฟ้า", &["เหยี่ยว"]),
        ("블루호크", "블루호크는 좋다", &["블루호크"]),
        ("Acme製品", "新しいAcme製品だ", &["Acme製品"]),
        ("🍆", "so 🍆 much", &["🍆"]),
        ("$$$", "make $$$ fast", &["$$$"]),
        ("カﾞ", "ガム", &["ガ"]),
    ] {
        assert_eq!(plain(&[term], text), expected, "{term} in {text}");
    }
}

#[test]
fn words_written_as_one() {
    for (terms, text, expected) in [
        (
            &["project bluehawk", "bluehawk"][..],
            "#ProjectBluehawk",
            &["ProjectBluehawk", "Bluehawk"][..],
        ),
        (&["bluehawk"], "see #bluehawk2026 and #launch_bluehawk", &["bluehawk", "bluehawk"]),
        (
            &["project bluehawk"],
            "#projectbluehawk @projectbluehawk",
            &["projectbluehawk", "projectbluehawk"],
        ),
        (&["bluehawk"], "#launchbluehawk", &["bluehawk"]),
        (&["bluehawk"], "the LaunchOfBluehawk file", &[]),
        (&["bluehawk"], "the LaunchBluehawk file", &["Bluehawk"]),
        (&["tube", "donald"], "YouTube and McDonald", &[]),
        (&["q3 results"], "#Q3Results", &["Q3Results"]),
        (&["bluehawk"], "https://acme.example/project-bluehawk", &["bluehawk"]),
    ] {
        assert_eq!(plain(terms, text), expected, "{terms:?} in {text}");
    }
}

#[test]
fn disguises_are_opt_in() {
    let on = |set: fn(&mut Disguises)| {
        let mut disguises = Disguises::default();
        set(&mut disguises);
        disguises
    };
    for (disguises, text, expected) in [
        (
            on(|d| d.leet = true),
            "b1u3h4wk and blu3hawks, bluehawk!",
            &["b1u3h4wk", "blu3hawks", "bluehawk"][..],
        ),
        (
            on(|d| d.repeats = true),
            "bluuuehawwwk and bllluehawks",
            &["bluuuehawwwk", "bllluehawks"],
        ),
        (
            on(|d| d.spelled = true),
            "b l u e h a w k, b.l.u.e.h.a.w.k",
            &["b l u e h a w k", "b.l.u.e.h.a.w.k"],
        ),
        (on(|d| d.spelled = true), "p r o j e c t  s k y", &["p r o j e c t", "s k y"]),
        (on(|d| d.masked = true), "bl**hawk and b******k and bl*hawk", &["bl**hawk", "b******k"]),
        (on(|d| d.swapped = true), "bluehwak and lbuehawk and hawkblue", &["bluehwak", "lbuehawk"]),
    ] {
        let entries = [entry("bluehawk"), entry("project"), entry("sky")];
        assert_eq!(found_in(&entries, disguises, text), expected, "{disguises:?} in {text}");
        let plainly = found_in(&entries, Disguises::default(), text);
        assert!(plainly.len() < expected.len(), "{disguises:?} in {text}: {plainly:?}");
    }
}

#[test]
fn exceptions_excuse_the_term_in_their_context() {
    let entries = [Entry {
        exceptions: vec!["bluehawk helicopter".into(), "air show".into()],
        variants: vec!["blue hawk".into()],
        ..entry("bluehawk")
    }];
    let find = |text| found_in(&entries, Disguises::default(), text);
    assert!(find("The Bluehawk helicopters flew").is_empty());
    assert!(find("We saw the bluehawk at the air show.").is_empty());
    assert_eq!(find("An air show. Then bluehawk."), ["bluehawk"]);
    assert_eq!(find("Blue Hawk is ours"), ["Blue Hawk"]);
}

#[test]
fn exact_case_is_exact() {
    let entries = [Entry { exact_case: true, ..entry("Target") }];
    let find = |text| found_in(&entries, Disguises::default(), text);
    assert_eq!(find("Target hits the target, TARGET's, Targets"), ["Target", "Targets"]);
}

#[test]
fn entries_come_back_as_they_were() {
    let full = Entry {
        term: "Project Bluehawk".into(),
        variants: vec!["bluehawk".into()],
        exceptions: vec!["bluehawk helicopter".into()],
        replacement: Some("the new product".into()),
        severity: Some(crate::report::Severity::High),
        note: crate::policy::Localized([("en".to_owned(), "Secret".to_owned())].into()),
        from: Some(-5),
        until: Some(1 << 40),
        exact_case: true,
    };
    let entries = vec![full, entry("é"), entry(""), entry(&"long ".repeat(100))];
    let list = List::build("l", &entries, Disguises::default());
    assert_eq!(list.entries(), entries);
    assert_eq!(list.len(), 4);
    assert!(List::default().is_empty());
}

#[test]
fn the_index_is_small() {
    let entries: Vec<Entry> =
        (0..10_000_u32).map(|n| entry(&format!("secret{n} {} plan", n * 7919 % 9973))).collect();
    let list = List::build("l", &entries, Disguises::default());
    let bytes = list.index_bytes() as f64 / 10_000.0;
    assert!(bytes <= 13.0, "{bytes} bytes a term");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_term_is_found_wherever_it_stands(
        term in "[a-z]{3,9}( [a-z]{2,9}){0,4}",
        others in prop::collection::vec("[a-z]{3,9}( [a-z]{2,9}){0,3}", 0..20),
        before in "([A-Za-z]{1,8} ){0,9}",
        after in "( [A-Za-z]{1,8}){0,9}",
    ) {
        let mut entries: Vec<Entry> = others.iter().map(|t| entry(t)).collect();
        entries.push(entry(&term));
        let text = format!("{before}{term}{after}");
        let found = found_in(&entries, Disguises::default(), &text);
        prop_assert!(found.contains(&term), "{found:?}");
    }

    #[test]
    fn damaged_lists_never_panic(
        cut in 0_usize..2_000,
        at in 0_usize..2_000,
        byte in any::<u8>(),
        text in "([a-z]{1,8}[ .#]){0,30}",
    ) {
        let entries: Vec<Entry> = ["alpha beta", "gamma", "青鷹", "b c d"].map(entry).into();
        let all = Disguises { leet: true, repeats: true, spelled: true, masked: true, swapped: true };
        let mut list = List::build("l", &entries, all);
        let mut bytes = list.compiled.0.to_vec();
        let len = bytes.len();
        if let Some(b) = bytes.get_mut(at % len) { *b = byte; }
        bytes.truncate(cut.max(1));
        list.compiled = bytes.into();
        let _ = list.entries();
        if let Ok(index) = ListIndex::load(&list) {
            let part = PartText::new("body", PartRole::Body, &format!("{text} alpha beta gamma 青鷹"));
            index.find(&part, false, &mut Vec::new());
        }
    }

    #[test]
    fn any_text_is_searched(text in any::<String>(), terms in prop::collection::vec(any::<String>(), 0..6)) {
        let entries: Vec<Entry> = terms.iter().map(|t| entry(t)).collect();
        let all = Disguises { leet: true, repeats: true, spelled: true, masked: true, swapped: true };
        let _ = found_in(&entries, all, &text);
        let _ = found_in(&entries, all, &terms.concat());
    }
}

#[test]
fn a_megabyte_is_linear() {
    let all = Disguises { leet: true, repeats: true, spelled: true, masked: true, swapped: true };
    let entries = ["aaaa", "a", "b l u e", "bluehawk", "a a a a", "青"].map(entry);
    for unit in ["a", "a ", "b.", "#aB", "a*", "@bluehawk ", "青", "bluehawk ", "&", "x1"] {
        let text = unit.repeat(300_000 / unit.len());
        let _ = found_in(&entries, all, &text);
    }
}
