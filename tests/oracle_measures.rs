//! The report against reference results for real data sets, computed independently (tests/fixtures/README.md).
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

mod support;

use perennial::ledger::visits::gaps;
use perennial::math::stats::quantile;
use perennial::report::Settings;
use perennial::report::build::{Analysis, Context, Source, analyse};
use perennial::report::models::{ModelFit, Note};
use perennial::report::settings::{ActiveRule, RfmTies};
use serde_json::Value;
use support::{Set, assert_close, cents, number, sets};

/// The analysis with the rules that the references were computed with.
fn analysis(set: &Set) -> Analysis {
    let settings = Settings { active: ActiveRule::CalendarMonth, rfm_ties: RfmTies::ByOrder, ..Settings::default() };
    analyse(&set.ledger(), &settings, Context::default())
}

fn float(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn summaries_are_those_of_lifetimes() {
    for set in sets() {
        let analysis = analysis(&set);
        let (shown, summary) = (analysis.shown(), &analysis.summary);
        let expected = set.table("summary", "_D");
        assert_eq!(shown.visits.len(), expected.len(), "{}", set.name);
        for (c, row) in expected.iter().enumerate() {
            let what = format!("{} {}", set.name, row["customer_id"]);
            assert_eq!(shown.id(c), row["customer_id"], "order of customers");
            let ours = [summary.frequency[c], summary.recency[c], summary.t[c]].map(f64::from);
            assert_eq!(ours, ["frequency", "recency", "T"].map(|column| number(row, column)), "{what}");
            assert_close(summary.monetary_value(c), number(row, "monetary_value"), &what);
        }
    }
}

#[test]
fn cohorts_hold_the_same_customers_and_revenue() {
    for set in sets() {
        let report = analysis(&set).report;
        let expected = set.json("cohort");
        let cohorts = &report.retention.cohorts;
        assert_eq!(cohorts.len(), expected["months"].as_array().unwrap().len(), "{}", set.name);
        for (at, cohort) in cohorts.iter().enumerate() {
            let what = format!("{} {}", set.name, cohort.cohort);
            assert_eq!(expected["months"][at], *cohort.cohort);
            assert_eq!(expected["cohort_size"][at], cohort.size, "{what}");
            assert_eq!(expected["active_counts"][at], Value::from(cohort.active.clone()), "{what}");
            let revenue: Vec<_> = expected["revenue"][at].as_array().unwrap().iter().map(|x| cents(float(x))).collect();
            assert_eq!(cohort.revenue, revenue, "{what}");
        }
    }
}

#[test]
fn monthly_retention_is_the_share_of_those_who_were_there() {
    for set in sets() {
        let report = analysis(&set).report;
        let expected = set.json("crr_monthly");
        let rows = expected["rows"].as_array().unwrap();
        assert_eq!(report.retention.monthly.len(), rows.len(), "{}", set.name);
        for (ours, row) in report.retention.monthly.iter().zip(rows) {
            let what = format!("{} {}", set.name, ours.month);
            assert_eq!(row["month"], *ours.month);
            assert_eq!((&row["S"], &row["E"]), (&Value::from(ours.start), &Value::from(ours.end)), "{what}");
            assert_eq!(row["retained_strict"], ours.end - ours.new, "{what}");
            assert_eq!(
                (&row["N"], &row["reactivated"]),
                (&Value::from(ours.new - ours.reactivated), &Value::from(ours.reactivated))
            );
            assert_close(ours.crr.unwrap() * 100.0, float(&row["crr_strict_pct"]), &what);
            assert_close(ours.churn.unwrap() * 100.0, 100.0 - float(&row["crr_strict_pct"]), &what);
        }
    }
}

#[test]
fn totals_and_gaps_agree() {
    for set in sets() {
        let Analysis { report, summary, visits, .. } = analysis(&set);
        let expected = set.json("metrics");
        let get = |name: &str| float(&expected[name]);
        let totals = &report.totals;
        let n = totals.customers as f64;
        assert_eq!((n, totals.rows as f64), (get("customers"), get("rows")), "{}", set.name);
        assert_eq!(totals.revenue, cents(get("revenue")), "{}", set.name);
        let days: u64 = summary.frequency.iter().map(|&frequency| u64::from(frequency) + 1).sum();
        assert_eq!(days as f64, get("purchase_days"), "{}", set.name);
        let (purchases_of, aov) = if set.tells_orders_apart() {
            ("orders", "aov_per_order")
        } else {
            ("purchase_days", "aov_per_purchase_day")
        };
        assert_eq!(totals.purchases as f64, get(purchases_of), "{}", set.name);
        assert_close(totals.aov.unwrap().0, get(aov), "AOV");

        // The reference counts who bought on two days; two purchases can also fall on one.
        let on_two_days = summary.frequency.iter().filter(|&&frequency| frequency > 0).count();
        assert_close(on_two_days as f64 / n * 100.0, get("repeat_rate_pct"), "bought on two days");
        let column = if set.tells_orders_apart() { "orders" } else { "frequency" };
        let twice = set.table("rfm", "").iter().filter(|row| number(row, column) > 1.0).count() as u64;
        assert_eq!((totals.repeat.count, totals.repeat.of), (twice, totals.customers), "{}", set.name);

        let retention = &report.retention;
        assert_eq!(retention.gaps as f64, get("gaps"), "{}", set.name);
        assert_eq!(retention.median_gap_days, Some(get("median_days_between_purchases_pooled")));
        let gaps = visits.by_customer().flat_map(gaps);
        let mean = gaps.map(f64::from).sum::<f64>() / retention.gaps as f64;
        assert_close(mean, get("mean_days_between_purchases_pooled"), "mean gap");
        let repeated = summary.recency.iter().zip(&summary.frequency).filter(|(_, frequency)| **frequency > 0);
        let mut means: Vec<f64> = repeated.map(|(&days, &gaps)| f64::from(days) / f64::from(gaps)).collect();
        means.sort_by(f64::total_cmp);
        assert_close(quantile(&means, 0.5).unwrap(), get("median_of_customer_mean_gap"), "median of mean gaps");
        assert_close(report.value.historical_mean.unwrap().0, get("mean_revenue_per_customer"), "mean");
        assert_close(report.value.historical_median.unwrap().0, get("median_revenue_per_customer"), "median");
    }
}

#[test]
fn concentration_agrees() {
    for set in sets() {
        let concentration = analysis(&set).report.concentration.clone();
        let expected = set.json("metrics");
        for (top, percent) in concentration.top.iter().zip(["1%", "5%", "10%", "20%", "50%"]) {
            let theirs = &expected["top_share_pct"][percent];
            assert_eq!(theirs["customers"], top.customers, "{} {percent}", set.name);
            assert_close(top.share.unwrap() * 100.0, float(&theirs["share_pct"]), percent);
        }
        assert_close(concentration.gini.unwrap(), float(&expected["gini"]), set.name);
        assert_eq!(concentration.lorenz.len(), 11);
        for (ours, theirs) in concentration.lorenz.iter().zip(expected["lorenz_decile_cum_pct"].as_array().unwrap()) {
            assert_close(ours * 100.0, float(theirs), set.name);
        }
    }
}

#[test]
fn rfm_scores_agree_when_ties_go_by_order() {
    for set in sets() {
        let analysis = analysis(&set);
        let Analysis { summary, scores, report, .. } = &analysis;
        for (c, row) in set.table("rfm", "").iter().enumerate() {
            let what = format!("{} {}", set.name, row["customer_id"]);
            assert_eq!(analysis.shown().id(c), row["customer_id"]);
            let ours = format!("{}{}{}", scores.recency[c], scores.frequency[c], scores.monetary[c]);
            assert_eq!(ours, row["RFM"], "{what}");
            // The reference counts recency to the day after the end, and frequency with the first purchase.
            assert_eq!(f64::from(summary.days_since(c) + 1), number(row, "recency_days"), "{what}");
            assert_eq!(f64::from(summary.frequency[c] + 1), number(row, "frequency"), "{what}");
            assert_eq!(summary.revenue[c], cents(number(row, "monetary")).0, "{what}");
        }
        let expected = set.json("metrics");
        for cell in &report.rfm.cells {
            let theirs = expected["rf_grid_counts"].get(format!("{}{}", cell.r, cell.f)).map_or(0.0, float);
            assert_eq!(cell.customers as f64, theirs, "{} {}{}", set.name, cell.r, cell.f);
        }
    }
}

/// A fit in the report against the true optimum in days.
#[track_caller]
fn hold_fit(ours: &ModelFit, block: &Value, what: &str) {
    assert!(ours.converged, "{what}");
    let expected = &block["optimum"];
    assert!(ours.log_likelihood.unwrap() > float(&expected["loglik"]) - 1e-6, "{what}");
    let interior = expected["interior_optimum"] == true;
    assert_eq!(ours.notes.contains(&Note::Ridge), !interior, "{what}: {:?}", ours.notes);
    assert_eq!(ours.standard_errors.len(), if interior { ours.parameters.len() } else { 0 }, "{what}");
    for (name, error) in &ours.standard_errors {
        let (parameter, deviation) = (float(&expected["params"][name]), float(&expected["std_errors"][name]));
        assert!((ours.parameters[name] / parameter - 1.0).abs() < 1e-4, "{what} {name}");
        assert!((error / deviation - 1.0).abs() < 1e-3, "{what} {name}");
    }
}

#[test]
fn models_in_the_report_are_the_true_optima() {
    for set in sets() {
        let source = Source::new(set.ledger());
        let analysis = source.analyse(&Settings::default(), Context::default());
        let beside = analysis.beside(Vec::new(), None);
        let outlook = source.outlook(&beside);
        let models = outlook.models(beside.history);
        let expected = &set.json("fit")["full_period_D"];
        hold_fit(&models.bg_nbd, &expected["bgnbd"], set.name);
        hold_fit(&models.mbg_nbd, &expected["mbgnbd"], set.name);
        hold_fit(&models.pareto_nbd, &expected["pnbd"], set.name);
        hold_fit(&models.gamma_gamma, &expected["gamma_gamma"], set.name);
        assert_eq!(models.bg_nbd.customers as f64, float(&expected["n_customers"]));
        assert_eq!(models.bg_nbd.repeat_buyers as f64, float(&expected["n_repeaters"]));
        assert!(models.bg_nbd.notes.contains(&Note::OneTimeBuyersStay));
        let limit = models.pareto_nbd.notes.contains(&Note::OnePurchaseRate);
        assert_eq!(limit, set.name == "olist_10k", "{}", set.name);
        assert!(models.bg_bb.converged && models.bg_bb.period_days == Some(365.25 / 12.0), "{}", set.name);
        assert_eq!((models.sbg.converged, &*models.sbg.notes), (false, &[Note::NoContracts][..]));
    }
}
