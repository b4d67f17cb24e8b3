//! The kinds of costs that winning customers takes (definitions.md, section 3), and the words that tell them.

use super::names::words;

/// What a cost is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostKind {
    /// Advertising, media, agencies.
    Marketing,
    /// People who sell, and what they need.
    Sales,
    /// The share of rent, tools and salaries that is put down to winning customers.
    Overhead,
}

const MARKETING: &[&str] =
    &["marketing", "advertising", "promotion", "werbung", "publicite", "publicidad", "pubblicita", "publicidade"];

const SALES: &[&str] = &["sales", "vertrieb", "verkauf", "ventes", "ventas", "vendite", "vendas", "verkoop"];

const OVERHEAD: &[&str] = &["overhead", "overheads", "gemeinkosten", "admin", "administration", "general"];

impl CostKind {
    /// All kinds, in the order of the report.
    pub const ALL: [CostKind; 3] = [CostKind::Marketing, CostKind::Sales, CostKind::Overhead];

    /// The kind that a cell names: `Marketing`, `Sales team`, `Marketing overhead`. Nothing for other words, and where
    /// marketing and sales are named together.
    pub fn of(cell: &str) -> Option<CostKind> {
        let words = words(cell);
        let names = |known: &[&str]| words.iter().any(|word| known.contains(&&**word));
        match (names(OVERHEAD), names(MARKETING), names(SALES)) {
            (true, _, _) => Some(CostKind::Overhead),
            (false, true, false) => Some(CostKind::Marketing),
            (false, false, true) => Some(CostKind::Sales),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_words_and_never_guessed() {
        let kinds =
            ["Marketing", "online advertising", "SALES TEAM", "Vertrieb", "Marketing overhead", "General & admin"];
        use CostKind::{Marketing, Overhead, Sales};
        assert_eq!(kinds.map(CostKind::of), [Marketing, Marketing, Sales, Sales, Overhead, Overhead].map(Some));
        assert_eq!(["", "Sales & marketing", "Rent", "Salesforce", "Google Ads"].map(CostKind::of), [None; 5]);
    }
}
