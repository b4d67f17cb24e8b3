//! The texts of the first page.

/// The finding of the first page.
pub const TITLE: &str = "Learn what your customers are worth, who is leaving, and what to do next.";

/// Below the finding.
pub const LEAD: &str = "Drop a file of your orders. In a few seconds you get the figures that a good analyst would give you, \
                        with how sure they are and how they were worked out.";

/// What happens to the data, in one plain sentence and its reason.
pub const PRIVACY: &str = "Your files stay on this device. Perennial has no server to send them to, and your browser \
                           blocks it from trying.";

/// The same, where the lock could not be set: said as it is.
pub const PRIVACY_UNLOCKED: &str = "Your files stay on this device: Perennial has no server to send them to. Your browser did \
                                    not take the lock that forbids every connection, so check the receipt for what was sent.";

/// On the drop zone.
pub const DROP_HERE: &str = "Drop your files here";

/// Below it.
pub const OR_ANYWHERE: &str = "or anywhere on this page";

/// The button that opens the file dialog.
pub const CHOOSE: &str = "Choose files";

/// The button that makes up a shop.
pub const SAMPLE: &str = "Try the sample shop";

/// What opens the field to paste a table into.
pub const PASTE: &str = "Or paste a table";

/// Above the field.
pub const PASTE_HERE: &str = "Paste here";

/// Below it.
pub const PASTE_NOTE: &str = "Copy the cells in your spreadsheet, names of the columns included. With Ctrl+V (⌘V on a Mac) you \
                              can paste anywhere on this page.";

/// The button below the field.
pub const READ_PASTED: &str = "Read the table";

/// The name that a pasted table has among the files.
pub const PASTED: &str = "pasted table";

/// What is read.
pub const FORMATS: &str = "CSV, Excel (.xlsx, .xls) or JSON, also zipped. Several at once is fine. Any separator, decimal sign and \
                           order of dates: you can check how we understood it.";

/// A file to begin with, for those whose shop exports none.
pub const TEMPLATE: &str = "customer,date,order,amount,channel\r\nC-001,2026-09-01,1001,34.90,search\r\nC-002,2026-09-02,1002,112.00,newsletter\r\n";
