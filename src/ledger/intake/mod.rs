//! Files to a ledger: the way from bytes to usable rows.
//!
//! * [`head`]: the first bytes of a file; everything that can be guessed from them.
//! * [`plan`]: how a file is read: what was said, else what was guessed, as one value.
//! * [`lessons`]: what the whole file teaches about how it is to be read.
//! * [`rows`]: one file through decoder and splitter into the ledger's builder; [`file_read`]: what comes of it.
//! * `columns`: which column plays which part; `bought`: what a record says of a purchase, or why it can't be used.
//! * `ahead`: what of the next records can be done beforehand.
//! * `quick`: the rows about which nothing is unusual.
//! * `cells`: dates and amounts of a record, and what they tell of their columns.
//! * [`marks`]: rows that are used, and have something a person should know of.
//! * [`odd_dates`]: rows whose date stands far from all others.
//! * [`repeats`]: rows that come again.
//! * [`own_totals`]: lines of totals that a table has of its own.
//! * `traps`: what a known export asks of each record; `lines`: orders whose lines are records of their own.
//! * [`part`]: stretches of a file that were read elsewhere, taken over.
//! * [`dropped`]: orders that stand elsewhere or can't be one order.
//! * [`blame`]: the counts by reason, with examples and the rows themselves for download.
//!
//! A plan is made from the head. While the whole file passes, evidence is gathered that can prove the plan wrong (bytes
//! that are no UTF-8, a 31st in the place of the month, a comma that must be a decimal sign). Then the plan is mended and
//! the file is read once more: the whole column decides, and no text has to be kept.

mod ahead;
pub mod blame;
mod bought;
mod cells;
mod columns;
pub mod dropped;
pub mod file_read;
pub mod head;
pub mod lessons;
mod lines;
pub mod marks;
pub mod odd_dates;
pub mod own_totals;
pub mod part;
pub mod plan;
mod quick;
pub mod repeats;
pub mod rows;
mod traps;

pub use file_read::FileRead;
pub use head::Head;
pub use plan::Plan;
pub use rows::Rows;
