//! What costs and customers could not be joined on, and what would bring it.

use super::{name, names_channels};
use crate::ingest::profile::shown;
use crate::ingest::receipt::{Reason, TableReceipt};
use crate::report::Report;
use crate::report::costs::{ChannelRow, Costs};
use crate::roles::kind::TableKind;
use crate::words::format::{Format, list};

/// What costs and customers could not be joined on, a sentence each: the first one stands out.
pub fn gaps(costs: &Costs, report: &Report, f: &dyn Format) -> Vec<(String, String)> {
    let mut gaps = Vec::new();
    let names = |rows: Vec<&ChannelRow>| list(&rows.iter().map(|row| name(&row.channel)).collect::<Vec<_>>());
    let named = || costs.channels.iter().filter(|row| !row.channel.is_empty());
    let has_spend = names_channels(report);
    if let Some(column) = &costs.column {
        let lost: Vec<&ChannelRow> = named().filter(|row| row.costs.is_some() && !row.has_customers).collect();
        if !lost.is_empty() {
            gaps.push((
                format!("Nobody came by {}.", names(lost)),
                format!(
                    "No customer has such a name in {}. Names count as the same when they differ in capitals, spaces and \
                     signs only; write them alike in both files to join them.",
                    shown(column)
                ),
            ));
        }
        let free: Vec<&ChannelRow> = named().filter(|row| row.costs.is_none()).collect();
        if has_spend && !free.is_empty() {
            let more = match costs.more_channels {
                0 => String::new(),
                more => format!(" And {} more.", f.count(more, "channel")),
            };
            gaps.push((
                format!("No spend is given for {}.", names(free)),
                format!("What winning their customers costs is not known; it may be nothing.{more}"),
            ));
        }
    } else if has_spend && !report.settings.is_filtered() {
        gaps.push((
            "Your orders name no channel.".to_string(),
            "A column such as channel or source, in the orders or in a file of customers, would tell what one costs in each."
                .to_string(),
        ));
    }
    let unnamed = costs.channels.iter().find(|row| row.channel.is_empty()).and_then(|row| row.costs.as_ref());
    if let Some(unnamed) = unnamed.filter(|_| has_spend) {
        gaps.push((
            format!("{} name no channel.", f.money(unnamed.spend.to_f64())),
            "They are in the cost of all, and in that of no channel.".to_string(),
        ));
    }
    if costs.total.is_some() && !has_spend {
        let first = if report.acquisition.typed { "You typed in one sum." } else { "Your costs name no channel." };
        gaps.push((
            first.to_string(),
            "A file of costs with a column of channels, named as in your orders, would tell what one costs in each."
                .to_string(),
        ));
    }
    gaps.extend(other_currency(report, f).into_iter().map(|text| (text, "No rate is guessed.".to_string())));
    gaps
}

/// The tables of costs with rows in another currency, a sentence each.
pub(super) fn other_currency(report: &Report, f: &dyn Format) -> Vec<String> {
    let tables = report.tables.iter().filter(|table| table.kind == TableKind::Spend.name());
    let sentence = |table: &TableReceipt| {
        let out = table.left_out.iter().find(|out| out.reason == Reason::OtherCurrency)?;
        let currency = report.currency.as_deref().unwrap_or("the currency of your orders");
        Some(format!("{} of {} are not in {currency}, and don’t count.", f.count(out.rows, "row"), shown(&table.file)))
    };
    tables.filter_map(sentence).collect()
}
