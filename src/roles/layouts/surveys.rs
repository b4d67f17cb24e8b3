//! Answers to surveys, a row each. The questions are the columns that have no name of their own here.

use super::{Layout, Trap};
use crate::ingest::dates::DateOrder;
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// SurveyMonkey: a second header below the first says what an answer is; dates have the month first.
pub(super) const SURVEYMONKEY: Layout = Layout {
    platform: "SurveyMonkey",
    name: "individual responses",
    kind: TableKind::Survey,
    header: "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1",
    roles: &[(Role::Customer, "Email Address"), (Role::Date, "End Date")],
    traps: &[Trap::SecondHeader, Trap::EmailIsCustomer, Trap::Dates(DateOrder::MonthDayYear)],
};

/// Typeform, with answers that were not finished.
pub(super) const TYPEFORM: Layout = Layout {
    platform: "Typeform",
    name: "responses",
    kind: TableKind::Survey,
    header: "#,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending",
    roles: TYPEFORM_ROLES,
    traps: &[Trap::Apostrophes],
};

/// The same as it was written before.
pub(super) const TYPEFORM_OLDER: Layout = Layout {
    platform: "Typeform",
    name: "responses, older",
    kind: TableKind::Survey,
    header: "#,Start Date (UTC),Submit Date (UTC),Network ID",
    roles: TYPEFORM_ROLES,
    traps: &[],
};

const TYPEFORM_ROLES: &[(Role, &str)] = &[(Role::Date, "Submit Date (UTC)")];
