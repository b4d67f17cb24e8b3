//! What names and words mean: headers to roles, and the few kinds of cells that are told by a word.

use super::Role;
use super::known::{PARTS, WHOLE};
use crate::ingest::numbers::currency_code;
use crate::text;

/// A header as known names are compared: lower case, without accents, letters and digits only.
pub fn normalise(header: &str) -> String {
    text::lower(header).chars().filter_map(fold).filter(|&letter| in_word(letter)).collect()
}

/// A letter without its accent; nothing for marks and signs of order (`N°`, `Nº`).
fn fold(letter: char) -> Option<char> {
    Some(match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ª' | 'º' | '°' | '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

fn in_word(letter: char) -> bool {
    letter.is_ascii_digit() || text::is_letter(letter)
}

/// The words of a header, normalised: cut at what is no letter or digit, and where a small letter meets a capital.
pub fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in header.chars() {
        let cut = !in_word(letter) || (after_small && text::is_capital(letter));
        if cut && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (in_word(letter), words.last_mut()) {
            word.push(letter);
        }
        after_small = text::is_small(letter) || letter.is_ascii_digit();
    }
    words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| text::lower(word).chars().filter_map(fold).collect())
        .collect()
}

/// The role that a whole header is known for, and its place among the names of that role, 0 for the best.
///
/// Tried are the header as it stands, without what is in parentheses, and without a currency at its end: `Total (EUR)`,
/// `amount_usd` and the `amount (2)` of a repeated name are known as well.
pub fn known(header: &str) -> Option<(Role, usize)> {
    let bare = header.split(['(', '[']).next().unwrap_or(header);
    let mut parts = words(bare);
    if parts.len() > 1 && parts.last().is_some_and(|word| currency_code(word).is_some()) {
        parts.pop();
    }
    [normalise(header), normalise(bare), parts.concat()].iter().find_map(|name| {
        WHOLE.iter().find_map(|(role, names)| {
            let place = names.iter().position(|known| known == name)?;
            Some((*role, place))
        })
    })
}

/// Whether a header is known for any role: evidence that a record is a header.
pub fn is_known(header: &str) -> bool {
    known(header).is_some()
}

/// The roles that words within a header tell, in the order in which they are to be tried, each with the word.
pub fn told_by_part(header: &str) -> impl Iterator<Item = (Role, &'static str)> {
    let words = words(header);
    let number_of_order = order_number(&words).map(|word| (Role::Order, word));
    let parts = PARTS.iter().filter_map(move |part| {
        if words.iter().any(|word| part.not.iter().any(|not| word.starts_with(not))) {
            return None;
        }
        let found = part.words.iter().find(|known| words.iter().any(|word| holds(word, known)))?;
        Some((part.role, *found))
    });
    number_of_order.into_iter().chain(parts)
}

/// Whether a word in a header tells that the column is not what its values suggest: the date of a delivery, the amount
/// of a tax.
pub fn speaks_against(header: &str, role: Role) -> bool {
    let words = words(header);
    let mut parts = PARTS.iter().filter(|part| part.role == role);
    parts.any(|part| words.iter().any(|word| part.not.iter().any(|not| word.starts_with(not))))
}

/// Long words are also found within longer ones, as German builds them: `Rechnungsbetrag`.
fn holds(word: &str, known: &str) -> bool {
    word == known || (known.len() >= 5 && word.contains(known))
}

/// An order's number needs both words: `Order Status` is none.
fn order_number(words: &[String]) -> Option<&'static str> {
    const ORDERS: [&str; 14] = [
        "order",
        "invoice",
        "transaction",
        "receipt",
        "purchase",
        "basket",
        "bestell",
        "auftrag",
        "rechnung",
        "commande",
        "facture",
        "pedido",
        "factura",
        "ordine",
    ];
    const NUMBERS: [&str; 12] =
        ["id", "no", "nr", "num", "number", "nummer", "code", "ref", "reference", "key", "numero", "uuid"];
    let numbered = words.iter().any(|word| NUMBERS.iter().any(|known| word == known || word.ends_with("nummer")));
    let found = ORDERS.into_iter().find(|known| words.iter().any(|word| word.starts_with(known)));
    found.filter(|_| numbered)
}

