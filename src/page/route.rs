//! The view's state in the address: which view, and the settings that are no data.
//!
//! `#/retention?from=2025-10-01&to=2026-09-30&unit=quarter&d0=1.3`. Values of dimensions stand as their place in the
//! report's list, customers as their number, and what was typed in (spend, margin) does not stand there at all: an address
//! may be copied, kept in a history or shown on a screen, and must tell nothing about anybody.

use crate::math::Unit;
use crate::report::Report;
use crate::report::schema::Dimension;
use crate::report::settings::{ActiveRule, DimensionFilter, Settings};
use crate::roles::kind::TableKind;
use crate::settings::{DISCOUNTS, HORIZONS};

/// The key of the segment that the customer table is narrowed to.
const SEGMENT: &str = "seg";

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// The first page: drop files.
    #[default]
    Drop,
    /// Between dropping and results.
    Check,
    /// Overview.
    Overview,
    /// What they are worth.
    Value,
    /// Who stays.
    Retention,
    /// What winning one costs.
    Costs,
    /// What they say.
    Feedback,
    /// Subscriptions.
    Subscriptions,
    /// Segments.
    Segments,
    /// How engaged they are.
    Engagement,
    /// How they come along.
    Journey,
    /// Who brings whom.
    Referrals,
    /// What drives it.
    Drivers,
    /// Tests.
    Tests,
    /// What is still to come.
    Forecast,
    /// Who is overdue.
    Risk,
    /// The table of customers.
    Customers,
    /// One customer, by number.
    Customer(u32),
    /// Data receipt.
    Data,
    /// Models and checks.
    Models,
}

/// The number of nobody: what an address asks for that names no customer by number.
pub const NO_CUSTOMER: u32 = u32::MAX;

impl View {
    /// The views of a report, in the order of the navigation.
    pub const REPORT: [View; 17] = [
        View::Overview,
        View::Value,
        View::Retention,
        View::Costs,
        View::Feedback,
        View::Subscriptions,
        View::Customers,
        View::Segments,
        View::Engagement,
        View::Journey,
        View::Referrals,
        View::Drivers,
        View::Tests,
        View::Forecast,
        View::Risk,
        View::Data,
        View::Models,
    ];

    /// The path in the address, without `#/`.
    pub fn path(self) -> String {
        match self {
            View::Drop => String::new(),
            View::Check => "check".into(),
            View::Overview => "overview".into(),
            View::Value => "value".into(),
            View::Retention => "retention".into(),
            View::Costs => "costs".into(),
            View::Feedback => "feedback".into(),
            View::Subscriptions => "subscriptions".into(),
            View::Segments => "segments".into(),
            View::Engagement => "engagement".into(),
            View::Journey => "journey".into(),
            View::Referrals => "referrals".into(),
            View::Drivers => "drivers".into(),
            View::Tests => "tests".into(),
            View::Forecast => "forecast".into(),
            View::Risk => "risk".into(),
            View::Customers => "customers".into(),
            View::Customer(number) => format!("customers/{number}"),
            View::Data => "data".into(),
            View::Models => "models".into(),
        }
    }

    /// The view of a path. One that asks for a customer by what is no number is still about customers.
    fn from_path(path: &str) -> Option<View> {
        Some(match path {
            "" => View::Drop,
            "check" => View::Check,
            _ => match View::REPORT.into_iter().find(|view| view.path() == path) {
                Some(view) => view,
                None => View::Customer(path.strip_prefix("customers/")?.parse().unwrap_or(NO_CUSTOMER)),
            },
        })
    }

    /// Whether the data of a report opens it. A view that every shop wants is listed without its data too, and says what it
    /// needs; a rarer one is not.
    pub fn is_open(self, report: &Report) -> bool {
        let has = |kind: TableKind| report.tables.iter().any(|table| table.kind == kind.name());
        let has_orders = report.period.data_start.is_some();
        match self {
            View::Subscriptions => has(TableKind::Subscriptions),
            View::Referrals => {
                let counts = |role: &str| report.tables.iter().any(|table| table.roles.contains_key(role));
                counts("referred_by") || counts("invited") && counts("joined")
            }
            View::Feedback => has_orders || has(TableKind::Survey),
            View::Drop | View::Check | View::Data | View::Tests => true,
            _ => has_orders,
        }
    }

    /// Whether it tells of purchases, and the files of a report hold none: reached by its address, it says what it needs. Those
    /// that need another file say so themselves.
    pub fn lacks_orders(self, report: &Report) -> bool {
        let own = matches!(self, View::Subscriptions | View::Referrals | View::Feedback);
        report.period.data_start.is_none() && !own && !self.is_open(report)
    }

    /// The view that a report is opened with: the overview, or of files without orders what they are about.
    pub fn first(report: &Report) -> View {
        View::REPORT.into_iter().find(|view| view.is_open(report)).unwrap_or(View::Data)
    }

    /// Whether it shows a report.
    pub fn shows_report(self) -> bool {
        !matches!(self, View::Drop | View::Check)
    }
}

/// A view with the settings that its address holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The view.
    pub view: View,
    /// Key and value, as they stand behind the `?`.
    pub query: Vec<(String, String)>,
}

impl Route {
    /// Reads `location.hash`; an address that names no view is the first page.
    pub fn parse(hash: &str) -> Route {
        let rest = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let Some(view) = View::from_path(path) else { return Route::default() };
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Route { view, query: pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect() }
    }

