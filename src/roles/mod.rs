//! Which part each column plays.
//!
//! * [`Role`] (here): the parts.
//! * [`kind`]: what the rows of a table are: orders, customers, spend, ...
//! * [`layouts`]: the exports of known platforms, as data: their columns, parts and traps.
//! * [`guess`]: from header names and value shapes to roles, with reasons and how sure.
//! * [`parts`]: the parts of tables that are none of orders, and what tells them.
//! * [`scale`]: the scales that survey answers are given on; [`cost_kind`]: the kinds of costs.
//! * [`billing`]: the periods that recurring amounts are paid for.
//! * [`names`]: what headers and words mean; `known` holds them as data.
//! * `shapes`: what values allow a column to be, and make of it where its name says nothing.

pub mod billing;
pub mod cost_kind;
pub mod guess;
pub mod kind;
mod known;
pub mod layouts;
pub mod names;
pub mod parts;
pub mod scale;
mod shapes;

use serde::{Deserialize, Serialize};

/// The part that a column plays (definitions.md section 1). Which of them a table has, its kind tells: [`parts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who bought. Needed.
    Customer,
    /// When. Needed.
    Date,
    /// How much, for the row. Needed, or quantity and unit price.
    Amount,
    /// Pieces.
    Quantity,
    /// Price of a piece.
    UnitPrice,
    /// How much of the amount was given back.
    Refund,
    /// Order number: rows that share it are one purchase.
    Order,
    /// ISO currency code or sign.
    Currency,
    /// State of the order: cancelled rows are left out.
    Status,
    /// A dimension: channel of sale or marketing.
    Channel,
    /// A dimension: country or region.
    Country,
    /// A dimension: product category.
    Category,
    /// A dimension: product.
    Product,
    /// A dimension without a meaning of its own.
    Dimension,
    /// The e-mail address of a customer who has an id beside it.
    Email,
    /// When it ended: a contract.
    End,
    /// What was answered, on the scale of the question.
    Score,
    /// What was said in words.
    Comment,
    /// What a customer did.
    Event,
    /// Which test, where a table has several.
    Experiment,
    /// Which side of a test.
    Variant,
    /// What came of it: 0 or 1, yes or no, or a number.
    Outcome,
    /// Purchases after the first, of a customer who is already reduced to a summary.
    Frequency,
    /// Time from the first purchase to the last.
    Recency,
    /// Time from the first purchase to the end of the observation.
    Observed,
    /// How often a contract is paid: monthly, yearly.
    Billing,
    /// Which plan a contract is of.
    Plan,
    /// Whether a contract is a trial, which is not paid.
    Trial,
    /// The customer who brought this one.
    ReferredBy,
    /// The campaign that money was spent on.
    Campaign,
    /// What kind of cost it is: marketing, sales or overhead.
    CostKind,
    /// Revenue that whoever wrote the table attributes to the money spent.
    AttributedRevenue,
    /// Customers who, as the table says, were won by the money spent.
    NewCustomers,
    /// A number that is known of a customer, to hold value and staying against.
    Number,
    /// How many a customer has invited.
    Invited,
    /// How many of those came.
    Joined,
    /// Takes no part.
    #[default]
    Unused,
}

impl Role {
    /// All roles, in the order in which a person is offered them.
    pub const ALL: [Role; 37] = [
        Role::Customer,
        Role::Date,
        Role::Amount,
        Role::Quantity,
        Role::UnitPrice,
        Role::Refund,
        Role::Order,
        Role::Currency,
        Role::Status,
        Role::Channel,
        Role::Country,
        Role::Category,
        Role::Product,
        Role::Dimension,
        Role::Email,
        Role::End,
        Role::Score,
        Role::Comment,
        Role::Event,
        Role::Experiment,
        Role::Variant,
        Role::Outcome,
        Role::Frequency,
        Role::Recency,
        Role::Observed,
        Role::Billing,
        Role::Plan,
        Role::Trial,
        Role::ReferredBy,
        Role::Campaign,
        Role::CostKind,
        Role::AttributedRevenue,
        Role::NewCustomers,
        Role::Number,
        Role::Invited,
        Role::Joined,
        Role::Unused,
    ];

    /// The name in reports and on the command line: `customer`, `unit_price`, ...
    pub fn name(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Date => "date",
            Role::Amount => "amount",
            Role::Quantity => "quantity",
            Role::UnitPrice => "unit_price",
            Role::Refund => "refund",
            Role::Order => "order",
            Role::Currency => "currency",
            Role::Status => "status",
            Role::Channel => "channel",
            Role::Country => "country",
            Role::Category => "category",
            Role::Product => "product",
            Role::Dimension => "dimension",
            Role::Email => "email",
            Role::End => "end",
            Role::Score => "score",
            Role::Comment => "comment",
            Role::Event => "event",
            Role::Experiment => "experiment",
            Role::Variant => "variant",
            Role::Outcome => "outcome",
            Role::Frequency => "frequency",
            Role::Recency => "recency",
            Role::Observed => "observed",
            Role::Billing => "billing",
            Role::Plan => "plan",
            Role::Trial => "trial",
            Role::ReferredBy => "referred_by",
            Role::Campaign => "campaign",
            Role::CostKind => "cost_kind",
            Role::AttributedRevenue => "attributed_revenue",
            Role::NewCustomers => "new_customers",
            Role::Number => "number",
            Role::Invited => "invited",
            Role::Joined => "joined",
            Role::Unused => "unused",
        }
    }

    /// The role of a name that [`Role::name`] gives.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether a table of orders can't be without it, but for an amount that quantity and unit price make up.
    pub fn is_needed(self) -> bool {
        matches!(self, Role::Customer | Role::Date | Role::Amount)
    }

    /// Whether the column becomes a column of the ledger to filter and group by.
    pub fn is_dimension(self) -> bool {
        matches!(self, Role::Channel | Role::Country | Role::Category | Role::Product | Role::Dimension)
    }

    /// Whether several columns may play it.
    pub fn may_repeat(self) -> bool {
        matches!(self, Role::Score | Role::Comment | Role::Dimension | Role::Number | Role::Unused)
    }
}

/// How sure a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Name and values agree.
    Sure,
    /// One of them tells it.
    Likely,
    /// Two readings are equally good: the person is asked.
    Ask,
    /// Said by the person.
    Said,
}

/// Why a column was given its role. The words for each stand in `words`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The file is a known export, in which the column plays it.
    KnownExport {
        /// Whose.
        platform: String,
        /// It knows customers by name only.
        by_name: bool,
    },
    /// Its header is a known name for the role.
    KnownName,
    /// Its header holds a word for the role.
    NamePart {
        /// The word.
        word: String,
    },
    /// All or most values are dates.
    ValuesAreDates {
        /// Share of non-empty values.
        share: f64,
    },
    /// All or most values are amounts.
    ValuesAreAmounts {
        /// Share of non-empty values.
        share: f64,
    },
    /// Values repeat the way customers do.
    ValuesRepeatLikeIds,
    /// Nearly each value stands there once, made like the number of an order.
    ValuesAreUniqueIds,
    /// Texts, nearly each another.
    ValuesAreTexts,
    /// Few different values.
    FewValues {
        /// How many.
        distinct: u64,
    },
    /// Another column plays the role better.
    AnotherIsBetter {
        /// That column's header.
        column: String,
    },
    /// Nothing to filter or group by: too many different values, or all the same, or empty.
    NothingToGroupBy,
    /// The person chose it.
    Chosen,
}
