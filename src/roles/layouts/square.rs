//! Square: what a till took in. What counts is net sales: without taxes, tips and the sale of gift cards.

use super::{Layout, Says, Trap};
use crate::ingest::receipt::Reason;
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// Transactions as they were written in 2022, without customers.
pub(super) const TRANSACTIONS_2022: Layout = Layout {
    platform: "Square",
    name: "transactions, 2022",
    kind: TableKind::Orders,
    header: "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Total Collected,\
             Other Tender Note,Transaction ID,PAN Suffix,Staff Name,Event Type,Dining Option,Transaction Status",
    roles: TRANSACTIONS,
    traps: &[],
};

/// Transactions as they are written in 2026. Who walks in and pays leaves no id.
pub(super) const TRANSACTIONS_2026: Layout = Layout {
    platform: "Square",
    name: "transactions, 2026",
    kind: TableKind::Orders,
    header: "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Total Collected,\
             Tender Note,Transaction ID,PAN Suffix,Staff Name,Event Type,Dining Option,Transaction Status,Customer ID,\
             Customer Name,Customer Reference ID,Device Nickname,Order Reference ID",
    roles: TRANSACTIONS,
    traps: &[],
};

const TRANSACTIONS: &[(Role, &str)] = &[
    (Role::Order, "Transaction ID"),
    (Role::Customer, "Customer ID"),
    (Role::Date, "Date"),
    (Role::Amount, "Net Sales"),
    (Role::Status, "Transaction Status"),
    (Role::Channel, "Channel"),
];

/// Items, a row each; those of a transaction are one purchase.
pub(super) const ITEMS: Layout = Layout {
    platform: "Square",
    name: "items",
    kind: TableKind::Orders,
    header: "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,\
             Transaction ID,Event Type,Dining Option,Customer ID,Customer Name,Itemization Type",
    roles: &[
        (Role::Order, "Transaction ID"),
        (Role::Customer, "Customer ID"),
        (Role::Date, "Date"),
        (Role::Amount, "Net Sales"),
        (Role::Channel, "Channel"),
        (Role::Category, "Category"),
        (Role::Product, "Item"),
    ],
    traps: &[Trap::LeaveOut(Reason::GiftCard, &[("Itemization Type", Says::Holds(&["gift card", "gift_card"]))])],
};
