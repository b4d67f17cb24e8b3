//! Numbers, money and dates through the browser's `Intl`, in the language of the browser and the currency of the report.
//!
//! Making an `Intl` formatter takes longer than using it a hundred times, so each is made once and kept. A [`Locale`] is
//! a handle on them: get it where it is used, inside the closure that draws, since JavaScript's values can't leave their
//! thread and Leptos asks its closures to be able to.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Date, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::browser;
use super::control::Control;
use crate::math::{Day, Money};
use crate::text;
use crate::words::format::{Format, NOT_DEFINED};

/// The language where the browser names none that `Intl` knows.
const FALLBACK: &str = "en-GB";

/// Milliseconds in a day.
const DAY_MS: f64 = 86_400_000.0;

thread_local! {
    static KNOWN: RefCell<Vec<(Option<String>, Locale)>> = const { RefCell::new(Vec::new()) };
}

/// Writes values the way the browser's language does, with the currency of one report.
#[derive(Clone)]
pub struct Locale {
    inner: Rc<Inner>,
}

struct Inner {
    language: String,
    currency: Option<String>,
    /// Stands before amounts in a currency that `Intl` does not take for one.
    prefix: String,
    formatters: RefCell<Vec<(Kind, Function)>>,
}

/// A formatter: what it writes, with how many decimals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    MoneyWhole,
    MoneyExact,
    MoneyShort,
    Number(u8),
    Percent(u8),
    Bytes(&'static str, u8),
    Day,
    Month,
    MonthName,
}

impl Locale {
    /// For amounts in a currency (an ISO 4217 code), or for bare numbers.
    pub fn of(currency: Option<&str>) -> Locale {
        KNOWN.with_borrow_mut(|known| {
            let at = known.iter().position(|(of, _)| of.as_deref() == currency).unwrap_or_else(|| {
                known.push((currency.map(str::to_owned), Locale::new(currency)));
                known.len() - 1
            });
            known[at].1.clone()
        })
    }

    /// For the report that is shown; before there is one, for the files under review. Follows both.
    pub fn use_here() -> Locale {
        let control = Control::use_here();
        let of_report = control.results.report.with(|report| report.as_ref().map(|report| report.currency.clone()));
        let of_review = || control.intake.review.with(|review| review.as_ref()?.currency.clone());
        Locale::of(of_report.unwrap_or_else(of_review).as_deref())
    }

    fn new(currency: Option<&str>) -> Locale {
        // Some browsers give a language that their own `Intl` refuses.
        let wanted = browser::window().navigator().language().unwrap_or_else(|| FALLBACK.to_owned());
        let language = match make("NumberFormat", &wanted, &[]) {
            Some(_) => wanted,
            None => FALLBACK.to_owned(),
        };
        let style = |code: &str| [("style", "currency".into()), ("currency", code.into())];
        let (known, prefix) = match currency {
            Some(code) if make("NumberFormat", &language, &style(code)).is_some() => {
                (Some(code.to_owned()), String::new())
            }
            Some(code) => (None, format!("{code}\u{a0}")),
            None => (None, String::new()),
        };
        let formatters = RefCell::new(Vec::new());
        Locale { inner: Rc::new(Inner { language, currency: known, prefix, formatters }) }
    }

    /// What a formatter makes of a value.
    fn write(&self, kind: Kind, value: &JsValue) -> String {
        let mut formatters = self.inner.formatters.borrow_mut();
        let at = formatters.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            formatters.push((kind, self.inner.formatter(kind)));
            formatters.len() - 1
        });
        let text = formatters[at].1.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string());
        text.unwrap_or_else(|| NOT_DEFINED.to_owned())
    }

    /// The same for a number that so many decimals are shown of, with a minus that is one.
    fn write_number(&self, kind: Kind, value: f64, places: u8) -> String {
        if !value.is_finite() {
            return NOT_DEFINED.to_owned();
        }
        // A small loss would be written "−0" otherwise.
        let smallest = (0..places).fold(0.5, |unit, _| unit / 10.0);
        let value = if value.abs() < smallest { 0.0 } else { value };
        self.write(kind, &value.into()).replace('-', "−")
    }
}

