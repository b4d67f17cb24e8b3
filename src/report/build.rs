//! Ledger and settings in, report out.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::as_lifetimes::Grain;
use super::drivers::Churn;
use super::receipt::Receipt;
use super::schema::{Dimension, Period, Report, Retention, SCHEMA, Value};
use super::{Settings, customers};
use crate::ingest::receipt::TableReceipt;
use crate::ledger::near::NearMiss;
use crate::ledger::{Base, Ledger, Rows, Selection, Summary, Visits};
use crate::math::money::Derived;
use crate::math::{Day, order};
use crate::measures::acquisition::{CostOfOne, Spend, acquisition};
use crate::measures::ahead::as_lifetimes::{self, Package};
use crate::measures::beside::{Beside, Side};
use crate::measures::drivers;
use crate::measures::retention::{Activity, Rhythm};
use crate::measures::{Ranking, Shown, cohorts, concentration, retention, revenue, timeline, value};
use crate::models::outlook::Outlook;
use crate::segments::{self, Family, dimensions, lifecycle, rfm};
use crate::settings::{ActiveRule, DimensionFilter};

/// What a report says about its data beside the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The files, and what became of their rows.
    pub tables: Vec<TableReceipt>,
    /// What they add up to.
    pub receipt: Receipt,
    /// ISO 4217 code, where the data tells it or the person said it.
    pub currency: Option<String>,
    /// Whether the data is the generated sample shop.
    pub sample: bool,
    /// What the tables of costs tell.
    pub spend: Option<Rc<Spend>>,
    /// Ids of customers that differ only in how they are written.
    pub near_misses: Vec<NearMiss>,
    /// How many of them were made others.
    pub merged_ids: u64,
}

/// A ledger that reports are made of, under one setting after the other: what none of them changes is computed once.
pub struct Source {
    base: Rc<Base>,
    dimensions: Vec<Dimension>,
    /// What the models knew last.
    outlook: RefCell<Option<Known>>,
    /// Who leaves, as it was told last; it hangs on the end, the filters, and when a customer counts as active.
    churn: RefCell<Option<Leaving>>,
}

/// Who leaves, and what the telling hangs on.
#[derive(Clone, Debug)]
struct Leaving {
    end: Day,
    filters: Vec<DimensionFilter>,
    active: ActiveRule,
    churn: Churn,
}

/// What the models know, and of which rows: up to an end, under some filters.
struct Known {
    end: Day,
    filters: Vec<DimensionFilter>,
    outlook: Rc<Outlook>,
    /// What the package `lifetimes` would tell in calendar weeks, whose histories are others; once it was asked for.
    weeks: OnceCell<Rc<Package>>,
}

/// A report together with what it was made from, so that questions about single customers can be answered.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The rows that passed the filters.
    selection: Selection,
    /// The visits of the period shown.
    pub visits: Rc<Visits>,
    /// Their customers.
    pub summary: Summary,
    /// The RFM scores of the customers.
    pub scores: rfm::Scores,
    /// Who belongs to which segment: RFM, value, lifecycle, then the dimensions.
    pub families: Vec<Family>,
    /// The report; the one that is shown is the same.
    pub report: Arc<Report>,
    /// What winning each customer cost, where the costs tell it by channel.
    cost_of_one: Option<CostOfOne>,
    start: Day,
    end: Day,
}

