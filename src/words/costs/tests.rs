//! What is said of costs.
