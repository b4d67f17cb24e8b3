//! What winning one costs, through files: held against a second way of counting, from the text of the sample shop.
#![allow(clippy::disallowed_methods, reason = "tests run natively")]

#[path = "support/loaded.rs"]
mod loaded;

use std::collections::BTreeMap;

use loaded::{JOB, Loaded, load};
use perennial::math::{Day, Money, Unit};
use perennial::protocol::{Export, Reply, Request};
use perennial::report::costs::{Ask, Costs, ToldBy};
use perennial::report::sections::{Ask as AskSection, Section};
use perennial::report::settings::{DimensionFilter, LifespanRule};
use perennial::report::{Report, Settings};
use perennial::sample;

/// The engine with files, and their report under settings.
fn report(files: &[(&str, &str)], settings: &Settings) -> (Loaded, Report) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let mut loaded = load(&files, 1 << 20);
    loaded.ask(Request::Compute { job: JOB, settings: Box::new(settings.clone()) });
    let Reply::Report { report, .. } = &loaded.last else { panic!("no report but {:?}", loaded.last) };
    let report = (**report).clone();
    (loaded, report)
}

fn costs(loaded: &mut Loaded, ask: Ask) -> Costs {
    loaded.ask(Request::Section { job: JOB, ask: AskSection::Costs(ask) });
    match &loaded.last {
        Reply::Section { section: Section::Costs(costs), .. } => (**costs).clone(),
        other => panic!("no section but {other:?}"),
    }
}

/// Of a customer who bought: the first day, the channel of that day's first row, and all amounts by day.
type Customer = (Day, String, Vec<(Day, i64)>);

/// The sample shop's orders, read a second time by plain means.
fn customers() -> BTreeMap<String, Customer> {
    let text = sample::orders_csv(sample::SEED);
    let mut customers: BTreeMap<String, Customer> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap) {
        let (Ok(day), Ok(amount)) = (row[1].parse::<Day>(), row[3].parse::<Money>()) else { continue };
        if row[2].is_empty() || &row[5] == "cancelled" {
            continue;
        }
        // The file is in order of date, and the first row of a customer is a purchase.
        let known = customers.entry(row[2].to_owned()).or_insert((day, row[6].to_owned(), Vec::new()));
        known.2.push((day, amount.0));
    }
    customers
}

/// The sample shop's costs by channel and by month, in ten-thousandths.
fn spent() -> (BTreeMap<String, i64>, BTreeMap<i32, i64>) {
    let text = sample::costs::csv(sample::SEED);
    let (mut channels, mut months) = (BTreeMap::new(), BTreeMap::new());
    for row in csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap) {
        let amount = row[4].parse::<Money>().unwrap().0;
        *channels.entry(row[1].to_owned()).or_default() += amount;
        *months.entry(Unit::Month.of(row[0].parse().unwrap())).or_default() += amount;
    }
    (channels, months)
}

