//! Every chart, at three widths, of the made-up shop, of nothing, and of shops at the edges.

use crate::charts::canvas::{Anchor, Rect, text_box};
use crate::charts::{self, Figure, Theme, measure};
use crate::math::stats::Share;
use crate::math::{Money, Unit};
use crate::report::Report;
use crate::report::costs::Costs;
use crate::words::fixture;
use crate::words::format::Plain;

pub(super) const WIDTHS: [u32; 3] = [328, 640, 1120];

fn all(report: &Report, width: u32) -> Vec<Figure> {
    let f = Plain::new(report.currency.as_deref());
    let mut figures = vec![
        charts::revenue_by_month(report, width, &f),
        charts::concentration(report, width, &f),
        charts::lorenz(report, width, &f),
        charts::retention_curves(report, width, &f),
        charts::monthly_retention(report, width, &f),
        charts::value_distribution(report, width, &f),
        charts::payback(report, width, &f),
    ];
    for family in ["rfm", "value", "lifecycle", "dimension:channel"] {
        figures.push(charts::segment_shares(report, family, width, &f));
    }
    figures.push(charts::customer_timeline(&fixture::customer(), report.period.end, width, &f));
    figures
}

/// A text of an SVG: its box, whether it belongs to a tooltip, what it says.
struct Text {
    place: Rect,
    tip: bool,
    words: String,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0.to_string())
}

/// The texts of an SVG of ours, as our own table measures them; a tooltip line by line.
fn texts(svg: &str) -> Vec<Text> {
    let mut out = Vec::new();
    for piece in svg.split("<text").skip(1) {
        let (tag, rest) = piece.split_once('>').expect("a tag that ends");
        let content = rest.split_once("</text>").expect("a text that ends").0;
        let number = |name: &str| attribute(tag, name).map_or(0.0, |n| n.parse::<f64>().expect("a number"));
        let class = attribute(tag, "class").unwrap_or_default();
        let anchor = match attribute(tag, "text-anchor").as_deref() {
            Some("middle") => Anchor::Middle,
            Some("end") => Anchor::End,
            _ => Anchor::Start,
        };
        let unescaped =
            |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        let tip = class == "tiptext";
        let lines: Vec<String> = match tip {
            false => vec![unescaped(content)],
            true => content
                .split("</tspan>")
                .filter_map(|line| line.split_once('>'))
                .map(|(_, line)| unescaped(line))
                .collect(),
        };
        for (i, words) in lines.into_iter().enumerate() {
            let strong =
                class.split(' ').any(|class| class == "lab" || class.starts_with('t') && !tip) || (tip && i == 0);
            let place = text_box(&words, strong, anchor, number("x"), number("y") + 17.0 * i as f64);
            out.push(Text { place, tip, words });
        }
    }
    out
}

