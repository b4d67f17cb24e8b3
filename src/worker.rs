//! The engine behind `postMessage`, in a dedicated worker.
//!
//! A message from the page is `{ request, files }`: a [`Request`] as bytes and, for `Open`, the `File`s themselves. Files
//! are read in slices through `Blob.arrayBuffer`, the next one while the last is parsed (`files`); between slices the
//! worker hears messages, so that a cancel takes effect at once. Of a large file, other workers read stretches (`helpers`,
//! `helper`). Before there is work, it rehearses it (`warm_up`).

mod files;
mod helper;
mod helpers;
mod warm_up;

use std::cell::{Cell, RefCell};

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::engine::{Engine, SLICE_BYTES, Want};
use crate::protocol::{Reply, Request};
use crate::wire;

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::new().in_steps());
    /// Whether models are being fitted.
    static IS_FITTING: Cell<bool> = const { Cell::new(false) };
    /// Raised with every message that makes a running reading obsolete.
    static READING: Cell<u32> = const { Cell::new(0) };
}

/// Whether this instance runs in a worker: there is no document.
pub fn is_worker() -> bool {
    js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>().is_ok()
}

/// Takes over the worker's messages and says that it is ready.
pub fn start() {
    if helper::is_one() {
        return helper::start();
    }
    std::panic::set_hook(Box::new(|info| {
        // With `panic = "abort"` this instance ends right after; the page must hear it before.
        post(&Reply::Panicked { message: info.to_string() });
        console_error_panic_hook::hook(info);
    }));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| receive(&event.data()));
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&Reply::Ready);
    files::start();
    warm_up::start();
}

/// A message as the page sends it.
pub fn envelope(request: &Request, files: &[File]) -> Result<JsValue, JsValue> {
    let message = Object::new();
    let request = Uint8Array::from(&wire::write(request)[..]);
    Reflect::set(&message, &"request".into(), &request)?;
    Reflect::set(&message, &"files".into(), &files.iter().collect::<Array>())?;
    Ok(message.into())
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(reply: &Reply) {
    let bytes = Uint8Array::from(&wire::write(reply)[..]);
    // Posting bytes fails only when the page is gone; then nobody is left to tell. They are handed over, not copied.
    let _ = scope().post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()));
}

fn receive(message: &JsValue) {
    let request = Reflect::get(message, &"request".into()).unwrap_or(JsValue::UNDEFINED);
    let request: Request = wire::read(&Uint8Array::new(&request).to_vec());
    warm_up::end();
    match &request {
        Request::Open { .. } => {
            let files = Reflect::get(message, &"files".into()).unwrap_or(JsValue::UNDEFINED);
            let files = files.dyn_into::<Array>().unwrap_or_default();
            files::set(&files);
            stop_reading();
            helpers::end();
        }
        Request::Sample { .. } | Request::Reread { .. } | Request::Cancel { .. } => {
            stop_reading();
            helpers::end();
        }
        Request::Panic => panic!("asked to panic"),
        Request::Compute { .. }
        | Request::Customers { .. }
        | Request::Customer { .. }
        | Request::Section { .. }
        | Request::StopFitting { .. }
        | Request::LeftOutRows { .. }
        | Request::Export { .. } => {}
    }
    let replies = ENGINE.with_borrow_mut(|engine| engine.handle(request));
    replies.iter().for_each(post);
    if ENGINE.with_borrow(Engine::works) && !IS_FITTING.replace(true) {
        spawn_local(fit());
    }
    // One reading at a time: whatever was asked, the loop that may be running ends, and this one goes on from there.
    if ENGINE.with_borrow(|engine| engine.wants().is_some()) {
        stop_reading();
        helpers::start(files::largest());
        spawn_local(read(READING.get()));
    }
}

/// Fits models step by step; between two steps messages come in, which may make them obsolete.
async fn fit() {
    while ENGINE.with_borrow(Engine::works) {
        pause(0).await;
        let replies = ENGINE.with_borrow_mut(Engine::work);
        replies.iter().for_each(post);
    }
    IS_FITTING.set(false);
}

/// Lets messages in.
async fn pause(ms: i32) {
    let timer = Promise::new(&mut |done, _| {
        // Where no timer can be set, the promise never ends, and what waits for it with it.
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms);
    });
    // A timer does not fail.
    let _ = JsFuture::from(timer).await;
}

/// Makes the reading that may be running obsolete.
fn stop_reading() {
    READING.set(READING.get() + 1);
}

/// Gives the engine every slice that it wants, until another message makes this reading obsolete.
async fn read(reading: u32) {
    let mut ahead: Option<(Want, Promise)> = None;
    while let Some(want) = ENGINE.with_borrow(Engine::wants) {
        helpers::give();
        if let Some(task) = ENGINE.with_borrow(Engine::awaits) {
            match helpers::stretch(task) {
                helpers::Stretch::Read(part) => {
                    let replies = ENGINE.with_borrow_mut(|engine| engine.feed_part(task, &part));
                    replies.iter().for_each(post);
                    continue;
                }
                helpers::Stretch::Coming => {
                    // That promise never fails.
                    let _ = JsFuture::from(helpers::news()).await;
                    if READING.get() != reading {
                        return;
                    }
                    continue;
                }
                helpers::Stretch::Own => {}
            }
        }
        let promise = match ahead.take() {
            Some((wanted, promise)) if wanted == want => Ok(promise),
            _ => slice(want),
        };
        let bytes = match promise {
            Ok(promise) => JsFuture::from(promise).await,
            Err(error) => Err(error),
        };
        if READING.get() != reading {
            return;
        }
        let replies = match bytes {
            Ok(buffer) => {
                ahead = next(want).and_then(|want| Some((want, slice(want).ok()?)));
                let bytes = files::take_out(buffer.unchecked_into());
                ENGINE.with_borrow_mut(|engine| engine.feed(&bytes))
            }
            Err(error) => ENGINE.with_borrow_mut(|engine| engine.cannot_read(&words(&error))),
        };
        replies.iter().for_each(post);
    }
    helpers::end();
    files::end();
}

/// The slice that most likely comes after this one: the next of the same file.
fn next(want: Want) -> Option<Want> {
    if want.len == 0 {
        return None;
    }
    let offset = want.offset + want.len as u64;
    let size = files::size(want.file)?;
    let len = size.saturating_sub(offset).min(SLICE_BYTES as u64) as usize;
    (len > 0).then_some(Want { file: want.file, offset, len })
}

fn slice(want: Want) -> Result<Promise, JsValue> {
    files::slice(want.file, want.offset, want.len)
}

fn words(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser gave no reason".to_owned())
}
