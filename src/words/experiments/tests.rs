//! What tests say of themselves.

use super::*;
use crate::math::money::Derived;
use crate::measures::experiments::compare::typed;
use crate::words::format::Plain;

fn side(name: &str, units: u64, count: u64) -> (String, u64, u64) {
    (name.to_owned(), units, count)
}

fn euros() -> Plain {
    Plain::new(Some("EUR"))
}

fn section(tests: Vec<Experiment>) -> Experiments {
    Experiments { tests }
}

#[test]
fn a_clear_difference_is_said_with_its_interval() {
    let test = Experiment { name: "Banner".into(), ..typed(&[side("A", 4000, 200), side("B", 4000, 260)]) };
    let f = euros();
    assert_eq!(title(&test, &f), "B did better: 6.5% against 5.0%, a difference of 1.5 points (0.5 to 2.5)");
    assert_eq!(
        finding(&section(vec![test]), &f).text(),
        "“Banner”: B did better, 6.5% against 5.0% of those for A: a difference of 1.5 points (0.5 to 2.5)."
    );
    let worse = typed(&[side("A", 4000, 260), side("B", 4000, 200)]);
    assert_eq!(title(&worse, &f), "B did worse: 5.0% against 6.5%, a difference of 1.5 points (0.5 to 2.5)");
}

#[test]
fn no_clear_difference_says_what_it_would_take() {
    let test = typed(&[side("A", 1000, 50), side("B", 1000, 55)]);
    let found = finding(&section(vec![test]), &euros());
    assert_eq!(found.text(), "No clear difference: B 5.5%, A 5.0% of those.");
    let lead = found.lead.unwrap();
    assert!(lead.ends_with("To see one of 1.0 points you would need 8,158 on each side."), "{lead}");
}

#[test]
fn an_uneven_split_is_said_before_anything_else() {
    let test = typed(&[side("A", 5600, 300), side("B", 5000, 400)]);
    assert_eq!(title(&test, &euros()), "The sides are too uneven to trust a result: 5,600 against 5,000");
    assert!(doubt(&test, &euros()).unwrap().1.contains("less than 0.001"));
    assert_eq!(doubt(&typed(&[side("A", 500, 30), side("B", 500, 40)]), &euros()), None);
}

#[test]
fn money_is_money_and_nothing_is_said_of_one_side() {
    let mut test = typed(&[side("A", 900, 200), side("B", 900, 300)]);
    test.measure = Measure::Money;
    test.by_customer = true;
    for (side, mean) in test.variants.iter_mut().zip([3.0, 4.5]) {
        (side.rate, side.mean) = (None, Some(Derived(mean)));
    }
    let against = test.variants[1].against.as_mut().unwrap();
    (against.difference, against.low, against.high) = (1.5, 0.25, 2.75);
    assert_eq!(title(&test, &euros()), "B did better: €4.50 against €3.00, a difference of €1.50 (€0.25 to €2.75)");
    let one = Experiment { variants: Vec::new(), sides: 1, ..test.clone() };
    assert_eq!(title(&one, &euros()), "One side only: there is nothing to compare");
    assert!(figures(&one, &euros()).is_empty());
    assert_eq!(figures(&test, &euros()).len(), 4);
}

#[test]
fn what_was_left_out_is_said() {
    let mut test = typed(&[side("A", 900, 200), side("B", 900, 300)]);
    (test.by_customer, test.rows, test.on_several_sides) = (true, 1830, 3);
    assert_eq!(
        about(&test, &euros()),
        "1,800 customers; a customer counts once, whatever the number of rows (1,830); left out: 3 customers on more than one \
         side"
    );
    test.source = Source::Orders { days: 30 };
    assert!(about(&test, &euros()).contains("what they bought in the 30 days from the day of their row on"));
    assert_eq!(heading(&test), "who bought");
}

#[test]
fn without_a_test_the_view_says_what_a_file_needs() {
    let found = finding(&Experiments::default(), &euros());
    assert!(found.text().starts_with("No test in your files yet.") && found.lead.unwrap().contains("which side"));
}
