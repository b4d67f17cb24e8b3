//! The sentence that each view opens with, computed from the data, its emphasised part marked.

use crate::math::money::Derived;
use crate::protocol::{FileReview, Review};
use crate::report::Report;
use crate::report::customers::CustomerDetail;
use crate::report::schema::Segment;
use crate::roles::Confidence;
use crate::text;

use super::facts::{self, FEW};
use super::format::{Format, about_one_in};
use super::groups;
use super::segments;

mod overview;

pub use overview::overview;

/// A finding: three pieces of one sentence (or two), the middle one emphasised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Up to the emphasis.
    pub before: String,
    /// The emphasis; may be empty.
    pub strong: String,
    /// After it.
    pub after: String,
    /// At most two lines below the finding.
    pub lead: Option<String>,
}

impl Finding {
    fn new(before: impl Into<String>, strong: impl Into<String>, after: impl Into<String>) -> Finding {
        Finding { before: before.into(), strong: strong.into(), after: after.into(), lead: None }
    }

    fn plain(text: impl Into<String>) -> Finding {
        Finding::new(text, "", "")
    }

    fn with_lead(self, lead: impl Into<String>) -> Finding {
        Finding { lead: Some(lead.into()), ..self }
    }

    /// The whole finding as text.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.strong, self.after)
    }
}

pub(super) fn nothing_selected(report: &Report) -> Option<Finding> {
    (report.totals.purchases == 0).then(|| {
        Finding::plain("There are no purchases in this selection.")
            .with_lead("Widen the period, or take a filter away.")
    })
}

/// Who stays.
pub fn retention(report: &Report, f: &dyn Format) -> Finding {
    if let Some(nothing) = nothing_selected(report) {
        return nothing;
    }
    let retention = &report.retention;
    let repeat = &report.totals.repeat;
    let finding = match retention.yearly.kept {
        Some(kept) if kept.of >= FEW => {
            let year = !retention.yearly.scaled;
            let then = match (year, retention.yearly.start) {
                (true, _) => "a year earlier".to_string(),
                (false, Some(start)) => format!("on {}", f.day(start.plus(-1))),
                (false, None) => "at the start".to_string(),
            };
            let before = format!("Of {} who were active {then}, ", f.count(kept.of, "customer"));
            let finding = Finding::new(before, f.rate(&kept), " still are.");
            match retention.yearly.crr.filter(|_| !year) {
                Some(crr) => finding.with_lead(format!(
                    "That was over {}. Scaled to a year it would be about {}.",
                    f.days(f64::from(retention.yearly.days)),
                    f.percent(crr, 0)
                )),
                None => finding,
            }
        }
        _ if repeat.count < FEW => {
            let people = if repeat.count == 1 {
                "1 person has".to_string()
            } else {
                format!("{} people have", f.integer(repeat.count))
            };
            Finding::plain(format!("Too little to tell: {people} bought twice; from about 30 it will."))
        }
        _ => Finding::new("", f.rate(repeat), format!(" of {} bought more than once.", f.count(repeat.of, "customer"))),
    };
    if finding.lead.is_some() {
        return finding;
    }
    match second_and_later(report) {
        Some(lead) => finding.with_lead(lead),
        None => finding,
    }
}

/// How steep the loss is at first, and how flat later, where the ages can carry it.
fn second_and_later(report: &Report) -> Option<String> {
    let unit = report.retention.unit.name();
    let lived: Vec<_> = report.retention.all.iter().filter(|row| row.age > 0 && row.active.of >= FEW).collect();
    let (first, last) = (lived.first()?, lived.last()?);
    let about = about_one_in(first.active.rate?)?;
    let start = format!("{} new customers buy again in the next {unit}", text::capital(about));
    let late = last.active.rate?;
    let kept = late / first.active.rate?;
    Some(match last.age {
        age if age >= 4 && kept > 0.6 => format!("{start}. Whoever gets past that stays for long."),
        age if age >= 4 && kept < 0.35 => format!("{start}, and fewer as time goes by."),
        _ => format!("{start}."),
    })
}

