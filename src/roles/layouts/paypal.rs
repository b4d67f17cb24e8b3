//! PayPal: everything that moved on an account. Sales are what others paid into it.

use super::{Layout, Says, Trap};
use crate::ingest::receipt::Reason;
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// The download as it comes.
pub(super) const ACTIVITY: Layout = Layout {
    platform: "PayPal",
    name: "activity download",
    kind: TableKind::Orders,
    header: "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID,\
             Item Title,Reference Txn ID,Receipt ID,Balance,Balance Impact",
    roles: ROLES,
    traps: TRAPS,
};

/// The download with all fields.
pub(super) const ACTIVITY_ALL: Layout = Layout {
    platform: "PayPal",
    name: "activity download, all fields",
    kind: TableKind::Orders,
    header: "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID,\
             Item Title,Reference Txn ID,Receipt ID,Balance,Balance Impact,Shipping Address,Address Status,\
             Shipping and Handling Amount,Insurance Amount,Country,Contact Phone Number,Country Code",
    roles: ROLES,
    traps: TRAPS,
};

const ROLES: &[(Role, &str)] = &[
    (Role::Order, "Transaction ID"),
    (Role::Customer, "From Email Address"),
    (Role::Date, "Date"),
    (Role::Amount, "Gross"),
    (Role::Currency, "Currency"),
    (Role::Status, "Status"),
    (Role::Product, "Item Title"),
    (Role::Country, "Country"),
];

/// What a refund is called.
const BACK: &[&str] = &["refund", "payment reversal", "chargeback"];

const TRAPS: &[Trap] = &[
    // Transfers to the bank, holds, conversions of currency; and what the account itself paid.
    Trap::LeaveOut(Reason::NotASale, &[("Type", Says::HoldsNone(&["payment", "received", "refund", "chargeback"]))]),
    Trap::LeaveOut(Reason::NotASale, &[("Type", Says::Holds(&["hold", "release", "authori", "fee"]))]),
    Trap::LeaveOut(Reason::NotASale, &[("Balance Impact", Says::NoneOf(&["credit", "debit"]))]),
    Trap::LeaveOut(Reason::NotASale, &[("Balance Impact", Says::OneOf(&["debit"])), ("Type", Says::HoldsNone(BACK))]),
    Trap::LeaveOut(Reason::NotPaid, &[("Status", Says::NoneOf(&["completed", "refunded", "partially refunded"]))]),
    Trap::Refunds { when: ("Type", Says::Holds(BACK)), customer: "To Email Address", order: "Reference Txn ID" },
    Trap::EmailIsCustomer,
];
