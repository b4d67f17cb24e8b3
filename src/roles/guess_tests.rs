//! Tests of guessing: columns made up to be hard. Real files are read in `tests/ingest.rs`.

use super::*;
use crate::ingest::profile::profile;
use Role::*;

/// Guesses for columns of which each is a name and a rule that makes the cell of a row.
fn roles_of(columns: &[(&str, &dyn Fn(usize) -> String)], rows: usize) -> Vec<Guess> {
    let header: Vec<String> = columns.iter().map(|(name, _)| name.to_string()).collect();
    let rows: Vec<Vec<String>> = (0..rows).map(|row| columns.iter().map(|(_, cell)| cell(row)).collect()).collect();
    guess(&profile(&header, &rows))
}

fn roles(guesses: &[Guess]) -> Vec<Role> {
    guesses.iter().map(|guess| guess.role).collect()
}

/// Roles by names alone, as for a file with a header and no rows.
fn by_names(header: &str) -> Vec<(String, Role)> {
    let names: Vec<String> = header.split(',').map(str::to_string).collect();
    let guesses = guess(&profile(&names, &[]));
    names.into_iter().zip(roles(&guesses)).filter(|(_, role)| *role != Unused).collect()
}

fn id(row: usize) -> String {
    format!("C{:03}", row * 7919 % 60)
}
fn day(row: usize) -> String {
    format!("2023-{:02}-{:02}", 1 + row % 12, 1 + row % 28)
}
fn money(row: usize) -> String {
    format!("{}.{:02}", 3 + row * 31 % 97, row * 17 % 100)
}
fn small(row: usize) -> String {
    (1 + row * row % 7).to_string()
}

#[test]
fn names_and_values_agree() {
    let guesses =
        roles_of(&[("Order ID", &|row| format!("D{row}")), ("Customer", &id), ("Date", &day), ("Total", &money)], 100);
    assert_eq!(roles(&guesses), [Order, Customer, Date, Amount]);
    assert!(guesses.iter().all(|guess| guess.confidence == Confidence::Sure && guess.why == Why::KnownName));
}

#[test]
fn shapes_tell_what_names_do_not() {
    let guesses = roles_of(
        &[("Column 1", &|row| format!("D{row}")), ("Column 2", &id), ("c3", &day), ("c4", &money), ("c5", &small)],
        200,
    );
    assert_eq!(roles(&guesses), [Order, Customer, Date, Amount, Dimension]);
    assert_eq!(guesses[0].why, Why::ValuesAreUniqueIds);
    assert_eq!(guesses[1].why, Why::ValuesRepeatLikeIds);
    assert_eq!(guesses[2].why, Why::ValuesAreDates { share: 1.0 });
    assert_eq!(guesses[3].why, Why::ValuesAreAmounts { share: 1.0 });
    assert_eq!(guesses[4].why, Why::FewValues { distinct: 4 });
    assert!(guesses.iter().all(|guess| guess.confidence == Confidence::Likely));
}

#[test]
fn numbers_as_customers_are_told_from_quantities() {
    let number = |row: usize| (1000 + row * 7919 % 90).to_string();
    let guesses = roles_of(&[("a", &small), ("b", &number), ("c", &day), ("d", &money)], 400);
    assert_eq!(roles(&guesses), [Dimension, Customer, Date, Amount]);
}

#[test]
fn small_numbers_as_customers_are_told_by_how_evenly_they_repeat() {
    let number = |row: usize| (1 + row / 4).to_string();
    let guesses = roles_of(&[("a", &number), ("b", &day), ("c", &money)], 800);
    assert_eq!(roles(&guesses), [Customer, Date, Amount]);
}

#[test]
fn mere_chances_are_asked_about() {
    let product = |row: usize| format!("Mug {}", ["red", "blue", "grey", "large", "small", "tall"][row * row % 6]);
    let whole = |row: usize| (row * row * 31 % 89 / 3).to_string();
    let guesses = roles_of(&[("a", &product), ("Delivery date", &day), ("seats", &whole)], 30);
    assert_eq!(roles(&guesses), [Customer, Date, Amount]);
    assert!(guesses.iter().all(|guess| guess.confidence == Confidence::Ask));
    let guesses = roles_of(&[("customer", &id), ("date", &day), ("refund_amount", &money)], 120);
    assert_eq!(roles(&guesses), [Customer, Date, Unused]);
}

