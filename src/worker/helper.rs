//! A helper: reads the stretches that it is given, one after the other (`helpers` is the other side).

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::MessageEvent;

use super::{files, scope};
use crate::engine::division::{Helper, Task};
use crate::wire;

/// Bytes read at a time: less than the engine's own slices, as several helpers hold some.
const SLICE_BYTES: usize = 1 << 20;

/// The name of the worker that says that it is one.
const NAME: &str = "perennial-helper";

thread_local! {
    static HELPER: RefCell<Helper> = RefCell::new(Helper::default());
    /// The files and tasks that wait.
    static TASKS: RefCell<VecDeque<Array>> = const { RefCell::new(VecDeque::new()) };
    static IS_AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// Whether this worker is a helper.
pub fn is_one() -> bool {
    scope().name() == NAME
}

/// Takes over the worker's messages and says that it runs.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        send(&JsValue::NULL);
        console_error_panic_hook::hook(info);
    }));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        TASKS.with_borrow_mut(|tasks| tasks.push_back(event.data().unchecked_into()));
        if !IS_AT_WORK.replace(true) {
            spawn_local(work());
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    files::start();
    send(&Array::new());
}

fn send(message: &JsValue) {
    // It fails only when nobody is left to hear it.
    let _ = scope().post_message(message);
}

async fn work() {
    while let Some(message) = TASKS.with_borrow_mut(VecDeque::pop_front) {
        files::set(&Array::of1(&message.get(0)));
        let task: Task = wire::read(&Uint8Array::new(&message.get(1)).to_vec());
        let number = task.number;
        // What could not be read is of no use to anybody: who asked reads it, and says why it can't be.
        let bytes = read(task).await.unwrap_or_else(|_| wire::write(&None::<()>));
        let bytes = in_buffer(&bytes, message.get(2).dyn_into().ok());
        let message = Array::of2(&number.into(), &bytes);
        let _ = scope().post_message_with_transfer(&message, &Array::of1(&bytes.buffer()));
    }
    IS_AT_WORK.set(false);
}

/// Bytes in this buffer, or in a new one where it is too small or there is none.
fn in_buffer(bytes: &[u8], used: Option<ArrayBuffer>) -> Uint8Array {
    let length = bytes.len() as u32;
    let buffer = used.filter(|used| used.byte_length() >= length);
    // With some room more, so that it will do for the next one too.
    let buffer = buffer.unwrap_or_else(|| ArrayBuffer::new(length + length / 8));
    let view = Uint8Array::new_with_byte_offset_and_length(&buffer, 0, length);
    view.copy_from(bytes);
    view
}

/// What a task comes to, the next slice read while the last is parsed.
async fn read(task: Task) -> Result<Vec<u8>, JsValue> {
    let wanted = HELPER.with_borrow(|helper| helper.head_bytes(&task));
    let head = if wanted > 0 { bytes(files::slice(0, 0, wanted)?).await? } else { Vec::new() };
    let mut stretch = HELPER.with_borrow_mut(|helper| helper.begin(task, &head, SLICE_BYTES));
    let mut ahead: Option<((u64, usize), Promise)> = None;
    while let Some(want) = stretch.wants() {
        let promise = match ahead.take() {
            Some((wanted, promise)) if wanted == want => promise,
            _ => files::slice(0, want.0, want.1)?,
        };
        let slice = bytes(promise).await?;
        ahead = match stretch.will_want() {
            Some(want) => Some((want, files::slice(0, want.0, want.1)?)),
            None => None,
        };
        stretch.feed(&slice);
    }
    Ok(stretch.finish())
}

async fn bytes(promise: Promise) -> Result<Vec<u8>, JsValue> {
    Ok(files::take_out(JsFuture::from(promise).await?.unchecked_into()))
}
