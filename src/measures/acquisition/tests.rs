//! Worked examples of costs, and of what they win.

mod channels;

use super::costs::costs as costs_of;
use super::*;
use crate::ledger::build::Row;
use crate::ledger::{DimensionColumn, LedgerBuilder};
use crate::math::money::Derived;
use crate::math::stats::{Share, poisson_interval};
use crate::measures::beside::Beside;
use crate::measures::tests::Whole;
use crate::report::build::{Context, analyse};
use crate::report::costs::{Ask, CampaignRow, Costs, Spent};
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::settings::{DimensionFilter, LifespanRule};
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
    let channels: Vec<_> = all.channels.iter().map(|c| (&*c.channel, c.spend, c.new_customers)).collect();
    assert_eq!(
        channels,
        [("shop", Money::units(50), None), ("web", Money::units(40), None)],
        "the orders name no channel"
    );
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

/// Orders of customer, date, whole currency units and channel.
fn orders(rows: &[(&str, &str, i64, &str)], columns: &[(&str, Option<&str>)]) -> Whole {
    let named = columns.iter().map(|(name, role)| ((*name).to_owned(), role.map(str::to_owned))).collect();
    let mut builder = LedgerBuilder::new(named, false);
    for &(customer, date, amount, cells) in rows {
        let dimensions: Vec<&str> = cells.split('|').collect();
        let amount = Money::units(amount).0;
        builder.push(Row { customer, day: day(date), second: None, amount, order: None, dimensions: &dimensions });
    }
    Whole::of(builder.finish())
}

const CHANNEL: (&str, Option<&str>) = ("channel", Some("channel"));

/// Three won by search in January and February, two by social ads in February, one by nobody knows whom.
const ROWS: [(&str, &str, i64, &str); 10] = [
    ("a", "2024-01-05", 40, "Search"),
    ("a", "2024-03-02", 20, "social-ads"),
    ("b", "2024-01-20", 30, "search"),
    ("c", "2024-02-10", 10, "search"),
    ("c", "2024-02-28", 30, "search"),
    ("d", "2024-02-11", 5, "Social Ads"),
    ("e", "2024-02-12", 15, "social_ads"),
    ("e", "2024-03-30", 50, "search"),
    ("f", "2024-02-20", 60, ""),
    ("g", "2024-03-15", 25, "word of mouth"),
];

fn section(whole: &Whole, settings: &Settings, tables: &[Table], ask: &Ask) -> Costs {
    let (shown, spend) = (whole.shown(), Spend::of(tables.iter()));
    let beside = Beside {
        shown,
        history: shown.visits,
        settings,
        families: &[],
        tables: Vec::new(),
        spend: spend.as_ref(),
        currency: None,
    };
    costs_of(&beside, ask)
}

fn monthly() -> Table {
    costs(
        &[
            ("2024-01-01", 60, "SEARCH"),
            ("2024-02-01", 30, "search"),
            ("2024-02-01", 40, "Social ads"),
            ("2024-03-01", 10, "Social ads"),
            ("2024-02-01", 7, "Radio"),
            ("2024-02-01", 3, ""),
        ],
        true,
    )
}

#[test]
fn a_channel_wins_the_customers_of_the_days_that_its_costs_cover() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let settings = Settings { margin: Some(0.5), ..Settings::default() };
    let mut table = monthly();
    table.platform = None;
    let told = acquisition(whole.shown(), whole.shown().visits, &settings, Spend::of([&table].into_iter()).as_ref());
    assert_eq!((told.spend, told.new_customers), (Some(Money::units(150)), 7));
    let rows: Vec<_> = told
        .channels
        .iter()
        .map(|row| (&*row.channel, row.spend.0 / 10_000, row.new_customers, row.cac.map(|cac| cac.0), row.roi))
        .collect();
    // a, b and c have brought 60, 30 and 40, half of it margin; d and e 5 and 65.
    let roi = |brought: f64, cost: f64| Some((brought / 2.0 - cost) / cost);
    let expected = [
        ("SEARCH", 90, Some(3), Some(30.0), roi(130.0, 90.0)),
        ("Social ads", 50, Some(2), Some(25.0), roi(70.0, 50.0)),
        ("Radio", 7, Some(0), None, roi(0.0, 7.0)),
        ("", 3, None, None, None),
    ];
    assert_eq!(rows, expected);
    assert_eq!((told.channels[0].start, told.channels[0].end), (day("2024-01-01"), day("2024-02-29")));
}