impl Analysis {
    /// The period shown, as the measures read it.
    pub fn shown(&self) -> Shown<'_> {
        let Analysis { selection, visits, summary, start, end, .. } = self;
        Shown { whole: selection.ledger(), visits, summary, start: *start, end: *end }
    }

    /// What its sections are made of: the period shown, and the tables beside the orders.
    pub fn beside<'a>(&'a self, tables: Vec<Side<'a>>, spend: Option<&'a Spend>) -> Beside<'a> {
        let Analysis { selection, families, report, .. } = self;
        let history = &selection.visits;
        let (settings, currency) = (&report.settings, report.currency.as_deref());
        Beside { shown: self.shown(), history, settings, families, tables, spend, currency }
    }

    /// The visits that who is new is judged from: all up to the end.
    pub fn history(&self) -> Rc<Visits> {
        self.selection.visits.clone()
    }

    /// The end of the observation.
    pub fn end(&self) -> Day {
        self.end
    }

    /// The rows behind a customer of the ledger, as columns and as places in these.
    pub(super) fn rows_of(&self, number: u32) -> (Rows<'_>, Range<usize>) {
        self.selection.rows_of(number, self.start)
    }

    /// The row of a customer with a purchase, by its number among those shown.
    pub(super) fn customer_row(&self, customer: usize) -> customers::CustomerRow {
        let row = customers::row(self.shown(), &self.scores, &self.families, customer);
        let history = &self.selection.visits;
        let cost = self.cost_of_one.as_ref();
        let cost = cost.and_then(|cost| cost.of_customer(self.selection.ledger(), history, row.number));
        let margin = self.report.settings.margin.unwrap_or(1.0);
        let cost = cost.map(|(channel, cac)| customers::CustomerCost {
            channel: channel.to_owned(),
            cac,
            left: Derived(row.revenue.to_f64() * margin - cac.0),
        });
        customers::CustomerRow { cost, ..row }
    }

    /// A segment by family and name: the family, and the group's place in it.
    pub(super) fn members(&self, family: &str, name: &str) -> Option<(&Family, u8)> {
        let family = self.families.iter().find(|candidate| candidate.name == family)?;
        let place = family.groups.iter().position(|group| group == name)?;
        Some((family, place as u8))
    }
}

/// The report of a ledger, and all that stands behind it. Whoever asks more than once keeps a [`Source`].
pub fn analyse(ledger: &Ledger, settings: &Settings, context: Context) -> Analysis {
    Source::new(ledger.clone()).analyse(settings, context)
}

/// Days that a period must have for its last year to be told.
const YEAR: i32 = 365;

impl Source {
    /// Makes a ledger ready.
    pub fn new(ledger: Ledger) -> Source {
        let dimensions = dimensions::columns(&ledger);
        Source { base: Rc::new(Base::new(ledger)), dimensions, outlook: RefCell::default(), churn: RefCell::default() }
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.base.ledger
    }

    /// The report under these settings, and all that stands behind it.
    ///
    /// Two selections are made: the history (filters of dimensions, up to the end), from which it is judged who is new and
    /// who was active when, and from it the period shown, which all other figures count.
    pub fn analyse(&self, settings: &Settings, context: Context) -> Analysis {
        let end = self.base.end(settings);
        let data = self.base.span();
        let selection = Selection::new(self.base.clone(), settings);
        let history = selection.visits.clone();
        let visits = settings.from.map_or_else(|| history.clone(), |from| Rc::new(selection.since(from)));
        let from = settings.from.map(|from| data.map_or(from, |(first, _)| from.max(first)));
        let start = from.or_else(|| visits.span().map(|(first, _)| first));
        let period = Period {
            start,
            end,
            days: start.zip(end).map_or(0, |(start, end)| (end.0 - start.0 + 1).max(0)),
            data_start: data.map(|(first, _)| first),
            data_end: data.map(|(_, last)| last),
        };
        let end = end.unwrap_or_default();
        let start = start.unwrap_or(end);
        let summary = Summary::of(&visits, end);
        let shown = Shown { whole: &self.base.ledger, visits: &visits, summary: &summary, start, end };

        let ranking = Ranking::of(&summary);
        let by_recency = by_recency(&summary);
        let rhythm = retention::rhythm(&history);
        let activity = Activity::new(settings.active, &rhythm);
        let retention = who_stays(shown, &history, settings, rhythm, activity);
        let is_ranked = ranking.customers.len() >= segments::ENOUGH;
        let scores = if is_ranked { rfm::scores(shown, &ranking, settings.rfm_ties) } else { rfm::Scores::none(shown) };
        let window = retention.active_window_days.unwrap_or(rhythm.window);
        let ranks = [rfm::family(shown, &scores), segments::value::family(shown, &ranking, settings.tiers)];
        let mut families: Vec<Family> =
            ranks.into_iter().map(|family| if is_ranked { family } else { family.ungrouped() }).collect();
        families.push(lifecycle::family(shown, window));
        families.extend(dimensions::families(shown));
        let value = what_they_are_worth(shown, settings, &ranking, &scores, &families);
        let acquisition = acquisition(shown, &history, settings, context.spend.as_deref());
        let cost_of_one = CostOfOne::of(&self.base.ledger, context.spend.as_deref(), &acquisition);
        let report = Report {
            schema: SCHEMA.to_owned(),
            settings: settings.clone(),
            tables: context.tables,
            receipt: context.receipt,
            near_misses: context.near_misses,
            merged_ids: context.merged_ids,
            currency: context.currency,
            sample: context.sample,
            period,
            totals: revenue::totals(shown, settings, &acquisition, &retention.yearly, &value.payback),
            acquisition,
            months: if visits.is_empty() { Vec::new() } else { timeline::months(shown) },
            // A year beside the year before says nothing of a shorter period; and the year before a year shown is a part of
            // the history only.
            recent: timeline::recent(&history, end).filter(|_| settings.from.is_none() || period.days >= YEAR),
            concentration: concentration::concentration(&ranking.revenues),
            retention,
            value,
            rfm: if is_ranked { rfm::grid(shown, &scores) } else { Default::default() },
            segments: families.iter().flat_map(|family| family.segments(shown, activity, &by_recency)).collect(),
            dimensions: self.dimensions.clone(),
            // The sections, which are asked for by themselves.
            ..Report::default()
        };
        let report = Arc::new(report);
        Analysis { selection, visits, summary, scores, families, report, cost_of_one, start, end }
    }

