//! Exports as people really have them: saved again by a spreadsheet, from an account in another language, with columns of
//! their own. Each is a fixture of `fixtures/layouts` with the one thing changed.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use perennial::protocol::{Cell, FileReview, Review};
use perennial::roles::kind::TableKind;
use perennial::roles::{Role, Why};

#[path = "support/loaded.rs"]
mod loaded;

use loaded::load;

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/fixtures/layouts/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn review(bytes: &[u8]) -> Review {
    let whole = load(&[("export.csv", bytes)], 1 << 20).review().clone();
    assert_eq!(*load(&[("export.csv", bytes)], 13).review(), whole, "the same however it is cut");
    whole
}

/// A fixture with some of its text changed, wherever it stands.
fn changed(name: &str, changes: &[(&str, &str)]) -> Review {
    let mut text = fixture(name);
    for (from, to) in changes {
        assert!(text.contains(from), "{name}: {from}");
        text = text.replace(from, to);
    }
    review(text.as_bytes())
}

/// A fixture whose records were read and written again, each by this.
fn rewritten(name: &str, write: impl Fn(usize, &mut Vec<String>)) -> String {
    let text = fixture(name);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for (at, record) in reader.records().enumerate() {
        let mut cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        write(at, &mut cells);
        writer.write_record(&cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The first line of a fixture in other words.
fn renamed(name: &str, header: &str) -> Review {
    let text = fixture(name);
    let (_, rows) = text.split_once('\n').unwrap();
    review(format!("{header}\n{rows}").as_bytes())
}

/// Rows used, customers, sum.
fn figures(review: &Review) -> (u64, u64, String) {
    (review.rows_used, review.customers, review.revenue.to_string())
}

fn role(file: &FileReview, column: &str) -> Role {
    file.columns.iter().find(|other| other.name == column).unwrap_or_else(|| panic!("no column {column}")).role
}

fn left_out(file: &FileReview) -> Vec<(&'static str, u64)> {
    file.left_out.iter().map(|left| (left.reason.name(), left.rows)).collect()
}

/// The figures of the fixture as it is.
fn plain(name: &str) -> (u64, u64, String) {
    figures(&review(fixture(name).as_bytes()))
}

#[test]
fn a_byte_order_mark_other_line_ends_and_columns_that_follow_change_nothing() {
    for name in ["shopify-orders.csv", "stripe-payments.csv", "square-items.csv", "etsy-sold-orders.csv"] {
        let bare = fixture(name).trim_start_matches('\u{feff}').to_owned();
        for text in [bare.clone(), format!("\u{feff}{bare}"), bare.replace('\n', "\r\n")] {
            assert_eq!(figures(&review(text.as_bytes())), plain(name), "{name}");
        }
        let longer = rewritten(name, |at, cells| {
            let own = if at == 0 { ["plan (metadata)", "note (metadata)"] } else { ["pro", "x, \"y\""] };
            cells.extend(own.map(str::to_owned));
        });
        let review = review(longer.as_bytes());
        assert_eq!((figures(&review), review.files[0].platform.is_some()), (plain(name), true), "{name}");
    }
}

#[test]
fn stripe_saved_again_by_a_spreadsheet_has_the_day_first_and_no_seconds() {
    let saved = rewritten("stripe-payments.csv", |at, cells| {
        if let (1.., Some((date, time))) = (at, cells[3].clone().split_once(' ')) {
            let parts: Vec<&str> = date.split('-').collect();
            cells[3] = format!("{}/{}/{} {}", parts[2], parts[1], parts[0], &time[..5]);
        }
    });
    let review = review(saved.as_bytes());
    assert_eq!(figures(&review), plain("stripe-payments.csv"));
    assert_eq!(review.last.map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
}

#[test]
fn paypal_in_english_has_the_month_first_and_a_decimal_point() {
    let english = rewritten("paypal-activity.csv", |at, cells| {
        if at > 0 {
            let (day, rest) = cells[0].split_once('/').unwrap();
            let (month, year) = rest.split_once('/').unwrap();
            cells[0] = format!("{month}/{day}/{year}");
            for cell in &mut cells[7..10] {
                *cell = cell.replace('.', "\u{1}").replace(',', ".").replace('\u{1}', ",");
            }
        }
    });
    let review = review(english.as_bytes());
    assert_eq!(figures(&review), plain("paypal-activity.csv"));
    let days = |review: &Review| (review.first, review.last);
    assert_eq!(days(&review), days(&self::review(fixture("paypal-activity.csv").as_bytes())));
    assert_eq!(review.files[0].questions, []);
}

#[test]
fn google_ads_for_excel_is_utf_16_with_tabs_and_writes_amounts_as_its_country_does() {
    for (thousands, decimal, sign) in [(",", ".", ""), (".", ",", ""), ("\u{a0}", ",", "R "), ("", ",", "")] {
        let rows = rewritten("google-ads-campaigns.csv", |at, cells| {
            if at > 2 && cells.len() > 5 && cells[5].contains('.') {
                let cents = cells[5].replace('.', "");
                // In thousands, so that there is something to set off.
                cells[5] = format!("{sign}1{thousands}0{}{decimal}{}", &cents[..2], &cents[2..]);
            }
        });
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(rows.as_bytes());
        let text: Vec<String> =
            reader.records().map(|record| record.unwrap().iter().collect::<Vec<_>>().join("\t")).collect();
        let utf_16: Vec<u8> =
            format!("\u{feff}{}\r\n", text.join("\r\n")).encode_utf16().flat_map(u16::to_le_bytes).collect();
        let review = review(&utf_16);
        let file = &review.files[0];
        assert_eq!((file.kind, file.platform.as_deref()), (TableKind::Spend, Some("Google Ads")));
        assert_eq!(left_out(file), [("above_table", 2), ("totals_row", 2), ("no_amount", 1)], "{decimal}");
        assert_eq!((file.rows_used, file.questions.len()), (5, 0), "{decimal}");
        let first = file.preview[0].iter().find_map(|cell| match cell {
            Cell::Number(amount) => Some(amount.to_string()),
            _ => None,
        });
        assert_eq!(first.as_deref(), Some("1011.50"), "{decimal}");
    }
}

#[test]
fn meta_in_french_is_known_by_what_its_columns_say_and_hold() {
    let header = "Jour;Fin des rapports;Nom de la campagne;Nom de l’ensemble de publicités;Nom de la publicité;\
                  Impressions;Couverture;Clics sur un lien;Montant dépensé (USD);Résultats;Répétition";
    let rows = rewritten("meta-ads.csv", |_, _| {})
        .lines()
        .skip(1)
        .map(|row| row.replace(',', ";").replace('.', ",") + "\n")
        .collect::<String>();
    let review = review(format!("\u{feff}{header}\n{rows}").as_bytes());
    let file = &review.files[0];
    assert_eq!((file.kind, file.platform.as_deref()), (TableKind::Spend, None));
    assert_eq!(role(file, "Montant dépensé (USD)"), Role::Amount);
    assert_eq!(role(file, "Jour"), Role::Date);
}

#[test]
fn the_currency_in_a_header_counts_where_no_column_tells_it() {
    let orders = "order,customer,date,amount,currency\n1,a,2026-09-01,10.00,USD\n2,b,2026-09-03,20.00,USD\n";
    let meta = fixture("meta-ads.csv");
    let spend = |meta: &str| {
        let loaded = load(&[("orders.csv", orders.as_bytes()), ("meta.csv", meta.as_bytes())], 1 << 20);
        let file = loaded.review().files[1].clone();
        (file.rows_used, left_out(&file))
    };
    assert_eq!(spend(&meta), (6, vec![("totals_row", 1)]));
    // In pounds they would be added to dollars.
    let in_pounds = meta.replace("Amount spent (USD)", "Amount spent (GBP)");
    assert_eq!(spend(&in_pounds), (0, vec![("other_currency", 6), ("totals_row", 1)]));
}

#[test]
fn woocommerce_is_read_in_the_language_of_the_site() {
    let expected = plain("woocommerce-orders.csv");
    for (header, date, customer, amount) in [
        (
            "Datum,Bestellung #,N. Umsatz (formatiert),Status,Kunde,Kundentyp,Produkt(e),Verkaufte Artikel,Gutschein(e),\
             Nettoumsatz,Zuordnung",
            "Datum",
            "Kunde",
            "Nettoumsatz",
        ),
        (
            "Date,N° de commande,Revenu N. (formaté),État,Client,Type de client,Produit(s),Articles vendus,Code(s) promo,\
             Ventes nettes,Attribution",
            "Date",
            "Client",
            "Ventes nettes",
        ),
        (
            "Fecha,N.º de pedido,Ingresos N. (con formato),Estado,Cliente,Tipo de cliente,Producto(s),Artículos vendidos,\
             Cupón(es),Ventas netas,Atribución",
            "Fecha",
            "Cliente",
            "Ventas netas",
        ),
        (
            "Data,Ordine n.,Ricavi N. (formattati),Stato,Cliente,Tipo di cliente,Prodotto/i,Articoli venduti,Buono/i,\
             Vendite nette,Attribuzione",
            "Data",
            "Cliente",
            "Vendite nette",
        ),
        (
            "Datum,Bestelnummer,N. omzet (opgemaakt),Status,Klant,Klanttype,Product(en),Verkochte items,Kortingsbon(nen),\
             Netto omzet,Toewijzing",
            "Datum",
            "Klant",
            "Netto omzet",
        ),
    ] {
        let review = renamed("woocommerce-orders.csv", header);
        let file = &review.files[0];
        assert_eq!((file.kind, file.platform.as_deref()), (TableKind::Orders, None), "{header}");
        assert_eq!(
            [role(file, date), role(file, customer), role(file, amount)],
            [Role::Date, Role::Customer, Role::Amount],
            "{header}"
        );
        assert_eq!(figures(&review), expected, "{header}");
    }
}

#[test]
fn renamed_columns_are_known_by_what_they_hold() {
    // Nothing of these names is known in any language: shapes decide.
    let rows: String = (0..60)
        .map(|n| {
            format!(
                "K{:03},2026-0{}-1{},{}.{}0,Q-{n:05},{}\n",
                n % 23,
                n % 9 + 1,
                n % 9,
                n * 7 % 90 + 5,
                n % 10,
                ["nord", "syd"][n % 2]
            )
        })
        .collect();
    for header in ["a,b,c,d,e", "顧客,日付,金額,注文,地域", "Клиент1,Дата1,Сумма1,Заказ1,Край1", "x1,x2,x3,x4,x5"]
    {
        let review = review(format!("{header}\n{rows}").as_bytes());
        let roles: Vec<Role> = review.files[0].columns.iter().map(|column| column.role).collect();
        assert_eq!(roles, [Role::Customer, Role::Date, Role::Amount, Role::Order, Role::Dimension], "{header}");
        assert_eq!(review.rows_used, 60, "{header}");
    }
}

#[test]
fn hubspot_has_columns_of_its_view_and_mailchimp_merge_fields_of_any_name() {
    let contacts = changed("hubspot-contacts.csv", &[("Lead Source", "Original Source")]);
    assert_eq!(role(&contacts.files[0], "Original Source"), Role::Channel);
    let members =
        changed("mailchimp-audience.csv", &[("Email Address,First Name,Last Name", "Email Address,Prénom,Pet’s name")]);
    let file = &members.files[0];
    assert_eq!((file.kind, file.platform.as_deref(), file.rows_used), (TableKind::Customers, Some("Mailchimp"), 6));
    let tags = file.columns.iter().find(|column| column.name == "TAGS").unwrap();
    assert_eq!(tags.samples, ["\"vip\",\"spring, 2026\""], "quotes within quotes are its own");
}

#[test]
fn a_second_header_is_no_answer() {
    let review = review(fixture("surveymonkey-responses.csv").as_bytes());
    let file = &review.files[0];
    assert_eq!((file.rows_read, file.rows_used, file.left_out.len()), (6, 6, 0));
    assert_eq!(file.preview[0][0], Cell::Text("118000".to_owned()), "it is not shown as the first answer");
    let score = file.columns.iter().find(|column| column.role == Role::Score).unwrap();
    assert!(matches!(score.why, Why::NamePart { .. } | Why::KnownName), "{:?}", score.why);
}

#[test]
fn amazon_names_no_buyers_and_that_is_said() {
    let review = review(fixture("amazon-transactions.csv").as_bytes());
    let told = perennial::words::review::no_part(&review.files[0]).unwrap();
    assert_eq!(told.what, "We could read export.csv from Amazon, but it has no customer for its orders.");
}