#[test]
fn two_equal_columns_are_asked_about() {
    let guesses = roles_of(&[("customer", &id), ("date", &day), ("amount", &money), ("amount (2)", &money)], 40);
    assert_eq!(guesses[2].confidence, Confidence::Ask);
    assert_eq!((guesses[2].role, guesses[3].role), (Amount, Unused));
    assert_eq!(guesses[3].why, Why::AnotherIsBetter { column: "amount".into() });
    let guesses = roles_of(&[("x", &id), ("y", &day), ("z", &day), ("v", &money)], 40);
    assert_eq!((guesses[1].role, guesses[1].confidence), (Date, Confidence::Ask));
    assert_eq!(guesses[2].why, Why::AnotherIsBetter { column: "y".into() });
}

#[test]
fn amount_or_quantity_and_price_but_not_both() {
    let rest: [(&str, &dyn Fn(usize) -> String); 2] = [("customer", &id), ("date", &day)];
    let with =
        |more: &[(&str, &dyn Fn(usize) -> String)]| roles(&roles_of(&[&rest[..], more].concat(), 60))[2..].to_vec();
    assert_eq!(with(&[("quantity", &small), ("unit price", &money)]), [Quantity, UnitPrice]);
    assert_eq!(with(&[("quantity", &small), ("unit price", &money), ("line total", &money)]), [Unused, Unused, Amount]);
    assert_eq!(
        with(&[("quantity", &small), ("price", &money), ("Value of stock", &money)]),
        [Quantity, UnitPrice, Unused]
    );
    assert_eq!(with(&[("price", &money)]), [Amount]);
    assert_eq!(with(&[("quantity", &small), ("x", &money)]), [Unused, Amount]);
    assert_eq!(with(&[("quantity", &small), ("total", &money)]), [Unused, Amount]);
}

#[test]
fn values_overrule_names() {
    let guesses = roles_of(
        &[("Date", &|_| "pending".into()), ("When", &day), ("customer", &id), ("total", &id), ("x", &money)],
        120,
    );
    assert_eq!(roles(&guesses), [Unused, Date, Customer, Unused, Amount]);
    // An empty column plays nothing, and a nearly empty one gives way.
    let guesses = roles_of(
        &[
            ("customer id", &|_| String::new()),
            ("email", &|row| format!("a{}@b.de", row % 9)),
            ("date", &day),
            ("paid", &money),
        ],
        60,
    );
    assert_eq!(roles(&guesses), [Unused, Customer, Date, Amount]);
}

#[test]
fn counts_are_dates_only_where_the_name_says_so() {
    let serial = |row: usize| (45_000 + row * 37 % 400).to_string();
    let guesses = roles_of(&[("customer", &id), ("order date", &serial), ("amount", &money)], 60);
    assert_eq!(roles(&guesses), [Customer, Date, Amount]);
    let guesses = roles_of(&[("customer", &id), ("x", &serial), ("amount", &money)], 60);
    assert_eq!(roles(&guesses), [Customer, Unused, Amount]);
}

#[test]
fn free_text_and_constants_take_no_part() {
    let guesses = roles_of(
        &[
            ("note", &|row| format!("ring {row} times, please")),
            ("x", &|_| "same".into()),
            ("colour", &|row| ["red", "blue"][row % 2].into()),
        ],
        60,
    );
    assert_eq!(roles(&guesses), [Unused, Unused, Dimension]);
    assert_eq!(guesses[0].why, Why::NothingToGroupBy);
}

#[test]
fn needed_roles_are_missed() {
    assert_eq!(missing(&[]), [Customer, Date, Amount]);
    assert_eq!(missing(&[Customer, Date, Quantity]), [Amount]);
    assert_eq!(missing(&[Customer, Date, Quantity, UnitPrice]), []);
    assert_eq!(missing(&[Amount, Date]), [Customer]);
}

