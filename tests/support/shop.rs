// A made-up shop as a report written by hand: the one that the design's pages show. Unit tests include this file and so
// does the chart sheet; `perennial` is in scope where it is included.

use perennial::math::money::Derived;
use perennial::math::stats::Share;
use perennial::math::{Day, Money, Unit};
use perennial::report::customers::{CustomerDetail, CustomerEvent, CustomerRow};
use perennial::report::receipt::Receipt;
use perennial::report::schema::*;
use perennial::report::{Report, Settings};

include!("shop_files.rs");

/// Revenue by month from October 2023 to September 2026: from returning customers, from new ones.
const MONTHS: [(i64, i64); 36] = [
    (241, 2425), (594, 2935), (1085, 4147), (891, 1848), (1036, 1833), (1393, 3013), (2184, 3328), (1632, 2824),
    (2563, 2547), (1920, 1774), (2730, 1886), (3061, 2830), (3294, 2742), (3681, 3017), (4909, 4189), (3105, 2093),
    (2990, 2882), (3821, 3270), (5307, 3690), (6104, 3629), (4909, 2703), (4480, 2105), (4293, 2332), (5560, 3253),
    (5585, 3147), (7421, 4214), (8232, 4951), (6069, 2219), (6023, 2730), (7071, 4040), (7665, 4245), (7944, 3861),
    (7154, 2936), (7172, 2278), (7367, 2366), (7499, 3709),
];

/// Cohorts by quarter: customers, and percent of them active in the quarters after the first.
const COHORTS: [(u64, &[u64]); 12] = [
    (273, &[21, 22, 21, 21, 12, 15, 11, 16, 10, 14, 11]),
    (184, &[22, 19, 20, 19, 16, 9, 12, 11, 8, 8]),
    (259, &[20, 21, 17, 15, 16, 15, 14, 15, 11]),
    (183, &[28, 20, 22, 16, 19, 17, 15, 15]),
    (291, &[15, 19, 12, 15, 15, 14, 11]),
    (224, &[22, 21, 22, 12, 16, 13]),
    (294, &[21, 21, 15, 15, 15]),
    (214, &[24, 17, 16, 13]),
    (350, &[19, 19, 18]),
    (247, &[22, 16]),
    (312, &[21]),
    (238, &[]),
];

/// A day written `YYYY-MM-DD`.
pub fn day(text: &str) -> Day {
    text.parse().expect("a day of the fixture")
}

/// An amount written as a decimal.
pub fn money(text: &str) -> Money {
    text.parse().expect("an amount of the fixture")
}

fn derived(value: f64) -> Option<Derived> {
    Derived::finite(value)
}

/// The whole report.
pub fn report() -> Report {
    let end = day("2026-09-30");
    let start = day("2023-10-01");
    Report {
        schema: SCHEMA.to_string(),
        settings: Settings { cohort_unit: Unit::Quarter, spend: Some(money("65707.29")), ..Settings::default() },
        tables: vec![table()],
        receipt: Receipt::of(&[table()], kinds()),
        acquisition: acquisition(),
        currency: Some("EUR".to_string()),
        period: Period {
            start: Some(start),
            end: Some(end),
            days: 1096,
            data_start: Some(start),
            data_end: Some(end),
        },
        totals: totals(),
        months: months(),
        recent: Some(recent()),
        concentration: concentration(),
        retention: retention(),
        value: value(),
        rfm: rfm(),
        segments: segments(),
        dimensions: vec![Dimension {
            name: "channel".to_string(),
            role: Some("channel".to_string()),
            values: vec![DimensionValue { value: "search ads".to_string(), rows: 3_000 }],
        }],
        ..Report::default()
    }
}

/// A report of a shop that has no rows yet.
pub fn empty() -> Report {
    let Report { schema, settings, currency, acquisition, .. } = report();
    Report { schema, settings, currency, acquisition, ..Report::default() }
}

fn acquisition() -> Acquisition {
    Acquisition {
        spend: Some(money("65707.29")),
        typed: true,
        start: Some(day("2023-10-01")),
        end: Some(day("2026-09-30")),
        new_customers: 3_069,
        channels: Vec::new(),
    }
}

fn totals() -> Totals {
    Totals {
        customers: 3_069,
        new_customers: 3_069,
        purchases: 7_460,
        rows: 8_495,
        revenue: money("264977.40"),
        gross: money("271846.20"),
        refunds: money("6868.80"),
        refund_rows: 164,
        aov: derived(264_977.40 / 7_460.0),
        repeat: Share::new(1_369, 3_069),
        repeat_rate: Some(1_369.0 / 3_069.0),
        purchase_frequency: Some(7_460.0 / 4_414.2),
        customer_years: 4_414.2,
        lifespan_years: Some(1_372.0 / 802.0),
        cltv: derived(264_977.40 / 4_414.2 * 1_372.0 / 802.0),
        cltv_margin: None,
        cac: derived(21.41),
        crv: derived(264_977.40 / 4_414.2 * 1_372.0 / 802.0 - 21.41),
        ltv_cac: Some(264_977.40 / 4_414.2 * 1_372.0 / 802.0 / 21.41),
        payback_months: Some(0),
    }
}

