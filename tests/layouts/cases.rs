//! What is to come of each fixture.

use perennial::roles::Role;

/// A fixture and what is to come of it.
pub struct Case {
    pub file: &'static str,
    pub platform: &'static str,
    /// The name of the layout.
    pub layout: &'static str,
    pub kind: &'static str,
    /// Lines above the header.
    pub above: usize,
    /// Every part but dimensions without a meaning: the columns that play it.
    pub roles: &'static [(Role, &'static str)],
    pub rows_used: u64,
    pub customers: u64,
    pub purchases: u64,
    pub revenue: &'static str,
    pub refunds: &'static str,
    pub left_out: &'static [(&'static str, u64)],
}

/// A table that is none of orders.
pub const NO_PART: Case = Case {
    file: "",
    platform: "",
    layout: "",
    kind: "other",
    above: 0,
    roles: &[],
    rows_used: 0,
    customers: 0,
    purchases: 0,
    revenue: "0.00",
    refunds: "0.00",
    left_out: &[],
};

/// One a layout.
pub const CASES: &[Case] = &[
    Case {
        file: "shopify-orders.csv",
        platform: "Shopify",
        layout: "orders export",
        kind: "orders",
        roles: &[
            (Role::Customer, "Email"),
            (Role::Date, "Created at"),
            (Role::Amount, "Total"),
            (Role::Quantity, "Lineitem quantity"),
            (Role::UnitPrice, "Lineitem price"),
            (Role::Refund, "Refunded Amount"),
            (Role::Order, "Name"),
            (Role::Currency, "Currency"),
            (Role::Status, "Financial Status"),
            (Role::Channel, "Source"),
            (Role::Country, "Shipping Country"),
            (Role::Product, "Lineitem name"),
        ],
        rows_used: 7,
        customers: 4,
        purchases: 5,
        revenue: "97.50",
        refunds: "32.50",
        left_out: &[("cancelled", 2), ("test_order", 1), ("gift_card", 1), ("no_customer", 1)],
        ..NO_PART
    },
    Case {
        file: "shopify-customers.csv",
        platform: "Shopify",
        layout: "customers export",
        kind: "customers",
        roles: &[(Role::Customer, "Email"), (Role::Country, "Default Address Country Code")],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "shopify-customers-older.csv",
        platform: "Shopify",
        layout: "customers export, older",
        kind: "customers",
        roles: &[(Role::Customer, "Email"), (Role::Country, "Country")],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "shopify-payments.csv",
        platform: "Shopify",
        layout: "payment transactions",
        kind: "other",
        roles: &[
            (Role::Order, "Order"),
            (Role::Date, "Transaction Date"),
            (Role::Amount, "Amount"),
            (Role::Currency, "Currency"),
        ],
        ..NO_PART
    },
    Case {
        file: "woocommerce-orders.csv",
        platform: "WooCommerce",
        layout: "Analytics, orders",
        kind: "orders",
        roles: &[
            (Role::Customer, "Customer"),
            (Role::Date, "Date"),
            (Role::Amount, "Net Sales"),
            (Role::Order, "Order #"),
            (Role::Status, "Status"),
            (Role::Channel, "Attribution"),
        ],
        rows_used: 5,
        customers: 3,
        purchases: 4,
        revenue: "117.00",
        refunds: "20.50",
        left_out: &[("no_customer", 1), ("cancelled", 1)],
        ..NO_PART
    },
    Case {
        file: "woocommerce-customers.csv",
        platform: "WooCommerce",
        layout: "Analytics, customers",
        kind: "customers",
        roles: &[(Role::Customer, "Email"), (Role::Country, "Country / Region")],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "woocommerce-order-export.csv",
        platform: "WooCommerce",
        layout: "order export plugin",
        kind: "other",
        roles: &[
            (Role::Order, "Order Number"),
            (Role::Date, "Order Date"),
            (Role::Amount, "Order Total Amount"),
            (Role::Status, "Order Status"),
            (Role::Country, "Country Code (Shipping)"),
        ],
        ..NO_PART
    },
    Case {
        file: "stripe-payments.csv",
        platform: "Stripe",
        layout: "payments export",
        kind: "orders",
        roles: &[
            (Role::Order, "id"),
            (Role::Customer, "Customer Email"),
            (Role::Date, "Created (UTC)"),
            (Role::Amount, "Amount"),
            (Role::Refund, "Amount Refunded"),
            (Role::Currency, "Currency"),
            (Role::Status, "Status"),
            (Role::Country, "Card Issue Country"),
        ],
        rows_used: 5,
        customers: 4,
        purchases: 5,
        revenue: "100.00",
        refunds: "35.00",
        left_out: &[("not_paid", 2), ("test_order", 1), ("no_customer", 1)],
        ..NO_PART
    },
    Case {
        file: "stripe-balance.csv",
        platform: "Stripe",
        layout: "balance",
        kind: "other",
        roles: &[
            (Role::Order, "Source"),
            (Role::Date, "Created (UTC)"),
            (Role::Amount, "Amount"),
            (Role::Currency, "Currency"),
        ],
        ..NO_PART
    },
    Case {
        file: "square-transactions-2022.csv",
        platform: "Square",
        layout: "transactions, 2022",
        kind: "other",
        roles: &[
            (Role::Order, "Transaction ID"),
            (Role::Date, "Date"),
            (Role::Amount, "Net Sales"),
            (Role::Status, "Transaction Status"),
        ],
        ..NO_PART
    },
    Case {
        file: "square-transactions-2026.csv",
        platform: "Square",
        layout: "transactions, 2026",
        kind: "orders",
        roles: &[
            (Role::Order, "Transaction ID"),
            (Role::Date, "Date"),
            (Role::Amount, "Net Sales"),
            (Role::Status, "Transaction Status"),
            (Role::Customer, "Customer ID"),
            (Role::Channel, "Channel"),
        ],
        rows_used: 5,
        customers: 3,
        purchases: 4,
        revenue: "1286.75",
        refunds: "3.00",
        left_out: &[("no_customer", 1), ("cancelled", 1)],
        ..NO_PART
    },
    Case {
        file: "square-items.csv",
        platform: "Square",
        layout: "items",
        kind: "orders",
        roles: &[
            (Role::Order, "Transaction ID"),
            (Role::Customer, "Customer ID"),
            (Role::Date, "Date"),
            (Role::Amount, "Net Sales"),
            (Role::Channel, "Channel"),
            (Role::Category, "Category"),
            (Role::Product, "Item"),
        ],
        rows_used: 6,
        customers: 3,
        purchases: 4,
        revenue: "26.00",
        refunds: "3.00",
        left_out: &[("gift_card", 1), ("no_customer", 1)],
        ..NO_PART
    },
    Case {
        file: "paypal-activity.csv",
        platform: "PayPal",
        layout: "activity download",
        kind: "orders",
        roles: &[
            (Role::Order, "Transaction ID"),
            (Role::Customer, "From Email Address"),
            (Role::Date, "Date"),
            (Role::Amount, "Gross"),
            (Role::Currency, "Currency"),
            (Role::Status, "Status"),
            (Role::Product, "Item Title"),
        ],
        rows_used: 4,
        customers: 2,
        purchases: 3,
        revenue: "1052.50",
        refunds: "23.00",
        left_out: &[("not_a_sale", 5), ("not_paid", 1)],
        ..NO_PART
    },
    Case {
        file: "paypal-activity-all.csv",
        platform: "PayPal",
        layout: "activity download, all fields",
        kind: "orders",
        roles: &[
            (Role::Order, "Transaction ID"),
            (Role::Customer, "From Email Address"),
            (Role::Date, "Date"),
            (Role::Amount, "Gross"),
            (Role::Currency, "Currency"),
            (Role::Status, "Status"),
            (Role::Product, "Item Title"),
            (Role::Country, "Country"),
        ],
        rows_used: 4,
        customers: 2,
        purchases: 3,
        revenue: "1052.50",
        refunds: "23.00",
        left_out: &[("not_a_sale", 5), ("not_paid", 1)],
        ..NO_PART
    },
    Case {
        file: "hubspot-contacts.csv",
        platform: "HubSpot",
        layout: "contacts export",
        kind: "customers",
        roles: &[(Role::Customer, "Email"), (Role::Channel, "Lead Source")],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "klaviyo-profiles.csv",
        platform: "Klaviyo",
        layout: "profiles export",
        kind: "customers",
        roles: &[(Role::Customer, "Email"), (Role::Channel, "Initial Source"), (Role::Country, "Country")],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "mailchimp-audience.csv",
        platform: "Mailchimp",
        layout: "audience export",
        kind: "customers",
        roles: &[(Role::Customer, "Email Address"), (Role::Country, "CC")],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "google-ads-campaigns.csv",
        platform: "Google Ads",
        layout: "campaign report",
        kind: "spend",
        above: 2,
        roles: &[(Role::Date, "Day"), (Role::Amount, "Cost"), (Role::Campaign, "Campaign")],
        rows_used: 5,
        left_out: &[("above_table", 2), ("totals_row", 2), ("no_amount", 1)],
        ..NO_PART
    },
    Case {
        file: "meta-ads.csv",
        platform: "Meta Ads",
        layout: "Ads Manager export",
        kind: "spend",
        roles: &[
            (Role::Date, "Reporting starts"),
            (Role::Amount, "Amount spent (USD)"),
            (Role::End, "Reporting ends"),
            (Role::Campaign, "Campaign name"),
        ],
        rows_used: 6,
        left_out: &[("totals_row", 1)],
        ..NO_PART
    },
    Case {
        file: "microsoft-ads.csv",
        platform: "Microsoft Ads",
        layout: "campaign report",
        kind: "spend",
        roles: &[(Role::Date, "Gregorian date"), (Role::Amount, "Spend"), (Role::Campaign, "Campaign name")],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "linkedin-ads.csv",
        platform: "LinkedIn Ads",
        layout: "campaign performance",
        kind: "spend",
        above: 3,
        roles: &[
            (Role::Date, "Start Date (in UTC)"),
            (Role::Amount, "Total Spent"),
            (Role::Currency, "Currency"),
            (Role::Campaign, "Campaign Name"),
        ],
        rows_used: 6,
        left_out: &[("above_table", 3)],
        ..NO_PART
    },
    Case {
        file: "surveymonkey-responses.csv",
        platform: "SurveyMonkey",
        layout: "individual responses",
        kind: "survey",
        roles: &[
            (Role::Customer, "Email Address"),
            (Role::Date, "End Date"),
            (Role::Score, "How likely is it that you would recommend us, all in all?"),
            (Role::Comment, "What could\nwe do better?"),
        ],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "typeform-responses.csv",
        platform: "Typeform",
        layout: "responses",
        kind: "survey",
        roles: &[(Role::Date, "Submit Date (UTC)"), (Role::Score, "How likely is it that you would recommend us?")],
        rows_used: 5,
        left_out: &[("no_number", 1)],
        ..NO_PART
    },
    Case {
        file: "typeform-responses-older.csv",
        platform: "Typeform",
        layout: "responses, older",
        kind: "survey",
        roles: &[
            (Role::Date, "Submit Date (UTC)"),
            (Role::Score, "How likely is it that you would recommend us?"),
            (Role::Comment, "Why?"),
        ],
        rows_used: 6,
        ..NO_PART
    },
    Case {
        file: "etsy-sold-orders.csv",
        platform: "Etsy",
        layout: "sold orders",
        kind: "orders",
        roles: &[
            (Role::Order, "Order ID"),
            (Role::Customer, "Buyer User ID"),
            (Role::Date, "Sale Date"),
            (Role::Amount, "Order Total"),
            (Role::Refund, "Adjusted Order Total"),
            (Role::Currency, "Currency"),
            (Role::Status, "Status"),
            (Role::Country, "Ship Country"),
        ],
        rows_used: 6,
        customers: 4,
        purchases: 6,
        revenue: "166.75",
        refunds: "41.50",
        left_out: &[("cancelled", 1)],
        ..NO_PART
    },
    Case {
        file: "amazon-transactions.csv",
        platform: "Amazon",
        layout: "date range transactions",
        kind: "other",
        above: 4,
        roles: &[
            (Role::Order, "order id"),
            (Role::Date, "date/time"),
            (Role::Amount, "total"),
            (Role::Channel, "marketplace"),
            (Role::Country, "order state"),
            (Role::Product, "sku"),
        ],
        ..NO_PART
    },
];