#[test]
fn the_sample_shop_counted_a_second_way_gives_the_same() {
    let (customers, (channels, months)) = (customers(), spent());
    let settings = Settings { margin: Some(0.58), ..Settings::default() };
    let files = sample::files(sample::SEED);
    let files: Vec<(&str, &str)> = files.iter().map(|file| (file.name, &*file.text)).collect();
    let (mut loaded, report) = report(&files, &settings);
    let costs = costs(&mut loaded, Ask { within: Some(6) });
    let by_channel = |name: &str| customers.values().filter(|(_, channel, _)| channel == name).collect::<Vec<_>>();
    for (name, &spend) in channels.iter().filter(|(name, _)| !name.is_empty()) {
        let own = by_channel(name);
        let row = costs.channels.iter().find(|row| row.channel == **name).unwrap();
        let told = row.costs.as_ref().unwrap();
        let cac = spend as f64 / own.len() as f64 / 10_000.0;
        assert_eq!((told.spend.0, told.new_customers), (spend, Some(own.len() as u64)), "{name}");
        assert!((told.cac.unwrap().0 - cac).abs() < 1e-9);
        let brought = |rows: &[(Day, i64)]| rows.iter().map(|(_, amount)| *amount).sum::<i64>();
        let revenue: i64 = own.iter().map(|(.., rows)| brought(rows)).sum();
        let roi = (revenue as f64 * 0.58 - spend as f64) / spend as f64;
        assert!((row.returned.as_ref().unwrap().roi.unwrap() - roi).abs() < 1e-9);
        let earned = own.iter().filter(|(.., rows)| brought(rows) as f64 / 1e4 * 0.58 >= cac).count() as u64;
        assert_eq!(row.earned_back.unwrap().count, earned, "{name}");
        // In each month those count who lived to its end: a month is 365.25 / 12 days.
        let mut cumulative = 0.0;
        for month in 0..6 {
            let end = |first: Day| f64::from(month + 1) * 365.25 / 12.0 + f64::from(first.0);
            let lived: Vec<_> = own.iter().filter(|(first, ..)| end(*first) <= 20_727.0).collect();
            let within = |first: Day, day: Day| {
                let at = f64::from(day.0);
                at < end(first) && at >= end(first) - 365.25 / 12.0
            };
            let rows = lived.iter().flat_map(|(first, _, rows)| rows.iter().filter(|(day, _)| within(*first, *day)));
            cumulative += rows.map(|(_, amount)| *amount).sum::<i64>() as f64 / 1e4 / lived.len() as f64 * 0.58;
        }
        assert!((row.affordable.unwrap().0 - cumulative).abs() < 1e-9, "{name}: {cumulative}");
        let cheap = report.acquisition.channels.iter().find(|row| row.channel == **name).unwrap();
        assert_eq!((cheap.cac, cheap.roi), (told.cac, row.returned.as_ref().unwrap().roi));
    }
    let word = costs.channels.iter().find(|row| row.channel == "Word of mouth").unwrap();
    assert_eq!((word.new_customers, &word.costs), (by_channel("Word of mouth").len() as u64, &None));
    assert_eq!(costs.stretches.len(), months.len());
    for (row, (&month, &spend)) in costs.stretches.iter().zip(&months) {
        let new = customers.values().filter(|(first, ..)| Unit::Month.of(*first) == month).count() as u64;
        assert_eq!((row.costs.start, row.costs.spend.0), (Unit::Month.start(month), spend));
        assert_eq!(row.costs.new_customers, Some(new), "{}", row.costs.start);
    }
    let total = costs.total.unwrap();
    assert_eq!((total.new_customers, total.cac), (Some(customers.len() as u64), report.totals.cac));
    let kinds = total.kinds;
    assert_eq!(kinds.marketing + kinds.sales + kinds.overhead, total.spend);
    assert!([kinds.marketing, kinds.sales, kinds.overhead].iter().all(|kind| *kind > Money::ZERO));
}

#[test]
fn the_sample_shop_tells_that_social_ads_barely_earn_back() {
    let files = sample::files(sample::SEED);
    let files: Vec<(&str, &str)> = files.iter().map(|file| (file.name, &*file.text)).collect();
    let (mut loaded, _) = report(&files, &Settings::default());
    let costs = costs(&mut loaded, Ask::default());
    let times = |name: &str| costs.channels.iter().find(|row| row.channel == name).unwrap().ltv_cac.unwrap();
    assert!((1.05..1.4).contains(&times("Social ads")), "{}", times("Social ads"));
    assert!(times("Search ads") > 2.0 && times("Newsletter") > 10.0);
    let claimed = costs.campaigns.iter().filter(|row| row.costs.told_by == Some(ToldBy::Costs)).count();
    assert_eq!((costs.campaigns.len(), claimed), (9, 6));
}

const ORDERS: &str = "customer,date,amount,channel\na,2024-01-02,10.00,web\nb,2024-01-09,20.00,web\n\
                      c,2024-01-20,30.00,shop\na,2024-02-20,5.00,shop\nd,2024-02-29,8.00,web\ne,2024-02-29,8.00,web\n\
                      f,2024-03-31,8.00,web\n";

#[test]
fn weekly_costs_without_channels_are_told_by_whole_weeks() {
    let weeks = "week,spend\n2024-01-08,10\n2024-01-15,10\n2024-01-22,10\n2024-01-29,10\n2024-02-05,30\n";
    let (mut loaded, report) = report(&[("orders.csv", ORDERS), ("spend.csv", weeks)], &Settings::default());
    let costs = costs(&mut loaded, Ask::default());
    let days = |at: usize| format!("{} {}", costs.stretches[at].costs.start, costs.stretches[at].costs.end);
    assert_eq!((costs.stretches.len(), &*days(0), &*days(1)), (2, "2024-01-08 2024-02-04", "2024-02-05 2024-02-11"));
    assert_eq!((costs.stretches[0].costs.new_customers, costs.stretches[0].costs.cac.unwrap().0), (Some(2), 20.0));
    assert_eq!(costs.stretches[1].costs.cac, None, "nobody new");
    assert_eq!(costs.column.as_deref(), Some("channel"));
    let named: Vec<&str> = costs.channels.iter().map(|row| &*row.channel).collect();
    assert_eq!(named, ["", "web", "shop"]);
    assert!(costs.channels.iter().all(|row| row.crv.is_none()) && costs.campaigns.is_empty());
    assert_eq!(report.acquisition.channels[0].new_customers, None, "no channel is none of a customer's");
}