impl Inner {
    fn formatter(&self, kind: Kind) -> Function {
        let number = |places: u8| {
            vec![("minimumFractionDigits", JsValue::from(places)), ("maximumFractionDigits", JsValue::from(places))]
        };
        let money = |rest: &[(&'static str, JsValue)], bare: Vec<(&'static str, JsValue)>| match &self.currency {
            Some(code) => {
                let mut options = vec![("style", "currency".into()), ("currency", code.as_str().into())];
                options.extend_from_slice(rest);
                options
            }
            None => bare,
        };
        let (class, options) = match kind {
            Kind::Money => ("NumberFormat", money(&[], number(2))),
            Kind::MoneyWhole => ("NumberFormat", money(&number(0), number(0))),
            Kind::MoneyExact => {
                let most = ("maximumFractionDigits", JsValue::from(4));
                (
                    "NumberFormat",
                    money(std::slice::from_ref(&most), vec![("minimumFractionDigits", JsValue::from(2)), most.clone()]),
                )
            }
            Kind::MoneyShort => {
                let short = [("notation", "compact".into()), ("maximumSignificantDigits", JsValue::from(3))];
                ("NumberFormat", money(&short, short.to_vec()))
            }
            Kind::Number(places) => ("NumberFormat", number(places)),
            Kind::Percent(places) => {
                let mut options = number(places);
                options.push(("style", "percent".into()));
                ("NumberFormat", options)
            }
            Kind::Bytes(unit, places) => {
                let mut options = number(places);
                options.extend([("style", "unit".into()), ("unit", unit.into())]);
                ("NumberFormat", options)
            }
            Kind::Day => ("DateTimeFormat", date(&[("day", "numeric"), ("month", "short"), ("year", "numeric")])),
            Kind::Month => ("DateTimeFormat", date(&[("month", "short"), ("year", "numeric")])),
            Kind::MonthName => ("DateTimeFormat", date(&[("month", "short")])),
        };
        make(class, &self.language, &options)
            .or_else(|| make(class, FALLBACK, &[]))
            .unwrap_or_else(|| wasm_bindgen::throw_str("a browser without Intl"))
    }
}

/// Days are counted without a zone: they are shown as days in Greenwich, in the calendar that they were read in.
fn date(parts: &[(&'static str, &'static str)]) -> Vec<(&'static str, JsValue)> {
    let fixed = [("timeZone", "UTC"), ("calendar", "gregory")];
    parts.iter().chain(&fixed).map(|(key, value)| (*key, JsValue::from(*value))).collect()
}

/// The bound `format` function of a new `Intl` object; nothing where `Intl` refuses language or options.
fn make(class: &str, language: &str, options: &[(&str, JsValue)]) -> Option<Function> {
    let bag = Object::new();
    // The words round the numbers are written with these digits.
    let digits = ("numberingSystem", JsValue::from("latn"));
    for (key, value) in options.iter().chain([&digits]) {
        Reflect::set(&bag, &(*key).into(), value).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    let object = Reflect::construct(&class, &Array::of2(&language.into(), &bag)).ok()?;
    Reflect::get(&object, &"format".into()).ok()?.dyn_into().ok()
}

fn instant(day: Day) -> JsValue {
    (f64::from(day.0) * DAY_MS).into()
}

impl Format for Locale {
    fn money(&self, amount: f64) -> String {
        // Rounded first, so that 999.997 is 1,000 and not 1,000.00.
        let whole = (amount.abs() * 100.0).round() >= 100_000.0;
        let kind = if whole { Kind::MoneyWhole } else { Kind::Money };
        format!("{}{}", self.inner.prefix, self.write_number(kind, amount, 2))
    }

    fn money_exact(&self, amount: Money) -> String {
        // `Intl` takes a decimal text without going through a float, so cents stay exact at any size.
        let text = self.write(Kind::MoneyExact, &amount.to_string().into());
        format!("{}{}", self.inner.prefix, text.replace('-', "−"))
    }

    fn money_short(&self, amount: f64) -> String {
        let text = self.write_number(Kind::MoneyShort, amount, 9);
        // English alone writes a thousand with a capital; the unit's prefix has none.
        let english = self.inner.language.starts_with("en");
        let text = if english { text.replace('K', "k") } else { text };
        format!("{}{text}", self.inner.prefix)
    }

    fn integer(&self, n: u64) -> String {
        self.write_number(Kind::Number(0), n as f64, 0)
    }

    fn number(&self, value: f64, places: u8) -> String {
        self.write_number(Kind::Number(places), value, places)
    }

    fn percent(&self, rate: f64, places: u8) -> String {
        self.write_number(Kind::Percent(places), rate, places + 2)
    }

    fn day(&self, day: Day) -> String {
        self.write(Kind::Day, &instant(day))
    }

    fn month(&self, month: &str) -> String {
        match format!("{month}-01").parse::<Day>() {
            Ok(day) => self.write(Kind::Month, &instant(day)),
            Err(_) => month.to_owned(),
        }
    }

    fn month_name(&self, month: i32) -> String {
        match Day::from_ymd(2000, month, 1) {
            Some(day) => self.write(Kind::MonthName, &instant(day)),
            None => month.to_string(),
        }
    }

    fn currency_name(&self) -> Option<String> {
        let Some(code) = &self.inner.currency else {
            return (!self.inner.prefix.is_empty()).then(|| self.inner.prefix.trim_end().to_owned());
        };
        // A word among English words, whatever the language of the numbers.
        currency_word(code, 2.0)
    }

    fn bytes(&self, n: u64) -> String {
        let (scaled, unit) = scaled_bytes(n);
        // Browsers write "857 byte".
        if unit == "byte" {
            return self.count(n, unit);
        }
        let places = u8::from(scaled < 9.95);
        self.write_number(Kind::Bytes(unit, places), scaled, places)
    }

    fn today(&self) -> Option<Day> {
        let now = Date::new_0();
        Day::from_ymd(now.get_full_year() as i32, now.get_month() as i32 + 1, now.get_date() as i32)
    }
}

fn scaled_bytes(n: u64) -> (f64, &'static str) {
    let n = n as f64;
    match n {
        n if n < 999.5 => (n, "byte"),
        n if n < 999_500.0 => (n / 1e3, "kilobyte"),
        n if n < 999_500_000.0 => (n / 1e6, "megabyte"),
        n => (n / 1e9, "gigabyte"),
    }
}

/// The English word for a currency as it stands behind an amount: `euros` behind 2, `euro` behind 1.
fn currency_word(code: &str, amount: f64) -> Option<String> {
    let options = [
        ("style", "currency".into()),
        ("currency", code.into()),
        ("currencyDisplay", "name".into()),
        // 1.00 of something is a plural, 1 of it is not.
        ("minimumFractionDigits", 0.into()),
        ("maximumFractionDigits", 0.into()),
    ];
    let format = make("NumberFormat", "en", &options)?;
    let text = format.call1(&JsValue::UNDEFINED, &amount.into()).ok()?.as_string()?;
    text.split_once([' ', '\u{a0}']).map(|(_, word)| word.to_owned())
}

/// The English name of a currency for a list to choose from: `Euro (EUR)`.
pub fn currency_label(code: &str) -> String {
    match currency_word(code, 1.0) {
        Some(word) if word != code => format!("{} ({code})", text::capital(&word)),
        _ => code.to_owned(),
    }
}
