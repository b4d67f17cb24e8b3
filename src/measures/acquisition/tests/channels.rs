//! Whose cost a channel's is: under filters, of those who came without spend, of one customer, of channels without a name.

use super::*;

#[test]
fn under_a_filter_no_customer_is_held_against_a_cost() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let values = vec!["search".to_owned()];
    let filters = vec![DimensionFilter { dimension: "channel".to_owned(), values }];
    let settings = Settings { filters, ..Settings::default() };
    let told = section(&whole, &settings, &[monthly()], &Ask::default());
    let total = told.total.unwrap();
    assert_eq!((total.spend, total.new_customers, total.cac), (Money::units(150), None, None));
    assert_eq!((told.column, told.returned), (None, None));
    assert!(told.channels.iter().all(|row| row.crv.is_none() && row.costs.as_ref().unwrap().cac.is_none()));
    assert!(told.stretches.iter().all(|row| row.cumulative.is_empty() && row.costs.cac.is_none()));
}

/// Radio was paid for and won nobody; f and g came by nothing that was paid for.
#[test]
fn those_who_came_without_spend_are_left_out_of_the_paid_cost() {
    let mut rows = ROWS;
    rows[8].3 = "word of mouth";
    let whole = orders(&rows, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let told = section(&whole, &Settings::default(), &[monthly()], &Ask::default());
    let (total, paid) = (told.total.unwrap(), told.paid.unwrap());
    assert_eq!((total.spend, total.new_customers, told.unnamed), (paid.spend, Some(7), 0));
    assert_eq!((paid.new_customers, paid.cac), (Some(5), Some(Derived(30.0))));
    let all_paid = orders(&ROWS[..8], &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    assert_eq!(section(&all_paid, &Settings::default(), &[monthly()], &Ask::default()).paid, None);
}

/// Of f, whose cell is empty, nobody knows whether money was spent: 1 of 7 is more than a tenth, 1 of 11 is not.
#[test]
fn customers_of_no_named_channel_are_counted_apart_from_those_who_came_without_spend() {
    let told = |rows: &[(&str, &str, i64, &str)]| {
        let whole = orders(rows, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
        let told = section(&whole, &Settings::default(), &[monthly()], &Ask::default());
        (told.total.unwrap().new_customers, told.paid.and_then(|paid| paid.new_customers), told.unnamed)
    };
    assert_eq!(told(&ROWS), (Some(7), None, 1));
    let mut rows = ROWS.to_vec();
    rows.extend(["h", "i", "j", "k"].map(|customer| (customer, "2024-02-15", 20, "search")));
    assert_eq!(told(&rows), (Some(11), Some(9), 1));
    // Only signs are no name either.
    rows[8].3 = " – ";
    assert_eq!(told(&rows), (Some(11), Some(9), 1));
    // Without g nobody is known to have come without spend.
    rows.remove(9);
    assert_eq!(told(&rows), (Some(10), None, 1));
}

/// What the section says of one channel beside the others it says of it alone.
#[test]
fn under_a_filter_of_channels_their_costs_are_told() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let shown = whole.shown();
    let spend = Spend::of([monthly()].iter());
    let filters = |dimension: &str, value: &str| {
        let (dimension, values) = (dimension.to_owned(), vec![value.to_owned()]);
        Settings { filters: vec![DimensionFilter { dimension, values }], ..Settings::default() }
    };
    let beside = |settings| -> Beside<'_> {
        let (families, tables) = (&[][..], Vec::new());
        Beside { shown, history: shown.visits, settings, families, tables, spend: spend.as_ref(), currency: None }
    };
    let search = filters("channel", "search");
    assert_eq!(chosen(&beside(&search)), Some(&["search".to_owned()][..]));
    let (free, other, none) = (filters("channel", "word of mouth"), filters("country", "search"), Settings::default());
    assert_eq!(
        [&free, &other, &none].map(|settings| chosen(&beside(settings))),
        [None; 3],
        "no spend is given for these"
    );
    let all = section(&whole, &Settings::default(), &[monthly()], &Ask::default());
    let told = of_channels(&beside(&none), &Ask::default(), &search.filters[0].values);
    let of_all = all.channels.iter().find(|row| row.channel == "SEARCH").unwrap();
    assert_eq!((told.channels.len(), &told.channels[0], told.paid), (1, of_all, None));
    assert_eq!(told.total.as_ref(), of_all.costs.as_ref());
    let months: Vec<_> = told.stretches.iter().map(|row| (row.costs.spend, row.costs.new_customers)).collect();
    assert_eq!(months[..2], [(Money::units(60), Some(2)), (Money::units(30), Some(1))]);
}

#[test]
fn a_customer_cost_what_their_channel_did_in_those_days() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let (shown, spend) = (whole.shown(), Spend::of([monthly()].iter()));
    let told = acquisition(shown, shown.visits, &Settings::default(), spend.as_ref());
    let cost = CostOfOne::of(shown.whole, spend.as_ref(), &told).unwrap();
    let of = |number: u32| cost.of_customer(shown.whole, shown.visits, number);
    // 90 for a, b and c by search in January and February, 50 for d and e by social ads; f and g came by nothing paid for.
    assert_eq!((of(0), of(2)), (Some(("Search", Derived(30.0))), Some(("search", Derived(30.0)))));
    assert_eq!((of(3).map(|(_, cac)| cac), of(5), of(6), of(99)), (Some(Derived(25.0)), None, None, None));
    assert_eq!(CostOfOne::of(shown.whole, None, &told), None);
    let context = Context { spend: spend.clone().map(std::rc::Rc::new), ..Context::default() };
    let settings = Settings {
        margin: Some(0.5),
        from: Some(day("2024-01-01")),
        to: Some(day("2024-03-31")),
        ..Settings::default()
    };
    let analysis = analyse(shown.whole, &settings, context);
    // The orders begin and end within a month, so what January and March cost is not known in part: d came in February, when
    // social ads cost 40 for two.
    let left = |number| {
        crate::report::customers::detail(&analysis, number).unwrap().row.cost.map(|cost| (cost.cac, cost.left))
    };
    assert_eq!((left(3), left(0)), (Some((Derived(20.0), Derived(-17.5))), None), "half of 5, less 20");
}

