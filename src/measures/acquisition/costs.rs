//! What winning customers costs in full: channels, campaigns and stretches of time, each with its interval, and what comes
//! back.

use super::super::beside::Beside;
use super::super::retention::{self, Activity};
use super::super::value::{month_since, months_lived, payback_by};
use super::super::{mean, ratio, revenue};
use super::names::{Names, key};
use super::odds::{self, Brought};
use super::origin::{self, Origin};
use super::spend::{Cost, Spend, Sums};
use super::{Won, margin, new_customers, returned, returned_of, won_in};
use crate::math::money::Derived;
use crate::math::stats::{Share, poisson_interval};
use crate::math::{Day, Money, order};
use crate::report::costs::{Ask, CampaignRow, ChannelRow, Costs, Kinds, Spent, StretchRow, WITHIN_MONTHS};
use crate::report::schema::{PaybackPoint, YearlyRetention};

/// Channels of customers alone that are listed.
const MOST_WITHOUT_COSTS: usize = 30;

/// Months that a cohort is followed: what is not paid back in five years is told as such.
const MOST_MONTHS: usize = 60;

/// Where more than one in so many new customers came by no named channel, what those cost who were paid for is not told: too
/// many of the others may have been paid for too.
const ONE_UNNAMED_IN: u64 = 10;

/// Customers of a channel who were there a year ago from whom on it is told how long those of the channel stay.
const ENOUGH: u64 = 30;

/// The section of the report.
///
/// Under a filter only what the tables of costs say themselves is told: what is spent on all customers is no cost of some. But
/// for a filter of the channels that the costs name: see [`chosen`].
pub fn costs(beside: &Beside<'_>, ask: &Ask) -> Costs {
    of_channels(beside, ask, &[])
}

/// The values of a filter that lets in some of the channels that costs name, and that is the only one: what was spent on these
/// channels is a cost of theirs. Nothing where there is no such filter.
pub fn chosen<'a>(beside: &Beside<'a>) -> Option<&'a [String]> {
    let (settings, spend) = (beside.settings, beside.spend?);
    let mut filters = settings.filters.iter().filter(|filter| !filter.values.is_empty());
    let (Some(filter), None) = (filters.next(), filters.next()) else { return None };
    let column = origin::channel_column(beside.shown.whole, &spend.channels)?;
    let has_costs = |value: &String| spend.channels.place(&key(value)).is_some_and(|it| spend.channels.is_named(it));
    (column.name == filter.dimension && filter.values.iter().any(has_costs)).then_some(&filter.values)
}

/// The section of some channels, by the values that stand for them in the orders; of all where none is named. It is made of
/// what is there without the filter: who buys by a channel now may have been won by another.
pub fn of_channels(beside: &Beside<'_>, ask: &Ask, only: &[String]) -> Costs {
    let Beside { shown, settings, .. } = *beside;
    let empty = Spend::default();
    let spend = beside.spend.unwrap_or(&empty);
    let window = spend.window(shown.start, shown.end);
    let joins = !beside.is_filtered();
    let mut names = spend.channels.clone();
    let column = origin::channel_column(shown.whole, &names).filter(|_| joins);
    let origin = column.map(|column| {
        // Costs keep the names that they write.
        let new = column.labels.iter().filter(|label| spend.channels.place(&key(label)).is_none());
        new.for_each(|label| _ = names.add(label));
        Origin::new(shown, beside.history, column, &names)
    });
    let chosen: Option<Vec<usize>> =
        (!only.is_empty()).then(|| only.iter().filter_map(|value| names.place(&key(value))).collect());
    let within = ask.within.unwrap_or(WITHIN_MONTHS).max(1);
    let view = View { beside, spend, origin: origin.as_ref(), only: chosen, joins, within };
    let mut costs = Costs { within_months: within, only: only.to_vec(), ..Costs::default() };
    costs.column = column.map(|column| column.name.clone());
    if let Some(window) = window {
        let sums = Sums::of(view.costs(window));
        // Of some channels the days are those that their own costs cover.
        let days = view.only.as_ref().and(sums.days).unwrap_or(window);
        let won = view.joins.then(|| Won::among(shown, won_in(shown, view.new_customers(), days)));
        costs.total = spent(sums.spend(), sums.kinds(), days, won);
        (costs.paid, costs.unnamed) = view.paid(window, &sums, won, &names);
        costs.returned = returned(&sums, won, settings);
        costs.campaigns = view.campaigns(window);
        costs.stretches = view.stretches(window);
    }
    // What was typed in holds for the whole period and all channels, whatever the tables say.
    if let Some(typed) = settings.spend.filter(|_| only.is_empty()) {
        let days = (shown.start, shown.end);
        let won = view.joins.then(|| Won::among(shown, won_in(shown, new_customers(shown), days)));
        costs.total = spent(Some(typed), Some(Kinds { not_said: typed, ..Kinds::default() }), days, won);
        (costs.paid, costs.unnamed) = (None, 0);
        costs.returned = returned_of(typed, None, won, settings);
    }
    (costs.channels, costs.more_channels) = view.channels(window, &names);
    costs
}

