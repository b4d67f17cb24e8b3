//! Values as bytes: one after the other, without names.

use super::writer::Sink;

/// What has been written so far.
#[derive(Default)]
pub struct Bytes(pub Vec<u8>);

impl Bytes {
    #[inline(never)]
    fn eight(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }
}

impl Sink for Bytes {
    fn number(&mut self, number: i128) {
        self.eight(number as u64);
    }

    fn flag(&mut self, flag: bool) {
        self.eight(flag.into());
    }

    fn float(&mut self, float: f64) {
        self.eight(float.to_bits());
    }

    fn text(&mut self, text: &str) {
        self.raw(text.as_bytes());
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.eight(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn option(&mut self, some: bool) {
        self.flag(some);
    }

    fn plain(&mut self, index: u32, _: &'static str) {
        self.eight(index.into());
    }

    fn enter(&mut self, index: u32, name: &'static str) {
        self.plain(index, name);
    }

    fn list(&mut self, length: Option<usize>) {
        if let Some(length) = length {
            self.eight(length as u64);
        }
    }

    fn map(&mut self, length: usize) {
        self.list(Some(length));
    }

    fn is_for_people(&self) -> bool {
        false
    }

    // What stands where is known from the type.
    fn leave(&mut self) {}
    fn item(&mut self) {}
    fn end_list(&mut self) {}
    fn fields(&mut self) {}
    fn key(&mut self) {}
    fn field(&mut self, _: &'static str) {}
    fn value(&mut self) {}
    fn end_map(&mut self) {}
}