#[test]
fn the_kind_and_the_claims_of_a_table_are_read() {
    let spend = "month,channel,kind,cost,attributed revenue,new customers\n2024-02-01,Web,marketing,40,100,3\n\
                 2024-02-01,Web,Sales,10,20,1\n2024-02-01,Fair,overhead,30,,\n";
    let settings = Settings {
        margin: Some(0.5),
        lifespan: LifespanRule::Fixed { years: 1.0 },
        from: "2024-02-01".parse().ok(),
        ..Settings::default()
    };
    let (mut loaded, report) = report(&[("orders.csv", ORDERS), ("spend.csv", spend)], &settings);
    let web = &report.acquisition.channels[0];
    assert_eq!((&*web.channel, web.new_customers, web.cac.unwrap().0), ("Web", Some(2), 25.0));
    // 120 of revenue are claimed; half of that is margin, against costs of 50.
    assert_eq!(web.roi, Some(0.2));
    let costs = costs(&mut loaded, Ask::default());
    let total = costs.total.unwrap();
    let kinds = [total.kinds.marketing, total.kinds.sales, total.kinds.overhead, total.kinds.not_said];
    assert_eq!(kinds, [40, 10, 30, 0].map(Money::units));
    assert_eq!(costs.returned.unwrap().told_by, ToldBy::Orders, "not all rows say what they brought");
    let fair = costs.channels.iter().find(|row| row.channel == "Fair").unwrap();
    assert_eq!((fair.has_customers, fair.costs.as_ref().unwrap().new_customers), (false, Some(0)));
}

#[test]
fn a_filter_holds_no_customer_against_costs_and_the_export_has_the_section() {
    let spend = "month,channel,cost\n2024-02-01,web,40\n";
    let filters = vec![DimensionFilter { dimension: "channel".into(), values: vec!["web".into()] }];
    let settings = Settings { filters, ..Settings::default() };
    let files = [("orders.csv", ORDERS), ("spend.csv", spend)];
    let (mut loaded, filtered) = report(&files, &settings);
    // The section tells what the channel itself cost, as it does without the filter: d and e came in February.
    let own = costs(&mut loaded, Ask::default());
    let all = own.total.unwrap();
    assert_eq!((own.only, own.channels.len()), (vec!["web".to_owned()], 1));
    assert_eq!((all.spend, all.new_customers, all.cac.unwrap().0), (Money::units(40), Some(2), 20.0));
    let told = &filtered.acquisition.channels[0];
    assert_eq!((told.spend, told.new_customers, told.cac, told.roi), (Money::units(40), None, None, None));
    let (mut loaded, _) = report(&files, &Settings::default());
    loaded.ask(Request::Export { job: JOB, what: Export::Report });
    let Reply::Export { text, .. } = &loaded.last else { panic!("no export") };
    let json: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(json["costs"]["channels"][0]["costs"]["cac"], "20");
    assert_eq!((&json["costs"]["within_months"], &json["costs"]["column"]), (&12.into(), &"channel".into()));
}

#[test]
fn costs_are_the_same_in_any_order_of_rows_and_spellings() {
    let header = "week,channel,campaign,cost,revenue\n";
    let rows = [
        "2024-01-08,Web,spring,10,5\n",
        "2024-01-15,WEB,Spring,20,\n",
        "2024-01-22,shop,autumn,30,9\n",
        "2024-01-29,web ,spring,40,1\n",
        "2024-02-05,Shop,Autumn!,50,2\n",
    ];
    let told: Vec<Costs> = (0..rows.len())
        .map(|turn| {
            let mut rows = rows.to_vec();
            rows.rotate_left(turn);
            let spend = format!("{header}{}", rows.concat());
            let (mut loaded, _) = report(&[("orders.csv", ORDERS), ("spend.csv", &spend)], &Settings::default());
            costs(&mut loaded, Ask::default())
        })
        .collect();
    let names: Vec<&str> = told[0].channels.iter().map(|row| &*row.channel).collect();
    let campaigns: Vec<&str> = told[0].campaigns.iter().map(|row| &*row.campaign).collect();
    assert_eq!((&*names, &*campaigns), (&["Shop", "WEB"][..], &["Autumn!", "Spring"][..]));
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]));
}
