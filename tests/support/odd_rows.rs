// Made-up rows of orders with every oddity that is known, as text. Unit tests and properties of whole files include this
// file; `proptest`'s prelude is in scope where it is included.

/// The names of their columns.
const NAMES: &str = "order_id,customer_id,order_date,status,currency,note,channel,quantity,unit_price";

/// A row in which anything may be odd.
fn odd_row() -> impl Strategy<Value = String> {
    let any = |cells: &'static [&'static str]| prop::sample::select(cells);
    (
        any(&["1001", "1002", "", " 1003", "9E+14", "A-7", "NULL"]),
        any(&["c1", "c2", "\"c1\"", "C1", "", "GUEST", "0", "1.23E+15", "ana@x.org", "Zoë", " c3 ", "-", "total"]),
        any(&[
            "2026-01-05",
            "2026-01-05 10:00:00",
            " 2026-01-05",
            "2026-01-06T23:59:59",
            "2026-01-06 24:00:00",
            "06/01/2026",
            "31/12/2025",
            "2099-12-31",
            "",
            "1970-01-01",
            "2012-07-01",
            "x",
        ]),
        any(&["paid", "cancelled", "", "\"paid\""]),
        any(&["EUR", "USD", "", "???", "eur"]),
        any(&[
            "",
            "a note",
            "\"a, b\"",
            "\"say \"\"so\"\"\"",
            "\"two\nlines\"",
            "\"1003,c1,2026-01-05,paid,EUR,,web,1,5.00\n1004,c1,2026-01-05,paid,EUR,,web,1,5.00\n\"",
            "a \" quote",
            "\"never closed",
            "\"24\" wide\"",
            "\0",
        ]),
        any(&["web", "shop ", "Café", "", "\"a,b\""]),
        any(&["1", "2", "-1", "0.5", "", "x"]),
        any(&["12.50", "1.234", "1000", "-3.1", "12,50", "\"1,234.50\"", "€5", "", "99999999999999", "7.123456"]),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, i)| format!("{a},{b},{c},{d},{e},{f},{g},{h},{i}"))
}
