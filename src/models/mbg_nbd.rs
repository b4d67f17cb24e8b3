//! MBG/NBD: as BG/NBD, but drop-out may follow the first purchase, too.
//!
//! Batislam, Denizel and Filiztekin (2007), "Empirical validation and comparison of models for customer base analysis",
//! International Journal of Research in Marketing 24 (3); Hoppe and Wagner (2007), "Customer base analysis: the case for a
//! central variant of the Betageometric/NBD model", Marketing JRM 3 (2): likelihood, P(alive) and conditional expectation.
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | r, α | `r`, `alpha` | gamma-distributed purchase rate λ; its mean is r/α a unit of time |
//! | a, b | `a`, `b` | beta-distributed probability p of drop-out after any purchase; its mean is a/(a+b) |
//! | x, t_x, T | `frequency`, `recency`, `age` | [`History`](super::History) |
//!
//! Assumptions: those of BG/NBD, but for the first purchase. A new customer is still there with probability b/(a+b), so
//! one-time buyers become less and less likely to come back. α is in units of time, all else has none.

use super::beta_geometric::BetaGeometric;

/// An MBG/NBD with its parameters.
pub type MbgNbd = BetaGeometric<1>;