    /// Looks at the same period without the filters of dimensions; there are no segments of it.
    pub fn unfiltered<T>(&self, beside: &Beside<'_>, look: impl FnOnce(&Beside<'_>) -> T) -> T {
        let settings = Settings { filters: Vec::new(), ..beside.settings.clone() };
        let selection = Selection::new(self.base.clone(), &settings);
        let history = selection.visits.clone();
        let visits = settings.from.map_or_else(|| history.clone(), |from| Rc::new(selection.since(from)));
        let end = beside.shown.end;
        let first = settings.from.and(Some(beside.shown.start)).or_else(|| visits.span().map(|(first, _)| first));
        let summary = Summary::of(&visits, end);
        let start = first.unwrap_or(end);
        let shown = Shown { whole: &self.base.ledger, visits: &visits, summary: &summary, start, end };
        look(&Beside { shown, history: &history, settings: &settings, families: &[], ..beside.clone() })
    }

    /// What the models know of the customers: of all that settings let in, from their first purchase on, whatever period is
    /// shown. It is kept until the end or the filters are others.
    pub fn outlook(&self, beside: &Beside<'_>) -> Rc<Outlook> {
        self.known_outlook(beside).unwrap_or_else(|| self.know(beside, Outlook::of(beside.history, beside.shown.end)))
    }

    /// The same where it is known already.
    pub fn known_outlook(&self, beside: &Beside<'_>) -> Option<Rc<Outlook>> {
        self.with_known(beside, |known| known.outlook.clone())
    }

    fn with_known<T>(&self, beside: &Beside<'_>, look: impl FnOnce(&Known) -> T) -> Option<T> {
        let same = |known: &&Known| known.end == beside.shown.end && known.filters == beside.settings.filters;
        self.outlook.borrow().as_ref().filter(same).map(look)
    }

    /// Keeps what was computed elsewhere.
    pub fn know(&self, beside: &Beside<'_>, outlook: Outlook) -> Rc<Outlook> {
        let (end, filters, outlook) = (beside.shown.end, beside.settings.filters.clone(), Rc::new(outlook));
        *self.outlook.borrow_mut() = Some(Known { end, filters, outlook: outlook.clone(), weeks: OnceCell::new() });
        outlook
    }

    /// What the package `lifetimes` would tell, in one of its units; kept as long as what the models know.
    pub fn as_lifetimes(&self, grain: Grain, beside: &Beside<'_>) -> Rc<Package> {
        let outlook = self.outlook(beside);
        if grain != Grain::CalendarWeeks {
            return Rc::new(Package::of(grain, beside.history, &outlook));
        }
        self.known_weeks(beside).unwrap_or_else(|| {
            let mut work = as_lifetimes::Work::in_calendar_weeks(beside.history, &outlook);
            loop {
                if let Some(package) = work.step() {
                    return self.know_weeks(beside, package);
                }
            }
        })
    }

    /// The same in calendar weeks where it is known already.
    pub fn known_weeks(&self, beside: &Beside<'_>) -> Option<Rc<Package>> {
        self.with_known(beside, |known| known.weeks.get().cloned())?
    }

    /// Keeps it beside what the models know.
    pub fn know_weeks(&self, beside: &Beside<'_>, package: Package) -> Rc<Package> {
        let package = Rc::new(package);
        self.with_known(beside, |known| _ = known.weeks.set(package.clone()));
        package
    }

    /// Who leaves, by what is known of them, and by the models: kept until it would be another, as models are fitted for it.
    pub fn churn(&self, beside: &Beside<'_>) -> Churn {
        self.known_churn(beside).unwrap_or_else(|| {
            let mut work = drivers::churn::Work::default();
            loop {
                if let Some(churn) = work.step(beside.history, beside.settings.active, beside.shown.end) {
                    self.know_churn(beside, churn.clone());
                    return churn;
                }
            }
        })
    }

    /// The same where it is known already.
    pub fn known_churn(&self, beside: &Beside<'_>) -> Option<Churn> {
        let (end, Settings { filters, active, .. }) = (beside.shown.end, beside.settings);
        let is_its = |known: &&Leaving| known.end == end && known.filters == *filters && known.active == *active;
        self.churn.borrow().as_ref().filter(is_its).map(|known| known.churn.clone())
    }

    /// Keeps what was computed elsewhere.
    pub fn know_churn(&self, beside: &Beside<'_>, churn: Churn) {
        let (end, Settings { filters, active, .. }) = (beside.shown.end, beside.settings);
        *self.churn.borrow_mut() = Some(Leaving { end, filters: filters.clone(), active: *active, churn });
    }
}

