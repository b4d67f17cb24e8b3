//! Perennial's engine: files of orders in, a [`report::Report`] out.
//!
//! Its rooms stand in `src/` beside those of the page. They are a package of their own because they are compiled for speed
//! and the page for size, which cargo tells apart by package only.
//!
//! Start reading at [`engine::Engine`], which owns the way from bytes to a report.

pub mod comments;
pub mod engine;
pub mod ingest;
pub mod ledger;
pub mod math;
pub mod measures;
pub mod models;
pub mod protocol;
pub mod report;
pub mod roles;
pub mod sample;
pub mod segments;
pub mod settings;
pub mod tables;
pub mod text;
pub mod wire;
