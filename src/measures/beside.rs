//! What a section of the report is made of: the orders as they are shown, and the tables beside them, joined.

use super::Shown;
use crate::ledger::Visits;
use crate::math::Day;
use crate::measures::acquisition::Spend;
use crate::roles::kind::TableKind;
use crate::segments::Family;
use crate::settings::Settings;
use crate::tables::join::Joined;
use crate::tables::{NO_DAY, Table};

/// A table beside the orders, with its customers as they were found among those of the orders.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The file that it is.
    pub file: &'a str,
    /// Its rows.
    pub table: &'a Table,
    /// Its customers; nothing where it names none.
    pub joined: Option<&'a Joined>,
}

impl Side<'_> {
    /// The number in the ledger of a row's customer; nothing where the orders have no such customer.
    pub fn customer(&self, row: usize) -> Option<u32> {
        self.joined?.number(self.table, row)
    }
}

/// The orders as they are shown, and all tables beside them.
///
/// Customers have two numbers: that in the ledger, which tables and the page use, and the place among the visits shown,
/// which [`Shown`] uses; [`Beside::place`] leads from the first to the second.
#[derive(Clone, Debug)]
pub struct Beside<'a> {
    /// The period shown.
    pub shown: Shown<'a>,
    /// All visits up to its end that pass the filters of dimensions: who is new, and who was there when, is judged by these.
    pub history: &'a Visits,
    /// What a person has set.
    pub settings: &'a Settings,
    /// The segments, by place among the visits shown.
    pub families: &'a [Family],
    /// The tables, in the order of the files.
    pub tables: Vec<Side<'a>>,
    /// What the tables of costs tell.
    pub spend: Option<&'a Spend>,
    /// The currency that is analysed.
    pub currency: Option<&'a str>,
}

impl<'a> Beside<'a> {
    /// The tables of a kind.
    pub fn of(&self, kind: TableKind) -> impl Iterator<Item = &Side<'a>> {
        self.tables.iter().filter(move |side| side.table.kind == kind)
    }

    /// The place among the visits shown of a customer of the ledger; nothing where they have none in the period.
    pub fn place(&self, customer: u32) -> Option<usize> {
        self.shown.visits.customers.binary_search(&customer).ok()
    }

    /// The place among all visits that pass the filters of dimensions.
    pub fn place_in_history(&self, customer: u32) -> Option<usize> {
        self.history.customers.binary_search(&customer).ok()
    }

    /// Whether only some values of dimensions are shown.
    pub fn is_filtered(&self) -> bool {
        self.settings.is_filtered()
    }

    /// Whether a day lies in the period that a person has set; all days do where none is set, those without orders too.
    /// A row without a day lies in no period.
    pub fn in_period(&self, day: Day) -> bool {
        let Settings { from, to, end, .. } = *self.settings;
        if day == NO_DAY {
            return (from, to, end) == (None, None, None);
        }
        from.is_none_or(|from| day >= from) && [to, end].into_iter().flatten().all(|last| day <= last)
    }

    /// Whether a row of a table counts in what is shown: its day lies in the period, and where dimensions are filtered its
    /// customer passes. A row without a customer of the orders counts only without such a filter.
    pub fn counts(&self, side: &Side<'_>, row: usize, day: Day) -> bool {
        let passes = || side.customer(row).and_then(|customer| self.place_in_history(customer)).is_some();
        self.in_period(day) && (!self.is_filtered() || passes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;
    use crate::settings::DimensionFilter;

    #[test]
    fn what_counts_lies_in_the_period_and_passes_the_filters() {
        let whole = Whole::rows(&[("a", "2024-01-05", 5), ("b", "2024-02-07", 5)]);
        let day = |text: &str| text.parse::<Day>().unwrap();
        let with = |settings: &Settings, look: &dyn Fn(&Beside<'_>)| {
            let shown = whole.shown();
            let (families, tables) = (&[][..], Vec::new());
            let beside =
                Beside { shown, history: shown.visits, settings, families, tables, spend: None, currency: None };
            look(&beside);
        };
        with(&Settings::default(), &|beside| {
            assert!(beside.in_period(day("1999-01-01")) && beside.in_period(NO_DAY) && !beside.is_filtered());
            assert_eq!((beside.place(1), beside.place(2), beside.place_in_history(0)), (Some(1), None, Some(0)));
        });
        let settings = Settings {
            from: Some(day("2024-01-01")),
            to: Some(day("2024-01-31")),
            filters: vec![DimensionFilter { dimension: "x".into(), values: vec!["y".into()] }],
            ..Settings::default()
        };
        with(&settings, &|beside| {
            let table = Table { rows: 1, ..Table::default() };
            let side = Side { file: "f", table: &table, joined: None };
            assert!(beside.in_period(day("2024-01-31")) && !beside.in_period(day("2024-02-01")));
            assert!(!beside.in_period(NO_DAY) && beside.is_filtered());
            assert!(!beside.counts(&side, 0, day("2024-01-31")), "nobody is named");
        });
    }
}
