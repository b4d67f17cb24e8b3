//! Numbers, money and dates through the browser's `Intl`.
