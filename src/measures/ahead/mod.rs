//! What is still to come, of what is shown: the models' sections of a report, made of an [`Outlook`] and of the orders.
//!
//! * here: the next 12 months, in all and by month.
//! * [`season`]: how calendar months differ, year after year.
//! * [`groups`]: the same by segment and by cohort.
//! * [`risk`]: who is overdue, and what they would bring. [`checks`]: how the models fit.
//! * [`prospect`]: one customer; [`each`]: all of them, for the list that is saved; [`worth`]: what customers are worth, told in five ways; [`as_lifetimes`]: what a well-known
//!   package would tell of them.

pub mod as_lifetimes;
pub mod checks;
pub mod each;
pub mod groups;
pub mod prospect;
pub mod risk;
pub mod season;
pub mod worth;

use crate::math::Unit;
use crate::measures::beside::Beside;
use crate::models::MONTH_DAYS;
use crate::models::forecast::{self, Open, band, discounted, money_band};
use crate::models::outlook::{Outlook, Year};
use crate::report::forecast::{Ahead, Forecast, MonthAhead};
use crate::settings::Settings;

/// The forecast as it is shown: what the report exports of it, and what the page tells where it can be stood behind.
pub fn forecast(beside: &Beside<'_>, outlook: &Outlook) -> Forecast {
    let mut told = forecast::of(outlook, beside.settings.margin, beside.settings.discount);
    told.ahead = outlook.trusted().map(|year| ahead(beside, outlook, year));
    told
}

fn ahead(beside: &Beside<'_>, outlook: &Outlook, year: &Year) -> Ahead {
    let Settings { margin, discount, .. } = *beside.settings;
    let season = season::season(beside.history, outlook.end);
    let revenue = &year.revenue;
    let (count, money) = (year.purchases.open(year.misfit[0]), revenue.open(year.misfit[1]));
    // What of an amount of the 12 months is left of it, discounted and after the cost of goods.
    let left = discounted(&year.month_revenue, discount) / revenue.value.max(f64::MIN_POSITIVE) * margin.unwrap_or(1.0);
    Ahead {
        purchases: band(&count),
        revenue: money_band(&money, 1.0),
        margin: margin.map(|margin| money_band(&money, margin)),
        equity: money_band(&money, left),
        misfit: year.misfit,
        months: months(outlook, year, season.as_ref().map(|season| &*season.index)),
        season,
        segments: groups::segments(beside, outlook, year, left),
        cohorts: groups::cohorts(beside, outlook, year, left),
        worth: worth::of_all(&worth::Basis::of(beside), outlook, year),
    }
}

/// The 12 months, the season put back in so that their sum stays the same.
///
/// What the parameters leave open and the errors on the past are as large a part of a month as of the year. Of chance, the
/// purchases of a month are a part w of the year's: the part of its variance that is Poisson's shrinks with w, the rest,
/// which customers carry from month to month, with w².
fn months(outlook: &Outlook, year: &Year, season: Option<&[f64]>) -> Vec<MonthAhead> {
    let middle = |month: usize| outlook.end.plus(libm::ceil((month as f64 + 0.5) * MONTH_DAYS) as i32);
    let index = |month: usize| season.map_or(1.0, |index| index[(middle(month).ymd().1 - 1) as usize]);
    let seasonal = |months: &[f64]| -> Vec<f64> {
        let moved: Vec<f64> = months.iter().enumerate().map(|(month, value)| value * index(month)).collect();
        let (before, after) = (months.iter().sum::<f64>(), moved.iter().sum::<f64>());
        moved.into_iter().map(|value| if after > 0.0 { value * before / after } else { 0.0 }).collect()
    };
    let poisson = |c: &u32| year.standing.expected[*c as usize] * year.values[*c as usize] * year.values[*c as usize];
    let single = outlook.summary.buyers.iter().map(poisson).sum::<f64>() + year.purchases.value * year.spend.variance;
    let total = &year.revenue;
    let (purchases, revenue) = (seasonal(&year.months), seasonal(&year.month_revenue));
    let month = |(place, (&purchases, &revenue)): (usize, (&f64, &f64))| {
        let part = revenue / total.value.max(f64::MIN_POSITIVE);
        let chance = part * single.min(total.noise) + part * part * (total.noise - single).max(0.0);
        MonthAhead {
            month: Unit::Month.label(Unit::Month.of(middle(place))),
            purchases,
            revenue: money_band(
                &Open { value: revenue, factors: &total.factors, chance, misfit: year.misfit[1], none: 0.0 },
                1.0,
            ),
        }
    };
    purchases.iter().zip(&revenue).enumerate().map(month).collect()
}
