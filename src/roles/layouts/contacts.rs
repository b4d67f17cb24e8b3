//! Lists of customers from programs that write to them.

use super::{Layout, Trap};
use crate::roles::Role;
use crate::roles::kind::TableKind;

/// Contacts, with the columns of the view that was saved.
pub(super) const HUBSPOT: Layout = Layout {
    platform: "HubSpot",
    name: "contacts export",
    kind: TableKind::Customers,
    header: "Record ID,First Name,Last Name,Email,Contact owner,Lead Status,Create Date,Last Modified Date,Lifecycle Stage,\
             Associated Company",
    roles: &[(Role::Customer, "Email"), (Role::Channel, "Original Source"), (Role::Channel, "Lead Source")],
    traps: &[Trap::EmailIsCustomer],
};

/// Profiles of a list or a segment.
pub(super) const KLAVIYO: Layout = Layout {
    platform: "Klaviyo",
    name: "profiles export",
    kind: TableKind::Customers,
    header: "Email,Klaviyo ID,First Name,Last Name,Organization,Phone Number,State / Region,Country,Source,Consent,\
             First Active,Last Active,Profile Created On,Date Added,Initial Source,Last Source,\
             Historic Customer Lifetime Value,Historic Number Of Orders",
    roles: &[(Role::Customer, "Email"), (Role::Channel, "Initial Source"), (Role::Country, "Country")],
    traps: &[Trap::EmailIsCustomer],
};

/// Members of an audience. The fields in front have any names.
pub(super) const MAILCHIMP: Layout = Layout {
    platform: "Mailchimp",
    name: "audience export",
    kind: TableKind::Customers,
    header: "MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,\
             LAST_CHANGED,LEID,EUID",
    roles: &[(Role::Customer, "Email Address"), (Role::Country, "CC")],
    traps: &[Trap::EmailIsCustomer],
};
