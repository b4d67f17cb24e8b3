//! What the shop is, as data. Every number here was set by hand, so that the whole looks like a small shop's books:
//! `docs/sample.md` says what comes out.

use crate::math::Day;

/// Customers that the shop wins in its three years.
pub const CUSTOMERS: usize = 3_070;

/// How much more new customers come a year later, as a factor.
pub const GROWTH_A_YEAR: f64 = 1.15;

/// Purchase rates are gamma distributed with this shape: many who hardly ever come, a few who come all the time.
pub const RATE_SHAPE: f64 = 0.85;

/// Rates of leaving are gamma distributed with this shape.
pub const LEAVING_SHAPE: f64 = 0.8;

/// What a customer usually spends is inverse-gamma distributed with this shape ...
pub const BASKET_SHAPE: f64 = 4.0;

/// ... and this mean, in cents, and single orders are gamma distributed around it ...
pub const BASKET_MEAN: f64 = 3_150.0;

/// ... with this shape.
pub const ORDER_SHAPE: f64 = 3.0;

/// The share of repeat orders that come through the channel that won the customer; the others come through the
/// newsletter or a search.
pub const FAITHFUL_TO_CHANNEL: f64 = 0.75;

/// The share of order lines that come from the customer's favourite category.
pub const FAVOURITE: f64 = 0.45;

/// A way in which customers find the shop.
pub struct Channel {
    /// As it stands in the file.
    pub name: &'static str,
    /// Its share of new customers on the first day and on the last; in between it moves in a straight line.
    pub share: (f64, f64),
    /// Repeat purchases a year of its average customer, while that one is a customer.
    pub purchases_a_year: f64,
    /// Mean rate of leaving, a year: 0.5 stands for about two years.
    pub leaving_a_year: f64,
}

/// The channels. People who were sent by a friend or read the newsletter buy more often and stay longer; those from
/// social ads come once and are gone.
pub const CHANNELS: [Channel; 5] = [
    Channel { name: "Search ads", share: (0.32, 0.29), purchases_a_year: 1.35, leaving_a_year: 0.7 },
    Channel { name: "Social ads", share: (0.18, 0.32), purchases_a_year: 0.95, leaving_a_year: 1.5 },
    Channel { name: "Newsletter", share: (0.13, 0.10), purchases_a_year: 2.15, leaving_a_year: 0.4 },
    Channel { name: "Word of mouth", share: (0.24, 0.21), purchases_a_year: 1.9, leaving_a_year: 0.45 },
    Channel { name: "Market stall", share: (0.13, 0.08), purchases_a_year: 1.3, leaving_a_year: 0.7 },
];

/// Where [`CHANNELS`] has the search ads.
pub const SEARCH: usize = 0;
/// Where [`CHANNELS`] has the social ads.
pub const SOCIAL: usize = 1;
/// Where [`CHANNELS`] has the newsletter.
pub const NEWSLETTER: usize = 2;
/// Where [`CHANNELS`] has those whom another customer told.
pub const WORD_OF_MOUTH: usize = 3;
/// Where [`CHANNELS`] has the market stall, which stands on Saturdays, at home.
pub const MARKET: usize = 4;

/// A country that the shop delivers to.
pub struct Country {
    /// As it stands in the file: ISO 3166 code.
    pub code: &'static str,
    /// Its share of customers.
    pub share: f64,
    /// Its baskets against those at home, as a factor.
    pub basket: f64,
}

/// The countries. Postage abroad makes for fewer and larger parcels.
pub const COUNTRIES: [Country; 4] = [
    Country { code: "DE", share: 0.64, basket: 1.0 },
    Country { code: "AT", share: 0.16, basket: 1.06 },
    Country { code: "NL", share: 0.12, basket: 1.18 },
    Country { code: "FR", share: 0.08, basket: 0.9 },
];

/// Where [`COUNTRIES`] has the shop's own.
pub const HOME: usize = 0;

