//! Perennial: what your customers are worth, computed where your data already is.
//!
//! Files of orders go in; measures, segments and a [`report::Report`] come out. Nothing here knows whether it runs in
//! the worker of a browser, on a command line or in a test:
//!
//! ```text
//! file bytes -> text -> records -> typed columns -> roles -> ledger -> measures, segments -> report -> words, charts -> page
//!               \___________________ engine: native and in the worker ___________________/   \_____ page only _____/
//! ```
//!
//! Start reading at [`engine::Engine`], which owns the way from bytes to a report, then follow the rooms in the order
//! of the picture. A room never uses one that stands further to the right.

pub mod text;

pub mod math;

pub mod settings;

pub mod ingest;

pub mod roles;

pub mod ledger;

pub mod measures;

pub mod segments;

pub mod report;

pub mod wire;

pub mod protocol;

pub mod engine;

pub mod sample;

pub mod words;

pub mod charts;

#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod worker;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
