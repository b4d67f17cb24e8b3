//! Stripe: payments, and what moved on the account.

use super::{Layout, Says, Trap};
use crate::ingest::receipt::Reason;
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// Payments, those that failed and tests too. A shop may make a new customer id for each payment of one person, so the
/// e-mail address comes first.
pub(super) const PAYMENTS: Layout = Layout {
    platform: "Stripe",
    name: "payments export",
    kind: TableKind::Orders,
    header: "id,Description,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Fee,Mode,Status,\
             Statement Descriptor,Customer ID,Customer Description,Customer Email,Captured",
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
    traps: &[
        Trap::LeaveOut(Reason::TestOrder, &[("Mode", Says::OneOf(&["test"]))]),
        Trap::LeaveOut(Reason::NotPaid, &[("Status", Says::NoneOf(PAID))]),
        Trap::LeaveOut(Reason::NotPaid, &[("Captured", Says::OneOf(&["false"]))]),
        Trap::Guests("Customer ID"),
        Trap::EmailIsCustomer,
    ],
};

/// States of a payment that was made, also where it was given back later.
const PAID: &[&str] = &["paid", "succeeded", "refunded", "partially refunded", "partial refund", "disputed"];

/// Everything that moved on the account: charges, refunds, payouts, fees. It names no customers.
pub(super) const BALANCE: Layout = Layout {
    platform: "Stripe",
    name: "balance",
    kind: TableKind::Other,
    header: "id,Type,Source,Amount,Fee,Destination Platform Fee,Net,Currency,Created (UTC),Available On (UTC),Description,\
             Customer Facing Amount,Customer Facing Currency,Transfer Group",
    roles: &[
        (Role::Order, "Source"),
        (Role::Date, "Created (UTC)"),
        (Role::Amount, "Amount"),
        (Role::Currency, "Currency"),
    ],
    traps: &[],
};