/// What a customer is worth.
pub fn value(report: &Report, f: &dyn Format) -> Finding {
    if let Some(nothing) = nothing_selected(report) {
        return nothing;
    }
    if facts::hardly_anybody_came_back(report) {
        return value_so_far(report, f);
    }
    let totals = &report.totals;
    let after_cost = if totals.cltv_margin.is_some() { " after the cost of goods" } else { "" };
    let finding = match (totals.cltv_margin.or(totals.cltv), totals.lifespan_years) {
        (Some(worth), Some(years)) => {
            let span = format!("{after_cost} over {}", years_in_words(years, f));
            let after = match (totals.ltv_cac, totals.cac) {
                (Some(ratio), Some(cac)) if ratio >= 1.0 => {
                    format!("{span}, {} times the {} that winning one costs.", f.number(ratio, 1), f.money(cac.0))
                }
                (Some(_), Some(cac)) => format!("{span}, less than the {} that winning one costs.", f.money(cac.0)),
                _ => format!("{span}."),
            };
            Finding::new("A customer brings about ", f.money(worth.0), after)
        }
        _ => return value_so_far(report, f),
    };
    if totals.customers < FEW {
        let few = f.count(totals.customers, "customer");
        return finding.with_lead(format!("From {few} only: a rough guess. From about {FEW} on it can be told."));
    }
    let lead = match (report.settings.margin.is_some(), totals.cac.is_some()) {
        (false, false) => {
            "This is revenue. Type in your margin and what you spend on winning customers to see what is left."
        }
        (false, true) => "This is revenue. Type in your margin to see what is left of it.",
        (true, false) => "Type in what you spend on winning customers to see what is left.",
        (true, true) => "",
    };
    let far = facts::far_beyond_the_data(report, f)
        .map(|seen| format!("A rough guess: {seen} of data can’t show that customers go on leaving at this pace."));
    let below = if facts::worth_is_below_so_far(report) { super::prospect::BELOW } else { "" };
    match [far.as_deref().unwrap_or_default(), lead, below]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
    {
        none if none.is_empty() => finding,
        lead => finding.with_lead(lead),
    }
}

fn value_so_far(report: &Report, f: &dyn Format) -> Finding {
    let why = match report.retention.yearly.churn {
        _ if facts::too_short_for_a_lifetime(report) => {
            "Less than two years are shown: too short to tell what a customer brings over the years."
        }
        _ if facts::hardly_anybody_came_back(report) => {
            "Hardly anybody has bought twice, so what a customer brings over the years can’t be told from their pace."
        }
        Some(churn) if churn <= 0.0 => "No one has left yet, so how long a customer stays is not defined.",
        _ => "The data is too short to tell how long a customer stays, so the worth over a lifetime is not defined.",
    };
    match report.value.historical_mean {
        Some(Derived(mean)) => {
            Finding::new("So far a customer has brought ", f.money(mean), " on average.").with_lead(why)
        }
        None => Finding::plain("What a customer brings is not defined.").with_lead(why),
    }
}

pub(super) fn years_in_words(years: f64, f: &dyn Format) -> String {
    match years {
        y if y < 1.0 => {
            let months = (y * 12.0).round().max(1.0) as u64;
            f.count(months, "month")
        }
        y => {
            let text = f.number(y, u8::from(y < 10.0));
            let one = matches!(&*text, "1" | "1.0");
            if one { "1 year".to_string() } else { format!("{text} years") }
        }
    }
}

