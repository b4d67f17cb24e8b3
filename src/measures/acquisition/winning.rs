//! What winning customers costs in full: channels, campaigns and stretches of time, each with its interval, and what comes back.

use super::super::value::{month_since, months_lived, payback_by};
use super::super::{Shown, mean, ratio, revenue};
use super::names::Names;
use super::origin::{self, Origin};
use super::spend::{Cost, Spend, Sums};
use super::{Won, margin, new_in, returned, returned_of};
use crate::ledger::Visits;
use crate::math::money::Derived;
use crate::math::stats::{Share, poisson_interval};
use crate::math::{Day, Money, order};
use crate::measures::retention::{self, Activity};
use crate::report::acquisition::{CampaignRow, ChannelRow, Costs, Kinds, Returned, StretchRow, Winning};
use crate::report::schema::{PaybackPoint, Totals, YearlyRetention};
use crate::settings::Settings;

/// Channels of customers alone that are listed.
const MOST_WITHOUT_COSTS: usize = 30;

/// Months that a cohort is followed: what is not paid back in five years is told as such.
const MOST_MONTHS: usize = 60;

/// Customers of a channel who were there a year ago from whom on it is told how long those of the channel stay.
const ENOUGH: u64 = 30;

/// The whole of it; `history` is what who is new is judged from, and `totals` are those of the same period.
///
/// Under a filter only what the tables of costs say themselves is told: what is spent on all customers is no cost of some.
pub fn winning(
    shown: Shown<'_>,
    history: &Visits,
    settings: &Settings,
    spend: Option<&Spend>,
    totals: &Totals,
) -> Winning {
    let empty = Spend::default();
    let spend = spend.unwrap_or(&empty);
    let joins = !settings.is_filtered();
    let window = spend.window(shown.start, shown.end);
    let column = origin::channel_column(shown.whole, &spend.channels).filter(|_| joins);
    let mut winning = Winning {
        within_months: settings.payback_months(),
        column: column.map(|column| column.name.clone()),
        ..Winning::default()
    };
    let view = View { shown, history, settings, spend, window, joins };
    if let Some(window) = window {
        let sums = Sums::of(spend.within(window));
        let won = joins.then(|| Won::among(shown, new_in(shown, window)));
        winning.costs = costs(sums.spend(), sums.kinds(), window, won);
        winning.returned = returned(&sums, won, settings);
        winning.campaigns = view.campaigns(window);
        winning.stretches = spend.stretches(window).into_iter().filter_map(|days| view.stretch(days)).collect();
    }
    // What was typed in holds for the whole period, whatever the tables say.
    if let Some(typed) = settings.spend {
        let days = (shown.start, shown.end);
        let won = joins.then(|| Won::among(shown, new_in(shown, days)));
        winning.costs = costs(Some(typed), Some(Kinds { not_said: typed, ..Kinds::default() }), days, won);
        winning.returned = returned_of(typed, None, won, settings);
    }
    (winning.channels, winning.more_channels) = view.channels(
        column.map(|column| {
            let mut names = spend.channels.clone();
            column.labels.iter().for_each(|label| _ = names.add(label));
            (Origin::new(shown, history, column, &names), names)
        }),
        totals,
    );
    winning
}

/// What the parts are computed from.
struct View<'a> {
    shown: Shown<'a>,
    history: &'a Visits,
    settings: &'a Settings,
    spend: &'a Spend,
    window: Option<(Day, Day)>,
    /// Whether customers may be held against costs.
    joins: bool,
}

