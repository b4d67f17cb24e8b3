// The files of the made-up shop, and what became of their rows. A part of `shop.rs`.

use std::collections::BTreeMap;

use perennial::ingest::decision::{COUNTED, DecidedBy, Decision, LEFT_OUT, Matter, Seen};
use perennial::ingest::receipt::{Example, LeftOut, OwnTotal, Reason, TableReceipt, TotalOf};
use perennial::ledger::kinds::RowSum;

fn table() -> TableReceipt {
    let out = |reason, rows, amount: Option<&str>, line, found: &str| LeftOut {
        reason,
        rows,
        amount: amount.map(money),
        examples: vec![Example { line, found: found.to_string() }],
    };
    TableReceipt {
        kind: "orders".to_string(),
        file: "orders-2023-2026.csv".to_string(),
        bytes: 612_300,
        rows_read: 8_614,
        rows_used: 8_495,
        refund_rows: 0,
        left_out: vec![
            out(Reason::NoCustomer, 71, Some("2318.55"), 4, ""),
            out(Reason::Cancelled, 36, Some("955.10"), 5, "cancelled"),
            out(Reason::UnreadableDate, 9, Some("288.40"), 903, "31/02/2024"),
            out(Reason::UnreadableAmount, 3, None, 1_288, "n/a"),
        ],
        rows_kept: 119,
        roles: BTreeMap::from([
            ("customer".to_string(), "customer_id".to_string()),
            ("date".to_string(), "order_date".to_string()),
            ("amount".to_string(), "total".to_string()),
        ]),
        encoding: "UTF-8".to_string(),
        delimiter: ",".to_string(),
        decimal: ",".to_string(),
        dates: "day-month-year".to_string(),
        amount_read: money("268539.45"),
        amount_used: money("264977.40"),
        own_totals: vec![OwnTotal {
            line: 8_616,
            amount: Some(money("268539.45")),
            of: TotalOf::Above,
            rows_add_up_to: money("268539.45"),
        }],
        decisions: decisions(),
        notes: Vec::new(),
        content: None,
        matched: None,
    }
}

/// Purchases, their further lines, rows of orders below zero, refunds.
fn kinds() -> [RowSum; 4] {
    [(7_460, "240112.80"), (871, "31733.40"), (0, "0.00"), (164, "-6868.80")]
        .map(|(rows, amount)| RowSum { rows, amount: money(amount).0 })
}

/// Three decisions: one that the file leaves open, one about rows, one that can't be undone.
fn decisions() -> Vec<Decision> {
    let seen = |line: Option<u64>, found: &str| Some(Seen { line, found: found.to_string() });
    vec![
        Decision {
            about: Matter::DateOrder,
            value: "day-month-year".to_string(),
            by: DecidedBy::Guess,
            rows: None,
            example: seen(None, "03/04/2024"),
            instead: vec!["month-day-year".to_string()],
        },
        Decision {
            about: Matter::Cancelled,
            value: LEFT_OUT.to_string(),
            by: DecidedBy::Rule,
            rows: Some(36),
            example: seen(Some(5), "cancelled"),
            instead: vec![COUNTED.to_string()],
        },
        Decision {
            about: Matter::Rounded,
            value: "rounded".to_string(),
            by: DecidedBy::Rule,
            rows: Some(2),
            example: seen(Some(77), "12.345678"),
            instead: Vec::new(),
        },
    ]
}