/// Which customers carry the shop, and which have gone quiet.
pub fn segments(report: &Report, f: &dyn Format) -> Finding {
    if let Some(nothing) = nothing_selected(report) {
        return nothing;
    }
    if let Some(few) = groups::too_few(report, f) {
        return Finding::plain(few);
    }
    // Where hardly anybody has come back, the groups that live from coming back carry nothing.
    if let Some(rate) = report.totals.repeat_rate.filter(|_| facts::hardly_anybody_came_back(report)) {
        let once = f.percent(1.0 - rate, 0);
        return Finding::new("", once, " of your customers have bought once: no group of regulars carries the shop.");
    }
    let of = |name: &str| report.segments.iter().find(|s| s.family == "rfm" && s.name == name && s.customers > 0);
    let share = |segment: &Segment| segment.revenue_share.map(|share| f.percent(share, 0));
    let carried = of("champions").or_else(|| of("loyal")).and_then(|segment| Some((segment, share(segment)?)));
    let gone_quiet = facts::gone_quiet(report);
    let quiet = gone_quiet.as_ref().map_or(0, |quiet| quiet.customers);
    let after = match quiet {
        0 => String::new(),
        1 => " 1 other has gone quiet.".to_string(),
        n => format!(" {} others have gone quiet.", f.integer(n)),
    };
    match carried {
        Some((segment, share)) => {
            let title = segments::title("rfm", &segment.name).to_ascii_lowercase();
            let (who, verb) = match (segment.name.as_str(), segment.customers) {
                ("champions", 1) => ("1 champion".to_string(), "brings"),
                ("champions", n) => (format!("{} {title}", f.integer(n)), "bring"),
                (_, 1) => (format!("1 {title} customer"), "brings"),
                (_, n) => (format!("{} {title} customers", f.integer(n)), "bring"),
            };
            if groups::is_gone(segment) {
                let away = groups::away(segment, report, f);
                let verb = if segment.customers == 1 { "has" } else { "have" };
                return Finding::new(format!("{who} {verb} brought "), share, format!(" of your revenue, and {away}."));
            }
            let lead = groups::gone_of_all(report, f);
            Finding { lead, ..Finding::new(format!("{who} {verb} "), share, format!(" of your revenue.{after}")) }
        }
        None if quiet > 0 => {
            let (people, verb) = if quiet == 1 { ("customer", "has") } else { ("customers", "have") };
            let came_back = gone_quiet.is_some_and(|quiet| quiet.all_came_back);
            let who = if came_back { " who bought more than once" } else { "" };
            Finding::new("", f.integer(quiet), format!(" {people}{who} {verb} gone quiet."))
        }
        None => Finding::plain(format!(
            "{} in groups by when and how often they bought.",
            f.count(report.totals.customers, "customer")
        )),
    }
}

/// All customers, or those of a segment (family and name) among them.
pub fn customers(report: &Report, segment: Option<(&str, &str)>, f: &dyn Format) -> Finding {
    if let Some(nothing) = nothing_selected(report) {
        return nothing;
    }
    let all = f.count(report.totals.customers, "customer");
    if let Some((family, name)) = segment {
        let (customers, share) = groups::size(report, family, name);
        let are = if customers == 1 { "is" } else { "are" };
        let title = segments::title(family, name);
        let bring = share
            .filter(|_| customers > 0)
            .map(|share| format!(" They have brought {} of revenue.", f.percent(share, 0)));
        let after = format!(" of {all} {are} in “{title}”.{}", bring.unwrap_or_default());
        return Finding::new("", f.integer(customers), after);
    }
    match (report.concentration.top_ten_share, report.value.top.first()) {
        (Some(share), _) if report.totals.customers > 10 => {
            let places = u8::from(share < 0.1);
            Finding::new(format!("{all}. The ten largest bring "), f.percent(share, places), " of your revenue.")
        }
        (_, Some(top)) => {
            let before = format!("{all}. The largest has brought ");
            Finding::new(before, f.money_exact(top.revenue), ".")
        }
        _ => Finding::plain(format!("{all}.")),
    }
}

