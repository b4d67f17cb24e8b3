//! The rows that the settings keep.
//!
//! A ledger is asked again and again, under other filters each time. What no filter changes is computed once, in [`Base`].
//! A filter of dimensions gathers the rows that pass; a period works on visits and touches hardly any row ([`Visits`]).

use std::rc::Rc;

use super::visits::with_split_orders;
use super::{DimensionColumn, Ledger, Rows, Visits};
use crate::math::Day;
use crate::settings::Settings;

/// A ledger, and what no filter changes of it.
#[derive(Debug)]
pub struct Base {
    /// The ledger.
    pub ledger: Ledger,
    /// The customers with orders whose rows lie on several days.
    split: Vec<bool>,
    /// All visits.
    whole: Rc<Visits>,
}

impl Base {
    /// Makes a ledger ready.
    pub fn new(ledger: Ledger) -> Base {
        let rows = ledger.as_rows();
        // Without order ids a purchase never goes beyond its day.
        let split = match ledger.has_order_ids {
            true => with_split_orders(rows),
            false => vec![false; ledger.customers.len()],
        };
        let whole = Rc::new(Visits::of(rows, &split));
        Base { ledger, split, whole }
    }

    /// First and last day of all rows.
    pub fn span(&self) -> Option<(Day, Day)> {
        self.whole.span()
    }

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
}

/// The rows that pass the filters of dimensions, from the first day of the data to the end of the observation: the history
/// that who is new is judged from.
#[derive(Clone, Debug)]
pub struct Selection {
    base: Rc<Base>,
    /// The rows that passed; nothing where no dimension is filtered.
    kept: Option<Rc<Kept>>,
    /// Their visits.
    pub visits: Rc<Visits>,
    end: Day,
}

impl Selection {
    /// What the settings keep. A filter without values keeps all; one of a column that the ledger does not have keeps
    /// nothing.
    pub fn new(base: Rc<Base>, settings: &Settings) -> Selection {
        let end = base.end(settings).unwrap_or_default();
        let filters: Vec<_> = settings.filters.iter().filter(|filter| !filter.values.is_empty()).collect();
        let kept = (!filters.is_empty()).then(|| {
            let mut passes: Vec<bool> = base.ledger.days.iter().map(|&day| day <= end).collect();
            for filter in filters {
                let column = base.ledger.dimensions.iter().find(|column| column.name == filter.dimension);
                match column {
                    Some(column) => narrow(&mut passes, column, &filter.values),
                    None => passes.fill(false),
                }
            }
            Rc::new(Kept::of(&base.ledger, &passes))
        });
        let visits = match &kept {
            Some(kept) => Rc::new(base.whole.of_kept(kept.as_rows(), &base.split)),
            None if base.span().is_none_or(|(_, last)| last <= end) => base.whole.clone(),
            None => Rc::new(base.whole.until(end, base.ledger.as_rows(), &base.split)),
        };
        Selection { base, kept, visits, end }
    }

    /// The ledger that was selected from.
    pub fn ledger(&self) -> &Ledger {
        &self.base.ledger
    }

    /// The visits from a day on; who is new is still judged from all of them.
    pub fn since(&self, first: Day) -> Visits {
        self.visits.between(first, self.end, self.all_rows(), &self.base.split)
    }

    /// The rows of a customer of the ledger from a day on, as columns and as places in these.
    pub fn rows_of(&self, customer: u32, first: Day) -> (Rows<'_>, std::ops::Range<usize>) {
        let rows = self.all_rows();
        (rows, rows.within(rows.of(customer as usize), first, self.end))
    }

    /// The rows that pass the filters of dimensions; where there are none, those after the end too.
    fn all_rows(&self) -> Rows<'_> {
        self.kept.as_ref().map_or_else(|| self.base.ledger.as_rows(), |kept| kept.as_rows())
    }
}

/// Takes out the rows that carry none of the values.
fn narrow(passes: &mut [bool], column: &DimensionColumn, values: &[String]) {
    let wanted: Vec<bool> = column.labels.iter().map(|label| values.iter().any(|value| **value == **label)).collect();
    let mut rows = passes.iter_mut();
    column.codes.each(|code| {
        if let Some(passes) = rows.next() {
            *passes &= wanted[code as usize];
        }
    });
}

