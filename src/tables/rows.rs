//! One file, slice by slice, into a [`Table`].

use super::answers::Answers;
use super::texts::Texts;
use super::{Ids, NO_DAY, NO_NUMBER, NOBODY, Table};
use crate::ingest::blank::is_blank;
use crate::ingest::currency::currency_code;
use crate::ingest::date_evidence::DateEvidence;
use crate::ingest::dates::{self, DateError};
use crate::ingest::decimal_evidence::DecimalEvidence;
use crate::ingest::dialect::separator_hint;
use crate::ingest::encoding::{Decoder, take_out_nul};
use crate::ingest::months;
use crate::ingest::numbers::{self, NumberError};
use crate::ingest::receipt::Reason;
use crate::ingest::records::{Record, Splitter};
use crate::ledger::build::recode;
use crate::ledger::intake::lessons::{Evidence, Lessons};
use crate::ledger::intake::marks::Mark;
use crate::ledger::intake::{FileRead, Plan};
use crate::ledger::intern::Interner;
use crate::math::Day;
use crate::math::money::SCALE;
use crate::protocol::ReadOptions;
use crate::roles::billing::Billing;
use crate::roles::guess::Guess;
use crate::roles::kind::TableKind;
use crate::roles::layouts::Trap;
use crate::roles::{Role, Why, names, parts};

/// A file that is no table of orders on its way into a table.
pub struct Rows {
    decoder: Decoder,
    splitter: Splitter,
    text: Vec<u8>,
    inner: Inner,
}

/// All but the decoder and the splitter, so that these can lend to the closure that takes the records.
struct Inner {
    plan: Plan,
    options: ReadOptions,
    columns: Vec<Column>,
    /// Cells that a record must have.
    needed: usize,
    /// What the known export asks for: addresses in small letters, digits without the apostrophe in front.
    email: bool,
    apostrophes: bool,
    /// A line of totals has no value in any of these columns.
    totals: Vec<usize>,
    /// The record that is a second header is still to come.
    second_header: bool,
    currency: Option<usize>,
    header_currency: Option<&'static str>,
    dates: DateEvidence,
    decimals: DecimalEvidence,
    read: FileRead,
    rows: usize,
    answers: Answers,
    /// The period that the header of the amounts tells.
    billing: Option<Billing>,
    /// The unit that the header of the times tells.
    tenure: Option<Billing>,
}

/// A column of the file, and what was read of it.
struct Column {
    role: Role,
    at: usize,
    name: String,
    needed: bool,
    values: Values,
}

/// The values of a column, one a row; the last one may be that of a record that is not complete yet.
enum Values {
    Ids(Interner, Vec<u32>),
    Groups(Interner, Vec<u32>),
    Days(Vec<Day>),
    Numbers(Vec<i64>),
    /// Answers to a question; what they are is known when the whole row is read.
    Scores(Vec<i64>),
    Texts(Texts),
}

/// Why a record can't be used: the reason, what was found, and what it would have added.
struct Refusal<'a> {
    reason: Reason,
    found: &'a str,
}

impl Rows {
    /// A file under a plan. Nothing where it is a table of orders, or of no known kind, or lacks what its kind needs.
    pub fn new(plan: Plan, names: &[String], options: &ReadOptions) -> Option<Rows> {
        if plan.is_orders() || !plan.takes_part() {
            return None;
        }
        let has = |trap: Trap| plan.layout.is_some_and(|layout| layout.traps.contains(&trap));
        let email_only = !plan.guesses.iter().any(|guess| guess.role == Role::Customer);
        let tenures = parts::is_of_tenures(plan.kind, &|role| plan.column(role).is_some());
        let columns: Vec<Column> = plan
            .guesses
            .iter()
            .zip(names)
            .enumerate()
            .filter_map(|(at, (guess, name))| {
                let role = guess.role;
                let needed =
                    parts::is_needed(plan.kind, if email_only && role == Role::Email { Role::Customer } else { role })
                        && !(tenures && role == Role::Amount);
                Some(Column { role, at, name: name.clone(), needed, values: Values::of(role)? })
            })
            .collect();
        let of = |role: Role| plan.column(role);
        let questions = columns.iter().filter(|column| column.role == Role::Score).map(|column| &*column.name);
        let answers = Answers::new(questions, options.scale);
        Some(Rows {
            decoder: Decoder::new(plan.reading.encoding),
            splitter: Splitter::new(plan.reading.delimiter),
            text: Vec::new(),
            inner: Inner {
                options: options.clone(),
                needed: columns.iter().filter(|column| column.needed).map(|column| column.at + 1).max().unwrap_or(0),
                email: has(Trap::EmailIsCustomer),
                apostrophes: has(Trap::Apostrophes),
                totals: match has(Trap::Totals) {
                    true => (0..plan.guesses.len()).filter(|at| names_a_line(&plan.guesses[*at])).collect(),
                    false => Vec::new(),
                },
                second_header: has(Trap::SecondHeader),
                currency: of(Role::Currency),
                header_currency: of(Role::Amount).and_then(|at| names::currency_of_header(names.get(at)?)),
                dates: DateEvidence::default(),
                decimals: DecimalEvidence::default(),
                read: FileRead::default(),
                rows: 0,
                answers,
                tenure: of(Role::Observed).and_then(|at| Billing::of_header(names.get(at)?)),
                billing: of(Role::Amount).and_then(|at| Billing::of_header(names.get(at)?)),
                columns,
                plan,
            },
        })
    }

