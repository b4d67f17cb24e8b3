//! Pieces used by several steps and views.
//!
//! * [`header`], [`rail`], [`footer`]: the frame of every view.
//! * [`keys`]: single keys and their list; [`privacy`]: what happens to data; [`export`]: saving. Panels, each opened by
//!   any button that names its id in `popovertarget`.
//! * [`sent`]: what left the page, as measured.
//! * [`picker`], [`choice`], [`icon`]: a file chooser, a select with its label, the signs.
//! * [`head`], [`filters`], [`figures`]: how every view begins; [`terms`] and [`explain`]: what stands in a figure, and
//!   the panel behind its name.
//! * [`chart`], [`table`], [`heat`], [`bar`]: a chart with its table, tables that scroll, the cohort grid, a share;
//!   [`frame`](mod@frame): what stands round charts and coloured tables alike;
//!   [`beside`]: what tables beside the orders hold; [`same`]: ids that differ only in how they are written.
//! * [`told`]: the figures of a section; [`stacked`]: a table whose rows stack on a narrow screen;
//!   [`worth`]: the five ways to tell what customers are worth.
//! * [`edits`], [`period`], [`typed`]: what a person types in or chooses, and how it is read.
//! * [`decisions`], [`changed`]: what was decided in reading files, and what changed when it was decided otherwise.
//! * [`needs`]: a view whose file is not there; [`told`]: what a section says, as figures and as a list of what to do;
//!   [`entry`]: a field for a number that stays on the page. [`refused`]: files that can't be read; [`method`]: how far the
//!   models can be trusted.
//! * [`writer`], [`width`]: the report as words, an element's width as a signal.

pub mod choice;
pub mod export;
pub mod footer;
pub mod header;
pub mod icon;
pub mod keys;
pub mod picker;
pub mod privacy;
pub mod rail;
pub mod sent;

pub mod bar;
pub mod beside;
pub mod changed;
pub mod chart;
pub mod decisions;
pub mod edits;
pub mod entry;
pub mod explain;
pub mod figures;
pub mod filters;
pub mod frame;
pub mod head;
pub mod heat;
pub mod method;
pub mod needs;
pub mod period;
pub mod refused;
pub mod same;
pub mod stacked;
pub mod table;
pub mod terms;
pub mod told;
pub mod typed;
pub mod width;
pub mod worth;
pub mod writer;
