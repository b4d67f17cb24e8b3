//! To be written.
/// To be written.
pub fn is_worker() -> bool {
    false
}
/// To be written.
pub fn start() {}
