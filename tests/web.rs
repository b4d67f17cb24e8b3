//! In a headless browser: the worker as it really runs, and the page's pieces mounted.
//!
//! The page makes its workers through `boot.js`; here `tests/web/worker.js` stands in for it and starts this very test
//! binary in a worker, where `start_worker` takes the place of `main`.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use perennial::page::link::{Heard, Link};
use perennial::page::route::{Route, View};
use perennial::protocol::{FileInfo, Problem, Reply, Request};
use perennial::report::Settings;
use perennial::report::settings::ActiveRule;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::*;
use web_sys::File;

#[path = "web/mod.rs"]
mod pieces;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/web/worker.js")]
extern "C" {
    /// Defines `window.perennial.newWorker`.
    fn install();
    /// Defines one that can make none.
    #[wasm_bindgen(js_name = installBroken)]
    fn install_broken();
    /// How often that was tried.
    #[wasm_bindgen(js_name = triesSoFar)]
    fn tries_so_far() -> u32;
}

/// What the worker's copy of this binary does instead of running tests.
#[wasm_bindgen]
pub fn start_worker() {
    perennial::worker::start();
}

/// A link to a worker, and what was heard of it so far.
struct Wire {
    link: Link,
    heard: Rc<RefCell<Vec<Heard>>>,
}

impl Wire {
    fn new() -> Wire {
        install();
        let heard = Rc::new(RefCell::new(Vec::new()));
        let into = heard.clone();
        Wire { link: Link::new(move |what| into.borrow_mut().push(what)), heard }
    }

    /// Waits until something is heard that the test looks for; what else is heard before is passed over.
    async fn until<T>(&self, wanted: impl Fn(&Heard) -> Option<T>) -> T {
        for _ in 0..1000 {
            let found = self.heard.borrow().iter().find_map(&wanted);
            if let Some(found) = found {
                return found;
            }
            turn().await;
        }
        panic!("the worker never said what was waited for");
    }

    /// The revenue of the report that comes.
    async fn revenue(&self) -> String {
        self.until(|heard| match heard {
            Heard::Reply(reply) => match &**reply {
                Reply::Report { report, .. } => Some(report.totals.revenue.to_string()),
                _ => None,
            },
            Heard::Ended(_) => None,
        })
        .await
    }

    async fn ready(&self) {
        self.until(|heard| matches!(heard, Heard::Reply(reply) if **reply == Reply::Ready).then_some(())).await;
    }
}

