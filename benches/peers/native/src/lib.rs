//! The summary of the peers' benchmark as fast as one thread gives it, natively and as wasm with SIMD: what the general
//! intake of the page is held against.
//!
//! It knows the columns of the benchmark's files and nothing else: no other encoding, no other style of dates and numbers,
//! no errors. Any field may be quoted, though, lines may come in any order, and ids may be of any length.
//!
//! * [`probe`] is the program: bytes in, customers and cohort cells out.
//! * [`keys`] interns byte strings; [`bytes`] finds signs, 64 bytes at a time, and reads numbers.
//! * [`calendar`] has civil dates, [`checksum`] the value that all peers must agree on.

pub mod bytes;
pub mod calendar;
pub mod checksum;
pub mod keys;
pub mod probe;
#[cfg(target_arch = "wasm32")]
mod wasm;
