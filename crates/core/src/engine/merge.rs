//! Overlapping hits of one rule become one.

use crate::rules::Hit;

/// Sorts hits by place and joins those that overlap, or that stand at the same place.
/// The longest of them says what was found; the heaviest, how bad it is.
pub(super) fn merge(hits: &mut Vec<Hit>) {
    hits.sort_by(|a, b| {
        let place = |h: &Hit| (h.part.unwrap_or(usize::MAX), h.span.start);
        place(a).cmp(&place(b)).then_with(|| b.span.end.cmp(&a.span.end))
    });
    let mut merged: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits.drain(..) {
        match merged.last_mut() {
            Some(last) if together(last, &hit) => join(last, hit),
            _ => merged.push(hit),
        }
    }
    *hits = merged;
}

fn together(a: &Hit, b: &Hit) -> bool {
    // Hits on the draft as a whole (attachments, link cards) have no place to share: only
    // the same thing said twice is one.
    match a.part {
        None => b.part.is_none() && a.detector == b.detector && a.why == b.why,
        Some(_) => a.part == b.part && (b.span.start < a.span.end || b.span == a.span),
    }
}

fn join(last: &mut Hit, mut hit: Hit) {
    let span = last.span.start..last.span.end.max(hit.span.end);
    let severity = last.severity.max(hit.severity);
    let concealed = last.concealed || hit.concealed;
    if hit.span.len() > last.span.len() {
        std::mem::swap(last, &mut hit);
    }
    if last.span != span {
        // Neither's replacement stands for the whole of both.
        last.replacement = None;
        last.fixes.clear();
    }
    for fix in hit.fixes {
        if last.span == span && hit.span == span && !last.fixes.contains(&fix) {
            last.fixes.push(fix);
        }
    }
    last.contact = last.contact.take().or(hit.contact);
    last.why = last.why.take().or(hit.why);
    last.detector = last.detector.take().or(hit.detector);
    last.span = span;
    last.severity = severity;
    last.concealed = concealed;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Severity;

    fn hit(span: std::ops::Range<usize>, why: &str) -> Hit {
        Hit {
            part: Some(0),
            span,
            why: Some(why.to_owned()),
            replacement: Some(why.to_owned()),
            ..Hit::default()
        }
    }

    #[test]
    fn overlapping_hits_become_one() {
        let mut hits = vec![hit(20..25, "apart"), hit(8..16, "short"), hit(0..16, "long")];
        hits[1].severity = Some(Severity::High);
        merge(&mut hits);
        assert_eq!(hits.len(), 2);
        assert_eq!((hits[0].span.clone(), hits[0].why.as_deref()), (0..16, Some("long")));
        assert_eq!(hits[0].replacement.as_deref(), Some("long"));
        assert_eq!(hits[0].severity, Some(Severity::High));
        assert_eq!(hits[1].span, 20..25);
    }

    #[test]
    fn a_replacement_of_half_is_dropped() {
        let mut hits = vec![hit(0..10, "a"), hit(5..14, "b")];
        merge(&mut hits);
        assert_eq!(hits.len(), 1);
        assert_eq!((hits[0].span.clone(), hits[0].replacement.clone()), (0..14, None));
    }

    #[test]
    fn touching_hits_stay_apart() {
        let mut hits = vec![hit(0..5, "a"), hit(5..9, "b")];
        merge(&mut hits);
        assert_eq!(hits.len(), 2);
    }
}
