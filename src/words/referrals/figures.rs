//! The key figures of referrals, each with its explanation.

use crate::math::stats::Share;
use crate::report::Report;
use crate::report::referrals::Referrals;

use super::super::format::{Format, NOT_DEFINED};
use super::super::told::Told;

/// All of them, in the order in which they stand.
pub fn figures(told: &Referrals, _: &Report, f: &dyn Format) -> Vec<Told> {
    vec![brought(told, f), value(told, f), spread(told, f), beyond(told, f)]
}

/// The figures of invitations: how many a customer sends, how many are taken up, and what that comes to.
pub fn invitations(told: &Referrals, f: &dyn Format) -> Vec<Told> {
    let Some(own) = &told.invitations else { return Vec::new() };
    let number = |value: Option<f64>| value.map_or_else(|| NOT_DEFINED.to_owned(), |value| f.number(value, 2));
    let (sent, came) = (f.integer(own.taken_up.of), f.integer(own.taken_up.count));
    let (each, rate, k) = (number(own.each), f.rate(&own.taken_up), number(own.k_factor));
    let customers = f.count(own.customers, "customer");
    let note =
        "Counted as the file has it, over all time, whatever period is shown: invitations have no dates.".to_owned();
    vec![
        Told {
            key: "invited",
            name: "Invitations a customer",
            trade: "invitations per user, i",
            value: each.clone(),
            beside: format!("{sent} of {customers}"),
            line: format!("{} invited somebody", f.integer(own.inviting)),
            meaning: "How many each customer has invited, those who invited nobody counted too.".to_owned(),
            formula: "invitations ÷ customers".to_owned(),
            numbers: format!("{sent} ÷ {} = {each}", f.integer(own.customers)),
            inputs: vec![("Left out: not both numbers, or more came than were invited".to_owned(), f.count(own.left_out, "row"))],
            note: note.clone(),
            ..Told::default()
        },
        Told {
            key: "taken-up",
            name: "Invitations taken up",
            trade: "conversion of invitations, c",
            value: rate.clone(),
            beside: f.interval(&own.taken_up).unwrap_or_else(|| "nobody was invited".to_owned()),
            line: format!("{came} of {sent} came"),
            meaning: "Of those who were invited, the ones who came.".to_owned(),
            formula: "came ÷ invited".to_owned(),
            numbers: format!("{came} ÷ {sent} = {rate}"),
            note: format!("{note} The range is Wilson’s 95% interval."),
            ..Told::default()
        },
        Told {
            key: "k-invited",
            name: "New ones for each customer, by invitation",
            trade: "k-factor, i × c",
            value: k.clone(),
            beside: format!("{each} × {rate}"),
            meaning: "How many new customers each customer brings by inviting: invitations a customer times the share taken up."
                .to_owned(),
            formula: "invitations a customer × share taken up".to_owned(),
            numbers: format!("{each} × {rate} = {k}"),
            note: format!("{note} Above 1, customers alone would make a business grow; hardly any has that."),
            ..Told::default()
        },
    ]
}

fn left_out(told: &Referrals, f: &dyn Format) -> Vec<(String, String)> {
    vec![
        ("Somebody is named for".to_owned(), f.count(told.named, "customer")),
        ("Not found among those shown".to_owned(), f.integer(told.unknown)),
        ("Name themselves".to_owned(), f.integer(told.themselves)),
        ("In a circle".to_owned(), f.integer(told.in_circles)),
    ]
}

fn brought(told: &Referrals, f: &dyn Format) -> Told {
    let share = Share::new(told.brought.customers, told.customers);
    Told {
        key: "brought",
        name: "Brought by customers",
        trade: "referred customers",
        value: f.integer(told.brought.customers),
        beside: format!("{} of all customers", f.rate(&share)),
        meaning: "Customers with a purchase in the period whom another customer has brought, as your file says."
            .to_owned(),
        formula: "customers of the period of whom another is named".to_owned(),
        numbers: format!("{} of {}", f.integer(share.count), f.integer(share.of)),
        inputs: left_out(told, f),
        note: "Who is not named can’t be counted: the true number is this one or more.".to_owned(),
        ..Told::default()
    }
}

fn value(told: &Referrals, f: &dyn Format) -> Told {
    let (brought, others) = (&told.brought, &told.others);
    let numbers = match brought.each {
        Some(each) => {
            format!("{} ÷ {} = {} each", f.money_exact(brought.revenue), f.integer(brought.customers), f.money(each.0))
        }
        None => NOT_DEFINED.to_owned(),
    };
    Told {
        key: "brought-value",
        name: "They have brought in",
        trade: "referral revenue",
        value: f.money(brought.revenue.to_f64()),
        beside: format!("{} each, others {}", f.derived(brought.each), f.derived(others.each)),
        meaning: "What those brought by others have paid in the period, less refunds.".to_owned(),
        formula: "revenue of those who were brought".to_owned(),
        numbers,
        note: "It says who sent them, not that they would have stayed away without.".to_owned(),
        ..Told::default()
    }
}

fn spread(told: &Referrals, f: &dyn Format) -> Told {
    let numbers = match told.k_factor {
        Some(k) => {
            format!("{} ÷ {} = {}", f.integer(told.new_brought.count), f.integer(told.customers), f.number(k, 2))
        }
        None => NOT_DEFINED.to_owned(),
    };
    Told {
        key: "k-factor",
        name: "New ones for each customer",
        trade: "k-factor",
        value: told.k_factor.map_or_else(|| NOT_DEFINED.to_owned(), |k| f.number(k, 2)),
        beside: match told.new_brought.rate {
            Some(_) => format!("{} of new customers are brought", f.rate(&told.new_brought)),
            None => "nobody is new in the period".to_owned(),
        },
        meaning: "How many new customers each customer of the period brought in it.".to_owned(),
        formula: "new customers who were brought ÷ customers of the period".to_owned(),
        numbers,
        note: "Above 1, customers alone would make a business grow; hardly any has that.".to_owned(),
        ..Told::default()
    }
}

fn beyond(told: &Referrals, f: &dyn Format) -> Told {
    Told {
        key: "beyond",
        name: "Bring more than they buy",
        trade: "referral value above own value",
        value: f.integer(told.beyond.count),
        beside: format!("of {} who brought somebody", f.integer(told.beyond.of)),
        meaning: "Customers whose direct referrals have paid more in the period than they themselves.".to_owned(),
        formula: "customers with revenue of those they brought > own revenue".to_owned(),
        numbers: format!("{} of {}", f.integer(told.beyond.count), f.integer(told.beyond.of)),
        note: "Only those whom they brought themselves count here, not the whole chain.".to_owned(),
        ..Told::default()
    }
}
