//! Worked examples of costs, and of what they win.

use super::*;
use crate::ledger::DimensionColumn;
use crate::measures::tests::Whole;
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::tables::Table;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn costs(rows: &[(&str, i64, &str)], channels: bool) -> Table {
    let mut labels: Vec<Box<str>> = rows.iter().map(|row| row.2.into()).collect();
    order::sort_by(&mut labels, Ord::cmp);
    labels.dedup();
    let code = |label: &str| labels.iter().position(|known| **known == *label).unwrap() as u32;
    let codes = rows.iter().map(|row| code(row.2)).collect();
    let column = DimensionColumn { name: "channel".into(), role: None, codes, labels: labels.clone() };
    Table {
        kind: TableKind::Spend,
        rows: rows.len(),
        days: vec![(Role::Date, rows.iter().map(|row| day(row.0)).collect())],
        numbers: vec![(Role::Amount, rows.iter().map(|row| Money::units(row.1).0).collect())],
        groups: channels.then_some((Role::Channel, column)).into_iter().collect(),
        platform: Some("Meta Ads"),
        ..Table::default()
    }
}

fn over(tables: &[Table], start: &str, end: &str, typed: Option<i64>) -> Acquisition {
    let rows = [("a", "2024-01-05", 5), ("b", "2024-02-07", 5), ("c", "2024-02-20", 5), ("d", "2024-03-09", 5)];
    let whole = Whole::rows(&rows).from(start).until(end);
    let settings = Settings { spend: typed.map(Money::units), ..Settings::default() };
    acquisition(whole.shown(), whole.shown().visits, &settings, Spend::of(tables.iter()).as_ref())
}

fn window(acquisition: &Acquisition) -> String {
    let day = |day: Option<Day>| day.map_or("none".to_owned(), |day| day.to_string());
    format!("{} {}", day(acquisition.start), day(acquisition.end))
}

#[test]
fn costs_are_held_against_the_customers_won_while_they_were_spent() {
    let table = costs(&[("2024-02-05", 30, "web"), ("2024-02-09", 50, "shop"), ("2024-02-10", 10, "web")], true);
    let all = over(&[table], "2024-01-01", "2024-12-31", None);
    assert_eq!((all.spend, all.new_customers, all.typed), (Some(Money::units(90)), 1, false));
    assert_eq!(window(&all), "2024-02-05 2024-02-10");
    let channels: Vec<_> = all.channels.iter().map(|c| (&*c.channel, c.spend)).collect();
    assert_eq!(channels, [("shop", Money::units(50)), ("web", Money::units(40))]);
}

#[test]
fn no_cost_lies_across_an_edge_of_the_days_that_count() {
    let months = [("2024-01-01", 10, "shop"), ("2024-02-01", 20, "shop"), ("2024-03-01", 20, "shop")];
    // The month is cut, the week across its end goes with it, and so does the next month, which that week is in.
    let late = [("2024-01-29", 5, "web"), ("2024-02-05", 5, "web"), ("2024-02-12", 5, "web")];
    let told = over(&[costs(&months, true), costs(&late, true)], "2024-01-10", "2024-03-31", None);
    assert_eq!((window(&told), told.spend), ("2024-03-01 2024-03-31".into(), Some(Money::units(20))));
    // Weeks all through: no day is left where neither is cut, so nothing is told.
    let weeks: Vec<String> = (0..14).map(|week| day("2024-01-01").plus(3 + 7 * week).to_string()).collect();
    let weeks: Vec<_> = weeks.iter().map(|start| (&**start, 5, "web")).collect();
    let told = over(&[costs(&months, true), costs(&weeks, true)], "2024-01-10", "2024-03-31", None);
    assert_eq!((window(&told), told.spend, told.new_customers), ("none none".into(), None, 0));
}

#[test]
fn months_and_weeks_count_whole_or_not_at_all() {
    let months = || costs(&[("2024-01-01", 10, ""), ("2024-02-01", 20, ""), ("2024-03-01", 40, "")], false);
    let all = over(&[months()], "2024-01-01", "2024-03-31", None);
    assert_eq!((all.spend, all.new_customers), (Some(Money::units(70)), 4));
    assert_eq!(all.channels[0].channel, "Meta Ads", "its platform is the channel");
    let cut = over(&[months()], "2024-01-05", "2024-03-09", None);
    assert_eq!((cut.spend, cut.new_customers), (Some(Money::units(20)), 2));
    assert_eq!(window(&cut), "2024-02-01 2024-02-29");
    let none = over(&[months()], "2024-02-02", "2024-02-20", None);
    assert_eq!((none.spend, none.new_customers, none.channels.len()), (None, 0, 0));
    let weeks = costs(&[("2024-02-05", 7, ""), ("2024-02-19", 9, "")], false);
    assert_eq!(window(&over(&[weeks], "2024-01-01", "2024-12-31", None)), "2024-02-05 2024-02-25");
}

#[test]
fn what_is_typed_in_wins_over_the_whole_period() {
    let table = costs(&[("2024-02-05", 30, "web")], true);
    let typed = over(&[table], "2024-01-01", "2024-12-31", Some(8));
    assert_eq!((typed.spend, typed.new_customers, typed.typed), (Some(Money::units(8)), 4, true));
    assert_eq!((window(&typed).as_str(), typed.channels.len()), ("2024-01-01 2024-12-31", 1));
    assert_eq!(over(&[], "2024-01-01", "2024-12-31", None), Acquisition::default());
}
