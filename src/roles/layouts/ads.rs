//! What advertising cost, by campaign. Without a column of days a row covers the whole time of the report.

use super::{Layout, Trap};
use crate::ingest::dates::DateOrder;
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// Google Ads: two lines above the header, totals below.
pub(super) const GOOGLE: Layout = Layout {
    platform: "Google Ads",
    name: "campaign report",
    kind: TableKind::Spend,
    header: "Campaign,Campaign type,Impr.,Clicks,Cost,Conversions",
    roles: &[
        (Role::Date, "Day"),
        (Role::Amount, "Cost"),
        (Role::Currency, "Currency code"),
        (Role::Campaign, "Campaign"),
        (Role::Dimension, "Campaign type"),
    ],
    traps: &[Trap::Preamble, Trap::Totals],
};

/// Meta Ads Manager: a line of totals without a campaign.
pub(super) const META: Layout = Layout {
    platform: "Meta Ads",
    name: "Ads Manager export",
    kind: TableKind::Spend,
    header: "Reporting starts,Reporting ends,Campaign name,Ad set name,Ad name,Impressions,Reach,Link clicks,Amount spent,\
             Results,Frequency",
    roles: &[
        (Role::Date, "Day"),
        (Role::Date, "Reporting starts"),
        (Role::End, "Reporting ends"),
        (Role::Amount, "Amount spent"),
        (Role::Campaign, "Campaign name"),
    ],
    traps: &[Trap::CurrencyInHeader, Trap::Totals],
};

/// Microsoft Advertising.
pub(super) const MICROSOFT: Layout = Layout {
    platform: "Microsoft Ads",
    name: "campaign report",
    kind: TableKind::Spend,
    header: "Gregorian date,Campaign name,Campaign ID,Impressions,Clicks,Spend,Conversions",
    roles: &[(Role::Date, "Gregorian date"), (Role::Amount, "Spend"), (Role::Campaign, "Campaign name")],
    traps: &[],
};

/// LinkedIn Campaign Manager: three lines above the header, the month first in dates.
pub(super) const LINKEDIN: Layout = Layout {
    platform: "LinkedIn Ads",
    name: "campaign performance",
    kind: TableKind::Spend,
    header: "Start Date (in UTC),Account Name,Campaign Group Name,Campaign Name,Campaign ID,Currency,Total Spent,\
             Impressions,Clicks",
    roles: &[
        (Role::Date, "Start Date (in UTC)"),
        (Role::Amount, "Total Spent"),
        (Role::Currency, "Currency"),
        (Role::Dimension, "Campaign Group Name"),
        (Role::Campaign, "Campaign Name"),
    ],
    traps: &[Trap::Preamble, Trap::Dates(DateOrder::MonthDayYear)],
};