/// Whether a header tells of something that has values like a customer's id but is none: places, goods, staff, devices.
pub fn is_surely_no_customer(header: &str) -> bool {
    const NOT: [&str; 51] = [
        "sku",
        "product",
        "item",
        "article",
        "artikel",
        "stock",
        "zip",
        "plz",
        "postal",
        "postcode",
        "city",
        "town",
        "street",
        "address",
        "phone",
        "date",
        "time",
        "status",
        "country",
        "state",
        "region",
        "channel",
        "type",
        "campaign",
        "kampagne",
        "campagn",
        "campana",
        "campanha",
        "anzeige",
        "code",
        "currency",
        "tag",
        "note",
        "description",
        "store",
        "shop",
        "staff",
        "employee",
        "device",
        "session",
        "card",
        "order",
        "invoice",
        "transaction",
        "payment",
        "sample",
        "batch",
        "row",
        "line",
        "index",
        "coupon",
    ];
    words(header).iter().any(|word| NOT.iter().any(|not| word.starts_with(not)))
}

/// The currency that a header names: `Amount (EUR)`, `refund_usd`, `Betrag €`.
pub fn currency_of_header(header: &str) -> Option<&'static str> {
    // In running small letters only the common ones: `all`, `top` and `try` are words.
    const COMMON: [&str; 16] = [
        "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "INR", "JPY", "NOK", "NZD", "PLN", "SEK", "USD",
    ];
    let parts = header.split(|letter: char| {
        letter.is_whitespace() || matches!(letter, '(' | ')' | '[' | ']' | '_' | '-' | '/' | ',' | ':' | '.')
    });
    parts.filter(|part| !part.is_empty()).find_map(|part| {
        let code = currency_code(part)?;
        let sign = !part.chars().any(|letter| letter.is_ascii_alphabetic());
        let told = sign || COMMON.contains(&code) && part.len() == 3 || part == code && header != code;
        told.then_some(code)
    })
}

/// Whether the cell of a status says that no sale took place. Refunds are sales that were given back: they count.
pub fn is_cancelled(cell: &str) -> bool {
    const WORDS: [&str; 38] = [
        "cancelled",
        "canceled",
        "cancel",
        "cancellation",
        "void",
        "voided",
        "failed",
        "failure",
        "declined",
        "denied",
        "rejected",
        "expired",
        "abandoned",
        "aborted",
        "storniert",
        "storno",
        "abgebrochen",
        "abgelehnt",
        "fehlgeschlagen",
        "annule",
        "annulee",
        "annulees",
        "echoue",
        "echouee",
        "refuse",
        "refusee",
        "cancelado",
        "cancelada",
        "anulado",
        "anulada",
        "fallido",
        "fallida",
        "geannuleerd",
        "mislukt",
        "annullato",
        "annullata",
        "fallito",
        "recusado",
    ];
    // Only part of the order is cancelled, or nothing is.
    const NOT: [&str; 8] = ["partially", "partial", "partly", "teilweise", "partiellement", "not", "no", "never"];
    let words = words(cell);
    match &words[..] {
        [word] => WORDS.contains(&word.as_str()),
        words if words.len() <= 5 => {
            // `Order cancelled`, `wc-cancelled`; but `cancel requested` is not yet.
            let told = |word: &String| WORDS.contains(&word.as_str()) && word != "cancel" && word != "cancellation";
            words.iter().any(told) && !words.iter().any(|word| NOT.contains(&word.as_str()))
        }
        _ => false,
    }
}

/// What a cell says that says yes or no: `TRUE`, `oui`, `n`.
pub fn yes_or_no(cell: &str) -> Option<bool> {
    const YES: [&str; 7] = ["yes", "true", "y", "t", "ja", "oui", "si"];
    const NO: [&str; 7] = ["no", "false", "n", "f", "nein", "non", "nee"];
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(cell));
    if is_one_of(&YES) { Some(true) } else { is_one_of(&NO).then_some(false) }
}

/// Whether a header asks whether somebody has left: `Churn`, `churned`, `Exited`.
pub fn asks_who_left(header: &str) -> bool {
    const LEFT: [&str; 7] = ["churn", "churned", "exited", "attrition", "left", "gekundigt", "abgewandert"];
    words(header).iter().any(|word| LEFT.contains(&word.as_str()))
}

