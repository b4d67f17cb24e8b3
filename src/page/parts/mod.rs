//! Pieces used by several steps and views.

pub mod footer;
pub mod header;
pub mod keys;
pub mod rail;
