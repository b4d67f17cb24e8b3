//! To be written.
/// Name.
pub const FILE_NAME: &str = "sample-shop-orders.csv";
