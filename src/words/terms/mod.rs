//! Every figure: its name in plain English, the term of the trade, what it means, how it is worked out.
//!
//! * here: the words that do not depend on data.
//! * [`numbers`]: the formula with the numbers in, and its inputs.
//! * [`shown`]: the value, its meaning in one line, and how it changed.

pub mod numbers;
pub mod shown;

#[cfg(test)]
mod tests;

pub use shown::{Delta, Direction};

/// A figure that can be shown and explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Net revenue.
    Revenue,
    /// Customers with a purchase in the period.
    Customers,
    /// Of them, for the first time ever.
    NewCustomers,
    /// Purchases.
    Purchases,
    /// Average order value.
    AverageOrder,
    /// Repeat purchase rate.
    Repeat,
    /// Purchases per customer and year.
    Frequency,
    /// Yearly customer retention rate.
    Kept,
    /// Yearly churn rate.
    Lost,
    /// Of those who bought in the 12 months before the last 12, those who bought in these.
    CameBack,
    /// Customers active at the end.
    ActiveNow,
    /// The window within which a customer counts as active.
    Window,
    /// Years that a customer stays.
    Lifespan,
    /// Customer lifetime value, simple.
    Worth,
    /// Customer acquisition cost.
    CostToWin,
    /// Customer relationship value.
    LeftOver,
    /// LTV:CAC.
    Ratio,
    /// Months to pay back.
    Payback,
    /// Historical value, mean.
    SoFar,
    /// Historical value, median.
    SoFarMedian,
    /// Gini coefficient.
    Gini,
    /// Share of the top ten per cent.
    TopTenth,
}

impl Term {
    /// All figures, in the order of the definitions.
    pub const ALL: [Term; 22] = [
        Term::Revenue,
        Term::Customers,
        Term::NewCustomers,
        Term::Purchases,
        Term::AverageOrder,
        Term::Repeat,
        Term::Frequency,
        Term::Kept,
        Term::Lost,
        Term::CameBack,
        Term::ActiveNow,
        Term::Window,
        Term::Lifespan,
        Term::Worth,
        Term::CostToWin,
        Term::LeftOver,
        Term::Ratio,
        Term::Payback,
        Term::SoFar,
        Term::SoFarMedian,
        Term::Gini,
        Term::TopTenth,
    ];

