//! Byte strings to numbers.

/// Byte strings, each with a salt, to numbers from 0 on. A slot holds half of the hash and the number, the strings stand one
/// behind the other.
pub struct Keys {
    slots: Vec<u64>,
    mask: usize,
    offsets: Vec<u32>,
    text: Vec<u8>,
    salts: Vec<u32>,
    hashes: Vec<u32>,
}

const FREE: u64 = u64::MAX;

impl Keys {
    /// Room for half of `capacity`, a power of two, before it grows.
    pub fn new(capacity: usize) -> Keys {
        Keys {
            slots: vec![FREE; capacity],
            mask: capacity - 1,
            offsets: vec![0],
            text: Vec::new(),
            salts: Vec::new(),
            hashes: Vec::new(),
        }
    }

    /// The string behind a number.
    pub fn text(&self, number: u32) -> &[u8] {
        let number = number as usize;
        &self.text[self.offsets[number] as usize..self.offsets[number + 1] as usize]
    }

    /// The number of a string, and whether it is new.
    #[inline]
    pub fn number(&mut self, text: &[u8], salt: u32) -> (u32, bool) {
        let hash = hash(text, salt);
        let tag = hash >> 32;
        let mut place = hash as usize & self.mask;
        while self.slots[place] != FREE {
            let slot = self.slots[place];
            let number = slot as u32;
            if slot >> 32 == tag && self.salts[number as usize] == salt && self.text(number) == text {
                return (number, false);
            }
            place = (place + 1) & self.mask;
        }
        let number = self.hashes.len() as u32;
        self.slots[place] = tag << 32 | u64::from(number);
        self.text.extend_from_slice(text);
        self.offsets.push(self.text.len() as u32);
        self.salts.push(salt);
        self.hashes.push(hash as u32);
        if self.hashes.len() * 2 > self.mask {
            self.grow();
        }
        (number, true)
    }

    fn grow(&mut self) {
        let mut slots = vec![FREE; (self.mask + 1) * 2];
        self.mask = slots.len() - 1;
        for &slot in self.slots.iter().filter(|&&slot| slot != FREE) {
            let mut place = self.hashes[slot as u32 as usize] as usize & self.mask;
            while slots[place] != FREE {
                place = (place + 1) & self.mask;
            }
            slots[place] = slot;
        }
        self.slots = slots;
    }
}

/// Eight bytes at a time, with the multipliers of MurmurHash3's last steps.
#[inline(always)]
fn hash(text: &[u8], salt: u32) -> u64 {
    let mut hash = 0x9e37_79b9_7f4a_7c15 ^ u64::from(salt).wrapping_mul(0xa24b_aed4_963e_e407);
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 32;
    }
    let rest = rest.iter().fold(rest.len() as u64, |value, &byte| value << 8 | u64::from(byte));
    hash = (hash ^ rest).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 29
}