fn months() -> Vec<MonthRow> {
    let first = Unit::Month.of(day("2023-10-01"));
    let row = |(i, &(returning, new)): (usize, &(i64, i64))| MonthRow {
        month: Unit::Month.label(first + i as i32),
        complete: true,
        revenue: Money::units(returning + new),
        revenue_new: Money::units(new),
        revenue_returning: Money::units(returning),
        purchases: (returning + new) as u64 / 35,
        customers: (returning + new) as u64 / 38,
        new_customers: new as u64 / 35,
    };
    MONTHS.iter().enumerate().map(row).collect()
}

fn recent() -> Recent {
    let stretch = |start: &str, end: &str, revenue: i64, returning: i64, purchases, customers, new_customers, kept| Stretch {
        start: day(start),
        end: day(end),
        revenue: Money::units(revenue),
        revenue_returning: Money::units(returning),
        purchases,
        customers,
        new_customers,
        aov: derived(revenue as f64 / purchases as f64),
        kept: Some(kept),
    };
    Recent {
        now: stretch("2025-10-01", "2026-09-30", 125_898, 60_400, 3_485, 1_782, 1_147, Share::new(570, 1_372)),
        before: stretch("2024-10-01", "2025-09-30", 88_360, 36_100, 2_521, 1_372, 1_023, Share::new(349, 896)),
        revenue_change: Some(125_898.0 / 88_360.0 - 1.0),
        change_from_returning: Money::units(24_300),
        change_from_new: Money::units(13_238),
    }
}

fn concentration() -> Concentration {
    let top = [(0.01, 31, 0.11), (0.05, 154, 0.29), (0.1, 307, 0.42), (0.2, 614, 0.59), (0.5, 1_535, 0.85)];
    let row = |(p, customers, share): (f64, u64, f64)| TopShare {
        p,
        customers,
        revenue: Money((share * 264_977.0) as i64 * 10_000),
        share: Some(share),
    };
    Concentration {
        gini: Some(0.532),
        top: top.map(row).to_vec(),
        lorenz: vec![0.0, 0.015, 0.038, 0.068, 0.106, 0.15, 0.21, 0.29, 0.41, 0.58, 1.0],
        top_ten_share: Some(0.046),
    }
}

fn retention() -> Retention {
    let first = Unit::Quarter.of(day("2023-10-01"));
    let cohort = |(i, (size, percent)): (usize, &(u64, &[u64]))| {
        let period = first + i as i32;
        let active: Vec<u64> = [*size].into_iter().chain(percent.iter().map(|p| (size * p + 50) / 100)).collect();
        let none = vec![None; active.len()];
        Cohort {
            cohort: Unit::Quarter.label(period),
            start: Unit::Quarter.start(period),
            size: *size,
            revenue: active.iter().map(|n| Money::units(*n as i64 * 35)).collect(),
            cumulative_per_customer: none.clone(),
            orders: active.clone(),
            aov: none,
            active,
            last_is_partial: false,
        }
    };
    let cohorts: Vec<Cohort> = COHORTS.iter().enumerate().map(cohort).collect();
    let age = |age: usize| {
        let lived = cohorts.iter().filter(|cohort| cohort.active.len() > age);
        let (count, of) = lived.fold((0, 0), |(count, of), cohort| (count + cohort.active[age], of + cohort.size));
        AgeRow { age: age as u32, active: Share::new(count, of) }
    };
    let all = (0..12).map(age).collect();
    Retention {
        active_window_days: Some(296),
        gaps: 4_391,
        median_gap_days: Some(88.0),
        active_now: 1_560,
        yearly: YearlyRetention {
            kept: Some(Share::new(570, 1_372)),
            start: Some(day("2025-10-01")),
            days: 365,
            crr: Some(570.0 / 1_372.0),
            churn: Some(802.0 / 1_372.0),
            scaled: false,
        },
        monthly: monthly(),
        unit: Unit::Quarter,
        cohorts,
        all,
    }
}

fn monthly() -> Vec<MonthlyRetention> {
    let first = Unit::Month.of(day("2023-10-01"));
    let mut start = 0_u64;
    (0..36)
        .map(|i| {
            let lost = if i < 9 { 0 } else { start * (40 + (i * 7) % 13) / 1_000 };
            let new = 70 + (i * 11) % 40;
            let end = start - lost + new;
            let crr = (start > 0).then(|| (start - lost) as f64 / start as f64);
            let row = MonthlyRetention {
                complete: true,
                month: Unit::Month.label(first + i as i32),
                start,
                new,
                reactivated: new / 5,
                end,
                crr,
                churn: crr.map(|crr| 1.0 - crr),
            };
            start = end;
            row
        })
        .collect()
}

