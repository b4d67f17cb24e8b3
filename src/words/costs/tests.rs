//! What is said of costs: what stands out, what is missing, and where nothing is known.

use super::figures::{returned, spent};
use super::*;
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit};
use crate::report::costs::{Kinds, Returned, StretchRow};
use crate::report::schema::PaybackPoint;
use crate::report::settings::DimensionFilter;
use crate::words::fixture;
use crate::words::format::Plain;

fn f() -> Plain {
    Plain::new(Some("EUR"))
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn spent_on(spend: i64, new: Option<u64>) -> Spent {
    let cac = new.filter(|new| *new > 0).map(|new| Derived(spend as f64 / new as f64));
    Spent {
        start: day("2025-10-01"),
        end: day("2026-09-30"),
        spend: Money::units(spend),
        kinds: Kinds { marketing: Money::units(spend), ..Kinds::default() },
        new_customers: new,
        told_by: new.map(|_| ToldBy::Orders),
        cac,
        low: cac.map(|cac| Derived(cac.0 * 0.9)),
        high: cac.map(|cac| Derived(cac.0 * 1.1)),
    }
}

fn channel(name: &str, spend: Option<i64>, new: u64, worth: f64) -> ChannelRow {
    let costs = spend.map(|spend| spent_on(spend, Some(new)));
    let cac = costs.as_ref().and_then(|costs| costs.cac);
    let point =
        |month: u32| PaybackPoint { month, customers: new, cumulative: Derived(worth * f64::from(month + 1) / 24.0) };
    ChannelRow {
        channel: name.to_owned(),
        returned: None,
        has_customers: new > 0,
        customers: new,
        new_customers: new,
        worth: Some(Derived(worth)),
        own_lifespan: true,
        crv: cac.map(|cac| Derived(worth - cac.0)),
        ltv_cac: cac.map(|cac| worth / cac.0),
        payback: (0..24).map(point).collect(),
        payback_months: cac.and_then(|cac| (0..24).find(|month| worth * f64::from(month + 1) / 24.0 >= cac.0)),
        affordable: Some(Derived(worth / 2.0)),
        affordable_low: Some(Derived(worth / 2.5)),
        affordable_high: Some(Derived(worth / 1.5)),
        chance: Some(0.87),
        earned_back: cac.map(|_| Share::new(new / 2, new)),
        costs,
    }
}

/// A month of costs, counted from October 2024.
fn month(at: i32, spend: i64, new: u64) -> StretchRow {
    let month = Unit::Month.of(day("2024-10-01")) + at;
    let costs = Spent { start: Unit::Month.start(month), end: Unit::Month.end(month), ..spent_on(spend, Some(new)) };
    let cumulative = (0..24 - at).map(|month| Derived(10.0 + f64::from(month))).collect();
    StretchRow { costs, cumulative, payback_months: (at < 12).then_some(11) }
}

/// The shop of the design: four channels that cost something, and word of mouth.
pub(crate) fn costs() -> Costs {
    let total = spent_on(24_560, Some(1_147));
    let stretches = (0..24).map(|at| month(at, 1_900 + i64::from(at % 5) * 90, 80 + at as u64 % 7)).collect();
    Costs {
        within_months: 12,
        column: Some("channel".to_owned()),
        returned: Some(Returned { revenue: Money::units(40_696), told_by: ToldBy::Orders, roi: Some(0.657) }),
        total: Some(total),
        paid: None,
        unnamed: 0,
        only: Vec::new(),
        channels: vec![
            channel("Social ads", Some(11_241), 346, 34.37),
            channel("Search ads", Some(9_480), 338, 56.03),
            channel("Newsletter", Some(1_080), 125, 90.76),
            channel("Word of mouth", None, 246, 79.82),
        ],
        more_channels: 0,
        campaigns: Vec::new(),
        stretches,
    }
}

/// The made-up shop's report, with costs that a table tells.
fn report() -> Report {
    let mut report = fixture::report();
    report.acquisition.typed = false;
    report.acquisition.channels = ["Social ads", ""]
        .map(|channel| crate::report::schema::ChannelSpend {
            channel: channel.to_owned(),
            spend: Money::units(1),
            start: day("2025-10-01"),
            end: day("2026-09-30"),
            new_customers: None,
            cac: None,
            roi: None,
        })
        .to_vec();
    report
}

#[test]
fn the_finding_says_what_one_costs_and_where_that_is_hardly_earned_back() {
    let finding = finding(&costs(), &report(), &f());
    assert_eq!(
        finding.text(),
        "Winning a new customer costs you €21.41: from €8.64 (Newsletter) to €32.49 (Social ads)."
    );
    let lead = finding.lead.unwrap();
    assert!(lead.starts_with("A customer from Social ads barely earns back the cost. That is revenue"), "{lead}");
    let mut with_margin = report();
    with_margin.settings.margin = Some(0.58);
    assert_eq!(
        super::finding(&costs(), &with_margin, &f()).lead.unwrap(),
        "A customer from Social ads barely earns back the cost."
    );
}

#[test]
fn customers_who_came_without_spend_are_told_apart() {
    let paid = Costs { paid: Some(spent_on(24_560, Some(809))), ..costs() };
    let lead = finding(&paid, &report(), &f()).lead.unwrap();
    assert!(
        lead.contains(
            "Of the 1,147 new customers that this counts, 338 came without spend, as by word of mouth; over the others alone one \
             costs €30.36."
        ),
        "{lead}"
    );
    let said = figures::paid(&paid, &f()).unwrap();
    assert_eq!((&*said.value, &*said.made_of), ("€30.36", "809 of 1,147 new customers"));
    assert_eq!(said.numbers, "€24,560 ÷ 809 = €30.36");
    assert_eq!(figures::paid(&costs(), &f()), None);
}

#[test]
fn customers_of_no_named_channel_did_not_come_without_spend() {
    let lead = |costs: &Costs| finding(costs, &report(), &f()).lead.unwrap();
    let some = Costs { paid: Some(spent_on(24_560, Some(809))), unnamed: 38, ..costs() };
    assert!(
        lead(&some).contains(
            "Of the 1,147 new customers that this counts, 300 came without spend, as by word of mouth, and there are 38 whose \
             channel is not told; over the others alone one costs €30.36."
        ),
        "{}",
        lead(&some)
    );
    let said = figures::paid(&some, &f()).unwrap();
    assert_eq!(said.mean, "Without those who came without spend, and 38 whose channel is not told");
    assert!(said.inputs.contains(&("Whose channel is not told".to_owned(), "38".to_owned())), "{:?}", said.inputs);
    let mut many = Costs { unnamed: 338, ..costs() };
    let told = "Of the 1,147 new customers that this counts, there are 338 whose channel is not told: nobody knows";
    assert!(lead(&many).contains(told), "{}", lead(&many));
    assert_eq!(figures::paid(&many, &f()), None);
    many.channels.truncate(1);
    assert!(lead(&many).contains(told), "{}", lead(&many));
}

#[test]
fn under_a_filter_of_a_channel_its_own_cost_is_told() {
    let own = Costs {
        only: vec!["Social ads".to_owned()],
        total: Some(spent_on(11_241, Some(346))),
        channels: costs().channels[..1].to_vec(),
        ..costs()
    };
    let told = finding(&own, &report(), &f());
    assert_eq!(told.text(), "Winning a new customer from Social ads costs you €32.49.");
    assert_eq!(figures::chosen(&own, &f()).unwrap().value, "€32.49");
    assert_eq!(figures::chosen(&costs(), &f()), None);
}

#[test]
fn more_within_a_year_than_a_whole_life_is_explained() {
    assert_eq!(above_worth(&costs(), &f()), None);
    let mut costs = costs();
    costs.channels[0].affordable = Some(Derived(37.5));
    let said = above_worth(&costs, &f()).unwrap();
    assert!(
        said.starts_with(
            "Customers from Social ads have brought more within 12 months (€37.50) than the worth over the whole time says (€34.37)."
        ),
        "{said}"
    );
}

#[test]
fn the_verdict_claims_no_more_than_the_intervals_carry() {
    let mut costs = costs();
    let said = |costs: &Costs| verdict(costs, &f());
    // Worth 30 against 32.49, of which the interval begins at 29.24: it may be the other way round.
    costs.channels[0] = channel("Social ads", Some(11_241), 346, 30.0);
    assert_eq!(said(&costs), "A customer from Social ads barely earns back the cost");
    costs.channels[0] = channel("Social ads", Some(11_241), 346, 29.0);
    assert_eq!(said(&costs), "A customer from Social ads brings less than winning one costs");
    costs.channels[0] = channel("Social ads", Some(11_241), 346, 80.0);
    assert_eq!(said(&costs), "Customers of every channel earn back their cost, the least from Search ads: 2.0 times");
    costs.channels = vec![channel("Social ads", Some(300), 29, 1.0)];
    assert_eq!(said(&costs), "Too few new customers by channel to compare what winning one costs");
}

#[test]
fn what_is_not_known_is_said_and_never_a_number() {
    let mut costs = costs();
    let mut filtered = report();
    filtered.settings.filters = vec![DimensionFilter { dimension: "channel".into(), values: vec!["web".into()] }];
    costs.total = Some(spent_on(500, None));
    let told = finding(&costs, &filtered, &f());
    assert_eq!(told.text(), "You spent €500.00 from 1 Oct 2025 to 30 Sep 2026.");
    assert!(told.lead.unwrap().contains("Take the filter away"));
    costs.total = Some(spent_on(500, Some(0)));
    assert!(finding(&costs, &report(), &f()).text().ends_with("and nobody bought for the first time."));
    costs.total = None;
    let none = finding(&costs, &report(), &f());
    assert_eq!(none.text(), "Your costs can’t be held against the customers of this period.");
    assert_eq!(spent(&costs, &report(), &f()).value, NOT_DEFINED);
    costs.returned = None;
    assert_eq!(returned(&costs, &report(), &f()).value, NOT_DEFINED);
    assert_eq!(cost_to_win(None, &f()), (NO_SPEND.to_owned(), String::new()));
    assert_eq!(cost_to_win(Some(&spent_on(10, Some(0))), &f()).0, NOT_DEFINED);
    assert_eq!(cost_to_win(Some(&spent_on(40, Some(4))), &f()), ("€10.00".to_owned(), UNCERTAIN.to_owned()));
    assert_eq!(cost_to_win(Some(&spent_on(50, Some(5))), &f()).1, "€9.00 to €11.00");
}

#[test]
fn what_could_not_be_joined_is_named() {
    let mut costs = costs();
    costs.channels.push(ChannelRow { has_customers: false, ..channel("Facebook Ads", Some(70), 0, 0.0) });
    costs.channels.push(ChannelRow { costs: Some(spent_on(60, None)), ..channel("", None, 0, 0.0) });
    costs.more_channels = 2;
    let said = |costs: &Costs, report: &Report| -> Vec<String> {
        gaps(costs, report, &f()).into_iter().map(|(first, rest)| format!("{first} {rest}")).collect()
    };
    let told = said(&costs, &report());
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("Nobody came by Facebook Ads. No customer has such a name in channel."), "{}", told[0]);
    assert!(
        told[1].starts_with("No spend is given for Word of mouth.") && told[1].ends_with("And 2 channels more."),
        "{}",
        told[1]
    );
    assert!(told[2].starts_with("€60.00 name no channel."), "{}", told[2]);
    costs.column = None;
    assert!(said(&costs, &report())[0].starts_with("Your orders name no channel."));
    let mut unnamed = report();
    unnamed.acquisition.channels.clear();
    assert!(said(&costs, &unnamed).iter().any(|gap| gap.starts_with("Your costs name no channel.")));
}