    /// Reads a slice.
    pub fn push(&mut self, bytes: &[u8]) {
        self.text.clear();
        self.decoder.push(bytes, &mut self.text);
        let inner = &mut self.inner;
        inner.read.nul_characters += take_out_nul(&mut self.text);
        self.splitter.push(&self.text, &mut |record| inner.record(record));
    }

    /// Records so far.
    pub fn rows_read(&self) -> u64 {
        self.inner.read.rows_read
    }

    /// Reads what is left, and says what was read and whether the plan was wrong.
    pub fn finish(mut self) -> (Table, FileRead, Lessons) {
        self.text.clear();
        self.decoder.finish(&mut self.text);
        let inner = &mut self.inner;
        self.splitter.push(&self.text, &mut |record| inner.record(record));
        self.splitter.finish(&mut |record| inner.record(record));
        self.inner.finish(self.decoder.is_another())
    }
}

impl Values {
    /// An empty column for a role; nothing for one that is not kept.
    fn of(role: Role) -> Option<Values> {
        Some(match role {
            Role::Customer | Role::Email | Role::ReferredBy => Values::Ids(Interner::default(), Vec::new()),
            Role::Date | Role::End => Values::Days(Vec::new()),
            Role::Amount
            | Role::Outcome
            | Role::Frequency
            | Role::Recency
            | Role::Observed
            | Role::Quantity
            | Role::Number
            | Role::Invited
            | Role::Joined
            | Role::AttributedRevenue
            | Role::NewCustomers => Values::Numbers(Vec::new()),
            Role::Score => Values::Scores(Vec::new()),
            Role::Comment => Values::Texts(Texts::default()),
            Role::Event
            | Role::Experiment
            | Role::Variant
            | Role::Status
            | Role::Billing
            | Role::Plan
            | Role::Trial
            | Role::Campaign
            | Role::CostKind => Values::Groups(Interner::default(), Vec::new()),
            role if role.is_dimension() => Values::Groups(Interner::default(), Vec::new()),
            _ => return None,
        })
    }

    /// Forgets what was read of a record that can't be used.
    fn cut(&mut self, rows: usize) {
        match self {
            Values::Ids(_, codes) | Values::Groups(_, codes) => codes.truncate(rows),
            Values::Days(days) => days.truncate(rows),
            Values::Numbers(numbers) | Values::Scores(numbers) => numbers.truncate(rows),
            Values::Texts(texts) => texts.truncate(rows),
        }
    }
}

impl Inner {
    fn record(&mut self, record: &Record<'_>) {
        let reading = &self.plan.reading;
        let is_header = record.line == reading.first_line && reading.has_header;
        let names_delimiter = || record.line == 1 && separator_hint(record.get(0).unwrap_or_default()).is_some();
        if is_header || record.is_blank() || names_delimiter() {
            return;
        }
        if record.line > reading.first_line && std::mem::take(&mut self.second_header) {
            return;
        }
        self.read.rows_read += 1;
        match self.row(record) {
            Ok(()) => {
                self.rows += 1;
                self.read.rows_used += 1;
            }
            Err(Refusal { reason, found }) => {
                let rows = self.rows;
                self.columns.iter_mut().for_each(|column| column.values.cut(rows));
                self.read.blame.add(reason, record.line, found, None, record.iter());
            }
        }
    }

