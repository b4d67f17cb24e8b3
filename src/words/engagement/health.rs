//! How well customers are, and who slips.

use crate::report::engagement::{CustomerHealth, Engagement};
use crate::words::format::Format;

/// What a part of health is called.
pub fn health_part(key: &str) -> &'static str {
    match key {
        "rhythm" => "Rhythm",
        "trend" => "Trend of spend",
        "answer" => "Last answer",
        _ => "Open complaints",
    }
}

/// The parts of a customer's health that are known: name, score, and what it rests on, as it is said.
pub fn health_parts(health: &CustomerHealth, f: &dyn Format) -> Vec<(&'static str, String, String)> {
    let mut parts = Vec::new();
    let mut add = |key, value: f64, said| parts.push((health_part(key), f.number(value, 0), said));
    if let Some(rhythm) = &health.rhythm {
        let (last, usual) = (f.days(f64::from(rhythm.days)), f.number(rhythm.usual, 0));
        let whose = if rhythm.own { "usually every" } else { "those who come back typically do after" };
        let days = if usual == "1" { "day" } else { "days" };
        add("rhythm", rhythm.score, format!("Last bought {last} ago; {whose} {usual} {days}"));
    }
    if let Some(trend) = &health.trend {
        let [recent, before] = [trend.recent, trend.before].map(|amount| f.money(amount.to_f64()));
        add(
            "trend",
            trend.score,
            format!("{recent} in the last {} days, {before} in the {} before", trend.days, trend.days),
        );
    }
    if let Some(answer) = &health.answer {
        let most = match answer.scale.as_str() {
            "nps" => "10",
            "csat" => "5",
            _ => "7 for effort",
        };
        let when = answer.day.map_or_else(String::new, |day| format!(", on {}", f.day(day)));
        let given = f.number(answer.answer.0, u8::from(answer.answer.0.fract() != 0.0));
        add("answer", answer.score, format!("Last answer {given} of {most}{when}"));
    }
    if let Some(complaints) = &health.complaints {
        let is = if complaints.open == 1 { "is" } else { "are" };
        add("complaints", complaints.score, format!("{} {is} open", f.count(u64::from(complaints.open), "complaint")));
    }
    parts
}

/// What stands above the list of those who slip.
pub fn slipping_title(section: &Engagement, f: &dyn Format) -> String {
    match section.health.slipping_customers {
        1 => "One customer slips: write to them".to_owned(),
        all => format!("{} customers slip: write to those who brought most", f.integer(all)),
    }
}

/// What stands below that.
pub const SLIPPING: &str = "They have come back before and were here within the active window, but are late, spend less, or wait for an answer. \
     A personal note costs little; who is lost is hard to win again.";

/// What a band of health is called.
pub fn band_name(name: &str) -> &'static str {
    match name {
        "good" => "Doing well: 67 and more",
        "fair" => "In between",
        _ => "Not well: below 33",
    }
}

/// How well a customer is, in a few words; nothing where nothing is known of it.
pub fn health_title(health: &CustomerHealth, f: &dyn Format) -> Option<String> {
    let score = health.score?;
    let said = match score {
        high if high >= 67.0 => "doing well",
        low if low < 33.0 => "not doing well",
        _ => "in between",
    };
    Some(format!("Health {} of 100: {said}", f.number(score, 0)))
}

/// What the score of a customer is made of.
pub const HEALTH_PARTS: &str = "The mean of these parts, each from 0 to 100. Rhythm falls from the usual gap on and is used up after three of them; \
     half-way, 50, is a trend without change.";

/// The middle of a part: an answer below it is no good one.
const MIDDLE: f64 = 50.0;

/// Why a customer slips: only what is worse than it was with them, or open. Who spends more than before, or gave a good answer,
/// does not slip for that.
pub fn reasons(health: &CustomerHealth, f: &dyn Format) -> Vec<String> {
    let is_worse = |part: &str| match part {
        "Rhythm" => health.rhythm.is_some_and(|rhythm| f64::from(rhythm.days) > rhythm.usual),
        "Trend of spend" => health.trend.as_ref().is_some_and(|trend| trend.recent < trend.before),
        "Last answer" => health.answer.as_ref().is_some_and(|answer| answer.score < MIDDLE),
        _ => true,
    };
    health_parts(health, f).into_iter().filter(|(part, ..)| is_worse(part)).map(|(.., said)| said).collect()
}