#[test]
fn channels_are_told_with_what_their_customers_bring() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let settings = Settings { lifespan: LifespanRule::Fixed { years: 2.0 }, ..Settings::default() };
    let section = section(&whole, &settings, &[monthly()], &Ask { within: Some(2) });
    let find = |name: &str| section.channels.iter().find(|row| row.channel == name).unwrap();
    assert_eq!(section.column.as_deref(), Some("channel"));
    let search = find("SEARCH");
    // The three were observed 87, 72 and 51 days of 365.25; two years of 130 in all.
    let worth = 130.0 / (210.0 / 365.25) * 2.0;
    assert!((search.worth.unwrap().0 - worth).abs() < 1e-9 && (search.crv.unwrap().0 - (worth - 30.0)).abs() < 1e-9);
    assert_eq!((search.customers, search.new_customers, search.own_lifespan), (3, 3, false));
    // Observed for two whole months were a and b; in the first of these a, b and c brought 40, 30 and 40.
    let curve: Vec<(u64, f64)> = search.payback.iter().map(|p| (p.customers, p.cumulative.0)).collect();
    assert_eq!(curve, [(3, 110.0 / 3.0), (2, 110.0 / 3.0 + 10.0)]);
    assert_eq!((search.payback_months, search.affordable), (Some(0), Some(Derived(110.0 / 3.0 + 10.0))));
    assert_eq!(search.earned_back.unwrap(), Share::new(3, 3));
    assert_eq!(find("Social ads").earned_back.unwrap(), Share::new(1, 2));
    let mouth = find("word of mouth");
    assert_eq!((mouth.costs.clone(), mouth.crv, mouth.customers, mouth.payback.len()), (None, None, 1, 0));
    assert!(search.has_customers);
    assert_eq!((find("Radio").has_customers, find("Radio").customers), (false, 0), "no orders name it");
    let names: Vec<&str> = section.channels.iter().map(|row| &*row.channel).collect();
    // Costs and customers without a channel are one row, and no customer is won by a cost without a name.
    assert_eq!(names, ["SEARCH", "Social ads", "Radio", "Meta Ads", "", "word of mouth"]);
    assert_eq!((find("").costs.clone(), find("").customers), (None, 1));
}

#[test]
fn what_can_be_afforded_is_what_is_paid_back_in_time() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-06-30");
    for within in 1..6 {
        for cost in [1, 20, 37, 47, 60, 200] {
            let table = costs(&[("2024-01-01", cost * 3, "search"), ("2024-06-01", 0, "search")], true);
            let section = section(&whole, &Settings::default(), &[table], &Ask { within: Some(within) });
            let row = section.channels.iter().find(|row| row.channel == "search").unwrap();
            let (cac, affordable) = (row.costs.as_ref().unwrap().cac.unwrap(), row.affordable.unwrap());
            assert_eq!(cac.0, cost as f64);
            assert_eq!(row.payback_months.is_some_and(|month| month < within), cac <= affordable, "{within} {cost}");
        }
    }
}

