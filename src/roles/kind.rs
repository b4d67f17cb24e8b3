//! What the rows of a table are (definitions.md, section 1).

use serde::{Deserialize, Serialize};

use super::Role;
use super::names::{known, told_by_part, words};
use crate::ingest::profile::ColumnProfile;

/// What a row of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// An order or an order line.
    Orders,
    /// A customer.
    Customers,
    /// Money spent in a period.
    Spend,
    /// An answer to a survey.
    Survey,
    /// A contract, or what one was in a month.
    Subscriptions,
    /// Something that a customer did.
    Events,
    /// A unit in a test.
    Experiment,
    /// A customer, already reduced to frequency, recency and value.
    Summary,
    /// None of these, or one that lacks what it needs.
    #[default]
    Other,
}

impl TableKind {
    /// All kinds, in the order in which a person is offered them.
    pub const ALL: [TableKind; 9] = [
        TableKind::Orders,
        TableKind::Customers,
        TableKind::Spend,
        TableKind::Survey,
        TableKind::Subscriptions,
        TableKind::Events,
        TableKind::Experiment,
        TableKind::Summary,
        TableKind::Other,
    ];

    /// Whether its rows tell something without any orders beside them.
    pub fn stands_alone(self) -> bool {
        matches!(self, TableKind::Survey | TableKind::Subscriptions | TableKind::Experiment)
    }

    /// The kind of a name that [`TableKind::name`] gives.
    pub fn from_name(name: &str) -> Option<TableKind> {
        TableKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in reports: `orders`, `customers`, ...
    pub fn name(self) -> &'static str {
        match self {
            TableKind::Orders => "orders",
            TableKind::Customers => "customers",
            TableKind::Spend => "spend",
            TableKind::Survey => "survey",
            TableKind::Subscriptions => "subscriptions",
            TableKind::Events => "events",
            TableKind::Experiment => "experiment",
            TableKind::Summary => "summary",
            TableKind::Other => "other",
        }
    }
}

