//! The parts that columns play in tables that are none of orders, and what tells them.
//!
//! Parts are data: for each kind a list of roles, the words of headers that tell them, and whether a row is of use without
//! them. What orders have too (customer, date, channel) is guessed as for orders; here it is only taken over.

use super::guess::Guess;
use super::kind::TableKind;
use super::layouts::Found;
use super::names::words;
use super::scale::Scale;
use super::{Confidence, Role, Why, shapes};
use crate::ingest::profile::ColumnProfile;

/// A part of a kind of table.
struct Part {
    role: Role,
    /// Whether the table is of no use without it.
    needed: bool,
    /// Words of headers, the best first; several in one text have to stand together. None where it is told as for orders.
    words: &'static [&'static str],
}

const fn needed(role: Role, words: &'static [&'static str]) -> Part {
    Part { role, needed: true, words }
}

const fn may(role: Role, words: &'static [&'static str]) -> Part {
    Part { role, needed: false, words }
}

const CUSTOMERS: &[Part] = &[
    needed(Role::Customer, &[]),
    may(Role::Email, &["email", "mail"]),
    may(Role::Date, &["since", "signup", "joined"]),
    may(Role::Invited, &["invited", "invitations", "invites"]),
    may(Role::Joined, &["joined", "accepted", "signups"]),
    may(Role::Number, &[]),
    may(
        Role::ReferredBy,
        &["referrer", "referred", "invited", "inviter", "parrain", "geworben", "werber", "referido", "aanbrenger"],
    ),
];

const SPEND: &[Part] = &[
    needed(Role::Date, &["day", "date", "week", "month", "starts", "start"]),
    needed(Role::Amount, &["spend", "spent", "cost", "costs", "kosten", "depense", "budget", "amount"]),
    may(Role::End, &["ends", "end"]),
    may(Role::Currency, &[]),
    may(
        Role::Campaign,
        &["campaign", "kampagne", "kampagnenname", "campagne", "campana", "campagna", "campanha", "campaigns"],
    ),
    may(Role::CostKind, &["kind", "kostenart", "type", "category", "kategorie", "art"]),
    may(Role::AttributedRevenue, &["attributed", "conversion value", "conv value", "revenue", "umsatz"]),
    may(
        Role::NewCustomers,
        &[
            "new customers",
            "customers acquired",
            "acquired customers",
            "neukunden",
            "nouveaux clients",
            "nuevos clientes",
            "nuovi clienti",
            "novos clientes",
            "nieuwe klanten",
        ],
    ),
];

const SURVEY: &[Part] = &[
    needed(
        Role::Score,
        &["nps", "csat", "ces", "recommend", "satisfied", "satisfaction", "effort", "score", "rating", "answer"],
    ),
    may(Role::Comment, &[]),
    may(Role::Customer, &[]),
    may(Role::Email, &["email", "mail"]),
    may(Role::Date, &["submit", "submitted", "answered", "responded", "end", "date"]),
];

/// Words of columns that hold comments, and words that do so where the values are not few, as those of a group are.
const COMMENT: &[&str] = &[
    "comment",
    "comments",
    "feedback",
    "verbatim",
    "remarks",
    "remark",
    "kommentar",
    "bemerkung",
    "commentaire",
    "comentario",
    "comentarios",
    "commento",
    "opmerking",
];
const PERHAPS_COMMENT: &[&str] = &["why", "improve", "better", "review", "text", "reason"];

const SUBSCRIPTIONS: &[Part] = &[
    needed(Role::Customer, &[]),
    needed(Role::Date, &["start", "started", "starts", "begin", "created", "month", "date"]),
    needed(Role::Amount, &["mrr", "amount", "price", "arr", "fee", "value"]),
    may(Role::End, &["ended", "end", "ends", "cancelled", "canceled", "churned"]),
    may(Role::Email, &["email", "mail"]),
    may(Role::Billing, &["billing", "interval", "frequency", "cycle", "period", "abrechnung", "zahlungsweise"]),
    may(Role::Quantity, &["quantity", "qty", "menge", "quantite", "cantidad"]),
    // How long they have been there, where no date says since when.
    may(Role::Observed, &["tenure"]),
    may(Role::Plan, &["plan", "tier", "package", "tarif", "abo", "product", "contract"]),
    may(Role::Trial, &["trial", "trialing", "probe", "essai", "prueba"]),
    may(Role::Status, &["churn", "churned", "exited", "attrition", "status", "state"]),
    may(Role::Currency, &[]),
];