fn value() -> Value {
    let counts = [905_u64, 768, 437, 291, 196, 139, 98, 68, 52, 34, 22, 59];
    let bins = counts.iter().enumerate().map(|(i, &customers)| Bin {
        from: Some(Money::units(25 * i as i64)),
        to: (i + 1 < counts.len()).then(|| Money::units(25 * (i as i64 + 1))),
        customers,
        revenue: Money::units((customers * (25 * i as u64 + 12)) as i64),
    });
    let payback = (0..=24_u32).map(|month| PaybackPoint {
        month,
        customers: 3_069 - u64::from(month) * 90,
        cumulative: Derived(34.0 + 58.0 * (1.0 - f64::from((24 - month) * (24 - month)) / 576.0)),
    });
    Value {
        historical_mean: derived(86.34),
        historical_median: derived(48.70),
        distribution: bins.collect(),
        top: vec![customer().row],
        payback: payback.collect(),
    }
}

fn rfm() -> Rfm {
    let cell = |r, f, customers, revenue, group: &str| RfmCell {
        r,
        f,
        customers,
        revenue: Money::units(revenue),
        group: group.to_string(),
    };
    Rfm {
        cells: vec![
            cell(5, 5, 233, 74_454, "champions"),
            cell(4, 5, 140, 34_302, "champions"),
            cell(5, 1, 206, 7_197, "new"),
            cell(1, 1, 478, 16_210, "lost"),
            cell(2, 5, 54, 9_825, "cant_lose"),
        ],
        recency_days: vec![Some((670, 1_095)), Some((396, 669)), Some((213, 395)), Some((92, 212)), Some((0, 91))],
        frequency: vec![Some((1, 1)), None, Some((2, 2)), Some((3, 3)), Some((4, 31))],
        monetary: vec![None; 5],
    }
}

fn segments() -> Vec<Segment> {
    let rows: [(&str, &str, u64, i64); 17] = [
        ("rfm", "champions", 373, 108_756),
        ("rfm", "loyal", 274, 35_107),
        ("rfm", "promising", 512, 26_270),
        ("rfm", "new", 206, 7_197),
        ("rfm", "need_attention", 474, 21_288),
        ("rfm", "about_to_sleep", 515, 21_883),
        ("rfm", "at_risk", 71, 8_165),
        ("rfm", "cant_lose", 79, 14_252),
        ("rfm", "lost", 565, 22_059),
        ("value", "high", 614, 156_337),
        ("value", "medium", 921, 68_894),
        ("value", "low", 1_534, 39_746),
        ("lifecycle", "new", 206, 7_197),
        ("lifecycle", "loyal", 647, 143_863),
        ("lifecycle", "lost", 2_216, 113_917),
        ("dimension:channel", "search ads", 1_105, 95_300),
        ("dimension:channel", "", 12, 420),
    ];
    let segment = |(family, name, customers, revenue): (&str, &str, u64, i64)| Segment {
        family: family.to_string(),
        name: name.to_string(),
        customers,
        customer_share: Some(customers as f64 / 3_069.0),
        revenue: Money::units(revenue),
        revenue_share: Some(revenue as f64 / 264_977.4),
        purchases: revenue as u64 / 35,
        aov: derived(35.0),
        repeat: Share::new(customers / 2, customers),
        active: Share::new(customers * 3 / 4, customers),
        median_recency_days: Some(120.0),
    };
    rows.map(segment).to_vec()
}

/// A good customer going quiet.
pub fn customer() -> CustomerDetail {
    let events = [
        ("2023-10-11", "147.19"), ("2023-12-02", "38.64"), ("2023-12-05", "62.24"), ("2024-07-05", "91.61"),
        ("2024-12-19", "50.76"), ("2025-03-02", "40.70"), ("2025-04-04", "97.35"), ("2025-04-20", "-28.50"),
        ("2025-05-30", "101.22"), ("2025-07-13", "62.65"), ("2025-10-03", "112.25"), ("2026-01-15", "64.33"),
        ("2026-05-09", "96.97"),
    ];
    let event = |(date, amount): (&str, &str)| CustomerEvent {
        day: day(date),
        amount: money(amount),
        purchase: !amount.starts_with('-'),
        rows: 1,
        dimensions: vec!["word of mouth".to_string(), "Seeds".to_string()],
    };
    CustomerDetail {
        health: None,
        row: CustomerRow {
            number: 0,
            customer: "C-01064".to_string(),
            purchases: 12,
            revenue: money("937.41"),
            first: day("2023-10-11"),
            last: day("2026-05-09"),
            frequency: 11,
            recency: 941,
            observed: 1_085,
            monetary_value: Derived(74.43),
            days_since: 144,
            usual_gap: Some(73.0),
            rfm: (3, 5, 5),
            group: "loyal".to_string(),
            tier: "high".to_string(),
            stage: "at_risk".to_string(),
            cost: None,
        },
        events: events.map(event).to_vec(),
        rank: 12,
        customers: 3_069,
        dimensions: vec![("channel".to_string(), "word of mouth".to_string())],
    }
}