/// What tells a kind: of each list, a word that some header has.
struct Sign {
    kind: TableKind,
    words: &'static [&'static [&'static str]],
}

/// In the order in which they are tried, for tables that lack what orders need.
#[rustfmt::skip]
const SIGNS: [Sign; 11] = [
    Sign { kind: TableKind::Summary, words: &[&["frequency"], &["recency"]] },
    // How long each has been there, and whether they left: contracts without dates.
    Sign { kind: TableKind::Subscriptions, words: &[&["tenure"], &["churn", "churned", "exited", "attrition", "left", "status"]] },
    Sign { kind: TableKind::Experiment, words: &[
        &["variant", "variation", "treatment", "arm", "experiment"],
        &["outcome", "converted", "conversion", "success", "bought", "ordered", "clicked", "revenue", "value", "result"],
    ] },
    Sign { kind: TableKind::Survey, words: &[
        &["nps", "csat", "ces", "score", "rating", "satisfaction", "satisfied", "effort", "easy", "respondent", "recommend", "survey"],
    ] },
    Sign { kind: TableKind::Spend, words: &[
        &["campaign", "impressions", "clicks", "ad", "adset", "kampagne", "campagne", "campana", "campagna", "campanha"],
        COSTS,
    ] },
    COSTS_OF_CHANNELS,
    COSTS_OVER_TIME,
    SUBSCRIPTIONS,
    Sign { kind: TableKind::Subscriptions, words: &[
        &["mrr", "arr", "subscription", "contract"],
        &["customer", "client", "account", "user", "email", "member", "subscriber"],
    ] },
    Sign { kind: TableKind::Events, words: &[
        &["event", "activity", "action"],
        &["customer", "client", "user", "email", "visitor", "member", "contact"],
    ] },
    // Who was on which side, and what came of it stands in the orders.
    Sign { kind: TableKind::Experiment, words: &[
        &["variant", "variation", "treatment", "experiment"],
        &["customer", "client", "user", "email", "visitor", "member", "contact"],
    ] },
];

/// A plain list of what was spent: by its time and its channel, campaign or kind ...
#[rustfmt::skip]
const COSTS_OF_CHANNELS: Sign = Sign {
    kind: TableKind::Spend,
    words: &[
        &[
            "channel", "source", "platform", "kanal", "canal", "canale", "kanaal", "kind", "type", "kostenart", "marketing",
            "campaign", "kampagne", "campagne", "campana", "campagna", "campanha",
        ],
        &[
            "cost", "costs", "spend", "spent", "spending", "budget", "kosten", "ausgaben", "depense", "depenses", "gasto",
            "gastos", "spesa", "spese", "besteed",
        ],
        TIMES,
    ],
};

/// ... or by its time and a name that says what for.
const COSTS_OVER_TIME: Sign =
    Sign { kind: TableKind::Spend, words: &[&["spend", "spent", "spending", "werbekosten", "marketingkosten"], TIMES] };

/// Words of a column that counts new customers, and names none.
const NEW: [&str; 10] = ["new", "acquired", "won", "neu", "neue", "nouveaux", "nuevos", "nuovi", "novos", "nieuwe"];

/// When money was spent.
#[rustfmt::skip]
const TIMES: &[&str] = &["day", "date", "week", "month", "period", "start", "starts", "tag", "datum", "woche", "monat", "mois",
    "semaine", "jour", "mes", "semana", "fecha", "mese", "settimana", "data", "dia", "maand", "dag"];

/// What advertising costs.
#[rustfmt::skip]
const COSTS: &[&str] = &[
    "cost", "costs", "spend", "spent", "amount", "budget", "kosten", "ausgaben", "betrag", "depense", "montant", "cout",
    "gasto", "gastado", "importe", "coste", "spesa", "speso", "importo", "costo", "custo", "valor", "besteed", "bedrag",
];

/// A report of advertising may look like orders, of campaigns instead of customers. It is told from these by counts that
/// only it has.
#[rustfmt::skip]
const ADVERTISING: Sign = Sign {
    kind: TableKind::Spend,
    words: &[
        &["campaign", "kampagne", "kampagnenname", "campagne", "campana", "campagna", "campanha"],
        &[
            "impressions", "impr", "clicks", "reach", "impressionen", "klicks", "reichweite", "clics", "couverture",
            "impresiones", "alcance", "impressioni", "clic", "copertura", "impressoes", "cliques", "weergaven", "klikken",
            "vertoningen", "bereik",
        ],
        COSTS,
    ],
};

/// Contracts have customers, dates and amounts, as orders have. They are told from these by what only they have.
const SUBSCRIPTIONS: Sign = Sign {
    kind: TableKind::Subscriptions,
    words: &[
        &["start", "started", "starts", "begin"],
        &["end", "ended", "ends", "cancelled", "canceled", "renewal", "renews"],
        &["mrr", "arr", "plan", "interval", "subscription", "contract", "billing"],
    ],
};

/// What a contract was in a month has no end, and an amount that only a contract has.
const SNAPSHOTS: Sign = Sign { kind: TableKind::Subscriptions, words: &[&["mrr", "arr", "recurring"]] };

/// Tests may have customers, dates and revenue, as orders have. They are told from these by what only they have.
const TESTED: Sign = Sign {
    kind: TableKind::Experiment,
    words: &[&["variant", "variation", "treatment"], &["experiment", "test", "converted", "assigned"]],
};

impl Sign {
    fn is_in(&self, headers: &[Vec<String>]) -> bool {
        let stands = |known: &str| headers.iter().flatten().any(|word| word == known);
        self.words.iter().all(|any| any.iter().any(|known| stands(known)))
    }
}

/// Columns whose names are looked at.
const MOST_COLUMNS: usize = 400;

/// The kind of a table that is no known export, from its columns, the parts that they play and the needed parts that
/// none plays.
pub fn of(columns: &[ColumnProfile], roles: &[Role], missing: &[Role]) -> TableKind {
    let headers: Vec<Vec<String>> = columns.iter().take(MOST_COLUMNS).map(|column| words(&column.name)).collect();
    if missing.is_empty() {
        let other = [&SUBSCRIPTIONS, &SNAPSHOTS, &ADVERTISING, &TESTED].into_iter().find(|sign| sign.is_in(&headers));
        // Channels repeat as customers do: they are customers only where a name says so.
        let costs = || [&COSTS_OF_CHANNELS, &COSTS_OVER_TIME].into_iter().find(|sign| sign.is_in(&headers));
        let names_customers = || {
            let column = roles.iter().position(|role| *role == Role::Customer);
            let name = column.map_or("", |column| &columns[column].name);
            let counts = words(name).iter().any(|word| NEW.contains(&word.as_str()));
            let told = || told_by_part(name).any(|told| told.0 == Role::Customer);
            !counts && (matches!(known(name), Some((Role::Customer, _))) || told())
        };
        return match other {
            Some(sign) => sign.kind,
            None if !names_customers() => costs().map_or(TableKind::Orders, |sign| sign.kind),
            None => TableKind::Orders,
        };
    }
    if let Some(sign) = SIGNS.iter().find(|sign| sign.is_in(&headers)) {
        return sign.kind;
    }
    let each_once = |profile: &ColumnProfile| profile.filled() > 1 && profile.distinct * 20 >= profile.filled() * 19;
    let customer = roles.iter().position(|role| *role == Role::Customer);
    match customer {
        Some(column) if each_once(&columns[column]) => TableKind::Customers,
        _ => TableKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::profile::profile;
    use crate::roles::guess::{guess, missing};

    fn kind(table: &str) -> TableKind {
        let mut rows = table.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap();
        let columns = profile(&header, &rows.collect::<Vec<_>>());
        let roles: Vec<Role> = guess(&columns).iter().map(|guess| guess.role).collect();
        of(&columns, &roles, &missing(&roles))
    }

    #[test]
    fn tables_are_told_by_their_columns() {
        for (table, expected) in [
            ("customer,date,amount\nc1,2024-01-02,5.00\nc2,2024-01-03,6.50", TableKind::Orders),
            // A campaign, a plan and a score do not make orders something else.
            ("customer,date,amount,campaign,score,plan\nc1,2024-01-02,5.00,a,4,x", TableKind::Orders),
            ("email,name,city\na@b.de,Ann,Bonn\nc@d.de,Bob,Rome", TableKind::Customers),
            ("day,campaign,clicks,cost\n2024-01-02,spring,40,12.50\n2024-01-03,spring,50,13.50", TableKind::Spend),
            (
                "Jour,Nom de la campagne,Impressions,Montant dépensé (USD)\n2024-01-02,a,40,12.50\n2024-01-03,a,50,13.50",
                TableKind::Spend,
            ),
            ("Tag,Kampagne,Klicks,Kosten\n2024-01-02,Herbst,40,12.50\n2024-01-03,Herbst,50,13.50", TableKind::Spend),
            ("month,channel,spend\n2024-01-01,search,40.00\n2024-02-01,search,12.50", TableKind::Spend),
            ("week,marketing_spend\n2024-01-01,40.00\n2024-01-08,12.50", TableKind::Spend),
            // Four campaigns come again as customers would.
            (
                "date,campaign,cost\n2024-01-01,a one,40.00\n2024-01-02,b two,12.50\n2024-01-03,a one,4.20\n2024-01-04,b two,1.50",
                TableKind::Spend,
            ),
            (
                "date,client,amount spent\n2024-01-01,a one,40.00\n2024-01-02,b two,12.50\n2024-01-03,a one,4.20",
                TableKind::Orders,
            ),
            (
                "month,channel,cost,revenue,new customers\n2024-01-01,a,40.00,90.50,3\n2024-02-01,b,12.50,20.10,1",
                TableKind::Spend,
            ),
            // What a product costs is no spending on customers.
            ("date,product,cost\n2024-01-02,a,40.00\n2024-01-03,b,12.50", TableKind::Other),
            ("date,nps,comment\n2024-01-02,9,fine\n2024-01-03,3,late", TableKind::Survey),
            // As many different answers as amounts have.
            (
                "customer,date,nps\nc1,2024-01-02,0\nc1,2024-01-02,1\nc1,2024-01-02,2\nc1,2024-01-02,3\nc1,2024-01-02,4\nc2,2024-01-02,5\nc2,2024-01-02,6\nc2,2024-01-02,7\nc2,2024-01-02,8\nc3,2024-01-02,9\nc3,2024-01-02,10\nc3,2024-01-02,11\nc3,2024-01-02,12\nc3,2024-01-02,12",
                TableKind::Survey,
            ),
            (
                "customer_id,plan,start_date,end_date,mrr\nc1,basic,2024-01-02,,9.00\nc2,pro,2024-01-05,2024-03-01,19.00",
                TableKind::Subscriptions,
            ),
            ("customerID,tenure,Contract,Churn\nc1,1,One year,No\nc2,34,Two year,Yes", TableKind::Subscriptions),
            ("customer_id,month,plan,mrr\nc1,2024-01-01,a,9.00\nc1,2024-02-01,a,9.00", TableKind::Subscriptions),
            ("user_id,timestamp,event\nu1,2024-01-02 10:00:00,login\nu1,2024-01-03 10:00:00,login", TableKind::Events),
            ("user_id,variant,converted\nu1,a,0\nu2,b,1", TableKind::Experiment),
            ("user_id,variant\nu1,a\nu2,b", TableKind::Experiment),
            ("customer_id,assigned,variant,revenue\nc1,2024-01-02,a,0.00\nc2,2024-01-03,b,6.50", TableKind::Experiment),
            // Of a product there are variants too.
            ("customer,date,variant,amount\nc1,2024-01-02,blue,5.00\nc2,2024-01-03,red,6.50", TableKind::Orders),
            ("customer_id,frequency,recency,T,monetary_value\n1,2,30.43,38.86,22.35", TableKind::Summary),
            ("sku,stock\na1,5\na2,6", TableKind::Other),
        ] {
            assert_eq!(kind(table), expected, "{table}");
        }
    }
}