pub(crate) fn check(figure: &Figure) {
    let Figure { id, svg, width, height, .. } = figure;
    let about = format!("{id} at {width}");
    for wrong in ["style=", "NaN", "inf", "<style"] {
        assert!(!svg.contains(wrong), "{about}: {wrong}");
    }
    for words in [&figure.title, &figure.sub, &figure.sentence].into_iter().chain(&figure.note) {
        assert!(!words.is_empty() && !words.contains("NaN") && !words.contains('!'), "{about}: {words}");
    }
    assert!(
        figure.sentence.ends_with('.') && !figure.title.ends_with('.'),
        "{about}: {} / {}",
        figure.sentence,
        figure.title
    );

    let texts = texts(svg);
    // A tenth of a pixel is what the SVG rounds to.
    let picture = Rect::between(-0.1, -0.1, f64::from(*width) + 0.1, f64::from(*height) + 0.1);
    for text in &texts {
        assert!(picture.holds(&text.place), "{about}: “{}” leaves the picture: {:?}", text.words, text.place);
    }
    let labels: Vec<&Text> = texts.iter().filter(|text| !text.tip).collect();
    for (i, a) in labels.iter().enumerate() {
        for b in &labels[i + 1..] {
            assert!(!a.place.overlaps(&b.place), "{about}: “{}” lies on “{}”", a.words, b.words);
        }
    }

    assert_eq!(svg.matches(r#"<g class="pt">"#).count(), figure.points.len(), "{about}");
    for point in &figure.points {
        assert!(point.hit.width > 0.0 && point.hit.height > 0.0, "{about}: {:?}", point.hit);
        assert!(picture.holds(&Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 }), "{about}: {point:?}");
        assert!(point.lines.len() > 1 && !point.text().is_empty(), "{about}: {point:?}");
    }
    for row in &figure.table.rows {
        assert_eq!(row.len(), figure.table.header.len(), "{about}");
    }
    let parsed = csv::Reader::from_reader(figure.csv().as_bytes()).records().map(Result::unwrap).count();
    assert_eq!(parsed, figure.table.rows.len(), "{about}");

    for theme in [Theme::Light, Theme::Dark] {
        let alone = figure.standalone(theme);
        assert!(!alone.contains("class=") && !alone.contains("var(") && !alone.contains("style="), "{about}");
        assert_eq!(alone.matches("<g").count(), alone.matches("</g>").count(), "{about}");
    }
}

#[test]
fn texts_stay_in_the_picture_and_off_each_other() {
    for width in WIDTHS {
        for figure in all(&fixture::report(), width) {
            check(&figure);
        }
    }
}

#[test]
fn a_shop_without_rows_is_said_and_not_drawn_as_zero() {
    for width in WIDTHS {
        for figure in all(&fixture::empty(), width) {
            check(&figure);
            assert!(figure.id == "customer" || figure.points.is_empty(), "{}", figure.id);
        }
    }
}

/// The costs of the made-up shop, of one without any, and of one whose costs name no channel and cover weeks.
#[test]
fn charts_of_costs_keep_to_the_same_rules() {
    let (report, f) = (fixture::report(), Plain::new(Some("EUR")));
    let told = crate::words::costs::tests::costs();
    let mut weekly = Costs { channels: Vec::new(), ..told.clone() };
    weekly.stretches.iter_mut().for_each(|row| row.costs.end = row.costs.end.plus(4));
    for width in WIDTHS {
        for costs in [&told, &Costs::default(), &weekly] {
            for draw in [charts::costs_by_channel, charts::costs_over_time, charts::costs_payback] {
                check(&draw(costs, &report, width, &f));
            }
        }
    }
    assert_eq!(charts::cohort_shares(&told, &f)[0].3[0], 10.0 / (1_900.0 / 80.0));
    let csv = charts::cohort_table(&told, &f).csv();
    assert!(
        csv.starts_with("won in,customers,cost to win one,month 1,") && csv.contains("Oct 2024,80,23.75,0.4211,"),
        "{csv}"
    );
    let by_channel = charts::costs_by_channel(&told, &report, 640, &f);
    assert_eq!(by_channel.title, "A customer from Social ads brings €34.37, and winning one costs €32.49");
    assert!(by_channel.csv().contains("Word of mouth,,,,,,79.82,,"), "{}", by_channel.csv());
    assert_eq!(charts::costs_over_time(&told, &report, 640, &f).points.len(), 24);
    assert_eq!(
        charts::costs_payback(&told, &report, 640, &f).table.header.len(),
        4,
        "what costs nothing pays nothing back"
    );
}

#[test]
fn points_and_tables_hold_all_data() {
    let report = fixture::report();
    let f = Plain::new(Some("EUR"));
    let revenue = charts::revenue_by_month(&report, 1120, &f);
    assert_eq!(revenue.points.len(), 36);
    assert_eq!(revenue.table.rows.len(), 37);
    assert_eq!(revenue.points[26].text(), "Dec 2025: Returning €8,232, New €4,951, Together €13,183");
    assert!(revenue.csv().contains("2025-12,8232.00,4951.00,13183.00,"));
    assert_eq!(charts::customer_timeline(&fixture::customer(), report.period.end, 328, &f).points.len(), 13);
    assert_eq!(charts::value_distribution(&report, 640, &f).points.len(), report.value.distribution.len());
    assert_eq!(charts::segment_shares(&report, "rfm", 640, &f).table.rows.len(), 9);
    let monthly = charts::monthly_retention(&report, 640, &f);
    assert_eq!(monthly.table.rows.len(), 36);
    // The rate of several months together and that of the last one are each named.
    assert!(monthly.title.contains(", over 12 months together"), "{}", monthly.title);
    assert!(monthly.svg.contains("% in Sep 2026"));
}

#[test]
fn titles_say_the_finding() {
    let report = fixture::report();
    let titles: Vec<String> = all(&report, 1120).into_iter().map(|figure| figure.title).collect();
    for title in [
        "Returning customers now bring 68% of revenue, up from 38% in the first year",
        "One customer in ten brings 42% of revenue",
        "The smaller half of your customers brings 15% of revenue",
        "Newer and older customers stay alike: after 3 quarters 16.4% and 18.5% still buy, within chance",
        "Half of your customers have brought less than €48.70; a few large ones lift the mean to €86.34",
        "The first purchases alone pay back the €21.41 that winning a customer costs",
        "Champions: 12% of customers, 41% of revenue",
        "12 purchases since 11 Oct 2023, usually 73 days apart",
    ] {
        assert!(titles.iter().any(|other| other == title), "{title} is not among {titles:#?}");
    }
}

#[test]
fn labels_become_a_legend_only_where_they_have_no_room() {
    let f = Plain::new(Some("EUR"));
    let report = fixture::report();
    assert!(charts::revenue_by_month(&report, 1120, &f).legend.is_empty());
    let legend: Vec<String> = charts::revenue_by_month(&report, 328, &f).legend.iter().map(|key| key.class()).collect();
    assert_eq!(legend, ["f1", "f0"]);
    let curves = charts::retention_curves(&report, 328, &f);
    assert!(curves.legend.is_empty() == curves.svg.contains("newer customers</text>"));
}

#[test]
fn many_months_are_put_together() {
    let mut report = fixture::report();
    let first = Unit::Month.of(fixture::day("1990-01-01"));
    let month = report.months[0].clone();
    report.months = (0..420)
        .map(|i| crate::report::schema::MonthRow { month: Unit::Month.label(first + i), ..month.clone() })
        .collect();
    for (width, points) in [(1120, 140), (328, 35)] {
        let figure = charts::revenue_by_month(&report, width, &Plain::new(Some("EUR")));
        check(&figure);
        assert_eq!(figure.points.len(), points, "at {width}");
    }
}

#[test]
fn shops_at_the_edges() {
    let mut refunded = fixture::report();
    for month in &mut refunded.months {
        month.revenue_returning = -month.revenue_returning;
        month.revenue = month.revenue_new + month.revenue_returning;
    }
    refunded.months.truncate(5);
    if let Some(last) = refunded.months.last_mut() {
        last.complete = false;
    }
    refunded.retention.cohorts.truncate(2);
    refunded.totals.cac = None;
    refunded.value.payback.truncate(1);
    refunded.currency = None;

    let mut huge = fixture::report();
    for month in &mut huge.months {
        for amount in [&mut month.revenue, &mut month.revenue_new, &mut month.revenue_returning] {
            *amount = Money(amount.0 * 1_000_000_000);
        }
    }
    for segment in &mut huge.segments {
        segment.name = format!("A channel with a name that goes on and on, {} <&>", segment.name);
    }
    huge.retention.unit = Unit::Month;

    let mut one = fixture::report();
    one.months.truncate(1);
    one.retention.monthly.truncate(1);
    one.retention.all.truncate(2);
    one.retention.cohorts.truncate(1);
    one.retention.all[1].active = Share::new(0, 0);
    one.value.distribution.truncate(1);
    for report in [refunded, huge, one] {
        for width in WIDTHS {
            for figure in all(&report, width) {
                check(&figure);
            }
        }
    }
}

#[test]
fn a_customer_with_one_purchase_and_one_with_hundreds() {
    let f = Plain::new(Some("EUR"));
    let end = Some(fixture::day("2026-09-30"));
    let mut once = fixture::customer();
    once.events.truncate(1);
    once.row.purchases = 1;
    once.row.last = once.row.first;
    once.row.usual_gap = None;
    let mut often = fixture::customer();
    let first = often.events[0].clone();
    often.events =
        (0..900).map(|i| crate::report::customers::CustomerEvent { day: first.day.plus(i), ..first.clone() }).collect();
    let mut today = once.clone();
    today.row.days_since = 0;
    for width in WIDTHS {
        check(&charts::customer_timeline(&once, end, width, &f));
        check(&charts::customer_timeline(&often, end, width, &f));
        check(&charts::customer_timeline(&today, Some(today.row.last), width, &f));
    }
}

#[test]
fn the_tooltip_keeps_within_the_picture() {
    let figure = charts::revenue_by_month(&fixture::report(), 328, &Plain::new(Some("EUR")));
    for point in &figure.points {
        let tip = crate::charts::figure::tip_box(point, 328.0, f64::from(figure.height));
        assert!(Rect::between(0.0, 0.0, 328.0, f64::from(figure.height)).holds(&tip), "{tip:?}");
    }
    assert!(measure::width("Together €13,183", false) < 120.0);
}

#[test]
fn the_first_year_counts_from_the_first_month_even_where_that_is_not_whole() {
    let mut report = fixture::report();
    report.months[0].complete = false;
    let figure = charts::revenue_by_month(&report, 1120, &Plain::new(Some("EUR")));
    assert_eq!(figure.title, "Returning customers now bring 68% of revenue, up from 38% in the first year");
}

#[test]
fn a_handful_has_no_empty_pictures() {
    let (mut report, f) = (fixture::report(), Plain::new(Some("EUR")));
    assert!(!charts::retention_curves(&report, 640, &f).picture().is_empty());
    report.retention.cohorts.clear();
    for row in &mut report.retention.all {
        row.active = crate::math::stats::Share::new(2, 9);
    }
    for month in &mut report.retention.monthly {
        (month.start, month.end) = (9, 9);
    }
    for draw in [charts::retention_curves, charts::monthly_retention] {
        let figure = draw(&report, 640, &f);
        assert_eq!((figure.picture(), figure.drawn(), figure.remark()), ("", "", None), "{}", figure.title);
        assert!(figure.title.starts_with("Too little to tell") && !figure.table.rows.is_empty(), "{}", figure.title);
    }
}