const EVENTS: &[Part] = &[
    needed(Role::Customer, &[]),
    needed(Role::Date, &[]),
    needed(Role::Event, &["event", "activity", "action"]),
    may(Role::Email, &["email", "mail"]),
    may(Role::Amount, &["value", "amount"]),
    // Of what can be open, as a complaint is: when it was closed, or how it stands.
    may(Role::End, &["closed", "resolved", "solved", "ended", "end"]),
    may(Role::Status, &[]),
];

const EXPERIMENT: &[Part] = &[
    needed(Role::Variant, &["variant", "variation", "treatment", "arm", "group", "experiment"]),
    may(Role::Experiment, &["experiment", "test"]),
    needed(
        Role::Outcome,
        &["outcome", "converted", "conversion", "success", "bought", "ordered", "clicked", "result", "value"],
    ),
    may(Role::Amount, &["revenue", "spent", "amount"]),
    may(Role::Customer, &[]),
    may(Role::Email, &["email", "mail"]),
    may(Role::Date, &[]),
];

const SUMMARY: &[Part] = &[
    needed(Role::Customer, &[]),
    needed(Role::Frequency, &["frequency"]),
    needed(Role::Recency, &["recency"]),
    needed(Role::Observed, &["t", "age", "observed", "tenure"]),
    may(Role::Amount, &["monetary", "value", "amount"]),
    may(Role::Email, &["email", "mail"]),
];

/// Words of dates that are none of a contract's own: its trial's, or those between two bills.
const NOT_OF_CONTRACT: [&str; 6] = ["trial", "period", "term", "current", "next", "renewal"];

/// What every table may have to group by.
const GROUPS: [Role; 3] = [Role::Channel, Role::Country, Role::Dimension];

/// The parts of a kind; of orders none, as these are guessed elsewhere.
fn of(kind: TableKind) -> &'static [Part] {
    match kind {
        TableKind::Customers => CUSTOMERS,
        TableKind::Spend => SPEND,
        TableKind::Survey => SURVEY,
        TableKind::Subscriptions => SUBSCRIPTIONS,
        TableKind::Events => EVENTS,
        TableKind::Experiment => EXPERIMENT,
        TableKind::Summary => SUMMARY,
        TableKind::Orders | TableKind::Other => &[],
    }
}

/// The roles that the columns of a kind of table may play, in the order of [`Role::ALL`].
pub fn offered(kind: TableKind) -> Vec<Role> {
    let own = of(kind);
    let is_of_orders = |role: &Role| *role < Role::Email || *role == Role::Unused;
    let is_own =
        |role: &Role| own.iter().any(|part| part.role == *role) || GROUPS.contains(role) || *role == Role::Unused;
    Role::ALL.into_iter().filter(|role| if own.is_empty() { is_of_orders(role) } else { is_own(role) }).collect()
}

/// Whether the rows of a kind of table are of no use without a role.
pub fn is_needed(kind: TableKind, role: Role) -> bool {
    of(kind).iter().any(|part| part.role == role && part.needed)
}

/// Whether a table of contracts tells how long each has lasted instead of when it began: then it needs no amount either.
pub fn is_of_tenures(kind: TableKind, plays: &dyn Fn(Role) -> bool) -> bool {
    kind == TableKind::Subscriptions && !plays(Role::Date) && plays(Role::Observed) && plays(Role::Status)
}

/// The needed roles of a kind that no column plays.
pub fn missing(kind: TableKind, roles: &[Role]) -> Vec<Role> {
    let stands_for = |role: Role| match role {
        // An e-mail address tells a customer as well as an id.
        Role::Customer => &[Role::Email][..],
        // What came of a test may be money; and of known customers the orders tell what came of it.
        Role::Outcome => &[Role::Amount, Role::Customer, Role::Email],
        _ => &[],
    };
    let plays = |role: Role| roles.contains(&role) || stands_for(role).iter().any(|other| roles.contains(other));
    let tenures = is_of_tenures(kind, &|role| roles.contains(&role));
    let is_needed = |part: &&Part| part.needed && !(tenures && matches!(part.role, Role::Date | Role::Amount));
    of(kind).iter().filter(|part| is_needed(part) && !plays(part.role)).map(|part| part.role).collect()
}