/// Whether a cell is what stands in front of a line of totals: `Total`, `Grand total:`, `Summe`, `Total: campaigns`.
pub fn is_totals_word(cell: &str) -> bool {
    const WORDS: [&str; 26] = [
        "total",
        "totals",
        "grandtotal",
        "subtotal",
        "subtotals",
        "sum",
        "sumtotal",
        "overalltotal",
        "reporttotal",
        "totalsum",
        "totalamount",
        "summe",
        "summen",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "insgesamt",
        "totalgeneral",
        "totaux",
        "soustotal",
        "suma",
        "sumatotal",
        "totaal",
        "subtotaal",
        "totale",
        "totalgeral",
    ];
    let start = cell.split(':').next().unwrap_or(cell);
    start.len() <= 24 && WORDS.contains(&normalise(start).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_known_name_is_normalised_and_has_one_role() {
        let mut seen = std::collections::BTreeMap::new();
        for (role, names) in WHOLE {
            for name in names {
                assert_eq!(normalise(name), **name);
                assert_eq!(seen.insert(*name, role), None, "{name} stands there twice");
            }
        }
    }

    #[test]
    fn headers_are_compared_without_case_accents_and_signs() {
        assert_eq!(normalise(" N° de Commande "), "ndecommande");
        assert_eq!(normalise("Währung"), "wahrung");
        assert_eq!(words("customerID"), ["customer", "id"]);
        assert_eq!(words("Order_Purchase-Timestamp 2"), ["order", "purchase", "timestamp", "2"]);
        assert_eq!(words("Größe (cm)"), ["große", "cm"]);
        assert_eq!(words("--"), [] as [&str; 0]);
    }

    #[test]
    fn knows_whole_headers() {
        let role = |header| known(header).map(|(role, _)| role);
        assert_eq!(role("CustomerID"), Some(Role::Customer));
        assert_eq!(role("Kunden-Nr."), Some(Role::Customer));
        assert_eq!(role("E-Mail"), Some(Role::Customer));
        assert_eq!(role("Order #"), Some(Role::Order));
        assert_eq!(role("N. Revenue (formatted)"), Some(Role::Amount));
        assert_eq!(role("Total (EUR)"), Some(Role::Amount));
        assert_eq!(role("amount_usd"), Some(Role::Amount));
        assert_eq!(role("amount (2)"), Some(Role::Amount));
        assert_eq!(role("Date de commande"), Some(Role::Date));
        assert_eq!(role("Created (UTC)"), Some(Role::Date));
        assert_eq!(role("Product(s)"), Some(Role::Product));
        assert_eq!(role("Einzelpreis"), Some(Role::UnitPrice));
        assert_eq!(role("Sample ID"), None);
        assert_eq!(role(""), None);
    }

    #[test]
    fn parts_tell_a_role_unless_another_word_speaks_against_it() {
        let first = |header| told_by_part(header).next();
        assert_eq!(first("Our customer key"), Some((Role::Customer, "customer")));
        assert_eq!(first("Sonderbestellbetrag"), Some((Role::Amount, "betrag")));
        assert_eq!(first("Web order reference no"), Some((Role::Order, "order")));
        assert_eq!(first("order_estimated_delivery_date"), None);
        assert_eq!(first("freight_total"), None);
        assert_eq!(first("Shipping amount"), None);
        assert_eq!(first("Customer since"), None);
        assert_eq!(first("Refund date"), None);
        assert!(speaks_against("refund_amount", Role::Amount) && !speaks_against("refund_amount", Role::Customer));
        assert!(speaks_against("signup_date", Role::Date) && !speaks_against("Column 4", Role::Date));
    }

    #[test]
    fn headers_name_currencies() {
        assert_eq!(currency_of_header("Amount (EUR)"), Some("EUR"));
        assert_eq!(currency_of_header("refund_amount_usd"), Some("USD"));
        assert_eq!(currency_of_header("Betrag €"), Some("EUR"));
        assert_eq!(currency_of_header("Total [THB]"), Some("THB"));
        assert_eq!(currency_of_header("Top all try"), None);
        assert_eq!(currency_of_header("amount"), None);
    }

    #[test]
    fn only_words_for_no_sale_cancel_a_row() {
        for cell in
            ["Cancelled", "canceled", "VOID", "voided", "wc-cancelled", "Storniert", "annulé", "Order cancelled"]
        {
            assert!(is_cancelled(cell), "{cell}");
        }
        for cell in ["", "paid", "refunded", "partially_refunded", "Partially cancelled", "not cancelled", "pending"] {
            assert!(!is_cancelled(cell), "{cell}");
        }
        assert!(!is_cancelled("Cancel requested") && is_cancelled("Payment failed"));
    }

    #[test]
    fn totals_stand_in_front_of_their_line() {
        for cell in ["Total", "TOTAL:", " Grand Total ", "Summe", "Total: Campaigns", "Sous-total", "Totals"] {
            assert!(is_totals_word(cell), "{cell}");
        }
        for cell in ["", "Total Wine & More", "C002", "Sumatra", ":"] {
            assert!(!is_totals_word(cell), "{cell}");
        }
    }
}