/// One customer.
pub fn customer(detail: &CustomerDetail, f: &dyn Format) -> Finding {
    let row = &detail.row;
    let away = f64::from(row.days_since);
    let bought = || detail.events.iter().filter(|event| event.purchase).map(|event| event.day);
    let longest = bought().zip(bought().skip(1)).map(|(before, day)| day.0 - before.0).max().map_or(0.0, f64::from);
    let finding = match row.usual_gap {
        Some(usual) if away > usual * 1.5 && away > usual + 7.0 => {
            // Of a handful the best fifth tells nothing.
            let good = detail.customers >= FEW && (row.tier == "high" || row.tier == "a");
            let head = if good { "A good customer going quiet" } else { "Going quiet" };
            Finding::new(format!("{head}: usually back after {}, now ", f.days(usual)), f.days(away), " away.")
        }
        Some(usual) if away > usual => {
            Finding::new(format!("A little late: usually back after {}, now ", f.days(usual)), f.days(away), " away.")
        }
        Some(usual) => Finding::new(
            format!("Usually back after {}; the last purchase was ", f.days(usual)),
            if row.days_since == 0 { "on the last day".to_string() } else { f.days(away) },
            if row.days_since == 0 { " of your data." } else { " ago." },
        ),
        None if row.purchases > 1 => Finding::new(
            format!("{} on one day, ", f.count(u64::from(row.purchases), "purchase")),
            f.days(away),
            " before the end of your data.",
        ),
        None => Finding::new("Bought once, ", f.days(away), " before the end of your data."),
    };
    // Whoever was away for longer and came back is no news yet.
    let before = match row.usual_gap {
        Some(usual) if away > usual && away <= longest => {
            format!(" They have been away for up to {} before, and came back.", f.days(longest))
        }
        _ => String::new(),
    };
    finding.with_lead(format!(
        "{} from {}. Place {} of {} by revenue.{before}",
        f.money_exact(row.revenue),
        f.count(u64::from(row.purchases), "purchase"),
        f.integer(detail.rank),
        f.integer(detail.customers)
    ))
}

/// What became of the rows.
pub fn receipt(report: &Report, f: &dyn Format) -> Finding {
    let read = report.receipt.read.rows;
    let out: u64 = report.receipt.left_out.iter().map(|left| left.rows).sum();
    let used = read.saturating_sub(out);
    let cents = if report.receipt.adds_up() { " Every cent is accounted for." } else { "" };
    let finding = match out {
        _ if read == 0 => Finding::plain("There are no orders. What each file holds stands below."),
        0 if read == 1 => Finding::new("", "The only row was used.", cents),
        0 => Finding::new("", format!("All {} were used.", f.count(read, "row")), cents),
        _ => Finding::new(
            format!(
                "Of {}, {} {} used and ",
                f.count(read, "row"),
                f.integer(used),
                if used == 1 { "was" } else { "were" }
            ),
            format!("{} left out", f.integer(out)),
            format!(".{cents}"),
        ),
    };
    finding.with_lead(match report.sample {
        true => "The sample shop is made up on this device, flaws and all, and read like any other file.",
        false => "What came in, what was done with it, and what was not used.",
    })
}

/// The step between dropping and results: what is to be done.
pub fn review(review: &Review) -> Finding {
    let read = match review.files.len() {
        n if !review.refused.is_empty() => format!("We read {n} of {} files.", n + review.refused.len()),
        0 | 1 => "We read your file.".to_owned(),
        2 => "We read both files.".to_owned(),
        n => format!("We read all {n} files."),
    };
    let questions: usize = review.files.iter().map(|file| file.questions.len()).sum();
    let next = match questions {
        _ if !review.files.iter().any(|file| file.is_orders) => {
            let mut taken = review.files.iter().filter(|file| !file.options.skip);
            match taken.clone().find(|file| file.is_known()) {
                _ if taken.next().is_none() && !review.files.is_empty() => "All of it is set aside.".to_owned(),
                Some(file) => format!("{}, no orders.", super::tables::holds(file)),
                None => "Something is missing in it.".to_owned(),
            }
        }
        _ if review.rows_used == 0 => "None of the rows can be used as they are.".to_owned(),
        0 => match review.files.iter().map(doubts).sum::<usize>() {
            0 => "Your results are ready to be worked out.".to_owned(),
            1 => "One column to check, then your results.".to_owned(),
            n => format!("{n} columns to check, then your results."),
        },
        1 => "One question, then your results.".to_owned(),
        n => format!("{n} questions, then your results."),
    };
    Finding::plain(format!("{read} {next}"))
        .with_lead("Check that we understood it. Anything here can be changed, now or later.")
}

/// Columns of a table of orders whose part is a guess between two that are as good.
pub fn doubts(file: &FileReview) -> usize {
    let columns = file.columns.iter().filter(|_| file.is_orders);
    columns.filter(|column| column.confidence == Confidence::Ask).count()
}