    /// Reads a record into the columns, or says why it can't be used. The order of the checks is that of [`Reason`].
    fn row<'a>(&mut self, record: &Record<'a>) -> Result<(), Refusal<'a>> {
        let refuse = |reason, found| Err(Refusal { reason, found });
        let first = cell(record, 0);
        if record.line < self.plan.reading.first_line {
            return refuse(Reason::AboveTable, first);
        }
        if record.malformed {
            return refuse(Reason::Malformed, first);
        }
        let is_empty = |at: &usize| is_blank(cell(record, *at).as_bytes());
        if !self.totals.is_empty() && self.totals.iter().all(is_empty) || names::is_totals_word(first) {
            return refuse(Reason::TotalsRow, first);
        }
        if record.len() < self.needed {
            return refuse(Reason::TooFewCells, first);
        }
        let mut names_customer = false;
        let mut needs_customer = false;
        let mut amount_currency = None;
        let mut scores: Vec<&'a str> = Vec::new();
        for at in 0..self.columns.len() {
            let column = &mut self.columns[at];
            let (role, needed, text) = (column.role, column.needed, cell(record, column.at));
            let ends_contract = role == Role::End && self.plan.kind == TableKind::Subscriptions;
            match &mut column.values {
                Values::Ids(ids, codes) => {
                    let text = if self.apostrophes { text.strip_prefix('\'').unwrap_or(text) } else { text };
                    let is_named = !is_blank(text.as_bytes());
                    let lower = || self.email && text.contains('@');
                    codes.push(match is_named {
                        true if lower() => ids.code(text.to_ascii_lowercase().as_bytes()),
                        true => ids.code(text.as_bytes()),
                        false => NOBODY,
                    });
                    names_customer |= is_named && role != Role::ReferredBy;
                    needs_customer |= needed;
                }
                Values::Groups(labels, codes) => {
                    if needed && is_blank(text.as_bytes()) {
                        return refuse(Reason::NoName, text);
                    }
                    codes.push(labels.code(text.as_bytes()));
                }
                Values::Days(days) => {
                    if let Some(month) = months::month(text) {
                        days.push(month);
                        continue;
                    }
                    self.dates.observe(text.as_bytes());
                    days.push(match dates::parse(text.as_bytes(), self.plan.reading.date_order) {
                        Ok(moment) => moment.day,
                        Err(DateError::Empty) if needed => return refuse(Reason::NoDate, text),
                        // Read as none, it would make a contract last that has ended.
                        Err(DateError::Empty) => NO_DAY,
                        Err(_) if needed || ends_contract && text.bytes().any(|byte| byte.is_ascii_digit()) => {
                            return refuse(Reason::UnreadableDate, text);
                        }
                        Err(_) => NO_DAY,
                    });
                }
                Values::Numbers(numbers) => {
                    let number = match role {
                        Role::Outcome => outcome(text, &self.plan),
                        _ => {
                            self.decimals.observe(text.as_bytes());
                            let read = numbers::parse(text.as_bytes(), self.plan.reading.decimal);
                            if let (Role::Amount, Ok(number)) = (role, &read) {
                                amount_currency = number.currency;
                                if number.rounded {
                                    Mark::count(&mut self.read.marked.rounded, record.line, text);
                                }
                            }
                            read.map(|number| number.value)
                        }
                    };
                    let number = match (number, role) {
                        (Ok(number), _) => number,
                        (Err(_), _) if !needed => NO_NUMBER,
                        (Err(NumberError::TooLarge), _) => return refuse(Reason::AmountTooLarge, text),
                        (Err(NumberError::Empty), Role::Amount) => return refuse(Reason::NoAmount, text),
                        (Err(_), Role::Amount) => return refuse(Reason::UnreadableAmount, text),
                        (Err(NumberError::Empty), _) => return refuse(Reason::NoNumber, text),
                        (Err(_), _) => return refuse(Reason::UnreadableNumber, text),
                    };
                    numbers.push(number);
                }
                Values::Scores(_) => scores.push(text),
                Values::Texts(texts) => texts.push(text),
            }
        }
        if needs_customer && !names_customer {
            return refuse(Reason::NoCustomer, first);
        }
        self.in_currency(record, amount_currency)?;
        if scores.is_empty() {
            return Ok(());
        }
        let mut answers = self.answers.row(&scores).map_err(|(reason, found)| Refusal { reason, found })?;
        for column in &mut self.columns {
            if let Values::Scores(scores) = &mut column.values {
                scores.extend(answers.next());
            }
        }
        Ok(())
    }

    /// Amounts in another currency than the one analysed are part of no sum.
    fn in_currency<'a>(&self, record: &Record<'a>, of_amount: Option<&'static str>) -> Result<(), Refusal<'a>> {
        let own = self.currency.map(|at| cell(record, at)).filter(|cell| !is_blank(cell.as_bytes()));
        let wanted = self.options.currency.as_deref();
        let found = own.unwrap_or_default();
        let told = own.map(currency_code).or(of_amount.or(self.header_currency).map(Some));
        match told {
            Some(told) if wanted.is_some() && told != wanted => Err(Refusal { reason: Reason::OtherCurrency, found }),
            _ => Ok(()),
        }
    }

    fn finish(mut self, is_another_encoding: bool) -> (Table, FileRead, Lessons) {
        let has_dates = self.columns.iter().any(|column| column.role == Role::Date);
        let dates = has_dates.then_some(&self.dates);
        let evidence = Evidence { is_another_encoding, dates, decimals: &self.decimals };
        let lessons = Lessons::learned(&self.plan, &self.options, &evidence, &mut self.read);
        let mut table = Table {
            kind: self.plan.kind,
            rows: self.rows,
            questions: self.answers.finish(),
            platform: self.plan.layout.map(|layout| layout.platform),
            billing: self.billing,
            tenure: self.tenure,
            ..Table::default()
        };
        for Column { role, name, values, .. } in self.columns {
            match values {
                Values::Ids(ids, codes) if role == Role::ReferredBy => {
                    table.referrers = Some(in_order(name, &ids, codes));
                }
                Values::Ids(ids, codes) => table.ids.push(in_order(name, &ids, codes)),
                Values::Groups(labels, codes) => {
                    let meaning = (role != Role::Dimension).then(|| role.name().to_owned());
                    table.groups.push((role, recode(name, meaning, &labels, codes.into_iter().collect())));
                }
                Values::Days(days) => table.days.push((role, days)),
                Values::Numbers(numbers) if role == Role::Number => table.measures.push((name, numbers)),
                Values::Numbers(numbers) | Values::Scores(numbers) => table.numbers.push((role, numbers)),
                Values::Texts(texts) => table.comments = Some(both(table.comments.take(), texts)),
            }
        }
        (table, self.read, lessons)
    }
}

