//! Pieces used by several steps and views.

pub mod footer;
pub mod header;
pub mod keys;
pub mod rail;

// Pieces of the views.
pub mod bar;
pub mod chart;
pub mod edits;
pub mod explain;
pub mod figures;
pub mod filters;
pub mod head;
pub mod heat;
pub mod icon;
pub mod period;
pub mod select;
pub mod table;
pub mod typed;
pub mod width;
pub mod writer;
