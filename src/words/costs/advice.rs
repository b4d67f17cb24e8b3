//! What to do about what winning one costs.

use super::{BARELY, name, new_customers};
use crate::report::costs::{ChannelRow, Costs};
use crate::words::facts::FEW;
use crate::words::format::Format;

/// Something to do, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// What stands at the right: a phrase, a figure, and a phrase after it.
    pub gain: (String, String, String),
}

/// What to do about it, from what was counted; what it would bring nobody can tell from the past.
pub fn advice(costs: &Costs, f: &dyn Format) -> Vec<Advice> {
    let within = f.count(u64::from(costs.within_months), "month");
    let cac = |row: &ChannelRow| row.costs.as_ref().and_then(|costs| costs.cac);
    let many = || costs.channels.iter().filter(|row| new_customers(row) >= FEW);
    let dear = many().filter_map(|row| Some((row, cac(row)?, row.affordable?))).filter(|(_, cac, most)| cac > most);
    let dear = dear.max_by(|a, b| (a.1.0 - a.2.0).total_cmp(&(b.1.0 - b.2.0)));
    let mut all = Vec::new();
    if let Some((row, cac, most)) = dear {
        all.push(Advice {
            what: format!("Pay less for a customer from {}", name(&row.channel)),
            why: format!(
                "Within {within} one brings {}, and winning one cost {}. Cut what works least there first, and look again.",
                f.money(most.0),
                f.money(cac.0)
            ),
            gain: ("at most".to_string(), f.money(most.0), "each".to_string()),
        });
    }
    let rated = || many().filter_map(|row| Some((row, row.crv?, row.ltv_cac?)));
    let least = rated().min_by(|a, b| a.2.total_cmp(&b.2));
    let best = rated().max_by(|a, b| a.2.total_cmp(&b.2));
    if let (Some((least, crv, ratio)), Some((best, more, times))) = (least, best)
        && ratio < BARELY
        && times > 2.0 * ratio
    {
        all.push(Advice {
            what: format!("Try part of the budget for {} on {}", name(&least.channel), name(&best.channel)),
            why: format!(
                "A customer from {} leaves you {} over, one from {} {}. The next customer of a channel may cost more than \
                 the last: move a third for a month, and compare.",
                name(&least.channel),
                f.money(crv.0),
                name(&best.channel),
                f.money(more.0)
            ),
            gain: ("not shown: the past does not say".to_string(), String::new(), "what the next one costs".to_string()),
        });
    }
    all
}
