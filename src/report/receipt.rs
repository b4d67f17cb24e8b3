//! From all rows read to all rows used, over all tables of orders: two sides that are equal, to the row and to the cent.

use serde::{Deserialize, Serialize};

use crate::ingest::receipt::{Reason, TableReceipt};
use crate::ledger::kinds::{RowKind, RowSum};
use crate::math::{Money, order};
use crate::roles::kind::TableKind;

/// What came in, and what became of it.
///
/// `read` and `refunds_beside` together are `left_out` and `used` together; `off` is what is missing, and so is zero.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// All rows of the tables of orders, and all their amounts that can be read.
    pub read: Sum,
    /// Refunds that stand beside their order in a column of their own: each counts as one more row. Their amounts are taken
    /// away from those of their rows already.
    pub refunds_beside: u64,
    /// Rows left out, by reason, most first.
    pub left_out: Vec<ReasonSum>,
    /// Rows used, by what they are; without period and filters they are the rows behind all figures.
    pub used: Vec<KindSum>,
    /// What the second side lacks.
    pub off: Off,
}

/// Rows and what they add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    /// Rows.
    pub rows: u64,
    /// Sum of those of their amounts that can be read.
    pub amount: Money,
}

/// Rows left out for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReasonSum {
    /// Why.
    pub reason: Reason,
    /// Rows.
    pub rows: u64,
    /// Sum of their amounts; nothing where none of them can be read, or may be added up.
    pub amount: Option<Money>,
}

/// Rows used that are of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindSum {
    /// What they are.
    pub kind: RowKind,
    /// Rows.
    pub rows: u64,
    /// Sum of their amounts.
    pub amount: Money,
}

/// How far two sides are apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Off {
    /// Rows.
    pub rows: i64,
    /// Money.
    pub amount: Money,
}

impl Receipt {
    /// The receipt of all tables, of which those of orders count; `kinds` are the rows of their ledger.
    pub fn of(tables: &[TableReceipt], kinds: [RowSum; 4]) -> Receipt {
        let orders = || tables.iter().filter(|table| table.kind == TableKind::Orders.name());
        let mut left_out: Vec<ReasonSum> = Vec::new();
        for left in orders().flat_map(|table| &table.left_out) {
            match left_out.iter_mut().find(|known| known.reason == left.reason) {
                Some(known) => {
                    known.rows += left.rows;
                    known.amount = known.amount.into_iter().chain(left.amount).reduce(add);
                }
                None => left_out.push(ReasonSum { reason: left.reason, rows: left.rows, amount: left.amount }),
            }
        }
        order::sort_by(&mut left_out, |a, b| b.rows.cmp(&a.rows).then(a.reason.cmp(&b.reason)));
        let kind = |(kind, sum): (RowKind, RowSum)| KindSum { kind, rows: sum.rows, amount: Money(sum.amount) };
        let mut receipt = Receipt {
            read: Sum {
                rows: orders().map(|table| table.rows_read).sum(),
                amount: orders().map(|table| table.amount_read).fold(Money::ZERO, add),
            },
            refunds_beside: orders().map(|table| table.refund_rows).sum(),
            left_out,
            used: RowKind::ALL.into_iter().zip(kinds).map(kind).collect(),
            off: Off::default(),
        };
        receipt.off = receipt.missing();
        receipt
    }

    /// The rows used and what they add up to.
    pub fn all_used(&self) -> Sum {
        Sum {
            rows: self.used.iter().map(|sum| sum.rows).sum(),
            amount: self.used.iter().map(|sum| sum.amount).fold(Money::ZERO, add),
        }
    }

    /// Whether both sides are equal.
    pub fn adds_up(&self) -> bool {
        self.off == Off::default()
    }

    fn missing(&self) -> Off {
        let left: i128 = self.left_out.iter().filter_map(|sum| sum.amount).map(|amount| i128::from(amount.0)).sum();
        let used: i128 = self.used.iter().map(|sum| i128::from(sum.amount.0)).sum();
        let amount = i128::from(self.read.amount.0) - used - left;
        let rows = self.read.rows + self.refunds_beside;
        Off {
            rows: rows as i64 - (self.all_used().rows + self.left_out.iter().map(|sum| sum.rows).sum::<u64>()) as i64,
            amount: Money(amount.clamp(i64::MIN.into(), i64::MAX.into()) as i64),
        }
    }
}

/// Amounts that no sum can hold stay at the last one that it can, and the two sides are then not equal.
fn add(one: Money, other: Money) -> Money {
    Money(one.0.saturating_add(other.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::receipt::LeftOut;

    fn table(read: (u64, i64), left_out: &[(Reason, u64, Option<i64>)]) -> TableReceipt {
        let left = |&(reason, rows, amount): &(Reason, u64, Option<i64>)| LeftOut {
            reason,
            rows,
            amount: amount.map(Money),
            examples: Vec::new(),
        };
        TableReceipt {
            kind: TableKind::Orders.name().to_owned(),
            rows_read: read.0,
            amount_read: Money(read.1),
            left_out: left_out.iter().map(left).collect(),
            ..TableReceipt::default()
        }
    }

    #[test]
    fn tables_are_added_up_by_reason_and_what_is_missing_is_told() {
        let tables = [
            table((10, 100), &[(Reason::Cancelled, 1, Some(10)), (Reason::NoAmount, 2, None)]),
            table((5, 50), &[(Reason::Cancelled, 3, Some(-5))]),
            TableReceipt { kind: "spend".to_owned(), ..table((99, 99), &[(Reason::NoDate, 9, Some(9))]) },
        ];
        let used = |rows, amount| [RowSum { rows, amount }, RowSum::default(), RowSum::default(), RowSum::default()];
        let receipt = Receipt::of(&tables, used(9, 145));
        assert!(receipt.adds_up());
        assert_eq!((receipt.read, receipt.all_used().rows), (Sum { rows: 15, amount: Money(150) }, 9));
        let reasons: Vec<_> = receipt.left_out.iter().map(|sum| (sum.reason, sum.rows, sum.amount)).collect();
        assert_eq!(reasons, [(Reason::Cancelled, 4, Some(Money(5))), (Reason::NoAmount, 2, None)]);
        let off = Receipt::of(&tables, used(8, 147)).off;
        assert_eq!(off, Off { rows: 1, amount: Money(-2) });
    }
}
