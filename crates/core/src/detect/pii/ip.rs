//! Addresses of machines: IPv4 and IPv6.

use crate::detect::nearby::words::{IP, NONE, VERSION};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::{Candidate, Source, Words};
use crate::detect::numbers::Gap;

pub(super) fn find(source: &Source<'_>, out: &mut Vec<Candidate>) {
    four(source, out);
    six(source, out);
}

fn four(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    for at in 0..numbers.atoms.len() {
        let Some([a, b, c, d]) = numbers.atoms.get(at..at + 4) else { break };
        let dotted = [a, b, c].iter().all(|x| x.gap == Gap::Dot) && d.gap != Gap::Dot;
        let span = a.span.start..d.span.end;
        if !dotted || numbers.glued(at..at + 4) || a.spelled {
            continue;
        }
        if matches!(source.before(span.start), Some('.' | ':' | '-')) {
            continue;
        }
        let Some(address) =
            source.text.folded.get(span.clone()).and_then(|t| t.parse::<Ipv4Addr>().ok())
        else {
            continue;
        };
        let octets = address.octets();
        let near = source.near(&span);
        let named = near.find(IP, 5, 3).is_some();
        let documentation = matches!(octets, [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]);
        let public_service = matches!(
            octets,
            [8, 8, 8, 8] | [8, 8, 4, 4] | [1, 1, 1, 1] | [1, 0, 0, 1] | [9, 9, 9, 9]
        );
        if documentation
            || public_service
            || address.is_unspecified()
            || address.is_loopback()
            || address.is_broadcast()
            || octets[0] == 0
            || octets[0] >= 224
        {
            continue;
        }
        let inside = address.is_private() || address.is_link_local();
        let small = octets.iter().all(|o| *o < 25);
        let base = match (inside, small) {
            (true, false) => 62,
            (true, true) => 50,
            (false, true) => 35,
            (false, false) => 65,
        };
        let words = Words { with: IP, up: 25, reach: (5, 3), against: VERSION, down: 40 };
        let why = if inside { "a private IPv4 address" } else { "an IPv4 address" };
        let _ = named;
        out.push(source.judge("pii.ip", at..at + 4, span, base, why, &words));
    }
}

/// Runs of hexadecimal digits and colons that parse.
fn six(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let bytes = source.text.folded.as_bytes();
    let mut from = 0;
    while let Some(colon) =
        bytes.get(from..).and_then(|b| b.iter().position(|c| *c == b':')).map(|i| from + i)
    {
        let sign = |b: &u8| b.is_ascii_hexdigit() || *b == b':' || *b == b'.';
        let left = bytes.get(from..colon).unwrap_or_default();
        let start = colon - left.iter().rev().take_while(|b| sign(b)).count();
        let right = bytes.get(colon..).unwrap_or_default();
        let mut end = colon + right.iter().take_while(|b| sign(b)).count();
        while end > start && bytes.get(end - 1) == Some(&b'.') {
            end -= 1;
        }
        from = end.max(colon + 1);
        if end - start < 6 || end - start > 45 {
            continue;
        }
        let lone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
        let text = source.text.folded.get(start..end).unwrap_or_default();
        let Ok(address) = text.parse::<Ipv6Addr>() else { continue };
        if !lone(source.before(start)) || !lone(source.after(end)) {
            continue;
        }
        if address.is_loopback()
            || address.is_unspecified()
            || address.segments()[..2] == [0x2001, 0xdb8]
        {
            continue;
        }
        let span: Range<usize> = start..end;
        let words = Words { with: IP, up: 20, reach: (5, 3), against: NONE, down: 0 };
        out.push(source.judge("pii.ip", 0..0, span, 68, "an IPv6 address", &words));
    }
}