#[test]
fn exports_of_shops_are_known_by_their_names() {
    let find = |header: &str, role: Role| {
        let found = by_names(header);
        found.iter().find(|(_, found)| *found == role).map(|(name, _)| name.clone()).unwrap_or_default()
    };
    let shopify = "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Billing City,Billing Country,Shipping Country,Cancelled at,Refunded Amount,Vendor,Id,Source";
    for (role, name) in [
        (Customer, "Email"),
        (Date, "Created at"),
        (Amount, "Total"),
        (Status, "Financial Status"),
        (Order, "Id"),
        (Currency, "Currency"),
        (Country, "Billing Country"),
        (Channel, "Source"),
        (Product, "Lineitem name"),
    ] {
        assert_eq!(find(shopify, role), name, "{role:?}");
    }
    assert_eq!(find(shopify, Quantity), "", "the total makes it superfluous");
    let stripe = "id,Description,Created (UTC),Amount,Amount Refunded,Currency,Fee,Tax,Status,Customer ID,Customer Description,Customer Email,Card Issue Country,Dispute Date (UTC)";
    for (role, name) in
        [(Customer, "Customer ID"), (Date, "Created (UTC)"), (Amount, "Amount"), (Order, "id"), (Status, "Status")]
    {
        assert_eq!(find(stripe, role), name, "{role:?}");
    }
    let square = "Date,Time,Time Zone,Category,Item,Qty,SKU,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Location,Customer ID,Customer Name,Channel";
    for (role, name) in [
        (Customer, "Customer ID"),
        (Date, "Date"),
        (Amount, "Net Sales"),
        (Order, "Transaction ID"),
        (Product, "Item"),
        (Category, "Category"),
        (Channel, "Channel"),
    ] {
        assert_eq!(find(square, role), name, "{role:?}");
    }
    let paypal = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID,Item Title,Quantity,Balance,Country";
    for (role, name) in [
        (Customer, "From Email Address"),
        (Date, "Date"),
        (Amount, "Gross"),
        (Order, "Transaction ID"),
        (Product, "Item Title"),
        (Country, "Country"),
    ] {
        assert_eq!(find(paypal, role), name, "{role:?}");
    }
    let etsy = "Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Date Shipped,Ship City,Ship Country,Currency,Order Value,Discount Amount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Buyer,SKU";
    for (role, name) in [
        (Customer, "Buyer User ID"),
        (Date, "Sale Date"),
        (Amount, "Order Total"),
        (Order, "Order ID"),
        (Country, "Ship Country"),
        (Currency, "Currency"),
    ] {
        assert_eq!(find(etsy, role), name, "{role:?}");
    }
    let woo = "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution";
    for (role, name) in
        [(Customer, "Customer"), (Date, "Date"), (Amount, "Net Sales"), (Order, "Order #"), (Channel, "Attribution")]
    {
        assert_eq!(find(woo, role), name, "{role:?}");
    }
    let amazon = "date/time,settlement id,type,order id,sku,description,quantity,marketplace,order city,order state,order postal,product sales,total";
    assert_eq!(find(amazon, Customer), "", "this export has no buyers");
    assert_eq!(find(amazon, Country), "order state");
    let german =
        "Bestellnr.;Kundennummer;Rechnungsdatum;Artikelbezeichnung;Menge;Einzelpreis;Gesamtbetrag;Währung;Land";
    for (role, name) in [
        (Customer, "Kundennummer"),
        (Date, "Rechnungsdatum"),
        (Amount, "Gesamtbetrag"),
        (Order, "Bestellnr."),
        (Currency, "Währung"),
        (Country, "Land"),
        (Product, "Artikelbezeichnung"),
    ] {
        assert_eq!(find(&german.replace(';', ","), role), name, "{role:?}");
    }
    let peers = "order_id,customer_id,order_date,product,category,channel,country,quantity,unit_price";
    let roles: Vec<Role> = by_names(peers).into_iter().map(|(_, role)| role).collect();
    assert_eq!(roles, [Order, Customer, Date, Product, Category, Channel, Country, Quantity, UnitPrice]);
}
