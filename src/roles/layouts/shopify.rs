//! Shopify: orders, customers, and the payments of its own payment service.

use super::{Layout, Says, Trap};
use crate::ingest::receipt::Reason;
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// Orders, a row for each of their items. What counts is the order's total: after discounts, with taxes and shipping.
pub(super) const ORDERS: Layout = Layout {
    platform: "Shopify",
    name: "orders export",
    kind: TableKind::Orders,
    header: "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,\
             Lineitem quantity,Lineitem name,Lineitem price,Cancelled at,Payment Method,Refunded Amount",
    roles: &[
        (Role::Order, "Name"),
        (Role::Customer, "Email"),
        (Role::Date, "Created at"),
        (Role::Amount, "Total"),
        (Role::Refund, "Refunded Amount"),
        (Role::Quantity, "Lineitem quantity"),
        (Role::UnitPrice, "Lineitem price"),
        (Role::Currency, "Currency"),
        (Role::Status, "Financial Status"),
        (Role::Product, "Lineitem name"),
        (Role::Channel, "Source"),
        (Role::Country, "Shipping Country"),
        (Role::Country, "Billing Country"),
    ],
    traps: &[
        Trap::LinesOfOrders("Lineitem"),
        Trap::CancelledWhereFilled("Cancelled at"),
        Trap::LeaveOut(Reason::TestOrder, &[("Payment Method", Says::Holds(&["bogus"]))]),
        // A gift card is paid for again when it is spent. It is no product that is shipped or taxed.
        Trap::LeaveOut(
            Reason::GiftCard,
            &[
                ("Lineitem name", Says::Holds(&["gift card"])),
                ("Lineitem requires shipping", Says::OneOf(&["false"])),
                ("Lineitem taxable", Says::OneOf(&["false"])),
            ],
        ),
        Trap::Guests("Phone"),
        Trap::EmailIsCustomer,
        Trap::Apostrophes,
    ],
};

/// Customers with their totals. Orders know them by e-mail address.
pub(super) const CUSTOMERS: Layout = Layout {
    platform: "Shopify",
    name: "customers export",
    kind: TableKind::Customers,
    header: "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,\
             Default Address Country Code,Default Address Zip,Accepts SMS Marketing,Total Spent,Total Orders,Tax Exempt",
    roles: &[(Role::Customer, "Email"), (Role::Country, "Default Address Country Code")],
    traps: &[Trap::EmailIsCustomer, Trap::Apostrophes],
};

/// The same as it was written until the addresses were renamed.
pub(super) const CUSTOMERS_OLDER: Layout = Layout {
    platform: "Shopify",
    name: "customers export, older",
    kind: TableKind::Customers,
    header: "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,City,Province Code,Country,Country Code,Zip,\
             Accepts SMS Marketing,Total Spent,Total Orders,Tax Exempt",
    roles: &[(Role::Customer, "Email"), (Role::Country, "Country")],
    traps: &[Trap::EmailIsCustomer, Trap::Apostrophes],
};

/// What was paid out for which order. It names no customers.
pub(super) const PAYMENTS: Layout = Layout {
    platform: "Shopify",
    name: "payment transactions",
    kind: TableKind::Other,
    header: "Transaction Date,Type,Order,Card Brand,Payout Status,Payout Date,Amount,Fee,Net,Payment Method Name,\
             Presentment Amount,Presentment Currency",
    roles: &[
        (Role::Order, "Order"),
        (Role::Date, "Transaction Date"),
        (Role::Amount, "Amount"),
        (Role::Currency, "Currency"),
    ],
    traps: &[],
};
