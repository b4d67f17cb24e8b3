//! What a view needs that the files do not have: said in full, with an example to copy.

use super::findings::Finding;

/// What a view says of itself while its file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// What the view needs, behind "this view needs".
    pub what: &'static str,
    /// What adding the file will tell.
    pub lead: &'static str,
    /// What the file needs, and what it is better with: name and meaning.
    pub parts: &'static [(&'static str, &'static str)],
    /// The name of the example.
    pub file: &'static str,
    /// A file that could be read as it stands.
    pub example: &'static str,
    /// What will be learned, and from how many rows on.
    pub learn: &'static str,
    /// Where such a file is usually found: a question, and its answer.
    pub found: (&'static str, &'static str),
}

impl Need {
    /// What the view opens with.
    pub fn finding(&self) -> Finding {
        Finding {
            before: format!("Nothing here yet: this view needs {}.", self.what),
            lead: Some(self.lead.to_owned()),
            ..Finding::default()
        }
    }
}

/// For all views that tell of purchases, where the files hold none.
pub const ORDERS: Need = Need {
    what: "your orders",
    lead: "Your files hold no purchases. Add a file of your orders, and Perennial will tell you what your customers are worth, who \
           stays, and what is still to come.",
    parts: &[
        ("A customer", "an id or e-mail, the same as in your other files"),
        ("A date", "the day of the purchase"),
        ("An amount", "what was paid; or quantity and unit price"),
        ("Better with an order number", "where an order has several lines"),
        ("Better with a channel, country or product", "to compare them"),
    ],
    file: "orders.csv",
    example: "order_id,customer_id,date,amount,channel\nA-2001,C-01001,2026-08-02,39.90,Search ads\nA-2002,C-01004,2026-08-03,24.50,Newsletter\n",
    learn: "What came in and from whom, what a customer is worth, who comes back, and who is overdue. From about 30 customers it \
            begins to mean something; a forecast takes 50, and 10 of them who came back.",
    found: (
        "Not sure that you have one?",
        "Every shop system exports its orders as CSV. Look for “Orders” and “Export”, and take all of the time that there is.",
    ),
};

/// For the costs of winning customers.
pub const COSTS: Need = Need {
    what: "what you spend on winning customers",
    lead: "Add a file of your marketing costs, and Perennial will tell you what a new customer costs, by channel, and \
           which channels earn it back. Or type in one sum under “What they are worth”.",
    parts: &[
        ("A date", "of the day, week or month"),
        ("An amount", "what was spent"),
        ("Better with a channel", "named as in your orders"),
        ("Better with a campaign", "to compare them"),
        ("Better with the kind", "marketing, sales or overhead"),
    ],
    file: "marketing-costs.csv",
    example: "month,channel,campaign,cost\n2026-08-01,Search ads,Brand,420.00\n2026-08-01,Social ads,Autumn,610.50\n",
    learn: "What one new customer costs and leaves over, channel by channel, and the most that you can pay. From a few \
            new customers in each channel on it begins to mean something.",
    found: (
        "Not sure that you have one?",
        "Google Ads, Meta and Microsoft export their costs as CSV under “Reports”; one line a month from your books does as well.",
    ),
};

/// For what customers say.
pub const FEEDBACK: Need = Need {
    what: "answers from your customers",
    lead: "Add a survey file and Perennial will tell you how satisfied they are, what their answers are worth in money, \
           and which remarks come with leaving.",
    parts: &[
        ("A score", "0 to 10, 1 to 5 or 1 to 7"),
        ("Better with a customer", "the same id or e-mail as in your orders"),
        ("Better with a date", "to see it move"),
        ("Better with the words", "to find out why"),
    ],
    file: "survey.csv",
    example: "customer_id,date,nps,comment\nC-01001,2026-09-02,9,\"Quick, and well packed\"\nC-01004,2026-09-03,6,\"Two of the bulbs were soft\"\n",
    learn: "A score from \u{2212}100 to 100 with its interval, the same weighted by money, and the subjects that pull it up \
            or down. Three answers are too few; from about 30 the score begins to mean something.",
    found: (
        "Not sure that you have one?",
        "Most form and review tools can export their answers as CSV. Look for “Responses” and “Export”.",
    ),
};

/// For subscriptions.
pub const SUBSCRIPTIONS: Need = Need {
    what: "your contracts or subscriptions",
    lead: "Add a file of them, and Perennial will tell you what comes in every month, who leaves, and how long a contract lasts.",
    parts: &[
        ("A customer", "an id or e-mail"),
        ("A start", "the day on which it began"),
        ("An amount", "what is paid, and for how long it is paid"),
        ("Better with an end", "empty while it runs"),
        ("Better with a plan", "to compare them"),
    ],
    file: "subscriptions.csv",
    example: "customer_id,plan,start_date,end_date,mrr\nC-01001,Small box,2026-01-05,,14.90\nC-01004,Large box,2025-11-20,2026-04-20,24.90\n",
    learn: "Recurring revenue month by month and what moved it, how many stay, and how long half of them last. From about 30 \
            contracts it begins to mean something.",
    found: (
        "Not sure that you have one?",
        "Stripe, Chargebee, Recurly and shop systems export subscriptions as CSV. A list by month works, too: customer, month, mrr.",
    ),
};

/// For who brings whom.
pub const REFERRALS: Need = Need {
    what: "who was sent by whom",
    lead: "Add a file of your customers with a column that names who referred each of them, and Perennial will tell you what \
           recommendations are worth.",
    parts: &[
        ("A customer", "the same id or e-mail as in your orders"),
        ("Referred by", "the id of the customer who sent them; empty for all others"),
    ],
    file: "customers.csv",
    example: "customer_id,referred_by\nC-01001,\nC-01004,C-01001\n",
    learn: "Who brings whom, what those brought are worth, and whose recommendations bring more than their own purchases.",
    found: (
        "Not sure that you have one?",
        "Referral programmes and shop systems keep it with the customer. Look for “Customers” and “Export”.",
    ),
};

/// All of them.
pub const ALL: [Need; 5] = [ORDERS, COSTS, FEEDBACK, SUBSCRIPTIONS, REFERRALS];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::protocol::{FileInfo, Reply, Request};
    use crate::roles::kind::TableKind;

    #[test]
    fn every_example_is_read_as_what_it_is_an_example_of() {
        let kinds =
            [TableKind::Orders, TableKind::Spend, TableKind::Survey, TableKind::Subscriptions, TableKind::Customers];
        for (need, kind) in ALL.iter().zip(kinds) {
            let mut engine = Engine::new();
            let files = vec![FileInfo { name: need.file.to_owned(), size: need.example.len() as u64 }];
            let mut replies = engine.handle(Request::Open { job: 1, files, options: Vec::new() });
            while let Some(want) = engine.wants() {
                let from = want.offset as usize;
                replies = engine.feed(&need.example.as_bytes()[from..from + want.len]);
            }
            let Some(Reply::Review { review, .. }) = replies.last() else { panic!("{}: {replies:?}", need.file) };
            assert_eq!((review.files[0].kind, review.files[0].rows_used), (kind, 2), "{}", need.file);
            assert!(need.finding().text().ends_with('.'));
        }
    }
}