#[test]
fn figures_explain_themselves_with_their_numbers() {
    let mut costs = costs();
    let said = returned(&costs, &report(), &f());
    assert_eq!((&*said.value, &*said.numbers), ("+66%", "(€40,696 − €24,560) ÷ €24,560 = +66%"));
    let kinds = Kinds { marketing: Money::units(20_000), sales: Money::units(4_560), ..Kinds::default() };
    costs.total.as_mut().unwrap().kinds = kinds;
    let said = spent(&costs, &report(), &f());
    assert_eq!((&*said.made_of, &*said.numbers), ("81% marketing, 19% sales", "€20,000 + €4,560 = €24,560"));
    assert!(said.inputs.contains(&("Sales".to_owned(), "€4,560, €3.98 each".to_owned())), "{:?}", said.inputs);
    assert!(said.inputs.contains(&("New customers in them".to_owned(), "1,147".to_owned())));
}

#[test]
fn months_are_counted_as_people_do() {
    let said = [Some(0), Some(1), Some(2), Some(3), Some(10), Some(11), Some(12), Some(20), Some(21)]
        .map(|m| paid_back(m, 24));
    let expected = ["first", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd"];
    assert_eq!(said, expected.map(|which| format!("in the {which} month")));
    assert_eq!((paid_back(None, 7), paid_back(None, 0)), ("not within 7 months".to_owned(), NOT_DEFINED.to_owned()));
    assert_eq!(
        [Some(0.384), Some(-0.25), Some(0.0), None].map(|rate| roi(rate, &f())),
        ["+38%", "−25%", "0%", "not defined"]
    );
}

#[test]
fn advice_is_given_only_where_something_stands_out() {
    let mut costs = costs();
    let said: Vec<String> = advice(&costs, &f()).into_iter().map(|advice| advice.what).collect();
    assert_eq!(
        said,
        ["Pay less for a customer from Social ads", "Try part of the budget for Social ads on Newsletter"]
    );
    assert_eq!(
        afford(&costs, &report(), &f()),
        "Within 12 months a customer from Social ads and Search ads does not pay back"
    );
    costs.channels.truncate(1);
    costs.channels[0] = channel("Social ads", Some(3_460), 346, 60.0);
    assert!(advice(&costs, &f()).is_empty());
    assert_eq!(afford(&costs, &report(), &f()), "A customer pays back within 12 months, before the cost of goods");
    costs.channels.clear();
    assert_eq!(afford(&costs, &report(), &f()), "Whether a customer pays back within 12 months can’t be told yet");
}

#[test]
fn a_change_of_the_cost_is_told_from_chance() {
    let over = |later: i64| Costs {
        stretches: (0..24).map(|at| month(at, if at < 12 { 1_000 } else { later }, 50)).collect(),
        ..costs()
    };
    let title = |costs: &Costs| charts::stretches(costs, &f()).title;
    assert_eq!(title(&over(1_300)), "Winning one cost €26.00 in the last 12 months, up from €20.00 in the 12 before");
    assert_eq!(
        title(&over(1_050)),
        "Winning one cost €21.00 in the last 12 months, no clear change from €20.00 in the 12 before"
    );
    let (said, _) = charts::cohorts(&costs(), &report(), &f());
    assert_eq!(
        said,
        "The customers of 12 of 24 months have paid back what winning them cost, half of these by the 12th month"
    );
    let none = Costs { stretches: vec![StretchRow { payback_months: None, ..month(0, 100, 10) }], ..costs() };
    assert_eq!(charts::cohorts(&none, &report(), &f()).0, "The customers of no month have paid back yet");
    let few = Costs { stretches: vec![month(0, 100, 10)], ..costs() };
    assert_eq!(title(&few), "Winning one cost €10.00, over 10 new customers");
}

#[test]
fn how_sure_a_channel_is_to_pay_back_is_said_with_its_interval() {
    let f = f();
    let row = channel("Search", Some(400), 40, 30.0);
    assert_eq!(chance(&row, 6, &f), "chance 87% within 6 months");
    assert_eq!(chance(&ChannelRow { chance: Some(0.9996), ..row.clone() }, 1, &f), "chance over 99% within 1 month");
    assert_eq!(chance(&ChannelRow { chance: Some(0.0), ..row.clone() }, 6, &f), "chance under 1% within 6 months");
    assert_eq!(most(&row, &f), Some(("€15.00".to_owned(), "€12.00 to €20.00".to_owned())));
    let few = ChannelRow { chance: None, affordable_low: None, affordable_high: None, ..row };
    assert_eq!((chance(&few, 6, &f), most(&few, &f).unwrap().1), (String::new(), String::new()));
}
