//! Phrases of the lexicons written out: `(a|b)` alternatives, `~n` an English noun with its
//! plural, `~v` an English verb with its forms, `~i` an Indonesian word with its clitics.

/// Tells every way to write a phrase.
pub(crate) fn expand(phrase: &str, found: &mut impl FnMut(&str)) {
    if memchr::memchr2(b'(', b'~', phrase.as_bytes()).is_none() {
        return found(phrase);
    }
    write(&mut String::with_capacity(2 * phrase.len()), phrase, &mut |phrase| found(phrase));
}

/// Writes `rest` out behind what is written already.
fn write(written: &mut String, rest: &str, found: &mut dyn FnMut(&str)) {
    if let Some((before, choices)) = rest.split_once('(')
        && let Some((inside, after)) = choices.split_once(')')
    {
        for choice in inside.split('|') {
            write(written, &[before, choice, after].concat(), found);
        }
        return;
    }
    let start = written.len();
    let Some((before, marked)) = rest.split_once('~') else {
        written.push_str(rest);
        found(written.trim());
        return written.truncate(start);
    };
    written.push_str(before);
    let mut letters = marked.chars();
    let how = letters.next();
    let word = written.len();
    for (cut, ending) in endings(written, how) {
        let kept: String = written.split_off(word - cut);
        written.push_str(ending);
        write(written, letters.as_str(), found);
        written.truncate(word - cut);
        written.push_str(&kept);
    }
    written.truncate(start);
}

/// The forms of a word: how many bytes of it go, and what comes in their place.
fn endings(word: &str, how: Option<char>) -> &'static [(usize, &'static str)] {
    let hisses = word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh");
    let consonant_y =
        word.strip_suffix('y').is_some_and(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match how {
        Some('n') if hisses => &[(0, ""), (0, "es")],
        Some('n') if consonant_y => &[(0, ""), (1, "ies")],
        Some('n') => &[(0, ""), (0, "s")],
        Some('v') if word.ends_with('e') => &[(0, ""), (0, "s"), (0, "d"), (1, "ing")],
        Some('v') if consonant_y => &[(0, ""), (1, "ies"), (1, "ied"), (0, "ing")],
        Some('v') if hisses => &[(0, ""), (0, "es"), (0, "ed"), (0, "ing")],
        Some('v') => &[(0, ""), (0, "s"), (0, "ed"), (0, "ing")],
        Some('i') => &[(0, ""), (0, "nya"), (0, "lah"), (0, "mu"), (0, "ku"), (0, "kah")],
        _ => &[(0, "")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(phrase: &str) -> Vec<String> {
        let mut found = Vec::new();
        expand(phrase, &mut |line| found.push(line.to_owned()));
        found
    }

    #[test]
    fn phrases_are_written_out() {
        for (phrase, expected) in [
            ("so bad", &["so bad"][..]),
            ("we (are|were) here", &["we are here", "we were here"]),
            ("boss~n", &["boss", "bosses"]),
            ("two ally~n", &["two ally", "two allies"]),
            ("day~n off", &["day off", "days off"]),
            ("merge~v", &["merge", "merges", "merged", "merging"]),
            ("deny~v it", &["deny it", "denies it", "denied it", "denying it"]),
            ("fix~v", &["fix", "fixes", "fixed", "fixing"]),
            ("(our|my) plan~n", &["our plan", "our plans", "my plan", "my plans"]),
            ("kata~i", &["kata", "katanya", "katalah", "katamu", "kataku", "katakah"]),
        ] {
            assert_eq!(all(phrase), expected, "{phrase}");
        }
    }
}
