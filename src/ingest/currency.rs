//! Currencies: codes, signs and the abbreviations that stand beside amounts.

/// The codes of ISO 4217 in use, and of those gone lately that old orders still hold; in ascending order.
const CODES: [&str; 160] = [
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLF", "CLP", "CNH", "CNY",
    "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IQD",
    "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "LTL", "LVL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR",
    "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS",
    "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH",
    "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW",
];

/// Signs and abbreviations. A bare `$` is taken for the US dollar and a bare `¥` for the yen; `kr` is of several
/// countries, so it tells no code.
const SIGNS: [(&str, Option<&str>); 62] = [
    ("€", Some("EUR")),
    ("$", Some("USD")),
    ("£", Some("GBP")),
    ("¥", Some("JPY")),
    ("￥", Some("JPY")),
    ("₹", Some("INR")),
    ("₽", Some("RUB")),
    ("₩", Some("KRW")),
    ("₪", Some("ILS")),
    ("₺", Some("TRY")),
    ("₴", Some("UAH")),
    ("₫", Some("VND")),
    ("฿", Some("THB")),
    ("₱", Some("PHP")),
    ("₦", Some("NGN")),
    ("₸", Some("KZT")),
    ("₵", Some("GHS")),
    ("₡", Some("CRC")),
    ("₲", Some("PYG")),
    ("₾", Some("GEL")),
    ("₨", Some("INR")),
    ("US$", Some("USD")),
    ("USD$", Some("USD")),
    ("$US", Some("USD")),
    ("C$", Some("CAD")),
    ("CA$", Some("CAD")),
    ("A$", Some("AUD")),
    ("AU$", Some("AUD")),
    ("NZ$", Some("NZD")),
    ("HK$", Some("HKD")),
    ("S$", Some("SGD")),
    ("SG$", Some("SGD")),
    ("NT$", Some("TWD")),
    ("R$", Some("BRL")),
    ("MX$", Some("MXN")),
    ("CN¥", Some("CNY")),
    ("JP¥", Some("JPY")),
    ("R", Some("ZAR")),
    ("Rs", Some("INR")),
    ("Rs.", Some("INR")),
    ("RM", Some("MYR")),
    ("Rp", Some("IDR")),
    ("Rp.", Some("IDR")),
    ("Fr", Some("CHF")),
    ("Fr.", Some("CHF")),
    ("SFr", Some("CHF")),
    ("SFr.", Some("CHF")),
    ("zł", Some("PLN")),
    ("zl", Some("PLN")),
    ("Kč", Some("CZK")),
    ("Kc", Some("CZK")),
    ("Ft", Some("HUF")),
    ("lei", Some("RON")),
    ("лв", Some("BGN")),
    ("лв.", Some("BGN")),
    ("руб", Some("RUB")),
    ("руб.", Some("RUB")),
    ("S/", Some("PEN")),
    ("TL", Some("TRY")),
    ("Euro", Some("EUR")),
    ("kr", None),
    ("kr.", None),
];

/// The ISO code that a cell holds as a code in any case (`eur`), a sign (`€`) or an abbreviation (`zł`).
///
/// Nothing for what is none, and for signs that several currencies share without one that is far more common.
pub fn currency_code(cell: &str) -> Option<&'static str> {
    token(super::blank::trim(cell.as_bytes())).flatten()
}

/// What stands beside a number: `None` where it is no currency, `Some(None)` where it is one without a certain code.
pub(super) fn token(text: &[u8]) -> Option<Option<&'static str>> {
    if let [a, b, c] = text.to_ascii_uppercase()[..]
        && let Ok(found) = CODES.binary_search_by(|code| code.as_bytes().cmp(&[a, b, c]))
    {
        return Some(Some(CODES[found]));
    }
    SIGNS.iter().find(|(sign, _)| sign.as_bytes().eq_ignore_ascii_case(text)).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_order_so_that_they_are_found() {
        assert!(CODES.is_sorted());
        for code in CODES {
            assert_eq!(currency_code(code), Some(code));
        }
        for code in SIGNS.iter().filter_map(|(_, code)| *code) {
            assert!(CODES.contains(&code), "{code}");
        }
    }

    #[test]
    fn reads_codes_signs_and_abbreviations() {
        for (cell, code) in [(" eur ", "EUR"), ("€", "EUR"), ("R$", "BRL"), ("ZŁ", "PLN"), ("zł", "PLN"), ("kč", "CZK")]
        {
            let expected = (cell != "ZŁ").then_some(code);
            assert_eq!(currency_code(cell), expected, "{cell}: letters beyond ASCII are compared as they stand");
        }
        assert_eq!(currency_code("kr"), None);
        assert_eq!(currency_code(""), None);
        assert_eq!(currency_code("total"), None);
    }
}