/// Some rows of a ledger, gathered: the columns that purchases are made of.
#[derive(Debug)]
struct Kept {
    places: Vec<u32>,
    starts: Vec<u32>,
    days: Vec<Day>,
    amounts: Vec<i64>,
    orders: Vec<u32>,
}

impl Kept {
    /// The rows of which it is said so.
    fn of(ledger: &Ledger, passes: &[bool]) -> Kept {
        // Whether a row passes can't be foreseen: each is written, and the next one takes its place where it did not.
        let mut places = vec![0; passes.iter().filter(|passes| **passes).count() + 1];
        let mut starts = Vec::with_capacity(ledger.starts.len());
        let (mut count, mut row) = (0, 0);
        for &start in &ledger.starts {
            for &passes in &passes[row..start as usize] {
                places[count] = row as u32;
                count += usize::from(passes);
                row += 1;
            }
            starts.push(count as u32);
        }
        places.truncate(count);
        Kept {
            days: places.iter().map(|&row| ledger.days[row as usize]).collect(),
            amounts: places.iter().map(|&row| ledger.amounts[row as usize]).collect(),
            orders: places.iter().map(|&row| ledger.orders[row as usize]).collect(),
            places,
            starts,
        }
    }

    fn as_rows(&self) -> Rows<'_> {
        let Kept { starts, days, amounts, orders, places } = self;
        Rows { starts, days, amounts, orders, places: Some(places) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::LedgerBuilder;
    use super::super::build::Row;
    use super::*;
    use crate::settings::DimensionFilter;

    fn base() -> Rc<Base> {
        let mut builder = LedgerBuilder::new(vec![("channel".to_owned(), None)], false);
        for (customer, day, channel) in [("a", 1, "web"), ("a", 5, "shop"), ("b", 2, "shop"), ("c", 9, "web")] {
            let dimensions = &[channel];
            builder.push(Row { customer, day: Day(day), second: None, amount: 100, order: None, dimensions });
        }
        Rc::new(Base::new(builder.finish()))
    }

    fn filter(values: &[&str]) -> Settings {
        let values = values.iter().map(|&value| value.to_owned()).collect();
        Settings { filters: vec![DimensionFilter { dimension: "channel".to_owned(), values }], ..Settings::default() }
    }

    #[test]
    fn who_is_new_is_judged_from_the_history_before_the_period() {
        let settings = Settings { from: Some(Day(4)), to: Some(Day(8)), ..Settings::default() };
        let selection = Selection::new(base(), &settings);
        let shown = selection.since(Day(4));
        assert_eq!(
            (&*shown.customers, &*shown.first_ever, shown.span()),
            (&[0][..], &[Day(1)][..], Some((Day(5), Day(5))))
        );
        assert_eq!((shown.rows, selection.visits.rows), (1, 3));
        assert_eq!(base().end(&settings), Some(Day(8)));
        assert_eq!(selection.rows_of(0, Day(4)).1, 1..2);
    }

    #[test]
    fn a_filter_of_a_dimension_makes_its_own_history() {
        let kept = |settings: &Settings| Selection::new(base(), settings).visits;
        let shown = kept(&filter(&["shop"]));
        assert_eq!((&*shown.customers, &*shown.first_ever), (&[0, 1][..], &[Day(5), Day(2)][..]));
        assert_eq!(base().end(&filter(&["shop"])), Some(Day(9)), "the end stays that of all data");
        assert_eq!(kept(&filter(&[])), base().whole);
        assert!(kept(&filter(&["phone"])).is_empty());
        let mut unknown = filter(&["web"]);
        unknown.filters[0].dimension = "shape".to_owned();
        assert!(kept(&unknown).is_empty());
    }

    #[test]
    fn rows_that_were_kept_know_their_places() {
        let selection = Selection::new(base(), &filter(&["shop"]));
        let (rows, own) = selection.rows_of(1, Day(0));
        assert_eq!(own.map(|row| rows.place(row)).collect::<Vec<_>>(), [2]);
    }
}