#[test]
fn one_channel_of_all_is_worth_what_the_totals_say() {
    let rows: Vec<(String, String)> = (0..200)
        .flat_map(|who| (0..=who % 5).map(move |visit| (who, visit)))
        .map(|(who, visit)| (format!("c{who:03}"), day("2022-01-03").plus(who * 4 + visit * 61).to_string()))
        .collect();
    let rows: Vec<_> = rows.iter().map(|(who, date)| (&**who, &**date, 10, "Web")).collect();
    let whole = orders(&rows, &[CHANNEL]);
    let settings = Settings { margin: Some(0.4), ..Settings::default() };
    let spend = costs(&[("2022-01-01", 100, "web"), ("2023-12-01", 20, "web")], true);
    let report = analyse(whole.shown().whole, &settings, Context::default()).report;
    let section = section(&whole, &settings, &[spend], &Ask::default());
    let row = &section.channels[0];
    assert!(report.totals.cltv_margin.is_some() && row.own_lifespan);
    assert_eq!((row.worth, &row.payback), (report.totals.cltv_margin, &report.value.payback));
    assert_eq!((section.channels.len(), row.customers, section.within_months), (1, 200, 12));
    assert_eq!(row.affordable, Some(report.value.payback[11].cumulative));
}

#[test]
fn months_are_cohorts_with_a_cost_of_their_own() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let section = section(&whole, &Settings::default(), &[monthly()], &Ask::default());
    let rows: Vec<_> = section
        .stretches
        .iter()
        .map(|row| {
            let Spent { start, end, spend, new_customers, cac, .. } = &row.costs;
            let days = format!("{start} {end}");
            let cumulative: Vec<f64> = row.cumulative.iter().map(|mean| mean.0).collect();
            (days, spend.0 / 10_000, *new_customers, cac.map(|cac| cac.0), cumulative, row.payback_months)
        })
        .collect();
    let span = |days: &str| days.to_owned();
    // a and b of January have lived two months, and a bought again 57 days after the first time: in the second.
    assert_eq!(
        rows,
        [
            (span("2024-01-01 2024-01-31"), 60, Some(2), Some(30.0), vec![35.0, 45.0], Some(0)),
            (
                span("2024-02-01 2024-02-29"),
                80,
                Some(4),
                Some(20.0),
                vec![(10.0 + 30.0 + 5.0 + 15.0 + 60.0) / 4.0],
                Some(0)
            ),
            (span("2024-03-01 2024-03-31"), 10, Some(1), Some(10.0), vec![], None),
        ]
    );
    let total = section.total.unwrap();
    assert_eq!(
        (total.spend, total.kinds.marketing, total.new_customers),
        (Money::units(150), Money::units(150), Some(7))
    );
    let (low, high) = poisson_interval(7);
    assert_eq!((total.low, total.high), (Some(Derived(150.0 / high)), Some(Derived(150.0 / low))));
}

#[test]
fn weeks_make_stretches_of_whole_weeks() {
    let weeks: Vec<String> = (0..14).map(|week| day("2024-01-01").plus(3 + 7 * week).to_string()).collect();
    let weekly: Vec<_> = weeks.iter().map(|start| (&**start, 5, "web")).collect();
    let spend = Spend::of([&costs(&weekly, true)].into_iter()).unwrap();
    let window = spend.window(day("2024-01-01"), day("2024-03-31")).unwrap();
    let days: Vec<String> = spend.stretches(window).iter().map(|(start, end)| format!("{start} {end}")).collect();
    assert_eq!(days, ["2024-01-04 2024-01-31", "2024-02-01 2024-03-06", "2024-03-07 2024-03-27"]);
    assert!(spend.stretches(window).windows(2).all(|pair| pair[0].1.plus(1) == pair[1].0));
    let quarter = costs(&[("2024-01-01", 5, "web"), ("2024-04-01", 5, "web")], true);
    let ends = (Role::End, vec![day("2024-03-31"), day("2024-06-30")]);
    let quarters = Spend::of([&Table { days: vec![quarter.days[0].clone(), ends], ..quarter }].into_iter()).unwrap();
    let days = quarters.stretches(quarters.window(day("2024-01-01"), day("2024-12-31")).unwrap());
    assert_eq!(days, [(day("2024-01-01"), day("2024-03-31")), (day("2024-04-01"), day("2024-06-30"))]);
}

