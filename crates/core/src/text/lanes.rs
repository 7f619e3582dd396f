//! Sixty-four bytes of a text at a time: a bit for each byte of a class.
//!
//! What a byte is decides nothing here that a processor would have to guess: a block is classified
//! in a few wide instructions, and only the bits that are set are looked at one by one.

/// The bytes of a block: a bit each in its mask.
pub(crate) const BLOCK: usize = 64;

/// Calls `step` with every block of a text and where it begins; the last is filled up with `fill`,
/// and has at least one such byte.
#[inline]
pub(crate) fn blocks(text: &[u8], fill: u8, mut step: impl FnMut(&[u8; BLOCK], usize)) {
    let (whole, rest) = text.as_chunks::<BLOCK>();
    for (n, block) in whole.iter().enumerate() {
        step(block, n * BLOCK);
    }
    let mut last = [fill; BLOCK];
    if let Some(start) = last.get_mut(..rest.len()) {
        start.copy_from_slice(rest);
    }
    step(&last, whole.len() * BLOCK);
}

/// Calls `found` with the place of every byte of a class. The class is asked of each byte, those
/// that fill up the last block included: it must not hold for a space.
#[inline]
pub(crate) fn places(text: &[u8], class: impl Fn(u8) -> bool, mut found: impl FnMut(usize)) {
    blocks(text, b' ', |block, at| {
        let mut mask = mask_where(block, &class);
        while mask != 0 {
            found(at + mask.trailing_zeros() as usize);
            mask &= mask - 1;
        }
    });
}

/// A bit for each byte of a class.
#[inline]
pub(crate) fn mask_where(block: &[u8; BLOCK], class: impl Fn(u8) -> bool) -> u64 {
    mask_of(&block.map(|byte| if class(byte) { 0x80 } else { 0 }))
}

/// A bit for each byte that is the same in both.
#[inline]
pub(crate) fn mask_same(a: &[u8; BLOCK], b: &[u8; BLOCK]) -> u64 {
    let mut flags = [0; BLOCK];
    for (flag, (a, b)) in flags.iter_mut().zip(a.iter().zip(b)) {
        *flag = if a == b { 0x80 } else { 0 };
    }
    mask_of(&flags)
}

/// A bit for each byte whose highest bit is set.
#[inline]
fn mask_of(flags: &[u8; BLOCK]) -> u64 {
    let mut mask = 0;
    for (n, lane) in flags.as_chunks::<16>().0.iter().enumerate() {
        mask |= u64::from(high_bits(u128::from_le_bytes(*lane))) << (n * 16);
    }
    mask
}

/// A bit for each byte that is an ASCII letter or digit, or not ASCII.
#[inline]
pub(super) fn word_mask(block: &[u8; BLOCK]) -> u64 {
    let mut mask = 0;
    for (n, lane) in block.as_chunks::<16>().0.iter().enumerate() {
        mask |= u64::from(lane_mask(u128::from_le_bytes(*lane))) << (n * 16);
    }
    mask
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
fn high_bits(lane: u128) -> u16 {
    // SAFETY: the build itself requires SSE2 of the machine, as the line above says.
    unsafe { high_bits_sse2(lane) }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
#[target_feature(enable = "sse2")]
fn high_bits_sse2(lane: u128) -> u16 {
    use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};
    _mm_movemask_epi8(_mm_set_epi64x((lane >> 64) as i64, lane as i64)) as u16
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
fn lane_mask(lane: u128) -> u16 {
    // SAFETY: the build itself requires SSE2 of the machine, as the line above says.
    unsafe { lane_mask_sse2(lane) }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
#[target_feature(enable = "sse2")]
fn lane_mask_sse2(lane: u128) -> u16 {
    use std::arch::x86_64::{
        _mm_cmplt_epi8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
        _mm_sub_epi8,
    };
    let bytes = _mm_set_epi64x((lane >> 64) as i64, lane as i64);
    // Signed compare: moving a range down to -128 makes "in the range" a single comparison.
    let within = |bytes, from: u8, len: u8| {
        _mm_cmplt_epi8(
            _mm_sub_epi8(bytes, _mm_set1_epi8(from.wrapping_add(128) as i8)),
            _mm_set1_epi8((len ^ 0x80) as i8),
        )
    };
    let letters = within(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), b'a', 26);
    let digits = within(bytes, b'0', 10);
    // The sign bit of `bytes` itself says "not ASCII"; movemask reads only sign bits.
    _mm_movemask_epi8(_mm_or_si128(bytes, _mm_or_si128(letters, digits))) as u16
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
#[target_feature(enable = "simd128")]
fn high_bits(lane: u128) -> u16 {
    use std::arch::wasm32::{i8x16_bitmask, u64x2};
    i8x16_bitmask(u64x2(lane as u64, (lane >> 64) as u64))
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
#[target_feature(enable = "simd128")]
fn lane_mask(lane: u128) -> u16 {
    use std::arch::wasm32::{i8x16_bitmask, u8x16_lt, u8x16_splat, u8x16_sub, u64x2, v128_or};
    let bytes = u64x2(lane as u64, (lane >> 64) as u64);
    let within = |bytes, from, len| u8x16_lt(u8x16_sub(bytes, u8x16_splat(from)), u8x16_splat(len));
    let letters = within(v128_or(bytes, u8x16_splat(0x20)), b'a', 26);
    let digits = within(bytes, b'0', 10);
    i8x16_bitmask(v128_or(bytes, v128_or(letters, digits)))
}

#[cfg(not(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
fn high_bits(lane: u128) -> u16 {
    let bytes = lane.to_le_bytes();
    bytes.iter().enumerate().fold(0, |mask, (n, byte)| mask | (u16::from(byte >> 7) << n))
}

#[cfg(not(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
fn lane_mask(lane: u128) -> u16 {
    lane.to_le_bytes().iter().enumerate().fold(0, |mask, (n, byte)| {
        mask | (u16::from(byte.is_ascii_alphanumeric() || !byte.is_ascii()) << n)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_say_which_bytes() {
        for byte in 0..=255_u8 {
            for at in 0..BLOCK {
                let mut block = [b' '; BLOCK];
                block[at] = byte;
                let expected = if byte.is_ascii_uppercase() { 1 << at } else { 0 };
                assert_eq!(mask_where(&block, |b| b.is_ascii_uppercase()), expected);
                let blank = [b' '; BLOCK];
                let differs = if byte == b' ' { 0 } else { 1 << at };
                assert_eq!(mask_same(&block, &blank), !differs);
            }
        }
    }
}
