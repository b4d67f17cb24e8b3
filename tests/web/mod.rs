//! Pieces of the page, each mounted by itself: what it shows is compared, something is done to it or to the signals that
//! it follows, and what it shows then is compared again.
//!
//! * [`page`]: the place where a piece is mounted, and a person's hands and eyes. Its worker is silent and writes down
//!   what it is asked, so that a test sees both ends of a piece: the page and the wire.
//! * [`shop`]: the made-up shop's report, written by hand: it is not computed by what is tested.

mod page;
mod shop {
    include!("../support/shop.rs");
}

mod chart;
mod customers;
mod edits;
mod figures;
mod heat;
mod receipt;
mod review;
mod same;
mod trouble;
