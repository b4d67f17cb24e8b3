//! The words above the cohort grid.

use crate::math::stats::Share;
use crate::report::Report;
use crate::report::schema::Cohort;

use super::facts::FEW;
use super::format::Format;

/// The finding of the cohort grid: the cohort that came back most in the period after the first, where it stands out from
/// the others by more than chance.
pub fn title(report: &Report, f: &dyn Format) -> String {
    let unit = report.retention.unit;
    let name = unit.name();
    let second = |cohort: &Cohort| {
        let whole = cohort.active.len() > 2 || (cohort.active.len() == 2 && !cohort.last_is_partial);
        whole.then(|| Share::new(cohort.active[1], cohort.size))
    };
    let lived: Vec<(&Cohort, Share)> =
        report.retention.cohorts.iter().filter_map(|cohort| Some((cohort, second(cohort)?))).collect();
    let (count, of) = lived.iter().fold((0, 0), |(count, of), (_, share)| (count + share.count, of + share.of));
    let all = Share::new(count, of);
    if of < FEW || lived.is_empty() {
        return format!(
            "Too little to tell: {} so far have lived a {name} after their first purchase",
            f.count(of, "customer")
        );
    }
    let best = lived
        .iter()
        .filter(|(_, share)| share.of >= FEW)
        .filter_map(|(cohort, share)| Some((cohort, share, share.rate?)))
        .reduce(|best, next| if next.2 > best.2 { next } else { best });
    match best {
        Some((cohort, share, _)) if stands_out(share, &all, lived.len()) => format!(
            "Those who first bought in {} came back most: {} in the next {name}",
            f.period(&cohort.cohort, unit),
            f.rate(share)
        ),
        _ if lived.iter().filter(|(_, share)| share.of >= FEW).count() > 1 => {
            format!("{} came back in the next {name}; the cohorts differ no more than by chance", f.rate(&all))
        }
        _ => format!("{} came back in the next {name}", f.rate(&all)),
    }
}

/// What the grid shows.
pub fn sub(report: &Report) -> String {
    let name = report.retention.unit.name();
    format!("Share of each {name}’s new customers who bought again, in %, by {name}s since their first purchase")
}

/// Whether the highest of so many shares differs from the rest at 95 %: the two-proportion z-test, with Bonferroni's
/// correction because the highest was picked.
fn stands_out(share: &Share, all: &Share, picked_from: usize) -> bool {
    let rest = Share::new(all.count - share.count, all.of - share.of);
    let (Some(a), Some(b), Some(pooled)) = (share.rate, rest.rate, all.rate) else { return false };
    let variance = pooled * (1.0 - pooled) * (1.0 / share.of as f64 + 1.0 / rest.of as f64);
    if variance <= 0.0 {
        return false;
    }
    let z = (a - b) / libm::sqrt(variance);
    let p = libm::erfc(z.abs() / std::f64::consts::SQRT_2);
    a > b && p * (picked_from as f64) < 0.05
}
