//! Bytes that matter, found sixteen at a time: by `simd128` in the browser (Chrome and Edge 91, Firefox 89, Safari 16.4
//! and all later ones have it), elsewhere by loops that the compiler turns into what the processor has.

/// Bytes that one mask tells of.
const BLOCK: usize = 64;

/// Bytes looked at before their marks are used: what is found still lies in the nearest cache then.
const WINDOW: usize = 16 * 1024;

/// Where delimiters and line ends stand in a text. They are found window by window, as they are asked for.
#[derive(Debug, Default)]
pub struct Marks {
    places: Vec<u32>,
    /// The next of `places` to give.
    next: usize,
    /// Up to where the text was looked at.
    seen: usize,
}

impl Marks {
    /// Begins with another text.
    pub fn restart(&mut self) {
        self.places.clear();
        (self.next, self.seen) = (0, 0);
    }

    /// The first place from `from` on, or the end of the text. What is asked for must not go back.
    #[inline]
    pub fn first_from(&mut self, text: &[u8], delimiter: u8, from: usize) -> usize {
        loop {
            while let Some(&place) = self.places.get(self.next) {
                if place as usize >= from {
                    return place as usize;
                }
                self.next += 1;
            }
            if self.seen >= text.len() {
                return text.len();
            }
            self.look_on(text, delimiter, from);
        }
    }

    #[cold]
    fn look_on(&mut self, text: &[u8], delimiter: u8, from: usize) {
        self.places.clear();
        self.next = 0;
        // What lies before was skipped, as the inside of a long quoted cell is.
        let start = self.seen.max(from - from % BLOCK);
        let end = text.len().min(start + WINDOW);
        let (blocks, rest) = text[start..end].as_chunks::<BLOCK>();
        for (number, block) in blocks.iter().enumerate() {
            push_places(ends(block, delimiter), start + number * BLOCK, &mut self.places);
        }
        if !rest.is_empty() {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            // The zeros behind the rest are no text.
            let mask = ends(&block, delimiter) & ((1 << rest.len()) - 1);
            push_places(mask, start + blocks.len() * BLOCK, &mut self.places);
        }
        self.seen = end;
    }
}

#[inline]
fn push_places(mut mask: u64, base: usize, places: &mut Vec<u32>) {
    while mask != 0 {
        places.push(base as u32 + mask.trailing_zeros());
        mask &= mask - 1;
    }
}

/// The first byte that is no plain text: NUL, or the beginning of a character outside of ASCII. The length where all
/// are.
pub fn first_special(text: &[u8]) -> usize {
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    for (number, block) in blocks.iter().enumerate() {
        let mask = specials(block);
        if mask != 0 {
            return number * BLOCK + mask.trailing_zeros() as usize;
        }
    }
    let plain = rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len());
    text.len() - rest.len() + plain
}

fn is_special(byte: u8) -> bool {
    byte == 0 || !byte.is_ascii()
}

/// A bit for each byte that ends a cell: the delimiter, LF, CR.
#[inline]
fn ends(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    lanes::mask(block, |bytes| {
        lanes::or(lanes::or(lanes::equal(bytes, delimiter), lanes::equal(bytes, b'\n')), lanes::equal(bytes, b'\r'))
    })
}

/// A bit for each byte that is no plain text. As a signed number such a byte is below 1.
#[inline]
fn specials(block: &[u8; BLOCK]) -> u64 {
    lanes::mask(block, |bytes| lanes::below(bytes, 1))
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use std::arch::wasm32::{i8x16_lt, i8x16_splat, i64x2, u8x16_bitmask, u8x16_eq, u8x16_splat, v128, v128_or};

    #[inline]
    pub fn mask(block: &[u8; 64], of: impl Fn(v128) -> v128) -> u64 {
        let mut mask = 0;
        for (number, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
            let all = u128::from_le_bytes(*bytes);
            let lanes = i64x2(all as i64, (all >> 64) as i64);
            mask |= u64::from(u8x16_bitmask(of(lanes))) << (number * 16);
        }
        mask
    }

    #[inline]
    pub fn equal(bytes: v128, byte: u8) -> v128 {
        u8x16_eq(bytes, u8x16_splat(byte))
    }

    #[inline]
    pub fn below(bytes: v128, number: i8) -> v128 {
        i8x16_lt(bytes, i8x16_splat(number))
    }

    #[inline]
    pub fn or(one: v128, other: v128) -> v128 {
        v128_or(one, other)
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    /// One byte of each comparison: 0 or 1.
    type Lanes = [u8; 16];

    #[inline]
    pub fn mask(block: &[u8; 64], of: impl Fn(Lanes) -> Lanes) -> u64 {
        let mut mask = 0;
        for (number, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
            for (half, lanes) in of(*bytes).as_chunks::<8>().0.iter().enumerate() {
                // Moves the lowest bit of each byte to its place in the highest byte.
                let bits = u64::from_le_bytes(*lanes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
                mask |= bits << (number * 16 + half * 8);
            }
        }
        mask
    }

    #[inline]
    pub fn equal(bytes: Lanes, byte: u8) -> Lanes {
        bytes.map(|other| u8::from(other == byte))
    }

    #[inline]
    pub fn below(bytes: Lanes, number: i8) -> Lanes {
        bytes.map(|byte| u8::from((byte as i8) < number))
    }

    #[inline]
    pub fn or(one: Lanes, other: Lanes) -> Lanes {
        std::array::from_fn(|place| one[place] | other[place])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn marks_are_all_delimiters_and_line_ends(text in "[a;\n\r]{0,700}", skips in prop::collection::vec(1..90usize, 0..40)) {
            let text = text.as_bytes();
            let expected = |from: usize| {
                text[from..].iter().position(|byte| b";\n\r".contains(byte)).map_or(text.len(), |place| from + place)
            };
            let mut marks = Marks::default();
            let mut from = 0;
            for skip in skips.into_iter().chain(std::iter::repeat(1)) {
                if from > text.len() {
                    break;
                }
                prop_assert_eq!(marks.first_from(text, b';', from), expected(from));
                from += skip;
            }
        }

        #[test]
        fn specials_are_nul_and_what_is_not_ascii(plain in 0..200usize, special in prop::sample::select(&[0u8, 0x80, 0xC3, 0xFF]), rest in 0..80usize) {
            let mut text = vec![b'~'; plain];
            text.push(1);
            text.push(0x7F);
            prop_assert_eq!(first_special(&text), plain + 2);
            text.push(special);
            text.extend(std::iter::repeat_n(0x80, rest));
            prop_assert_eq!(first_special(&text), plain + 2);
        }
    }

    #[test]
    fn windows_follow_each_other() {
        let text = b"ab,".repeat(WINDOW);
        let mut marks = Marks::default();
        let mut from = 0;
        for cell in 0..WINDOW {
            let place = marks.first_from(&text, b',', from);
            assert_eq!(place, cell * 3 + 2);
            from = place + 1;
        }
        assert_eq!(marks.first_from(&text, b',', from), text.len());
    }
}
