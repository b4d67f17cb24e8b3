//! The channels with the most that one can pay, and the campaigns.

use leptos::prelude::*;

use super::Handle;
use crate::page::live;
use crate::page::parts::choice::Choice;
use crate::page::parts::edits::{Edit, Editor};
use crate::page::parts::stacked::{Row, Stacked, stacked};
use crate::report::Report;
use crate::report::costs::{CampaignRow, ChannelRow, Costs, Returned, ToldBy, WITHIN_MONTHS};
use crate::words::costs as words;
use crate::words::format::Format;

/// Months that a person can choose to be paid back within.
const WITHIN: [u32; 10] = [1, 2, 3, 6, 9, 12, 18, 24, 36, 48];

/// Campaigns that are shown.
const MOST: usize = 12;

/// A table with its title and the remark below it; without a title there is nothing to show.
#[derive(Clone, Debug, Default, PartialEq)]
struct Text {
    title: String,
    table: Stacked,
    note: String,
}

/// The channels: what one costs, whether that came back, and the most that one can pay.
pub fn channels(topic: Handle) -> AnyView {
    let text = topic.kept(channel_text);
    let table = live::kept(move || text.with(|text| text.table.clone()));
    let within = live::text(move || topic.ask.with(|ask| ask.within).unwrap_or(WITHIN_MONTHS).to_string());
    let choose = move |months: String| topic.ask.update(|ask| ask.within = months.parse().ok());
    let options = WITHIN.map(|months| {
        (months.to_string(), if months == 1 { "1 month".to_owned() } else { format!("{months} months") })
    });
    let section = move || {
        let options = options.to_vec();
        view! {
            <section aria-labelledby="h-afford" class="stack">
                <h2 class="h2" id="h-afford">{live::text(move || text.with(|text| text.title.clone()))}</h2>
                <div class="inputs">
                    <Choice
                        label=Signal::stored("Should be paid back within".to_owned())
                        options=Signal::stored(options)
                        value=within
                        on_choose=Callback::new(choose)
                    />
                    <Editor edit=Edit::Margin/>
                </div>
                {stacked("What each channel costs and brings back", table)}
                <p class="note">{live::text(move || text.with(|text| text.note.clone()))}</p>
            </section>
        }
    };
    live::when(move || table.with(|table| !table.rows.is_empty()), section)
}

fn channel_text(costs: &Costs, report: &Report, format: &dyn Format) -> Text {
    let told = costs.column.is_some() && words::by_channel(costs);
    let told = costs.channels.iter().filter(|row| told && !row.channel.is_empty());
    let rows: Vec<Row> = told.map(|row| channel(row, costs.within_months, format)).collect();
    let heads = [
        "Channel",
        "New customers",
        "Cost to win one",
        "Paid back",
        "Have paid back",
        "Most you can pay",
        "Return so far",
    ];
    let what = if report.settings.margin.is_some() { "margin" } else { "revenue" };
    Text {
        title: words::afford(costs, report, format),
        table: Stacked::of_figures(&heads, rows),
        note: format!(
            "Cost to win one: what was spent on the channel ÷ customers who first bought through it in the days that its costs \
             cover, with the 95% interval. Have paid back: of those customers, who has brought as much {what} already. Most you \
             can pay: the mean {what} of a customer of the channel within {} of the first purchase, with its 95% interval.{} \
             The chance that it covers the cost to win one is told from {} customers on.",
            format.count(u64::from(costs.within_months), "month"),
            words::above_worth(costs, format).map_or_else(String::new, |above| format!(" {above}")),
            words::FEWEST_FOR_CHANCE,
        ),
    }
}

fn channel(row: &ChannelRow, within: u32, format: &dyn Format) -> Row {
    let plain = |text: String| (text, String::new());
    let spent = row.costs.as_ref();
    let new = spent.and_then(|spent| spent.new_customers);
    let month = spent.and_then(|spent| spent.cac).map(|_| words::paid_back(row.payback_months, row.payback.len()));
    Row {
        cells: vec![
            plain(words::name(&row.channel)),
            (
                new.map_or_else(|| "–".to_owned(), |new| format.integer(new)),
                spent.map(words::told).unwrap_or_default().to_owned(),
            ),
            words::cost_to_win(spent, format),
            (month.unwrap_or_else(|| "–".to_owned()), words::chance(row, within, format)),
            plain(row.earned_back.as_ref().map_or_else(|| "–".to_owned(), |share| format.rate(share))),
            words::most(row, format)
                .unwrap_or_else(|| plain(if row.has_customers { "not observed that long" } else { "–" }.to_owned())),
            spent.map_or_else(|| plain("–".to_owned()), |_| returned(row.returned.as_ref(), format)),
        ],
        ..Row::default()
    }
}

/// The campaigns, where the costs name some.
pub fn campaigns(topic: Handle) -> AnyView {
    let text = topic.kept(campaign_text);
    let table = live::kept(move || text.with(|text| text.table.clone()));
    let section = move || {
        view! {
            <section aria-labelledby="h-campaigns" class="stack">
                <h2 class="h2" id="h-campaigns">{live::text(move || text.with(|text| text.title.clone()))}</h2>
                {stacked("What each campaign costs and brings back", table)}
                <p class="note">{live::text(move || text.with(|text| text.note.clone()))}</p>
            </section>
        }
    };
    live::when(move || table.with(|table| !table.rows.is_empty()), section)
}

fn campaign_text(costs: &Costs, _: &Report, format: &dyn Format) -> Text {
    let row = |row: &CampaignRow| {
        let new = row.costs.new_customers.map_or_else(|| "not told".to_owned(), |new| format.integer(new));
        Row {
            cells: vec![
                (words::name(&row.campaign), String::new()),
                (format.money(row.costs.spend.to_f64()), String::new()),
                (new, String::new()),
                words::cost_to_win(Some(&row.costs), format),
                returned(row.returned.as_ref(), format),
            ],
            ..Row::default()
        }
    };
    // Where nothing tells what came back of any campaign, there is no column for it.
    let heads = &["Campaign", "Spent", "New customers", "Cost to win one", "Return so far"];
    let heads = if costs.campaigns.iter().any(|row| row.returned.is_some()) { &heads[..] } else { &heads[..4] };
    Text {
        title: words::campaigns(costs, format),
        table: Stacked::of_figures(heads, costs.campaigns.iter().take(MOST).map(row).collect()),
        note: words::campaigns_note(costs, MOST, format),
    }
}

/// What came back, and who says so where it is not the orders.
fn returned(back: Option<&Returned>, format: &dyn Format) -> (String, String) {
    let by_file = back.is_some_and(|back| back.told_by == ToldBy::Costs);
    let beside = if by_file { words::AS_YOUR_FILE_SAYS } else { "" };
    (words::roi(back.and_then(|back| back.roi), format), beside.to_owned())
}
