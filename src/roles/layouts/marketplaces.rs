//! Marketplaces: the buyers are theirs, and not all of them tell who they are.

use super::{Layout, Says, Trap};
use crate::ingest::dates::DateOrder;
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// Sold orders, a row each, without e-mail addresses. What is left of an order is 0 where it was refunded whole, and where
/// it was not touched: the other columns of what was adjusted tell which.
pub(super) const ETSY: Layout = Layout {
    platform: "Etsy",
    name: "sold orders",
    kind: TableKind::Orders,
    header: "Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Date Shipped,Ship City,Ship Country,Currency,\
             Order Value,Discount Amount,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,\
             Adjusted Order Total,Adjusted Net Order Amount,Buyer",
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
    traps: &[
        Trap::RefundsAsRemainder(&[
            ("Adjusted Card Processing Fees", Says::NotZero),
            ("Adjusted Net Order Amount", Says::NotZero),
            ("Status", Says::Holds(&["fully refunded"])),
        ]),
        Trap::Dates(DateOrder::MonthDayYear),
        Trap::Guests("Buyer"),
    ],
};

/// Transactions, a row for each item, fee and transfer. It names no buyers.
pub(super) const AMAZON: Layout = Layout {
    platform: "Amazon",
    name: "date range transactions",
    kind: TableKind::Orders,
    header: "date/time,settlement id,type,order id,sku,description,quantity,marketplace,fulfillment,order city,order state,\
             order postal,product sales,shipping credits,promotional rebates,selling fees,total",
    roles: &[
        (Role::Order, "order id"),
        (Role::Date, "date/time"),
        (Role::Amount, "total"),
        (Role::Channel, "marketplace"),
        (Role::Country, "order state"),
        (Role::Product, "sku"),
    ],
    traps: &[Trap::Preamble],
};
