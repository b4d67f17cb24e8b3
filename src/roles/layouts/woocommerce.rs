//! WooCommerce: the downloads of its Analytics, and the plugins that export orders.

use super::{Layout, Trap};
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// Orders, a row each; refunds are rows below zero with the order's number. Customers are mere names.
pub(super) const ORDERS: Layout = Layout {
    platform: "WooCommerce",
    name: "Analytics, orders",
    kind: TableKind::Orders,
    header: "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales",
    roles: &[
        (Role::Order, "Order #"),
        (Role::Customer, "Customer"),
        (Role::Date, "Date"),
        (Role::Amount, "Net Sales"),
        (Role::Status, "Status"),
        (Role::Channel, "Attribution"),
    ],
    traps: &[Trap::NameIsCustomer],
};

/// Customers with their totals.
pub(super) const CUSTOMERS: Layout = Layout {
    platform: "WooCommerce",
    name: "Analytics, customers",
    kind: TableKind::Customers,
    header: "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code",
    roles: &[(Role::Customer, "Email"), (Role::Country, "Country / Region")],
    traps: &[Trap::EmailIsCustomer],
};

/// Orders from a plugin, with the columns that were chosen there: a row an order, or one for each of its items, with the
/// order's cells on the first row or on all of them.
pub(super) const ORDER_EXPORT: Layout = Layout {
    platform: "WooCommerce",
    name: "order export plugin",
    kind: TableKind::Orders,
    header: "Order Number,Order Status,Order Date,Order Total Amount,Order Total Tax Amount",
    roles: &[
        (Role::Order, "Order Number"),
        (Role::Customer, "Email (Billing)"),
        (Role::Date, "Order Date"),
        (Role::Amount, "Order Total Amount"),
        (Role::Refund, "Order Refund Amount"),
        (Role::Quantity, "Quantity"),
        (Role::UnitPrice, "Item Cost"),
        (Role::Currency, "Order Currency"),
        (Role::Status, "Order Status"),
        (Role::Product, "Item Name"),
        (Role::Country, "Country Code (Shipping)"),
        (Role::Country, "Country Code (Billing)"),
    ],
    traps: &[Trap::LinesOfOrders("Item"), Trap::EmailIsCustomer],
};