/// One turn of the browser's event loop, at most 10 ms.
async fn turn() {
    let promise = Promise::new(&mut |done, _| {
        let window: web_sys::Window = js_sys::global().unchecked_into();
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, 10).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

fn file(text: &str) -> File {
    File::new_with_str_sequence(&Array::of1(&text.into()), "orders.csv").unwrap()
}

fn open(text: &str, job: u32) -> (Request, Vec<File>) {
    let file = file(text);
    let info = FileInfo { name: file.name(), size: file.size() as u64 };
    (Request::Open { job, files: vec![info], options: Vec::new() }, vec![file])
}

const ORDERS: &str = "customer,date,amount\na,2024-01-02,10.50\nb,2024-01-03,20\na,2024-02-02,30\n";

#[wasm_bindgen_test]
async fn a_file_goes_through_the_worker_to_a_report() {
    let wire = Wire::new();
    wire.ready().await;
    let (request, files) = open(ORDERS, 1);
    wire.link.send(&request, &files);
    let rows = wire
        .until(|heard| match heard {
            Heard::Reply(reply) => match &**reply {
                Reply::Review { job: 1, review } => Some(review.rows_used),
                _ => None,
            },
            Heard::Ended(_) => None,
        })
        .await;
    assert_eq!(rows, 3);
    wire.link.send(&Request::Compute { job: 1, settings: Box::default() }, &[]);
    let revenue = wire.revenue().await;
    assert_eq!(revenue, "60.50");
}

#[wasm_bindgen_test]
async fn what_is_asked_during_a_reading_makes_no_row_count_twice() {
    let wire = Wire::new();
    wire.ready().await;
    // Several slices long.
    let rows = 700_000;
    let text = format!("customer,date,amount\n{}", "a,2024-01-02,10\n".repeat(rows));
    let (request, files) = open(&text, 1);
    wire.link.send(&request, &files);
    for _ in 0..20 {
        wire.link.send(&Request::Customers { job: 1, query: Default::default() }, &[]);
        wire.link.send(&Request::Compute { job: 1, settings: Box::default() }, &[]);
        turn().await;
    }
    let revenue = wire.revenue().await;
    assert_eq!(revenue, format!("{}.00", rows * 10));
}

#[wasm_bindgen_test]
fn a_worker_that_can_not_be_made_is_not_tried_without_end() {
    install_broken();
    let heard = Rc::new(RefCell::new(0));
    let into = heard.clone();
    let link = Link::new(move |what| {
        assert!(matches!(what, Heard::Ended(_)));
        *into.borrow_mut() += 1;
    });
    link.succeed();
    link.succeed();
    assert_eq!((tries_so_far(), *heard.borrow()), (1, 1));
    // Whoever wants something may try once more, and hears of it.
    link.send(&Request::Sample { job: 1 }, &[]);
    assert_eq!(tries_so_far(), 2);
    assert!(*heard.borrow() >= 2);
}

#[wasm_bindgen_test]
async fn what_was_sent_before_the_worker_ran_is_not_lost() {
    let wire = Wire::new();
    // No waiting for `Ready`: the message must wait for the worker instead.
    wire.link.send(&Request::Compute { job: 7, settings: Box::default() }, &[]);
    let answered = wire
        .until(|heard| match heard {
            Heard::Reply(reply) => match &**reply {
                Reply::Failed { job: 7, problem } => Some(problem.clone()),
                _ => None,
            },
            Heard::Ended(_) => None,
        })
        .await;
    assert_eq!(answered, Problem::NothingLoaded);
}

#[wasm_bindgen_test]
async fn a_cancelled_reading_ends_without_a_review() {
    let wire = Wire::new();
    wire.ready().await;
    // Large enough for many slices.
    let row = "customer-with-a-long-name,2024-01-02,10.50\n";
    let text = format!("customer,date,amount\n{}", row.repeat(600_000));
    let (request, files) = open(&text, 3);
    wire.link.send(&request, &files);
    wire.link.send(&Request::Cancel { job: 3 }, &[]);
    wire.until(|heard| matches!(heard, Heard::Reply(reply) if **reply == Reply::Cancelled { job: 3 }).then_some(()))
        .await;
    // The worker is free at once: the next job is answered, and the cancelled one never is.
    let (request, files) = open(ORDERS, 4);
    wire.link.send(&request, &files);
    let jobs = |heard: &Heard| match heard {
        Heard::Reply(reply) => match &**reply {
            Reply::Review { job, .. } => Some(*job),
            _ => None,
        },
        Heard::Ended(_) => None,
    };
    assert_eq!(wire.until(jobs).await, 4);
}

#[wasm_bindgen_test]
async fn a_panic_ends_the_worker_and_not_the_page() {
    let wire = Wire::new();
    wire.ready().await;
    wire.link.send(&Request::Panic, &[]);
    let message = wire
        .until(|heard| match heard {
            Heard::Reply(reply) => match &**reply {
                Reply::Panicked { message } => Some(message.clone()),
                _ => None,
            },
            Heard::Ended(_) => None,
        })
        .await;
    assert!(message.contains("asked to panic"), "{message}");
    wire.heard.borrow_mut().clear();
    wire.link.restart();
    wire.ready().await;
    let (request, files) = open(ORDERS, 9);
    wire.link.send(&request, &files);
    let alive =
        |heard: &Heard| matches!(heard, Heard::Reply(reply) if matches!(**reply, Reply::Review { .. })).then_some(());
    wire.until(alive).await;
}

#[wasm_bindgen_test]
fn an_address_holds_the_view_and_comes_back_as_it_was() {
    let settings = Settings {
        from: "2025-10-01".parse().ok(),
        active: ActiveRule::Window { days: 90 },
        cohort_unit: perennial::math::Unit::Quarter,
        discount: 0.08,
        horizon: None,
        ..Settings::default()
    };
    let route = Route::new(View::Retention, &settings, &[]);
    assert_eq!(route.hash(), "#/retention?from=2025-10-01&unit=quarter&active=90&discount=8&years=all");
    let back = Route::parse(&route.hash());
    assert_eq!(back.view, View::Retention);
    assert_eq!(back.settings(&Settings::default(), &[]), settings);
    // What nobody could choose is not taken.
    let odd = Route::parse("#/forecast?discount=9&years=0").settings(&settings, &[]);
    assert_eq!((odd.discount, odd.horizon), (0.1, Some(5)));
    assert_eq!(Route::parse("#/customers/17").view, View::Customer(17));
    assert_eq!(Route::parse("#/no-such-view").view, View::Drop);
}
