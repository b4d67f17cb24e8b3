//! The key figures that only the view of costs has: what was spent, and what came back for it.

use super::gaps::other_currency;
use super::roi;
use crate::report::Report;
use crate::report::costs::{Costs, Spent, ToldBy};
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::terms::numbers::percent_as_typed;

/// A figure with all that is said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The value.
    pub value: String,
    /// What it is made of.
    pub made_of: String,
    /// One line of meaning.
    pub mean: String,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What the trade calls it.
    pub trade: &'static str,
    /// How it is worked out, in words.
    pub formula: &'static str,
    /// The same with the numbers in.
    pub numbers: String,
    /// What goes in: name and value.
    pub inputs: Vec<(String, String)>,
    /// A remark.
    pub note: String,
}

/// Costs by what they are for, with those that there are.
fn kinds(spent: &Spent) -> Vec<(&'static str, f64)> {
    let kinds = &spent.kinds;
    [("marketing", kinds.marketing), ("sales", kinds.sales), ("overhead", kinds.overhead), ("not said", kinds.not_said)]
        .into_iter()
        .map(|(name, amount)| (name, amount.to_f64()))
        .filter(|(_, amount)| *amount != 0.0)
        .collect()
}

/// What was spent on winning customers.
pub fn spent(costs: &Costs, report: &Report, f: &dyn Format) -> Said {
    let Some(total) = &costs.total else { return Said { value: NOT_DEFINED.to_string(), ..Said::default() } };
    let all = total.spend.to_f64();
    let kinds = kinds(total);
    let part = |(name, amount): &(&str, f64)| format!("{} {name}", f.percent(amount / all, 0));
    let typed = report.acquisition.typed;
    let made_of = match &kinds[..] {
        _ if typed => "typed in by you".to_string(),
        [("not said", _)] | [] => "kind of cost not said".to_string(),
        [(name, _)] => format!("all {name}"),
        _ if all > 0.0 => kinds.iter().map(part).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    // What each kind of cost comes to, and what it is for each new customer.
    let each = |amount: f64| match total.new_customers {
        Some(new) if new > 0 => format!("{}, {} each", f.money(amount), f.money(amount / new as f64)),
        _ => f.money(amount),
    };
    let mut inputs: Vec<(String, String)> =
        kinds.iter().map(|(name, amount)| (crate::text::capital(name), each(*amount))).collect();
    inputs.push(("Of these days".to_string(), format!("{} to {}", f.day(total.start), f.day(total.end))));
    inputs.push((
        "New customers in them".to_string(),
        total.new_customers.map_or_else(|| NOT_DEFINED.to_string(), |n| f.integer(n)),
    ));
    let sum = kinds.iter().map(|(_, amount)| f.money(*amount)).collect::<Vec<_>>().join(" + ");
    Said {
        value: f.money(all),
        made_of,
        mean: format!("{} to {}", f.day(total.start), f.day(total.end)),
        meaning: "What you spent on winning customers: marketing, sales, and the share of everything else.",
        trade: "acquisition spend",
        formula: "marketing + sales + overhead",
        numbers: if kinds.len() > 1 { format!("{sum} = {}", f.money(all)) } else { f.money(all) },
        inputs,
        note: match (typed, other_currency(report, f).first()) {
            (true, _) => "Typed in by you for the whole period, in place of what your files say.".to_string(),
            (false, Some(other)) => other.clone(),
            (false, None) => {
                "A week or month of costs that the period cuts counts for nothing, and neither do the customers \
                              of its days."
                    .to_string()
            }
        },
    }
}

/// What winning one of the customers costs whom channels with spend have won; nothing where that is all of them.
pub fn paid(costs: &Costs, f: &dyn Format) -> Option<Said> {
    let (all, paid) = (costs.total.as_ref()?.new_customers?, costs.paid.as_ref()?);
    let won = paid.new_customers?;
    let mut said = Said {
        made_of: format!("{} of {}", f.integer(won), f.count(all, "new customer")),
        mean: match costs.unnamed {
            0 => "Without those who came without spend".to_string(),
            n => format!("Without those who came without spend, and {} whose channel is not told", f.integer(n)),
        },
        meaning: "What winning a customer costs if only those count who came by a channel that money was spent on.",
        trade: "paid CAC; with all new customers it is the blended CAC",
        ..one(paid, f)
    };
    if costs.unnamed > 0 {
        said.inputs.push(("Whose channel is not told".to_string(), f.integer(costs.unnamed)));
        said.note.push_str(" Where the channel is not told, nobody knows whether money was spent: these are left out.");
    }
    Some(said)
}

/// What winning one costs in the channels that were chosen; nothing where it is told of all.
pub fn chosen(costs: &Costs, f: &dyn Format) -> Option<Said> {
    let total = costs.total.as_ref().filter(|_| !costs.only.is_empty())?;
    let said = Said {
        made_of: f.count(total.new_customers?, "new customer"),
        mean: "In the channels chosen".to_string(),
        meaning: "What winning a customer costs in the channels chosen: their own spend, and the customers who first bought \
                  through them.",
        trade: "CAC of a channel",
        ..one(total, f)
    };
    Some(said)
}

/// A cost to win one with its formula and its interval.
fn one(spent: &Spent, f: &dyn Format) -> Said {
    let (value, spend) = (f.derived(spent.cac), f.money(spent.spend.to_f64()));
    let new = f.integer(spent.new_customers.unwrap_or_default());
    let mut inputs = vec![
        ("Spent".to_string(), spend.clone()),
        ("New customers".to_string(), new.clone()),
        ("Of these days".to_string(), format!("{} to {}", f.day(spent.start), f.day(spent.end))),
    ];
    inputs.extend(
        spent
            .low
            .zip(spent.high)
            .map(|(low, high)| ("Range (95%)".to_string(), format!("{} to {}", f.money(low.0), f.money(high.0)))),
    );
    Said {
        numbers: format!("{spend} ÷ {new} = {value}"),
        value,
        formula: "what was spent ÷ these customers",
        inputs,
        note: "The same money may as well have won a few more or fewer: the range says how far.".to_string(),
        ..Said::default()
    }
}

/// What came back for each euro: marketing ROI.
pub fn returned(costs: &Costs, report: &Report, f: &dyn Format) -> Said {
    let worked = costs.total.as_ref().zip(costs.returned.as_ref());
    let value = roi(costs.returned.as_ref().and_then(|returned| returned.roi), f);
    let margin = report.settings.margin;
    let (numbers, inputs, note) = match worked {
        Some((total, returned)) => {
            let (spend, revenue) = (total.spend.to_f64(), returned.revenue.to_f64());
            let times = margin.map_or_else(String::new, |margin| format!(" × {}", percent_as_typed(margin, f)));
            let numbers = format!("({}{times} − {}) ÷ {} = {value}", f.money(revenue), f.money(spend), f.money(spend));
            let inputs = vec![
                ("Revenue".to_string(), f.money(revenue)),
                (
                    "Margin".to_string(),
                    margin.map_or("not typed in: this is revenue".to_string(), |m| percent_as_typed(m, f)),
                ),
                ("Spent".to_string(), f.money(spend)),
            ];
            let note = match returned.told_by {
                ToldBy::Orders => {
                    "Revenue is what the customers won in those days have brought up to the end of the period; the \
                     youngest will still bring more."
                }
                ToldBy::Costs => "Revenue is what your file of costs attributes to them.",
            };
            (numbers, inputs, note.to_string())
        }
        None => (NOT_DEFINED.to_string(), Vec::new(), String::new()),
    };
    Said {
        value,
        made_of: match margin {
            Some(_) => "margin so far, after the cost".to_string(),
            None => "revenue so far, after the cost".to_string(),
        },
        mean: "On what was spent, up to now".to_string(),
        meaning: "What came back of the money spent, beyond the money itself.",
        trade: "marketing ROI",
        formula: "(revenue × margin − costs) ÷ costs",
        numbers,
        inputs,
        note,
    }
}
