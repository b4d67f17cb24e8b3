//! BG/NBD: buying at a steady rate until drop-out, which may follow any repeat purchase.
//!
//! Fader, Hardie and Lee (2005), "'Counting your customers' the easy way: an alternative to the Pareto/NBD model",
//! Marketing Science 24 (2): the likelihood is equation (6), expected purchases of a new customer (9), of a known one
//! (10), the distribution of purchases (8).
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | r, α | `r`, `alpha` | gamma-distributed purchase rate λ; its mean is r/α a unit of time |
//! | a, b | `a`, `b` | beta-distributed probability p of drop-out after a repeat purchase; its mean is a/(a+b) |
//! | x, t_x, T | `frequency`, `recency`, `age` | [`History`](super::History) |
//!
//! Assumptions: purchases at random moments at a rate of the customer's own; drop-out for good; rate and drop-out
//! independent of each other. Nobody drops out before a repeat purchase, so whoever has made none counts as there with
//! certainty, however long ago the first purchase was: see MBG/NBD for the model without that. α is in units of time, all
//! else has none.

use super::beta_geometric::BetaGeometric;

/// A BG/NBD with its parameters.
pub type BgNbd = BetaGeometric<0>;
