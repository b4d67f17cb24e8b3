//! Signs in 64 bytes at a time, cells between them, and the plain numbers that cells hold.

/// Where quotes, commas and line ends stand in 64 bytes: bit `i` for byte `i`.
pub struct Signs {
    /// `"`
    pub quotes: u64,
    /// `,`
    pub commas: u64,
    /// `\n`
    pub line_ends: u64,
}

/// The signs of a block. 16 bytes a step and no more than wasm has, so that the native figure says what wasm could reach.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub fn signs(block: &[u8; 64]) -> Signs {
    use core::arch::x86_64::{_mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8};
    let of = |sign: u8| {
        let mut mask = 0;
        for part in 0..4 {
            // SAFETY: SSE2 is part of x86_64, and 16 bytes from each quarter of the block on are inside it.
            let hits = unsafe {
                let bytes = _mm_loadu_si128(block.as_ptr().add(part * 16).cast());
                _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(sign as i8))) as u32
            };
            mask |= u64::from(hits) << (part * 16);
        }
        mask
    };
    Signs { quotes: of(b'"'), commas: of(b','), line_ends: of(b'\n') }
}

/// The signs of a block.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
pub fn signs(block: &[u8; 64]) -> Signs {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, v128_load};
    let of = |sign: u8| {
        let mut mask = 0;
        for part in 0..4 {
            // SAFETY: 16 bytes from each quarter of the block on are inside it.
            let bytes = unsafe { v128_load(block.as_ptr().add(part * 16).cast()) };
            mask |= u64::from(u8x16_bitmask(u8x16_eq(bytes, u8x16_splat(sign)))) << (part * 16);
        }
        mask
    };
    Signs { quotes: of(b'"'), commas: of(b','), line_ends: of(b'\n') }
}

/// The signs of a block, where there is no SIMD that we know.
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
pub fn signs(block: &[u8; 64]) -> Signs {
    let of = |sign| (0..64).fold(0, |mask, i| mask | u64::from(block[i] == sign) << i);
    Signs { quotes: of(b'"'), commas: of(b','), line_ends: of(b'\n') }
}

/// Which bytes stand in quotes, if bit `i` of `quotes` says that byte `i` is one; `carry` is all ones where the block
/// begins inside of quotes, and is set for the next one.
#[inline(always)]
pub fn inside_quotes(quotes: u64, carry: &mut u64) -> u64 {
    if quotes == 0 {
        return *carry;
    }
    let mut inside = quotes;
    for shift in [1, 2, 4, 8, 16, 32] {
        inside ^= inside << shift;
    }
    inside ^= *carry;
    *carry = ((inside as i64) >> 63) as u64;
    inside
}

/// Where the cell of a column begins and ends, without its quotes. `ends` holds the sign behind each cell of the record that
/// begins at `record`.
#[inline(always)]
pub fn cell(text: &[u8], ends: &[u32], record: usize, column: usize) -> (usize, usize) {
    let start = if column == 0 { record } else { ends[column - 1] as usize + 1 };
    let mut end = ends[column] as usize;
    if end > start && text[end - 1] == b'\r' {
        end -= 1;
    }
    if end > start + 1 && text[start] == b'"' && text[end - 1] == b'"' { (start + 1, end - 1) } else { (start, end) }
}

/// A plain decimal number of up to nine places.
#[inline(always)]
pub fn number(cell: &[u8]) -> f64 {
    const POWERS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    let (is_negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    let (mut value, mut places, mut in_fraction) = (0_u64, 0, false);
    for &byte in digits {
        if byte == b'.' {
            in_fraction = true;
        } else {
            value = value * 10 + u64::from(byte.wrapping_sub(b'0'));
            places += usize::from(in_fraction);
        }
    }
    let value = value as f64 / POWERS[places];
    if is_negative { -value } else { value }
}