/// What the parts are computed from.
struct View<'a> {
    beside: &'a Beside<'a>,
    spend: &'a Spend,
    /// The channel of each customer, where the orders tell it.
    origin: Option<&'a Origin>,
    /// The channels that are meant, as places among all names; all where nothing is said.
    only: Option<Vec<usize>>,
    /// Whether customers may be held against costs.
    joins: bool,
    /// Months within which a customer is to pay back.
    within: u32,
}

impl View<'_> {
    /// Whether a channel is meant.
    fn is_meant(&self, channel: usize) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&channel))
    }

    /// The costs of some days that are meant.
    fn costs(&self, days: (Day, Day)) -> impl Iterator<Item = &Cost> {
        self.spend.within(days).filter(|cost| self.is_meant(cost.channel))
    }

    /// The new customers of the period that are meant.
    fn new_customers(&self) -> impl Iterator<Item = usize> {
        let channel = |customer: usize| self.origin.and_then(|origin| origin.of(customer));
        let is_meant =
            move |customer: &usize| self.only.is_none() || channel(*customer).is_some_and(|it| self.is_meant(it));
        new_customers(self.beside.shown).filter(is_meant)
    }

    /// All costs over the customers who came by a channel that costs are given for, where others came by channels without; and
    /// how many came by no named channel, of whom nobody knows.
    fn paid(&self, window: (Day, Day), sums: &Sums, all: Option<Won>, names: &Names) -> (Option<Spent>, u64) {
        let Some((origin, all)) = self.origin.filter(|_| self.only.is_none()).zip(all) else { return (None, 0) };
        let shown = self.beside.shown;
        let mut costs = vec![false; self.spend.channels.len()];
        self.costs(window).for_each(|cost| costs[cost.channel] = self.spend.channels.is_named(cost.channel));
        if !costs.contains(&true) {
            return (None, 0);
        }
        let is_paid = |customer: &usize| origin.of(*customer).and_then(|it| costs.get(it)).is_some_and(|paid| *paid);
        let is_unnamed = |customer: &usize| origin.of(*customer).is_none_or(|it| !names.is_named(it));
        let won = Won::among(shown, won_in(shown, new_customers(shown).filter(is_paid), window));
        let unnamed = won_in(shown, new_customers(shown).filter(is_unnamed), window).count() as u64;
        let some_came_free = won.count > 0 && won.count + unnamed < all.count;
        let is_told = some_came_free && unnamed * ONE_UNNAMED_IN <= all.count;
        let paid = is_told.then(|| spent(sums.spend(), sums.kinds(), window, Some(won))).flatten();
        (paid, unnamed)
    }

    /// The channels, and how many more there are.
    fn channels(&self, window: Option<(Day, Day)>, names: &Names) -> (Vec<ChannelRow>, u64) {
        let origin = self.origin;
        let Beside { shown, settings, history, .. } = *self.beside;
        let listed = Listed::of(self.beside, names.len(), self.spend.channels.len(), origin);
        let groups = listed.names.len();
        let group_of = |customer: usize| listed.place(origin?.of(customer));
        let of_history = |customer: usize| listed.place(origin?.of_history(customer));
        let mut ever = vec![false; groups];
        (0..history.len()).filter_map(of_history).for_each(|group| ever[group] = true);
        let mut won_by = vec![Vec::new(); groups];
        for (group, customer) in new_customers(shown).filter_map(|customer| Some((group_of(customer)?, customer))) {
            won_by[group].push(customer as u32);
        }
        let worth = match origin {
            Some(_) => self.worth(groups, &group_of, &of_history),
            None => vec![(None, false); groups],
        };
        let by_channel = self.by(window, self.spend.channels.len(), |cost| cost.channel);
        let row = |(group, (payback, brought)): (usize, (Vec<PaybackPoint>, Option<Brought>))| {
            let name = listed.names[group];
            let sums = Sums::of(by_channel.get(name).into_iter().flatten());
            let own = origin.map(|_| &*won_by[group]);
            let won = sums.days.filter(|_| names.is_named(name) && self.joins);
            let won = won.and_then(|days| Won::of(shown, days, &sums, own));
            let costs = sums.days.and_then(|days| spent(sums.spend(), sums.kinds(), days, won));
            let cac = costs.as_ref().and_then(|costs| costs.cac);
            let (worth, own_lifespan) = worth[group];
            let interval = brought.map(|brought| brought.interval());
            let of = costs.as_ref().and_then(|costs| costs.new_customers);
            let sure = brought.zip(cac.zip(of)).and_then(|(brought, (cac, won))| brought.chance(cac, won));
            ChannelRow {
                channel: names.name(name).to_owned(),
                returned: returned(&sums, won, settings),
                has_customers: ever[group],
                customers: listed.customers[group],
                new_customers: won_by[group].len() as u64,
                worth,
                own_lifespan,
                crv: worth.zip(cac).map(|(worth, cac)| revenue::relationship_value(worth, cac)),
                ltv_cac: worth.zip(cac).and_then(|(worth, cac)| ratio(worth.0, cac.0)),
                payback_months: cac.and_then(|cac| first_month(payback.iter().map(|point| point.cumulative), cac)),
                affordable: payback.get(self.within as usize - 1).map(|point| point.cumulative),
                affordable_low: interval.and_then(|(low, _)| low),
                affordable_high: interval.and_then(|(_, high)| high),
                chance: sure,
                earned_back: sums.days.zip(cac).zip(own).map(|((days, cac), own)| self.earned_back(own, days, cac)),
                payback,
                costs,
            }
        };
        let curves = payback_by(shown, settings, groups, &group_of);
        let brought = odds::brought(shown, settings, &curves, self.within as usize, &group_of);
        let groups = curves.into_iter().zip(brought).enumerate();
        let meant = groups.filter(|(group, _)| self.is_meant(listed.names[*group]));
        let mut rows: Vec<ChannelRow> = meant.map(row).collect();
        rows.retain(|row| row.costs.is_some() || row.customers > 0);
        let spent = |row: &ChannelRow| row.costs.as_ref().map(|costs| costs.spend);
        order::sort_by(&mut rows, |a, b| spent(b).cmp(&spent(a)).then(b.customers.cmp(&a.customers)));
        (rows, if self.only.is_some() { 0 } else { listed.more })
    }

    /// The costs of a window by a place of theirs.
    fn by(&self, window: Option<(Day, Day)>, places: usize, place: fn(&Cost) -> usize) -> Vec<Vec<Cost>> {
        let mut by = vec![Vec::new(); places];
        let costs = window.into_iter().flat_map(|window| self.costs(window));
        costs.for_each(|cost| by[place(cost)].push(*cost));
        by
    }

    /// Of the customers won in some days, those who have brought as much margin as winning one costs.
    fn earned_back(&self, own: &[u32], days: (Day, Day), cac: Derived) -> Share {
        let Beside { shown, settings, .. } = *self.beside;
        let brought = |customer: usize| Money(shown.summary.revenue[customer]).to_f64() * margin(settings);
        let (mut earned, mut all) = (0, 0);
        for customer in won_in(shown, own.iter().map(|&customer| customer as usize), days) {
            all += 1;
            earned += u64::from(brought(customer) >= cac.0);
        }
        Share::new(earned, all)
    }

    /// What a customer of each group is worth, and whether how long they stay is the group's own: the simple CLTV as in
    /// [`revenue::totals`].
    fn worth(
        &self,
        groups: usize,
        group_of: &dyn Fn(usize) -> Option<usize>,
        of_history: &dyn Fn(usize) -> Option<usize>,
    ) -> Vec<(Option<Derived>, bool)> {
        let Beside { shown, settings, history, .. } = *self.beside;
        let activity = Activity::new(settings.active, &retention::rhythm(history));
        let churn = retention::yearly_by(history, activity, shown.end, groups, of_history);
        let mut tallies = vec![revenue::Tally::default(); groups];
        let mut all = revenue::Tally::default();
        for customer in shown.buyers() {
            all.add(shown, customer);
            if let Some(group) = group_of(customer) {
                tallies[group].add(shown, customer);
            }
        }
        let years_of_all = all.lifespan_years(settings.lifespan, &retention::yearly(history, activity, shown.end));
        let of_group = |(tally, churn): (&revenue::Tally, &YearlyRetention)| {
            let is_own = churn.kept.is_some_and(|kept| kept.of >= ENOUGH);
            let years = if is_own { tally.lifespan_years(settings.lifespan, churn) } else { years_of_all };
            (tally.cltv(shown, settings, years).map(|cltv| Derived(cltv.0 * margin(settings))), is_own)
        };
        tallies.iter().zip(&churn).map(of_group).collect()
    }

    /// The campaigns. Their customers are those of the orders' own column of campaigns, where it has one of the names.
    fn campaigns(&self, window: (Day, Day)) -> Vec<CampaignRow> {
        let Beside { shown, settings, history, .. } = *self.beside;
        let names = &self.spend.campaigns;
        let column = origin::campaign_column(shown.whole, names).filter(|_| self.joins);
        let won_by = column.map(|column| Origin::new(shown, history, column, names).won(shown, names.len()));
        let row = |(place, own): (usize, Vec<Cost>)| {
            let sums = Sums::of(own.iter());
            let by = won_by.as_ref().map(|won| &*won[place]);
            let won = Won::of(shown, sums.days?, &sums, by).filter(|_| names.is_named(place) && self.joins);
            let costs = spent(sums.spend(), sums.kinds(), sums.days?, won)?;
            Some(CampaignRow {
                campaign: names.name(place).to_owned(),
                costs,
                returned: returned(&sums, won, settings),
            })
        };
        let by_campaign = self.by(Some(window), names.len(), |cost| cost.campaign);
        let mut rows: Vec<CampaignRow> = by_campaign.into_iter().enumerate().filter_map(row).collect();
        // Where no table names a campaign, there is nothing to tell apart.
        if rows.iter().all(|row| row.campaign.is_empty()) {
            return Vec::new();
        }
        let last = |row: &CampaignRow| row.campaign.is_empty();
        order::sort_by(&mut rows, |a, b| last(a).cmp(&last(b)).then(b.costs.spend.cmp(&a.costs.spend)));
        rows
    }

    /// The stretches of time.
    fn stretches(&self, window: (Day, Day)) -> Vec<StretchRow> {
        let shown = self.beside.shown;
        let stretches = self.spend.stretches(window);
        let mut cohorts: Vec<Vec<u32>> = vec![Vec::new(); stretches.len()];
        let new = self.new_customers().filter(|_| self.joins);
        for customer in won_in(shown, new, window) {
            let first = shown.visits.first_ever[customer];
            cohorts[stretches.partition_point(|(start, _)| *start <= first) - 1].push(customer as u32);
        }
        stretches.into_iter().zip(cohorts).filter_map(|(days, cohort)| self.stretch(days, &cohort)).collect()
    }

    /// A stretch of time, its new customers followed as a cohort for as long as all of them were observed.
    fn stretch(&self, days: (Day, Day), cohort: &[u32]) -> Option<StretchRow> {
        let Beside { shown, settings, .. } = *self.beside;
        let sums = Sums::of(self.costs(days));
        let won = self.joins.then(|| Won::among(shown, cohort.iter().map(|&customer| customer as usize)));
        let costs = spent(sums.spend(), sums.kinds(), days, won)?;
        let mut brought = vec![0i64; months_lived(days.1, shown.end).min(MOST_MONTHS)];
        for customer in cohort.iter().map(|&customer| customer as usize) {
            for visit in shown.visits.of_customer(customer) {
                let month = month_since(shown.visits.first_ever[customer], visit.day);
                if let Some(sum) = brought.get_mut(month) {
                    *sum += visit.revenue;
                }
            }
        }
        let mut sum = 0;
        let so_far = brought.into_iter().filter_map(|month| {
            sum += month;
            mean(sum, cohort.len() as u64).map(|mean| Derived(mean.0 * margin(settings)))
        });
        let cumulative: Vec<Derived> = so_far.collect();
        let payback_months = costs.cac.and_then(|cac| first_month(cumulative.iter().copied(), cac));
        Some(StretchRow { costs, cumulative, payback_months })
    }
}