/// Two columns of texts as one, the second below the first.
fn both(first: Option<Texts>, second: Texts) -> Texts {
    let Some(first) = first else { return second };
    let mut texts = Texts::default();
    for row in 0..first.len() {
        texts.push([first.get(row), second.get(row)].join("\n").trim());
    }
    texts
}

/// Whether a column of a known export names what a line is about, which a line of totals does not.
fn names_a_line(guess: &Guess) -> bool {
    matches!(guess.role, Role::Dimension | Role::Campaign) && matches!(guess.why, Why::KnownExport { .. })
}

/// A yes, a no, or a number.
fn outcome(text: &str, plan: &Plan) -> Result<i64, NumberError> {
    numbers::parse(text.as_bytes(), plan.reading.decimal)
        .map(|number| number.value)
        .or_else(|error| names::yes_or_no(text).map(|yes| if yes { SCALE } else { 0 }).ok_or(error))
}

/// The ids in order, with their rows, and the rows' codes changed to match. Ids whose rows were all left out are none.
fn in_order(column: String, interner: &Interner, codes: Vec<u32>) -> Ids {
    let mut rows = vec![0u32; interner.len()];
    codes.iter().filter(|code| **code != NOBODY).for_each(|code| rows[*code as usize] += 1);
    let mut order = interner.by_number_or_bytes();
    order.retain(|code| rows[*code as usize] > 0);
    let mut places = vec![NOBODY; rows.len()];
    order.iter().zip(0..).for_each(|(code, place)| places[*code as usize] = place);
    Ids {
        column,
        ids: order.iter().map(|code| interner.text(*code).into()).collect(),
        counts: order.iter().map(|code| rows[*code as usize]).collect(),
        codes: codes.iter().map(|code| if *code == NOBODY { NOBODY } else { places[*code as usize] }).collect(),
    }
}

/// A cell as text, without the spaces around it.
fn cell<'a>(record: &Record<'a>, column: usize) -> &'a str {
    // The decoder gives valid UTF-8 and the splitter cuts it at ASCII bytes only.
    std::str::from_utf8(record.get(column).unwrap_or_default()).unwrap_or_default().trim()
}
