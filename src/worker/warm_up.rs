//! A rehearsal while nobody waits. A browser compiles WebAssembly twice: at once and plainly, and well for what turned out
//! to run often. So the made-up shop is read once after the page has started, and the first file of a person is read
//! as fast as the second. The figures are in docs/performance.md.

use std::cell::Cell;

use wasm_bindgen_futures::spawn_local;

use super::pause;
use crate::engine::Engine;
use crate::protocol::{FileInfo, Request};
use crate::sample;

/// Bytes read between two looks at the messages: some milliseconds of work.
const STEP_BYTES: usize = 64 * 1024;

/// Milliseconds before it begins: the page itself comes first.
const BEFORE_MS: i32 = 1500;

thread_local! {
    static IS_OVER: Cell<bool> = const { Cell::new(false) };
}

/// Begins the rehearsal.
pub fn start() {
    spawn_local(async {
        pause(BEFORE_MS).await;
        rehearse().await;
        end();
    });
}

/// Ends the rehearsal: there is real work.
pub fn end() {
    IS_OVER.set(true);
}

async fn rehearse() {
    if IS_OVER.get() {
        return;
    }
    let text = sample::orders_csv(sample::SEED);
    let mut engine = Engine::with_slices_of(STEP_BYTES);
    let info = FileInfo { name: sample::FILE_NAME.to_owned(), size: text.len() as u64 };
    engine.handle(Request::Open { job: 0, files: vec![info], options: Vec::new() });
    while let Some(want) = engine.wants() {
        pause(0).await;
        if IS_OVER.get() {
            return;
        }
        let from = want.offset as usize;
        engine.feed(&text.as_bytes()[from..from + want.len]);
    }
    pause(0).await;
    if !IS_OVER.get() {
        engine.handle(Request::Compute { job: 0, settings: Box::default() });
    }
}