/// The roles of the columns of a kind of table: of a known export as it says, else by words, else as `orders` has guessed.
pub fn guess(kind: TableKind, columns: &[ColumnProfile], orders: Vec<Guess>, found: Option<&Found>) -> Vec<Guess> {
    let headers: Vec<Vec<String>> = columns.iter().map(|column| words(&column.name)).collect();
    let mut guesses: Vec<Option<Guess>> = vec![None; columns.len()];
    for &(role, column) in found.map_or(&[][..], |found| &found.roles) {
        if column < columns.len() {
            guesses[column] = Some(orders[column].clone()).filter(|guess| guess.role == role);
        }
    }
    let plays = |guesses: &[Option<Guess>], role| guesses.iter().flatten().any(|guess: &Guess| guess.role == role);
    for part in of(kind) {
        if plays(&guesses, part.role) {
            continue;
        }
        let is_of_contract = |column: usize| {
            let dated = kind == TableKind::Subscriptions && matches!(part.role, Role::Date | Role::End);
            !dated || !headers[column].iter().any(|word| NOT_OF_CONTRACT.contains(&&**word))
        };
        let fits = |column: &ColumnProfile| {
            shapes::allows(part.role, column, false) || part.role == Role::Date && shapes::are_months(column)
        };
        let free = |column: &usize| guesses[*column].is_none() && is_of_contract(*column) && fits(&columns[*column]);
        let by_word = part.words.iter().find_map(|known| {
            let has = |column: &usize| known.split(' ').all(|known| headers[*column].iter().any(|word| word == known));
            Some(((0..columns.len()).filter(free).find(has)?, *known))
        });
        // Any number of a test may look like an amount.
        let is_told =
            |guess: &Guess| kind != TableKind::Experiment || !matches!(guess.why, Why::ValuesAreAmounts { .. });
        let as_orders = |column: &usize| {
            guesses[*column].is_none() && orders[*column].role == part.role && is_told(&orders[*column])
        };
        if let Some((column, word)) = by_word {
            let why = Why::NamePart { word: word.to_owned() };
            guesses[column] = Some(Guess { role: part.role, confidence: Confidence::Likely, why });
        } else if let Some(column) = (0..columns.len()).find(as_orders) {
            guesses[column] = Some(orders[column].clone());
        }
    }
    if kind == TableKind::Subscriptions {
        once_only(columns, &headers, &mut guesses);
    }
    if kind == TableKind::Survey {
        further_answers(columns, &headers, &mut guesses);
    }
    let rest = |(column, guess): (usize, Option<Guess>)| {
        guess.unwrap_or_else(|| group(kind, &columns[column], &orders[column]))
    };
    guesses.into_iter().enumerate().map(rest).collect()
}

/// A quantity counts where amounts are those of one: what is called recurring revenue, or a total, is of all of them.
fn once_only(columns: &[ColumnProfile], headers: &[Vec<String>], guesses: &mut [Option<Guess>]) {
    const OF_ALL: [&str; 6] = ["mrr", "arr", "total", "revenue", "sum", "gesamt"];
    let plays = |guess: &Option<Guess>, role| guess.as_ref().is_some_and(|guess| guess.role == role);
    let amount = (0..columns.len()).find(|column| plays(&guesses[*column], Role::Amount));
    if amount.is_none_or(|amount| headers[amount].iter().any(|word| OF_ALL.contains(&word.as_str()))) {
        guesses.iter_mut().filter(|guess| plays(guess, Role::Quantity)).for_each(|guess| *guess = None);
    }
}

/// A survey may ask several questions: further columns of scores, and of comments, are told by their names; comments also by
/// being texts.
fn further_answers(columns: &[ColumnProfile], headers: &[Vec<String>], guesses: &mut [Option<Guess>]) {
    for (column, profile) in columns.iter().enumerate().filter(|(_, profile)| profile.filled() > 0) {
        if guesses[column].is_some() {
            continue;
        }
        let word = |known: &[&str]| headers[column].iter().find(|word| known.contains(&word.as_str())).cloned();
        let by_word = |word| Why::NamePart { word };
        let told = if Scale::of_header(&profile.name).is_some() && shapes::allows(Role::Score, profile, false) {
            Some((Role::Score, Why::KnownName))
        } else if shapes::allows(Role::Comment, profile, false) {
            let is_group = shapes::few_values(profile);
            let perhaps = word(PERHAPS_COMMENT).filter(|_| !is_group).map(by_word);
            let texts = || (!is_group && shapes::texts(profile)).then_some(Why::ValuesAreTexts);
            word(COMMENT).map(by_word).or(perhaps).or_else(texts).map(|why| (Role::Comment, why))
        } else {
            None
        };
        guesses[column] = told.map(|(role, why)| Guess { role, confidence: Confidence::Likely, why });
    }
}