    /// Names the figure in ids and in the state of the page: `revenue`, `worth`, ...
    pub fn key(self) -> &'static str {
        self.words().key
    }

    /// The figure of a key.
    pub fn from_key(key: &str) -> Option<Term> {
        Term::ALL.into_iter().find(|term| term.key() == key)
    }

    /// The name in plain English.
    pub fn name(self) -> &'static str {
        self.words().name
    }

    /// The term of the trade, with its abbreviation: `retention rate, CRR`.
    pub fn trade(self) -> &'static str {
        self.words().trade
    }

    /// What it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.words().meaning
    }

    /// How it is worked out by default, in words; [`Term::formula_for`](Term::formula_for) knows the settings.
    pub fn formula(self) -> &'static str {
        self.words().formula
    }

    fn words(self) -> Words {
        let words = |key, name, trade, meaning, formula| Words { key, name, trade, meaning, formula };
        match self {
            Term::Revenue => words(
                "revenue",
                "Revenue",
                "net revenue",
                "What customers paid in the period, less what you gave back.",
                "gross sales − refunds",
            ),
            Term::Customers => words(
                "customers",
                "Customers who bought",
                "active customers of the period",
                "Different customers with at least one purchase in the period.",
                "customers with 1 or more purchases",
            ),
            Term::NewCustomers => words(
                "new-customers",
                "New customers",
                "acquired customers",
                "Customers whose first purchase ever lies in the period.",
                "customers whose first purchase lies in the period",
            ),
            Term::Purchases => words(
                "purchases",
                "Purchases",
                "orders, transactions",
                "How often customers bought. Rows with the same order number are one purchase.",
                "different order numbers, else customer and day",
            ),
            Term::AverageOrder => words(
                "average-order",
                "Average order",
                "average order value, AOV",
                "How much one purchase brings.",
                "revenue ÷ purchases",
            ),
            Term::Repeat => words(
                "repeat",
                "Bought at least twice",
                "repeat purchase rate",
                "Of all customers of the period, those who came back at least once.",
                "customers with 2 or more purchases ÷ customers",
            ),
            Term::Frequency => words(
                "frequency",
                "Purchases a year",
                "purchase frequency",
                "How often a customer buys in a year, each counted from the first purchase on.",
                "purchases ÷ years that customers were observed",
            ),
            Term::Kept => words(
                "kept",
                "Customers kept, a year",
                "customer retention rate, CRR",
                "Of the customers who were active at the start, those who still are at the end.",
                "kept ÷ customers at the start",
            ),
            Term::Lost => words(
                "lost",
                "Customers lost, a year",
                "churn rate",
                "Of the customers who were active at the start, those who no longer are at the end.",
                "1 − customers kept",
            ),
            Term::CameBack => words(
                "came-back",
                "Came back",
                "year-on-year repurchase rate",
                "Of the customers who bought in the 12 months before, those who bought again in the last 12.",
                "bought in both ÷ bought in the 12 months before",
            ),
            Term::ActiveNow => words(
                "active",
                "Active now",
                "active customers",
                "Customers who count as active on the last day of the period.",
                "customers whose last purchase lies within the window",
            ),
            Term::Window => words(
                "window",
                "Counts as active",
                "activity window",
                "A customer counts as active for so long after a purchase.",
                "the gap between purchases that 9 of 10 gaps stay below",
            ),
            Term::Lifespan => words(
                "lifespan",
                "Years with you",
                "customer lifespan",
                "How long a customer stays on average.",
                "1 ÷ share of customers lost in a year",
            ),
            Term::Worth => words(
                "worth",
                "Worth of a customer",
                "customer lifetime value, CLTV, simple method",
                "What an average customer brings over the whole time with you.",
                "average order × purchases a year × years",
            ),
            Term::CostToWin => words(
                "cost-to-win",
                "Cost to win one",
                "customer acquisition cost, CAC",
                "What you spent on winning each new customer.",
                "spend on winning customers ÷ new customers",
            ),
            Term::LeftOver => words(
                "left-over",
                "Left over",
                "customer relationship value, CRV",
                "What a customer brings, less what winning one costs.",
                "worth of a customer − cost to win one",
            ),
            Term::Ratio => words(
                "ratio",
                "You earn, times the cost",
                "LTV:CAC",
                "How many times over a customer brings in what winning one costs.",
                "worth of a customer ÷ cost to win one",
            ),
            Term::Payback => words(
                "payback",
                "Paid back after",
                "CAC payback period",
                "When a customer has brought in what winning one cost.",
                "first month in which the mean brought so far reaches the cost",
            ),
            Term::SoFar => words(
                "so-far",
                "Brought so far, on average",
                "historical CLTV, mean",
                "What a customer has brought up to now.",
                "revenue ÷ customers",
            ),
            Term::SoFarMedian => words(
                "so-far-median",
                "Brought so far, the one in the middle",
                "historical CLTV, median",
                "Half of your customers have brought less than this, half more.",
                "the middle of all customers by revenue",
            ),
            Term::Gini => words(
                "gini",
                "Unevenness",
                "Gini coefficient",
                "How unevenly revenue is spread: 0 is all alike, almost 1 is one customer alone.",
                "twice the area between the curve and the diagonal",
            ),
            Term::TopTenth => words(
                "top-tenth",
                "The top tenth brings",
                "share of the top decile",
                "The share of revenue from the tenth of customers who brought most.",
                "revenue of the top 10% ÷ revenue",
            ),
        }
    }
}

struct Words {
    key: &'static str,
    name: &'static str,
    trade: &'static str,
    meaning: &'static str,
    formula: &'static str,
}
