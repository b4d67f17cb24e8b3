//! The words around the charts of referrals.

use crate::report::Report;
use crate::report::referrals::Referrals;

use super::super::charts::ChartWords;
use super::super::facts::FEW;
use super::super::format::Format;

/// New customers by month: brought, and come alone.
pub fn months(told: &Referrals, _: &Report, f: &dyn Format) -> ChartWords {
    let title = match told.new_brought.of {
        0 => "Nobody is new in this period".to_owned(),
        of if of < FEW => format!("{} of {of} new customers were brought by others", told.new_brought.count),
        _ => format!("{} of new customers are brought by others", f.rate(&told.new_brought)),
    };
    ChartWords {
        sub: "New customers by the month of their first purchase".to_owned(),
        sentence: format!("Stacked columns of new customers by month. {title}."),
        title,
        note: None,
    }
}

/// Those brought beside all others.
pub fn beside(told: &Referrals, _: &Report, f: &dyn Format) -> ChartWords {
    let (brought, others) = (&told.brought.repeat, &told.others.repeat);
    let title = if brought.of < FEW || others.of < FEW {
        format!("Too few to compare: {} were brought", f.integer(brought.of))
    } else if brought.within_chance_of(others) {
        "They come back as often as others, within chance".to_owned()
    } else {
        format!("{} of those brought come back, of others {}", f.rate(brought), f.rate(others))
    };
    ChartWords {
        sub: "Share with at least two purchases in the period, with its 95% interval".to_owned(),
        sentence: format!("Two bars. {title}."),
        title,
        note: None,
    }
}

/// How long the chains are.
pub fn chain(told: &Referrals, _: &Report, f: &dyn Format) -> ChartWords {
    let title = match told.chain.last().filter(|last| last.steps > 1) {
        Some(last) => {
            let further: u64 = told.chain.iter().skip(1).map(|step| step.customers).sum();
            let were = if further == 1 { "was" } else { "were" };
            format!(
                "{} {were} brought by somebody who had been brought, up to {} steps",
                f.integer(further),
                f.integer(u64::from(last.steps))
            )
        }
        None => "No chains yet: nobody who was brought has brought others".to_owned(),
    };
    ChartWords {
        sub: "Customers brought, by how many referrals lie between them and the first of their chain".to_owned(),
        sentence: format!("Bars by the number of steps. {title}."),
        title,
        note: None,
    }
}