/// A shelf of the shop.
pub struct Category {
    /// As it stands in the file.
    pub name: &'static str,
    /// How much is bought of it in each month, January first, against the other categories.
    pub months: [f64; 12],
    /// The category that most often lies in the same parcel, as a place in [`CATEGORIES`].
    pub goes_with: usize,
    /// Names and prices in cents on the opening day, cheapest first.
    pub products: [(&'static str, i64); 6],
}

/// The catalogue.
pub const CATEGORIES: [Category; 6] = [
    Category {
        name: "Seeds",
        months: [2.2, 3.4, 4.2, 3.6, 2.2, 1.0, 0.8, 0.9, 0.8, 0.5, 0.4, 0.5],
        goes_with: 2,
        products: [
            ("Lettuce seeds", 290),
            ("Basil seeds", 320),
            ("Tomato seeds", 390),
            ("Wildflower mix", 790),
            ("Herb seed box", 1_490),
            ("Vegetable seed box", 2_490),
        ],
    },
    Category {
        name: "Plants",
        months: [0.4, 0.6, 2.2, 3.8, 4.2, 2.6, 1.4, 1.2, 1.6, 1.2, 0.6, 0.4],
        goes_with: 3,
        products: [
            ("Strawberry plants", 690),
            ("Lavender", 790),
            ("Tomato plants", 990),
            ("Hydrangea", 1_890),
            ("Climbing rose", 2_490),
            ("Apple tree", 3_990),
        ],
    },
    Category {
        name: "Pots",
        months: [1.0, 1.2, 1.8, 2.2, 2.2, 1.6, 1.4, 1.2, 1.2, 1.0, 1.0, 1.0],
        goes_with: 1,
        products: [
            ("Seedling tray", 490),
            ("Clay pot", 890),
            ("Balcony box", 1_690),
            ("Glazed pot", 2_490),
            ("Hanging basket", 2_990),
            ("Large planter", 5_490),
        ],
    },
    Category {
        name: "Tools",
        months: [1.2, 1.4, 2.0, 2.0, 1.6, 1.4, 1.2, 1.2, 1.4, 1.6, 1.2, 1.4],
        goes_with: 0,
        products: [
            ("Plant labels", 490),
            ("Garden gloves", 1_290),
            ("Hand trowel", 1_690),
            ("Watering can", 2_690),
            ("Pruning shears", 3_490),
            ("Garden fork", 5_290),
        ],
    },
    Category {
        name: "Bulbs",
        months: [0.3, 0.3, 0.5, 0.4, 0.3, 0.3, 0.6, 2.0, 4.0, 4.2, 2.4, 0.6],
        goes_with: 2,
        products: [
            ("Crocus bulbs", 490),
            ("Daffodil bulbs", 690),
            ("Tulip bulbs", 790),
            ("Allium bulbs", 1_190),
            ("Amaryllis", 1_690),
            ("Spring bulb box", 2_990),
        ],
    },
    Category {
        name: "Gifts",
        months: [0.5, 0.7, 0.7, 0.8, 1.2, 0.7, 0.6, 0.6, 0.7, 1.2, 4.0, 7.0],
        goes_with: 4,
        products: [
            ("Seed calendar", 1_290),
            ("Gift card", 2_000),
            ("Candle in a pot", 2_190),
            ("Herb kit", 2_790),
            ("Terrarium", 4_490),
            ("Gift hamper", 6_900),
        ],
    },
];

/// How much is bought in each month, January first, against an average one: a rise in spring, gifts in December.
const SEASON: [f64; 12] = [0.72, 0.80, 1.08, 1.20, 1.14, 0.92, 0.78, 0.76, 0.92, 0.94, 1.16, 1.58];

/// The same for the days of the week, Monday first.
const WEEKDAY: [f64; 7] = [1.08, 0.98, 0.95, 0.95, 0.92, 0.92, 1.2];

/// More than any day's [`demand`].
pub const PEAK: f64 = 1.9;

/// How much is bought on a day, against an average one.
pub fn demand(day: Day) -> f64 {
    SEASON[month(day)] * WEEKDAY[day.weekday() as usize]
}

/// The place of a day's month in tables that begin with January.
pub fn month(day: Day) -> usize {
    (day.ymd().1 - 1) as usize
}

/// The price on a day, in cents: 3 % of the first price list more every January, in steps of 10 cents.
pub fn price(first: i64, day: Day) -> i64 {
    (first * (100 + 3 * i64::from(day.ymd().0 - 2023)) + 500) / 1_000 * 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{CLOSING, OPENING};

    #[test]
    fn no_day_is_above_the_peak_and_the_average_is_one() {
        let demands: Vec<f64> = (OPENING.0..=CLOSING.0).map(|day| demand(Day(day))).collect();
        assert!(demands.iter().all(|&d| d > 0.0 && d < PEAK));
        let mean = demands.iter().sum::<f64>() / demands.len() as f64;
        assert!((mean - 1.0).abs() < 0.02, "{mean}");
    }

    #[test]
    fn shares_add_up_and_shelves_are_sorted() {
        assert!((CHANNELS.iter().map(|c| c.share.0).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((CHANNELS.iter().map(|c| c.share.1).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((COUNTRIES.iter().map(|c| c.share).sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(
            (CHANNELS[SEARCH].name, CHANNELS[SOCIAL].name, CHANNELS[NEWSLETTER].name),
            ("Search ads", "Social ads", "Newsletter")
        );
        assert_eq!(CHANNELS[WORD_OF_MOUTH].name, "Word of mouth");
        assert_eq!((CHANNELS[MARKET].name, COUNTRIES[HOME].code), ("Market stall", "DE"));
        for (place, category) in CATEGORIES.iter().enumerate() {
            assert!(category.products.is_sorted_by_key(|&(_, cents)| cents), "{}", category.name);
            assert!(category.goes_with < CATEGORIES.len() && category.goes_with != place);
        }
    }

    #[test]
    fn prices_rise_every_january() {
        let on = |day: &str| price(2_490, day.parse().unwrap());
        assert_eq!(
            [on("2023-12-31"), on("2024-01-01"), on("2025-06-01"), on("2026-09-30")],
            [2_490, 2_560, 2_640, 2_710]
        );
    }
}
