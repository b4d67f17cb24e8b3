//! Which column of a file plays which part.

use super::plan::Plan;
use super::traps::Traps;
use crate::roles::Role;

/// The columns of the needed cells.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) customer: usize,
    pub(super) date: usize,
    pub(super) amount: Option<usize>,
    pub(super) quantity: Option<usize>,
    pub(super) price: Option<usize>,
    pub(super) order: Option<usize>,
    pub(super) currency: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) refund: Option<usize>,
    /// The file's column of each dimension of the ledger; nothing where this file lacks it.
    pub(super) dimensions: Vec<Option<usize>>,
    /// Whether each of them holds for a whole order, not for a line.
    pub(super) of_order: Vec<bool>,
    /// Cells that a record must have.
    pub(super) needed: usize,
    /// Columns that have a name.
    pub(super) named: usize,
}

impl Columns {
    /// The columns under a plan, by the names of the ledger's dimensions; nothing where a needed one is missing.
    pub(super) fn new(
        plan: &Plan,
        names_of_columns: &[String],
        dimensions: &[String],
        traps: &Traps,
    ) -> Option<Columns> {
        let of = |role| plan.column(role);
        let (customer, date) = (of(Role::Customer)?, of(Role::Date)?);
        let (amount, quantity, price) = (of(Role::Amount), of(Role::Quantity), of(Role::UnitPrice));
        let counted = match (amount, quantity, price) {
            (Some(amount), _, _) => amount,
            (None, Some(quantity), Some(price)) => quantity.max(price),
            _ => return None,
        };
        let dimension = |name: &String| {
            let column = names_of_columns.iter().position(|n| n == name)?;
            plan.guesses[column].role.is_dimension().then_some(column)
        };
        let of_line = |name: &String| {
            let role = dimension(name).map(|column| plan.guesses[column].role);
            let prefixed = traps.lines.is_some_and(|prefix| name.starts_with(prefix));
            prefixed || matches!(role, Some(Role::Product | Role::Category))
        };
        Some(Columns {
            customer,
            date,
            amount,
            quantity,
            price,
            order: of(Role::Order),
            currency: of(Role::Currency),
            status: of(Role::Status),
            refund: of(Role::Refund),
            of_order: dimensions.iter().map(|name| !of_line(name)).collect(),
            dimensions: dimensions.iter().map(dimension).collect(),
            needed: customer.max(date).max(counted) + 1,
            named: names_of_columns.len(),
        })
    }
}