    /// The address, from `#` on.
    pub fn hash(&self) -> String {
        let query: Vec<String> = self.query.iter().map(|(key, value)| format!("{key}={value}")).collect();
        match (self.view, query.is_empty()) {
            (View::Drop, _) => "#/".into(),
            (view, true) => format!("#/{}", view.path()),
            (view, false) => format!("#/{}?{}", view.path(), query.join("&")),
        }
    }

    /// The route of a view under these settings.
    pub fn new(view: View, settings: &Settings, dimensions: &[Dimension]) -> Route {
        let mut query = Vec::new();
        let mut say = |key: &str, value: String| query.push((key.to_owned(), value));
        if let Some(from) = settings.from {
            say("from", from.to_string());
        }
        if let Some(to) = settings.to {
            say("to", to.to_string());
        }
        if settings.cohort_unit != Unit::default() {
            say("unit", settings.cohort_unit.name().to_owned());
        }
        match settings.active {
            ActiveRule::OwnRhythm => {}
            ActiveRule::Window { days } => say("active", days.to_string()),
            ActiveRule::CalendarMonth => say("active", "month".to_owned()),
        }
        if settings.discount != Settings::default().discount {
            say("discount", settings.discount_in_percent().to_string());
        }
        if settings.horizon != Settings::default().horizon {
            say("years", settings.horizon.map_or("all".to_owned(), |years| years.to_string()));
        }
        for filter in &settings.filters {
            let Some(at) = dimensions.iter().position(|dimension| dimension.name == filter.dimension) else { continue };
            let place = |value: &String| dimensions[at].values.iter().position(|known| known.value == *value);
            let places: Vec<String> = filter.values.iter().filter_map(place).map(|place| place.to_string()).collect();
            say(&format!("d{at}"), places.join("."));
        }
        Route { view, query }
    }

    /// The same with the customers of one segment only; nothing takes the segment away.
    pub fn with_segment(mut self, segment: Option<String>) -> Route {
        self.query.retain(|(key, _)| key != SEGMENT);
        self.query.extend(segment.map(|segment| (SEGMENT.to_owned(), segment)));
        self
    }

    /// The segment that the address holds, as [`segment_key`] writes it.
    pub fn segment(&self) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == SEGMENT).map(|(_, value)| value.as_str())
    }

    /// The settings with what the address says in place of what they said; what is no part of an address stays.
    pub fn settings(&self, base: &Settings, dimensions: &[Dimension]) -> Settings {
        let get = |key: &str| self.query.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str());
        let active = match get("active") {
            Some("month") => ActiveRule::CalendarMonth,
            Some(days) => match days.parse() {
                Ok(days) if days > 0 => ActiveRule::Window { days },
                _ => ActiveRule::OwnRhythm,
            },
            None => ActiveRule::OwnRhythm,
        };
        let percent = get("discount").and_then(|percent| percent.parse().ok()).filter(|rate| DISCOUNTS.contains(rate));
        let horizon = match get("years") {
            Some("all") => None,
            years => years
                .and_then(|years| years.parse().ok())
                .filter(|years| HORIZONS.contains(years))
                .or(Settings::default().horizon),
        };
        let filter = |(at, dimension): (usize, &Dimension)| {
            let places = get(&format!("d{at}"))?.split('.').filter_map(|place| place.parse::<usize>().ok());
            let values: Vec<String> =
                places.filter_map(|place| dimension.values.get(place)).map(|value| value.value.clone()).collect();
            (!values.is_empty()).then(|| DimensionFilter { dimension: dimension.name.clone(), values })
        };
        Settings {
            from: get("from").and_then(|day| day.parse().ok()),
            to: get("to").and_then(|day| day.parse().ok()),
            cohort_unit: get("unit").and_then(unit_from).unwrap_or_default(),
            active,
            discount: percent.map_or(Settings::default().discount, |percent| f64::from(percent) / 100.0),
            horizon,
            filters: dimensions.iter().enumerate().filter_map(filter).collect(),
            ..base.clone()
        }
    }
}

/// A segment in an address: `rfm.champions`, or for a value of a dimension the places of both: `d0.3`. Nothing where the
/// dimension's value has no place in the report.
pub fn segment_key(family: &str, name: &str, dimensions: &[Dimension]) -> Option<String> {
    let Some(dimension) = family.strip_prefix("dimension:") else { return Some(format!("{family}.{name}")) };
    let at = dimensions.iter().position(|known| known.name == dimension)?;
    let place = dimensions[at].values.iter().position(|known| known.value == name)?;
    Some(format!("d{at}.{place}"))
}

/// Family and name of a segment that [`segment_key`] wrote.
pub fn segment_from(key: &str, dimensions: &[Dimension]) -> Option<(String, String)> {
    let (family, name) = key.split_once('.')?;
    match family.strip_prefix('d').and_then(|at| at.parse::<usize>().ok()) {
        None => Some((family.to_owned(), name.to_owned())),
        Some(at) => {
            let dimension = dimensions.get(at)?;
            let value = dimension.values.get(name.parse::<usize>().ok()?)?;
            Some((format!("dimension:{}", dimension.name), value.value.clone()))
        }
    }
}

/// The unit of a name in an address.
pub fn unit_from(name: &str) -> Option<Unit> {
    Unit::ALL.into_iter().find(|unit| unit.name() == name)
}
