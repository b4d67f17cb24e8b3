//! What is said of referrals, from sections as the measure makes them.

use super::*;
use crate::charts::figures::tests::check;
use crate::math::Money;
use crate::math::stats::Share;
use crate::measures::referrals::{Named, Person, referrals};
use crate::report::referrals::Invitations;
use crate::words::fixture::report;
use crate::words::format::Plain;

fn format() -> Plain {
    Plain::new(Some("EUR"))
}

/// A hundred who came alone, `again` of whom bought twice, and fifty of whom each was brought by one of the first ten, but
/// the last one by the first of the fifty.
fn told(again: usize, again_brought: usize) -> Referrals {
    let person = |at: usize| {
        let (brought, twice) = (at >= 100, if at < 100 { at < again } else { at - 100 < again_brought });
        Person {
            revenue: Money::units(if brought { 30 } else { 20 }).0,
            purchases: 1 + u32::from(twice),
            first: format!("2024-0{}-05", 1 + at % 6).parse().unwrap(),
            by: match at {
                149 => Named::Place(100),
                _ if brought => Named::Place((at - 100) % 10),
                _ => Named::Nobody,
            },
        }
    };
    let people: Vec<Person> = (0..150).map(person).collect();
    let mut told = referrals(&people, "2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap());
    for referrer in told.top.iter_mut().chain(&mut told.beyond_top) {
        referrer.customer = format!("C{}", referrer.number);
    }
    told
}

#[test]
fn the_finding_says_what_was_brought_and_whether_they_come_back() {
    let more = finding(&told(30, 40), &report(), &format());
    assert_eq!(more.text(), "50 customers were brought by another, and have brought in €1,500.");
    let lead = "They come back more often than others: 80% bought at least twice, of all others 30%.";
    assert_eq!(more.lead.as_deref(), Some(lead));
    let same = finding(&told(30, 16), &report(), &format());
    assert_eq!(same.lead.unwrap(), "32% of them bought at least twice, of all others 30%: within chance.");
    let none = Referrals { told: true, customers: 9, ..Referrals::default() };
    assert!(finding(&none, &report(), &format()).text().starts_with("Nobody in this selection is known"));
    assert!(finding(&Referrals::default(), &report(), &format()).text().starts_with("There are no purchases"));
    assert!(compared(&none, &format()).starts_with("Too few to compare"));
}

#[test]
fn figures_have_their_numbers_in() {
    let all = figures::figures(&told(30, 40), &report(), &format());
    let values: Vec<_> = all.iter().map(|figure| &*figure.value).collect();
    assert_eq!(values, ["50", "€1,500", "0.33", "10"]);
    assert_eq!((&*all[0].beside, &*all[1].beside), ("33% of all customers", "€30.00 each, others €20.00"));
    assert_eq!((&*all[2].numbers, &*all[3].beside), ("50 ÷ 150 = 0.33", "of 11 who brought somebody"));
    let none = figures::figures(&Referrals::default(), &report(), &format());
    assert_eq!((&*none[2].value, &*none[2].beside), ("not defined", "nobody is new in the period"));
}

#[test]
fn lists_charts_and_what_to_do_rest_on_the_same_numbers() {
    let told = told(30, 40);
    let (report, f) = (report(), format());
    let rows = top(&told, &report, &f);
    assert_eq!((rows.len(), &*rows[0].customer, &*rows[0].brought, &*rows[0].value), (10, "C0", "5", "€150.00"));
    assert_eq!(beyond(&told, &report, &f)[0].own, "€20.00");
    let to_do: Vec<_> = to_do(&told, &report, &f).into_iter().map(|todo| todo.title).collect();
    assert_eq!(to_do, ["Thank 10 customers by name", "Put a card to pass on into every parcel"]);
    for width in [328, 520, 1120] {
        let months = crate::charts::referred_by_month(&told, &report, width, &f);
        assert_eq!((months.points.len(), &*months.title), (6, "33% of new customers are brought by others"));
        assert_eq!(months.table.rows.last().unwrap()[3].raw, "150");
        check(&months);
        let beside = crate::charts::referred_beside_others(&told, &report, width, &f);
        assert_eq!(&*beside.title, "80% of those brought come back, of others 30%");
        check(&beside);
        let chain = crate::charts::referral_chains(&told, &report, width, &f);
        check(&chain);
        assert_eq!(
            (chain.table.rows.len(), &*chain.title),
            (2, "1 was brought by somebody who had been brought, up to 2 steps")
        );
    }
}

#[test]
fn what_is_no_link_is_said() {
    let mut told = told(30, 40);
    assert_eq!(remarks(&told, &report(), &format()), [] as [&str; 0]);
    (told.unknown, told.themselves, told.in_circles) = (3, 1, 2);
    let said = remarks(&told, &report(), &format());
    assert_eq!(said.len(), 3);
    assert_eq!(said[0], "For 3 customers the one who brought them is not among the customers of this selection.");
    assert_eq!(said[1], "1 customer names themselves; that is no referral.");
}

#[test]
fn invitations_are_told_with_what_they_come_to() {
    let invitations = Invitations {
        customers: 50,
        inviting: 20,
        taken_up: Share::new(30, 200),
        each: Some(4.0),
        k_factor: Some(0.6),
        left_out: 1,
    };
    let told = Referrals { told: true, invitations: Some(invitations), ..Referrals::default() };
    assert_eq!(
        finding(&told, &report(), &format()).text(),
        "Of 200 invitations, 15% were taken up: 0.60 new customers for each customer."
    );
    let said: Vec<_> =
        figures::invitations(&told, &format()).into_iter().map(|told| (told.key, told.numbers)).collect();
    let expected = [("invited", "200 ÷ 50 = 4.00"), ("taken-up", "30 ÷ 200 = 15%"), ("k-invited", "4.00 × 15% = 0.60")];
    assert_eq!(said, expected.map(|(key, numbers)| (key, numbers.to_owned())));
    assert_eq!(figures::invitations(&Referrals::default(), &format()), []);
}
