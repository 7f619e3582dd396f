//! The nearest known word for one that is not known.

/// The word of `known` that was most likely meant, if any is near enough.
pub(crate) fn nearest<'a, S: AsRef<str>>(word: &str, known: &'a [S]) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(word);
    let bound = match wanted.chars().count() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    known
        .iter()
        .map(AsRef::as_ref)
        .map(|k| (strsim::osa_distance(&wanted, &plain(k)), k))
        .filter(|(distance, _)| *distance <= bound)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
        .or_else(|| {
            // "colour" for "text_colour", "regex" for nothing: only whole words inside a key.
            known.iter().map(AsRef::as_ref).find(|k| {
                wanted.len() >= 4 && plain(k).split('_').any(|w| w == wanted)
                    || k.len() >= 4 && wanted.split('_').any(|w| w == plain(k))
            })
        })
}

/// "`a`, `b` or `c`", at most a dozen.
pub(crate) fn alternatives<S: AsRef<str>>(known: &[S]) -> String {
    let shown: Vec<String> = known.iter().take(12).map(|k| format!("`{}`", k.as_ref())).collect();
    match shown.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if known.len() <= 12 => format!("{} or {last}", first.join(", ")),
        all => format!("{}, …", all.join(", ")),
    }
}