impl View<'_> {
    fn sums(&self, of: impl Fn(&&Cost) -> bool + Clone) -> Sums {
        self.window.map_or_else(Sums::default, |window| Sums::of(self.spend.within(window).filter(of)))
    }

    /// The channels, and how many more there are.
    fn channels(&self, customers: Option<(Origin<'_>, Names)>, totals: &Totals) -> (Vec<ChannelRow>, u64) {
        let View { shown, settings, .. } = *self;
        let names = customers.as_ref().map_or(&self.spend.channels, |(_, names)| names);
        let origin = customers.as_ref().map(|(origin, _)| origin);
        let groups = names.len();
        let group_of = |customer: usize| origin.and_then(|origin| origin.of(customer));
        let curves = payback_by(shown, settings, groups, &group_of);
        let worth = origin.map(|origin| self.worth(origin, groups, totals));
        let mut counts = vec![0u64; groups];
        shown.buyers().filter_map(group_of).for_each(|group| counts[group] += 1);
        let mut ever = vec![false; groups];
        (0..self.history.len()).filter_map(|c| origin?.of_history(c)).for_each(|group| ever[group] = true);
        let row = |(group, payback): (usize, Vec<PaybackPoint>)| {
            let is_named = names.is_named(group);
            let sums = self.sums(|cost| cost.channel == group);
            let won = sums
                .days
                .filter(|_| is_named && self.joins)
                .and_then(|days| Won::of(shown, days, &sums, Some(origin?).map(|o| (o, group))));
            let costs = sums.days.and_then(|days| costs(sums.spend(), sums.kinds(), days, won));
            let cac = costs.as_ref().and_then(|costs| costs.cac);
            let (worth, own_lifespan) = worth.as_ref().map_or((None, false), |worth| worth[group]);
            let within = settings.payback_months() as usize;
            ChannelRow {
                channel: names.name(group).to_owned(),
                returned: returned(&sums, won, settings),
                has_customers: ever[group],
                customers: counts[group],
                worth,
                own_lifespan,
                crv: worth.zip(cac).map(|(worth, cac)| revenue::relationship_value(worth, cac)),
                ltv_cac: worth.zip(cac).and_then(|(worth, cac)| ratio(worth.0, cac.0)),
                payback_months: cac.and_then(|cac| first_month(payback.iter().map(|point| point.cumulative), cac)),
                affordable: payback.get(within - 1).map(|point| point.cumulative),
                earned_back: sums.days.zip(cac).filter(|_| origin.is_some()).map(|(days, cac)| {
                    let own = || new_in(shown, days).filter(|customer| group_of(*customer) == Some(group));
                    let earned = own().filter(|customer| {
                        mean(shown.summary.revenue[*customer], 1)
                            .is_some_and(|brought| brought.0 * margin(settings) >= cac.0)
                    });
                    Share::new(earned.count() as u64, own().count() as u64)
                }),
                payback,
                costs,
            }
        };
        let mut rows: Vec<ChannelRow> = curves.into_iter().enumerate().map(row).collect();
        rows.retain(|row| row.costs.is_some() || row.customers > 0);
        let spent = |row: &ChannelRow| row.costs.as_ref().map(|costs| costs.spend);
        order::sort_by(&mut rows, |a, b| spent(b).cmp(&spent(a)).then(b.customers.cmp(&a.customers)));
        let most = rows.iter().filter(|row| row.costs.is_some()).count() + MOST_WITHOUT_COSTS;
        let more = rows.len().saturating_sub(most) as u64;
        rows.truncate(most);
        (rows, more)
    }

    /// What a customer of each group is worth, and whether how long they stay is the group's own: the simple CLTV as in
    /// [`revenue::totals`].
    fn worth(&self, origin: &Origin<'_>, groups: usize, totals: &Totals) -> Vec<(Option<Derived>, bool)> {
        let View { shown, history, settings, .. } = *self;
        let activity = Activity::new(settings.active, &retention::rhythm(history));
        let of_history = |customer: usize| origin.of_history(customer);
        let churn = retention::yearly_by(history, activity, shown.end, groups, &of_history);
        let mut tallies = vec![revenue::Tally::default(); groups];
        for (group, customer) in shown.buyers().filter_map(|customer| Some((origin.of(customer)?, customer))) {
            tallies[group].add(shown, customer);
        }
        let of_group = |(tally, churn): (&revenue::Tally, &YearlyRetention)| {
            let is_own = churn.kept.is_some_and(|kept| kept.of >= ENOUGH);
            let years = if is_own { tally.lifespan_years(settings.lifespan, churn) } else { totals.lifespan_years };
            (tally.cltv(shown, settings, years).map(|cltv| Derived(cltv.0 * margin(settings))), is_own)
        };
        tallies.iter().zip(&churn).map(of_group).collect()
    }

    /// The campaigns. Their customers are those of the orders' own column of campaigns, where it has one of the names.
    fn campaigns(&self, window: (Day, Day)) -> Vec<CampaignRow> {
        let names = &self.spend.campaigns;
        let column = origin::campaign_column(self.shown.whole, names).filter(|_| self.joins);
        let origin = column.map(|column| Origin::new(self.shown, self.history, column, names));
        let mut of_campaign: Vec<Vec<Cost>> = vec![Vec::new(); names.len()];
        self.spend.within(window).for_each(|cost| of_campaign[cost.campaign].push(*cost));
        let row = |(place, own): (usize, &Vec<Cost>)| {
            let sums = Sums::of(own.iter());
            let by = origin.as_ref().map(|origin| (origin, place));
            let won = Won::of(self.shown, sums.days?, &sums, by).filter(|_| names.is_named(place) && self.joins);
            let returned: Option<Returned> = returned(&sums, won, self.settings);
            Some(CampaignRow {
                campaign: names.name(place).to_owned(),
                costs: costs(sums.spend(), sums.kinds(), sums.days?, won)?,
                returned,
            })
        };
        let mut rows: Vec<CampaignRow> = of_campaign.iter().enumerate().filter_map(row).collect();
        // Where no table names a campaign, there is nothing to tell apart.
        if rows.iter().all(|row| row.campaign.is_empty()) {
            return Vec::new();
        }
        let last = |row: &CampaignRow| row.campaign.is_empty();
        order::sort_by(&mut rows, |a, b| last(a).cmp(&last(b)).then(b.costs.spend.cmp(&a.costs.spend)));
        rows
    }

    /// A stretch of time, its new customers followed as a cohort for as long as all of them were observed.
    fn stretch(&self, days: (Day, Day)) -> Option<StretchRow> {
        let View { shown, settings, .. } = *self;
        let sums = Sums::of(self.spend.within(days));
        let won = self.joins.then(|| Won::among(shown, new_in(shown, days)));
        let costs = costs(sums.spend(), sums.kinds(), days, won)?;
        let lived = months_lived(days.1, shown.end).min(MOST_MONTHS);
        let mut brought = vec![0i64; lived];
        for customer in new_in(shown, days).filter(|_| self.joins) {
            for visit in shown.visits.of_customer(customer) {
                let month = month_since(shown.visits.first_ever[customer], visit.day);
                if month < lived {
                    brought[month] += visit.revenue;
                }
            }
        }
        let count = won.map_or(0, |won| won.count);
        let mut sum = 0;
        let cumulative: Vec<Derived> = brought
            .into_iter()
            .filter_map(|month| {
                sum += month;
                mean(sum, count).map(|mean| Derived(mean.0 * margin(settings)))
            })
            .collect();
        let payback_months = costs.cac.and_then(|cac| first_month(cumulative.iter().copied(), cac));
        Some(StretchRow { costs, cumulative, payback_months })
    }
}

/// The month in which a growing sum reaches a cost.
fn first_month(mut cumulative: impl Iterator<Item = Derived>, cac: Derived) -> Option<u32> {
    cumulative.position(|sum| sum >= cac).map(|month| month as u32)
}

/// What some costs come to over some days, and what one of the customers won by them costs, with its interval.
fn costs(spend: Option<Money>, kinds: Option<Kinds>, (start, end): (Day, Day), won: Option<Won>) -> Option<Costs> {
    let (spend, kinds) = (spend?, kinds?);
    let count = won.map(|won| won.count);
    let cac = count.and_then(|count| mean(spend.0, count));
    let by_chance = cac.map(|_| poisson_interval(count.unwrap_or_default()));
    let of = |customers: f64| Derived::finite(spend.to_f64() / customers);
    Some(Costs {
        start,
        end,
        spend,
        kinds,
        new_customers: count,
        told_by: won.map(|won| won.told_by),
        cac,
        low: by_chance.and_then(|(_, most)| of(most)),
        high: by_chance.and_then(|(fewest, _)| of(fewest)),
    })
}