/// A column that plays none of the parts: to group by, where it can be.
fn group(kind: TableKind, column: &ColumnProfile, as_orders: &Guess) -> Guess {
    let is_campaign =
        || words(&column.name).iter().any(|word| matches!(word.as_str(), "campaign" | "kampagne" | "campagne"));
    let likely = |role, why| Guess { role, confidence: Confidence::Likely, why };
    // Of customers a number can be a group; in other tables it is counted.
    let is_name = kind == TableKind::Customers || column.letter_share >= 0.5;
    if GROUPS.contains(&as_orders.role) && is_name {
        return as_orders.clone();
    }
    if shapes::few_values(column) && is_name {
        return likely(Role::Dimension, Why::FewValues { distinct: column.distinct });
    }
    if kind == TableKind::Customers && shapes::measures(column) {
        return likely(Role::Number, Why::ValuesAreAmounts { share: column.number_share });
    }
    if column.letter_share >= 0.5 && column.distinct < column.filled() && is_campaign() {
        return likely(Role::Dimension, Why::NamePart { word: "campaign".to_owned() });
    }
    likely(Role::Unused, Why::NothingToGroupBy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::profile::profile;
    use crate::roles::guess;

    fn roles(kind: TableKind, table: &str) -> String {
        let mut rows = table.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap();
        let columns = profile(&header, &rows.collect::<Vec<_>>());
        let guesses = super::guess(kind, &columns, guess::guess(&columns), None);
        guesses.iter().map(|guess| guess.role.name()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn columns_are_told_by_what_the_table_is() {
        for (kind, table, expected) in [
            (
                TableKind::Customers,
                "customer_id,email,gender,since\nc1,a@b.de,f,2024-01-02\nc2,c@d.de,m,2024-01-03\nc3,e@f.de,f,2024-01-04\nc4,g@h.de,m,2024-01-05",
                "customer email dimension date",
            ),
            (
                TableKind::Spend,
                "day,campaign,channel,clicks,cost,conversion value\n2024-01-02,a,x,40,12.50,99.10\n2024-01-03,a,x,41,12.60,3.20",
                "date campaign channel unused amount attributed_revenue",
            ),
            (
                TableKind::Spend,
                "month,type,source,spent,new customers\n2024-01-01,Marketing,x,40.00,3\n2024-02-01,Overhead,,12.60,",
                "date cost_kind channel amount new_customers",
            ),
            // What kind of campaign it is says nothing of the kind of cost.
            (
                TableKind::Spend,
                "day,campaign type,cost\n2024-01-02,Search,12.50\n2024-01-03,Search,12.60",
                "date campaign amount",
            ),
            (TableKind::Survey, "date,nps,comment\n2024-01-02,9,fine\n2024-01-03,3,late", "date score comment"),
            (
                TableKind::Survey,
                "user_id,date,nps,csat,How easy was it?,What did you like?\nu1,2024-01-02,9,4,6,The box came soon\nu2,2024-01-03,3,,2,All the colours I saw",
                "customer date score score score comment",
            ),
            (
                TableKind::Subscriptions,
                "customer_id,plan,start_date,end_date,mrr\nc1,a,2024-01-02,,9.00\nc2,b,2024-01-05,2024-03-01,19.00\nc3,a,2024-01-06,,9.00\nc4,b,2024-01-07,,9.00",
                "customer plan date end amount",
            ),
            (
                TableKind::Subscriptions,
                "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,is_trial,billing_frequency\ns1,a1,2024-01-02,,Pro,5,95,1140,FALSE,monthly\ns2,a1,2024-01-05,2024-03-01,Basic,7,0,0,TRUE,annual\ns3,a2,2024-01-06,,Pro,9,19,228,FALSE,monthly",
                "unused customer date end plan unused amount unused trial billing",
            ),
            (
                TableKind::Subscriptions,
                "id,Customer ID,Customer Email,Plan,Currency,Interval,Amount,Status,Start (UTC),Current Period Start (UTC),Current Period End (UTC),Trial Start (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC)\nsub_1,cus_1,a@b.de,p1,eur,month,9.00,active,2024-01-02 10:00:00,2024-03-02 10:00:00,2024-04-02 10:00:00,,,,\nsub_2,cus_2,c@d.de,p2,eur,year,90.00,canceled,2024-01-05 10:00:00,2024-01-05 10:00:00,2025-01-05 10:00:00,2024-01-05 10:00:00,2024-01-19 10:00:00,2024-02-01 10:00:00,2024-03-01 10:00:00\nsub_3,cus_3,e@f.de,p1,eur,month,9.00,active,2024-02-02 10:00:00,2024-03-02 10:00:00,2024-04-02 10:00:00,,,,\nsub_4,cus_4,g@h.de,p1,eur,month,9.00,active,2024-02-03 10:00:00,2024-03-03 10:00:00,2024-04-03 10:00:00,,,,",
                "unused customer email plan currency billing amount status date unused unused unused unused unused end",
            ),
            (
                TableKind::Subscriptions,
                "customer,start,price,quantity\nc1,2024-01-02,9.00,1\nc2,2024-01-05,9.00,3",
                "customer date amount quantity",
            ),
            (
                TableKind::Subscriptions,
                "customer,start,mrr,quantity\nc1,2024-01-02,9.00,1\nc2,2024-01-05,27.00,3",
                "customer date amount unused",
            ),
            (
                TableKind::Subscriptions,
                "customerID,tenure,Contract,MonthlyCharges,Churn\nc1,1,One year,29.85,No\nc2,34,Two year,56.95,Yes\nc3,2,One year,53.85,No\nc4,45,One year,42.30,0",
                "customer observed plan amount status",
            ),
            (TableKind::Subscriptions, "customer,month,mrr\nc1,2024-01,9.00\nc1,2024-02,9.00", "customer date amount"),
            (
                TableKind::Customers,
                "customer_id,referred_by,referral_source\nc1,,ads\nc2,c1,friend\nc3,c1,friend\nc4,c9,ads",
                "customer referred_by channel",
            ),
            // Numbers of customers are held against value, where they are no ids.
            (
                TableKind::Customers,
                "customer_id,income,zip\nc1,21000.50,1010\nc2,22000,1020\nc3,23000,1030\nc4,24000,1010\nc5,25000,1040\nc6,26000,1050\nc7,27000,1060\nc8,28000,1070\nc9,29000,1080\nc10,30000,1090\nc11,31000,1100\nc12,32000,1110\nc13,33000,1120\nc14,34000,1130",
                "customer number unused",
            ),
            (
                TableKind::Customers,
                "customer_id,invited,joined\nc1,4,1\nc2,0,0\nc3,12,2\nc4,3,3",
                "customer invited joined",
            ),
            (
                TableKind::Events,
                "user_id,timestamp,event\nu1,2024-01-02 10:00:00,login\nu1,2024-01-03 10:00:00,login",
                "customer date event",
            ),
            (
                TableKind::Events,
                "customer,date,event,closed_at,status\nu1,2024-01-02,complaint,2024-01-05,closed\nu2,2024-01-03,visit,,\nu3,2024-01-04,complaint,,open",
                "customer date event end status",
            ),
            (TableKind::Experiment, "user_id,variant,converted\nu1,a,0\nu2,b,1", "customer variant outcome"),
            (
                TableKind::Experiment,
                "experiment,visitor,variant,converted,revenue,weight\nbanner,1,a,0,0.00,7.25\nbanner,2,b,1,12.50,8.75",
                "experiment unused variant outcome amount unused",
            ),
            (TableKind::Experiment, "customer_id,variant,revenue\nu1,a,0.00\nu2,b,1.50", "customer variant amount"),
            (TableKind::Experiment, "customer_id,treatment\nu1,a\nu2,b", "customer variant"),
            (
                TableKind::Summary,
                "customer_id,frequency,recency,T,monetary_value\n1,2,30.43,38.86,22.35\n2,1,1.71,38.86,11.77",
                "customer frequency recency observed amount",
            ),
        ] {
            assert_eq!(roles(kind, table), expected, "{table}");
            let roles: Vec<Role> = expected.split(' ').map(|name| Role::from_name(name).unwrap()).collect();
            assert_eq!(missing(kind, &roles), []);
            assert!(roles.iter().all(|role| offered(kind).contains(role)), "{table}");
        }
        assert_eq!(missing(TableKind::Spend, &[Role::Date]), [Role::Amount]);
        assert_eq!(missing(TableKind::Subscriptions, &[Role::Customer, Role::Observed]), [Role::Date, Role::Amount]);
        assert_eq!(missing(TableKind::Experiment, &[Role::Variant, Role::Date]), [Role::Outcome]);
        assert_eq!(missing(TableKind::Events, &[Role::Email, Role::Date, Role::Event]), []);
        assert_eq!(offered(TableKind::Orders).len(), 15);
        assert!(is_needed(TableKind::Survey, Role::Score) && !is_needed(TableKind::Survey, Role::Date));
    }
}
