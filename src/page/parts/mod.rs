//! Pieces used by several steps and views.
//!
//! * [`header`], [`rail`], [`footer`]: the frame of every view.
//! * [`keys`]: single keys and their list; [`privacy`]: what happens to data; [`export`]: saving. Panels, each opened by
//!   any button that names its id in `popovertarget`.
//! * [`sent`]: what left the page, as measured.
//! * [`picker`], [`choice`], [`icon`]: a file chooser, a select with its label, the signs.

pub mod bar;
pub mod chart;
pub mod choice;
pub mod edits;
pub mod explain;
pub mod export;
pub mod figures;
pub mod filters;
pub mod footer;
pub mod head;
pub mod header;
pub mod heat;
pub mod icon;
pub mod keys;
pub mod period;
pub mod picker;
pub mod privacy;
pub mod rail;
pub mod select;
pub mod sent;
pub mod table;
pub mod typed;
pub mod width;
pub mod writer;