/// The customers with a purchase behind the days since their last one, the fewest first.
fn by_recency(summary: &Summary) -> Vec<(u32, u32)> {
    let days: Vec<u32> = summary.buyers.iter().map(|&customer| summary.days_since(customer as usize)).collect();
    let places = order::places_of_small(&days);
    places.into_iter().map(|place| (days[place as usize], summary.buyers[place as usize])).collect()
}

fn who_stays(shown: Shown<'_>, history: &Visits, settings: &Settings, rhythm: Rhythm, activity: Activity) -> Retention {
    let cohorts = cohorts::cohorts(shown, settings.cohort_unit);
    Retention {
        active_window_days: match activity {
            Activity::Window(days) => Some(days),
            Activity::Month => None,
        },
        gaps: rhythm.gaps,
        median_gap_days: rhythm.median,
        active_now: retention::active_on(history, activity, shown.end),
        yearly: retention::yearly(history, activity, shown.end),
        monthly: retention::monthly(history, activity, shown.start, shown.end),
        unit: settings.cohort_unit,
        all: cohorts::by_age(&cohorts),
        cohorts,
    }
}

fn what_they_are_worth(
    shown: Shown<'_>,
    settings: &Settings,
    ranking: &Ranking,
    scores: &rfm::Scores,
    families: &[Family],
) -> Value {
    let (historical_mean, historical_median) = value::historical(&ranking.revenues);
    let top = ranking.customers.iter().take(20).map(|&c| customers::row(shown, scores, families, c as usize)).collect();
    Value {
        historical_mean,
        historical_median,
        distribution: value::distribution(&ranking.revenues),
        top,
        payback: value::payback(shown, settings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::ledger;
    use crate::report::customers::{CustomerQuery, SortKey, detail, page};
    use crate::report::export::customers_csv;
    use crate::report::settings::ActiveRule;

    fn build(ledger: &Ledger, settings: &Settings, context: Context) -> Report {
        Arc::unwrap_or_clone(analyse(ledger, settings, context).report)
    }

    #[test]
    fn an_empty_ledger_and_an_empty_selection_have_reports_too() {
        for settings in [Settings::default(), Settings { active: ActiveRule::CalendarMonth, ..Settings::default() }] {
            let report = build(&ledger(&[]), &settings, Context::default());
            assert_eq!((report.totals.customers, report.totals.aov, report.months.len()), (0, None, 0));
            assert_eq!((report.period.start, report.period.end, report.period.days), (None, None, 0));
            assert!(report.segments.iter().all(|segment| segment.customers == 0 && segment.repeat.rate.is_none()));
        }
        let rows = [("a", "2024-01-01", 5), ("a", "2024-03-01", 5)];
        let later = Settings { from: "2025-01-01".parse().ok(), ..Settings::default() };
        let report = build(&ledger(&rows), &later, Context::default());
        assert_eq!((report.totals.customers, report.period.days, report.months.len()), (0, 0, 0));
        let refunds = build(&ledger(&[("a", "2024-01-01", -5)]), &Settings::default(), Context::default());
        assert_eq!((refunds.totals.customers, refunds.months.len(), refunds.retention.monthly.len()), (0, 1, 0));
    }

    #[test]
    fn a_window_of_dates_keeps_the_history_in_mind() {
        let rows = [("a", "2024-01-10", 5), ("a", "2024-03-10", 7), ("b", "2024-03-20", 9), ("c", "2024-02-10", 1)];
        let settings = Settings {
            from: "2024-03-01".parse().ok(),
            to: "2024-03-31".parse().ok(),
            active: ActiveRule::Window { days: 60 },
            ..Settings::default()
        };
        let report = build(&ledger(&rows), &settings, Context::default());
        assert_eq!((report.totals.customers, report.totals.new_customers), (2, 1));
        assert_eq!(report.retention.cohorts.iter().map(|cohort| cohort.size).sum::<u64>(), 1);
        let march = &report.retention.monthly[0];
        assert_eq!((&*march.month, march.start, march.new, march.end), ("2024-03", 2, 1, 3));
        assert_eq!(report.months[0].revenue_returning.to_string(), "7.00");
        // The data ends on the 20th: a was there all 20 days, b on the last.
        assert_eq!(report.totals.customer_years, 21.0 / 365.25);
        assert_eq!((report.period.end, report.recent), ("2024-03-20".parse().ok(), None));
        let stages: Vec<_> = report.value.top.iter().map(|row| (&*row.customer, &*row.stage)).collect();
        assert_eq!(stages, [("b", "new"), ("a", "repeat")]);
    }

    #[test]
    fn a_short_period_is_not_told_as_a_lifetime() {
        let rows: Vec<(String, String, i64)> = (0..24)
            .flat_map(|month| (0..4).map(move |who| (month, who)))
            .filter(|(month, who)| month % (who + 1) == 0 && (*who < 3 || *month < 10))
            .map(|(month, who)| (format!("c{who}"), format!("{}-{:02}-05", 2023 + month / 12, month % 12 + 1), 10))
            .collect();
        let rows: Vec<(&str, &str, i64)> = rows.iter().map(|(who, day, amount)| (&**who, &**day, *amount)).collect();
        let shown = |from: Option<&str>| {
            let from = from.map(|day| day.parse().unwrap());
            build(&ledger(&rows), &Settings { from, ..Settings::default() }, Context::default()).totals.cltv
        };
        // Of a year only those who bought in it would be counted, and each as if they came so often for all their life.
        assert!(shown(None).is_some() && shown(Some("2022-01-01")).is_some());
        assert_eq!((shown(Some("2024-01-01")), shown(Some("2024-10-01"))), (None, None));
    }

    #[test]
    fn customers_are_found_sorted_and_paged() {
        let rows =
            [("A-1", "2024-01-01", 5), ("a-2", "2024-01-02", 5), ("b-1", "2024-01-03", 9), ("r", "2024-01-01", -1)];
        let analysis = analyse(&ledger(&rows), &Settings::default(), Context::default());
        let ids = |query: &CustomerQuery| {
            let page = page(&analysis, query);
            (page.total, page.rows.into_iter().map(|row| row.customer).collect::<Vec<_>>().join(" "))
        };
        let all = CustomerQuery { limit: 10, ..CustomerQuery::default() };
        assert_eq!(ids(&all), (3, "b-1 A-1 a-2".to_owned()));
        assert_eq!(ids(&CustomerQuery { ascending: true, ..all.clone() }), (3, "A-1 a-2 b-1".to_owned()));
        assert_eq!(ids(&CustomerQuery { offset: 1, limit: 1, ..all.clone() }), (3, "A-1".to_owned()));
        assert_eq!(ids(&CustomerQuery { offset: 7, ..all.clone() }), (3, String::new()));
        assert_eq!(ids(&CustomerQuery { search: "A-".into(), sort: SortKey::Last, ..all.clone() }).1, "a-2 A-1");
        let new = CustomerQuery { segment: Some(("lifecycle".into(), "new".into())), ..all.clone() };
        assert_eq!(ids(&new), (3, "b-1 A-1 a-2".to_owned()));
        assert_eq!(ids(&CustomerQuery { segment: Some(("lifecycle".into(), "lost".into())), ..all }).0, 0);
    }

    #[test]
    fn customers_are_found_in_any_case_of_any_alphabet() {
        let analysis = analyse(&ledger(&[("ΟΔΟΣΑ-é", "2024-01-01", 5)]), &Settings::default(), Context::default());
        let found =
            |search: &str| page(&analysis, &CustomerQuery { search: search.into(), ..Default::default() }).total;
        assert_eq!(["ΟΔΟΣ", "οδοσ", "É", ""].map(found), [1; 4]);
        assert_eq!(found("E"), 0);
    }

    #[test]
    fn a_customer_has_events_rank_and_segments() {
        let rows = [("a", "2024-01-01", 5), ("a", "2024-01-08", -2), ("a", "2024-01-11", 4), ("b", "2024-01-03", 9)];
        let analysis = analyse(&ledger(&rows), &Settings::default(), Context::default());
        let a = detail(&analysis, 0).unwrap();
        let events: Vec<_> = a.events.iter().map(|event| (event.amount.to_string(), event.purchase)).collect();
        assert_eq!(events, [("5.00".to_owned(), true), ("-2.00".to_owned(), false), ("4.00".to_owned(), true)]);
        assert_eq!((a.rank, a.customers, a.row.usual_gap, &*a.row.tier), (2, 2, Some(10.0), ""));
        assert_eq!(detail(&analysis, 99), None);
    }

    #[test]
    fn customers_are_ranked_from_thirty_on() {
        let ranked = |customers: usize| {
            let ids: Vec<String> = (10..10 + customers).map(|id| id.to_string()).collect();
            let rows: Vec<_> = ids.iter().map(|id| (&**id, "2024-01-01", id.parse().unwrap())).collect();
            let analysis = analyse(&ledger(&rows), &Settings::default(), Context::default());
            let in_groups = |family: &str| -> u64 {
                let of = analysis.report.segments.iter().filter(|segment| segment.family == family);
                of.map(|segment| segment.customers).sum()
            };
            let high = CustomerQuery { segment: Some(("value".into(), "high".into())), ..CustomerQuery::default() };
            let (row, csv) = (&analysis.report.value.top[0], customers_csv(&analysis, &CustomerQuery::default(), &[]));
            (
                [in_groups("rfm"), in_groups("value"), in_groups("lifecycle"), page(&analysis, &high).total],
                (row.rfm, row.group.clone(), row.tier.clone(), analysis.report.rfm.cells.len()),
                csv.lines().nth(1).unwrap().rsplit(',').skip(8).take(6).collect::<Vec<_>>().join(" "),
            )
        };
        let none = ((0, 0, 0), String::new(), String::new(), 0);
        assert_eq!(ranked(29), ([0, 0, 29, 0], none, "new     ".to_owned()));
        let best = ((1, 1, 5), "lost".to_owned(), "high".to_owned(), 25);
        assert_eq!(ranked(30), ([30, 30, 30, 6], best, "new high lost 5 1 1".to_owned()));
    }
}