#[test]
fn what_is_typed_in_is_the_total_and_changes_no_channel() {
    let whole = orders(&ROWS, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let settings = Settings { spend: Some(Money::units(70)), ..Settings::default() };
    let told = section(&whole, &settings, &[monthly()], &Ask::default());
    let total = told.total.unwrap();
    assert_eq!((total.spend, total.new_customers, total.cac), (Money::units(70), Some(7), Some(Derived(10.0))));
    assert_eq!(told.channels[0].costs.as_ref().unwrap().spend, Money::units(90));
    let nothing = section(&whole, &Settings::default(), &[], &Ask::default());
    assert_eq!((nothing.total, nothing.stretches.len(), nothing.campaigns.len()), (None, 0, 0));
    assert!(nothing.channels.iter().all(|row| row.costs.is_none()) && nothing.channels.len() == 4);
}

#[test]
fn of_many_channels_without_costs_those_with_most_customers_are_listed() {
    let rows: Vec<(String, String)> = (0..40)
        .flat_map(|channel| {
            (0..=channel / 10).map(move |who| (format!("c{channel}-{who}"), format!("from {channel:02}")))
        })
        .collect();
    let rows: Vec<_> = rows.iter().map(|(who, channel)| (&**who, "2024-01-05", 5, &**channel)).collect();
    let whole = orders(&rows, &[CHANNEL]).from("2024-01-01").until("2024-03-31");
    let spend = costs(&[("2024-01-01", 10, "FROM 03"), ("2024-01-01", 10, "radio")], true);
    let told = section(&whole, &Settings::default(), &[spend], &Ask::default());
    // Two that cost something, 30 of the 39 others.
    assert_eq!((told.channels.len(), told.more_channels), (32, 9));
    let find = |name: &str| told.channels.iter().find(|row| row.channel == name);
    let row = find("FROM 03").unwrap();
    assert_eq!((row.customers, row.costs.as_ref().unwrap().new_customers, row.payback.len()), (1, Some(1), 2));
    assert!(find("from 39").is_some_and(|row| row.customers == 4) && find("from 09").is_none());
}
