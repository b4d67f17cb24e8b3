//! The rows that the settings keep, as a ledger.

use super::{DimensionColumn, Ledger, Purchases};
use crate::math::Day;
use crate::settings::Settings;

impl Ledger {
    /// The end of the observation: the last day shown where one is set, else the end that was set, else the last day of
    /// the rows. Where both are set the earlier one holds, as rows after either do not count.
    pub fn end(&self, settings: &Settings) -> Option<Day> {
        // What is shown ends with the data at the latest: days of which nothing can be known would count as lost sales.
        let last = self.span().map(|(_, last)| last);
        let to = settings.to.zip(last).map(|(to, last)| to.min(last)).or(settings.to);
        match (to, settings.end) {
            (Some(to), Some(end)) => Some(to.min(end)),
            (to, end) => to.or(end).or(last),
        }
    }

    /// The rows that pass the filters of dimensions, from the first day of the data to the end of the observation. A
    /// filter without values keeps all; one of a column that the ledger does not have keeps nothing. Who is new is
    /// judged anew from these rows.
    pub fn history(&self, settings: &Settings) -> Ledger {
        let Some(end) = self.end(settings) else { return self.keep(|_| false) };
        let mut wanted: Vec<(&[u32], Vec<bool>)> = Vec::new();
        for filter in settings.filters.iter().filter(|filter| !filter.values.is_empty()) {
            let Some(column) = self.dimensions.iter().find(|column| column.name == filter.dimension) else {
                return self.keep(|_| false);
            };
            let labels = column.labels.iter().map(|label| filter.values.iter().any(|value| **value == **label));
            wanted.push((&column.codes, labels.collect()));
        }
        if wanted.is_empty() && self.span().is_none_or(|(_, last)| last <= end) {
            return self.clone();
        }
        let passes = |row: usize| wanted.iter().all(|(codes, labels)| labels[codes[row] as usize]);
        let mut history = self.keep(|row| self.days[row] <= end && passes(row));
        history.first_ever = Purchases::of(&history).first_days(&history);
        history
    }

    /// The rows from a day on; who is new is still judged from all rows here.
    pub fn since(&self, from: Day) -> Ledger {
        self.keep(|row| self.days[row] >= from)
    }

    /// The rows for which `wanted` holds, in their order.
    fn keep(&self, wanted: impl Fn(usize) -> bool) -> Ledger {
        let mut kept = Ledger { starts: vec![0], has_order_ids: self.has_order_ids, ..Ledger::default() };
        let mut rows: Vec<u32> = Vec::new();
        for customer in 0..self.customers.len() {
            let before = rows.len();
            rows.extend(self.rows_of(customer).filter(|&row| wanted(row)).map(|row| row as u32));
            if rows.len() > before {
                kept.customers.push(self.customers[customer].clone());
                kept.numbers.push(self.numbers[customer]);
                kept.first_ever.push(self.first_ever[customer]);
                kept.starts.push(rows.len() as u32);
            }
        }
        kept.days = rows.iter().map(|&row| self.days[row as usize]).collect();
        kept.amounts = rows.iter().map(|&row| self.amounts[row as usize]).collect();
        kept.orders = rows.iter().map(|&row| self.orders[row as usize]).collect();
        kept.dimensions = self
            .dimensions
            .iter()
            .map(|column| DimensionColumn {
                name: column.name.clone(),
                role: column.role.clone(),
                labels: column.labels.clone(),
                codes: rows.iter().map(|&row| column.codes[row as usize]).collect(),
            })
            .collect();
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::super::LedgerBuilder;
    use super::super::build::Row;
    use super::*;
    use crate::settings::DimensionFilter;

    fn ledger() -> Ledger {
        let mut builder = LedgerBuilder::new(vec![("channel".to_owned(), None)], false);
        for (customer, day, channel) in [("a", 1, "web"), ("a", 5, "shop"), ("b", 2, "shop"), ("c", 9, "web")] {
            let dimensions = &[channel];
            builder.push(Row { customer, day: Day(day), second: None, amount: 100, order: None, dimensions });
        }
        builder.finish()
    }

    fn filter(values: &[&str]) -> Settings {
        let values = values.iter().map(|&value| value.to_owned()).collect();
        Settings { filters: vec![DimensionFilter { dimension: "channel".to_owned(), values }], ..Settings::default() }
    }

    #[test]
    fn who_is_new_is_judged_from_the_history_before_the_period() {
        let settings = Settings { from: Some(Day(4)), to: Some(Day(8)), ..Settings::default() };
        let shown = ledger().history(&settings).since(Day(4));
        assert_eq!(shown.customers, ["a".into()]);
        assert_eq!((shown.days, shown.first_ever), (vec![Day(5)], vec![Day(1)]));
        assert_eq!(ledger().end(&settings), Some(Day(8)));
    }

    #[test]
    fn a_filter_of_a_dimension_makes_its_own_history() {
        let shown = ledger().history(&filter(&["shop"]));
        assert_eq!(shown.customers, ["a".into(), "b".into()]);
        assert_eq!(shown.first_ever, [Day(5), Day(2)]);
        assert_eq!(ledger().end(&filter(&["shop"])), Some(Day(9)), "the end stays that of all data");
        assert_eq!(ledger().history(&filter(&[])), ledger());
        assert_eq!(ledger().history(&filter(&["phone"])).rows(), 0);
    }
}