/// The channels that are listed: all that money was spent on, and of the others those with most customers.
struct Listed {
    /// The place of each among all names.
    names: Vec<usize>,
    /// Customers of the period who were won by it.
    customers: Vec<u64>,
    /// By place among all names: one more than the place in the list, 0 for those that are not listed.
    places: Vec<u32>,
    /// Channels with customers that are not listed.
    more: u64,
}

impl Listed {
    /// Of so many names, the first so many of which are those of the costs.
    fn of(beside: &Beside<'_>, names: usize, of_costs: usize, origin: Option<&Origin>) -> Listed {
        let mut customers = vec![0u64; names];
        let groups = beside.shown.buyers().filter_map(|customer| origin?.of(customer));
        groups.for_each(|group| customers[group] += 1);
        let mut others: Vec<usize> = (of_costs..names).filter(|place| customers[*place] > 0).collect();
        order::sort_by(&mut others, |a, b| customers[*b].cmp(&customers[*a]));
        let more = others.len().saturating_sub(MOST_WITHOUT_COSTS) as u64;
        others.truncate(MOST_WITHOUT_COSTS);
        let listed: Vec<usize> = (0..of_costs).chain(others).collect();
        let mut places = vec![0; names];
        listed.iter().zip(1..).for_each(|(name, place)| places[*name] = place);
        Listed { customers: listed.iter().map(|name| customers[*name]).collect(), names: listed, places, more }
    }

    /// The place in the list of a place among all names.
    fn place(&self, name: Option<usize>) -> Option<usize> {
        (self.places[name?] as usize).checked_sub(1)
    }
}

/// The month in which a growing sum reaches a cost.
fn first_month(mut cumulative: impl Iterator<Item = Derived>, cac: Derived) -> Option<u32> {
    cumulative.position(|sum| sum >= cac).map(|month| month as u32)
}

/// What was spent over some days, and what one of the customers won by it costs, with its interval.
fn spent(spend: Option<Money>, kinds: Option<Kinds>, (start, end): (Day, Day), won: Option<Won>) -> Option<Spent> {
    let (spend, kinds) = (spend?, kinds?);
    let count = won.map(|won| won.count);
    let cac = count.and_then(|count| mean(spend.0, count));
    let by_chance = cac.and(count).map(poisson_interval);
    let of = |customers: f64| Derived::finite(spend.to_f64() / customers);
    Some(Spent {
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
