//! To be written.
/// To be written.
pub fn start() {}