/// The same table with a column of campaigns, and with what it says the costs have brought.
fn with_campaigns(campaigns: &[&str], attributed: Option<&[i64]>, won: Option<&[i64]>) -> Table {
    let mut table = monthly();
    let labels: Vec<Box<str>> = campaigns.iter().map(|&name| name.into()).collect();
    let codes = (0..labels.len() as u32).collect();
    table.groups.push((Role::Campaign, DimensionColumn { name: "campaign".into(), role: None, codes, labels }));
    let scaled = |numbers: &[i64]| numbers.iter().map(|&n| Money::units(n).0).collect();
    table.numbers.extend(attributed.map(|numbers| (Role::AttributedRevenue, scaled(numbers))));
    table.numbers.extend(won.map(|numbers| (Role::NewCustomers, scaled(numbers))));
    table
}

#[test]
fn campaigns_are_told_by_the_orders_or_by_the_table_itself() {
    let names = ["winter", "spring", "Spring", "spring", "", ""];
    let table = with_campaigns(&names, Some(&[90, 50, 10, 100, 0, 0]), Some(&[4, 1, 0, 2, 0, 0]));
    let settings = Settings { margin: Some(0.5), ..Settings::default() };
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let told = section(&whole, &settings, &[table], &Ask::default());
    let rows = |costs: &Costs| -> Vec<_> {
        let row = |row: &CampaignRow| {
            let Spent { spend, new_customers, told_by, .. } = &row.costs;
            let roi = row.returned.as_ref().map(|returned| (returned.told_by, returned.roi.unwrap()));
            (row.campaign.clone(), spend.0 / 10_000, *new_customers, *told_by, roi)
        };
        costs.campaigns.iter().map(row).collect()
    };
    use ToldBy::{Costs as Table, Orders};
    let roi = |revenue: f64, cost: f64| (revenue / 2.0 - cost) / cost;
    let spring = ("Spring".to_owned(), 80, Some(3), Some(Table), Some((Table, roi(160.0, 80.0))));
    let winter = ("winter".to_owned(), 60, Some(4), Some(Table), Some((Table, roi(90.0, 60.0))));
    let rest = (String::new(), 10, None, None, Some((Table, -1.0)));
    assert_eq!(rows(&told), [spring, winter, rest]);
    // A column of the orders knows who was won, and what the table claims of revenue still stands beside it.
    let named: Vec<_> = ROWS
        .iter()
        .map(|row| (row.0, row.1, row.2, format!("{}|{}", row.3, if row.2 > 20 { "Winter" } else { "spring" })))
        .collect();
    let named: Vec<_> = named.iter().map(|row| (row.0, row.1, row.2, &*row.3)).collect();
    let whole = orders(&named, &[CHANNEL, ("utm_campaign", None)]).from("2024-01-01").until("2024-03-31");
    let told = section(&whole, &settings, &[with_campaigns(&names, None, None)], &Ask::default());
    // Winter costs are those of January, in which a and b came; c, d and e came by spring.
    let spring = ("Spring".to_owned(), 80, Some(3), Some(Orders), Some((Orders, roi(110.0, 80.0))));
    let winter = ("winter".to_owned(), 60, Some(2), Some(Orders), Some((Orders, roi(90.0, 60.0))));
    assert_eq!(rows(&told)[..2], [spring, winter]);
    assert!(section(&whole, &settings, &[monthly()], &Ask::default()).campaigns.is_empty());
}

#[test]
fn the_column_that_knows_the_names_of_the_costs_tells_the_channel() {
    let rows: Vec<_> =
        ROWS.map(|row| (row.0, row.1, row.2, if row.2 > 20 { "shop|Search" } else { "web|Social ads" })).to_vec();
    let own = ("channel (customers)", Some("channel"));
    let whole = orders(&rows, &[CHANNEL, own]).from("2024-01-01").until("2024-03-31");
    let told = section(&whole, &Settings::default(), &[monthly()], &Ask::default());
    assert_eq!(told.column.as_deref(), Some("channel (customers)"));
    let other = costs(&[("2024-01-01", 5, "tv")], true);
    let told = section(&whole, &Settings::default(), &[other], &Ask::default());
    assert_eq!(told.column.as_deref(), Some("channel"), "of columns that know none of the names the first");
}
