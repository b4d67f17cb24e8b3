//! Perennial: what your customers are worth, computed where your data already is.
//!
//! Files of orders go in; measures, models, segments and a [`report::Report`] come out. Nothing here knows whether it runs in
//! the worker of a browser, on a command line or in a test:
//!
//! ```text
//! file bytes -> text -> records -> typed columns -> roles -> ledger -> measures, segments -> report -> words, charts -> page
//!               \___________________ engine: native and in the worker ___________________/   \_____ page only _____/
//! ```
//!
//! Start reading at [`engine::Engine`], which owns the way from bytes to a report, then follow the rooms in the order
//! of the picture. A room never uses one that stands further to the right.

// The engine's rooms, as if they stood here.
pub use perennial_engine::{
    comments, engine, ingest, ledger, math, measures, models, protocol, report, roles, sample, segments, settings,
    tables, text, wire,
};

pub mod words;

pub mod charts;

#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod worker;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
