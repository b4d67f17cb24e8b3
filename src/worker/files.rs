//! The files of the analysis, read beside the engine.
//!
//! What the browser reads of a file, it hands over on the thread that asked. While the engine parses, its thread takes
//! nothing, and reading would wait for it. So a small worker of this worker does the reading: the next slice is there when
//! the engine has done the last. Where no such worker can be made, the slices are read here.

use std::cell::{Cell, RefCell};

use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, File, MessageEvent, Url, Worker};

/// The whole program of the worker that reads: `[number, slice, buffer]` comes, with a buffer to use where there is one;
/// `[number, bytes, reason]` goes. A reader that nothing holds may be collected in the middle of a read, which then never
/// settles. Where a stream can't be read into a buffer, the slice is read into one of its own.
const PROGRAM: &str = "const readers = new Set();
const fill = async (slice, used) => {
  let reader;
  try {
    reader = slice.stream().getReader({ mode: 'byob' });
  } catch {
    return slice.arrayBuffer();
  }
  readers.add(reader);
  try {
    let buffer = used?.byteLength === slice.size ? used : new ArrayBuffer(slice.size);
    for (let at = 0; at < slice.size; ) {
      const { value, done } = await reader.read(new Uint8Array(buffer, at));
      if (done) throw new Error('the file has become shorter');
      buffer = value.buffer;
      at += value.byteLength;
    }
    return buffer;
  } finally {
    readers.delete(reader);
  }
};
onmessage = async ({ data: [number, slice, used] }) => {
  try {
    const bytes = await fill(slice, used);
    postMessage([number, bytes], [bytes]);
  } catch (error) {
    postMessage([number, null, String(error.message || error)]);
  }
};";

/// Buffers that wait to be used again, at most.
const MOST_SPARE: usize = 2;

thread_local! {
    static FILES: RefCell<Vec<File>> = const { RefCell::new(Vec::new()) };
    static READER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    static ASKED: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
    static NUMBER: Cell<u32> = const { Cell::new(0) };
    static SPARE: RefCell<Vec<ArrayBuffer>> = const { RefCell::new(Vec::new()) };
}

/// What was asked for and has not come.
struct Asked {
    number: u32,
    slice: Blob,
    /// To call with the bytes, and with a reason why not.
    done: Function,
    fail: Function,
}

/// Makes the worker that reads.
pub fn start() {
    READER.set(reader().ok());
}

fn reader() -> Result<Worker, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&PROGRAM.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let worker = Worker::new(&address)?;
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| take(&event.data()));
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // It did not start, or ended: what was asked of it is read here from now on.
    let on_error = Closure::<dyn FnMut()>::new(|| {
        READER.set(None);
        for Asked { slice, done, .. } in ASKED.take() {
            // Neither of the two functions of a promise can throw.
            let _ = done.call1(&JsValue::NULL, &slice.array_buffer());
        }
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_error.forget();
    Ok(worker)
}

/// The files of a new analysis.
pub fn set(files: &Array) {
    FILES.set(files.iter().filter_map(|file| file.dyn_into().ok()).collect());
}

/// A file, for somebody else.
pub fn file(file: usize) -> Option<File> {
    FILES.with_borrow(|files| files.get(file).cloned())
}

/// The size of the largest file in bytes.
pub fn largest() -> u64 {
    FILES.with_borrow(|files| files.iter().map(|file| file.size() as u64).max().unwrap_or(0))
}

/// The size of a file in bytes.
pub fn size(file: usize) -> Option<u64> {
    FILES.with_borrow(|files| files.get(file).map(|file| file.size() as u64))
}

/// The bytes that came in a buffer, which serves for a later slice: left to the browser, a hundred megabytes of such
/// buffers lie about before it gives them back.
pub fn take_out(buffer: ArrayBuffer) -> Vec<u8> {
    let bytes = Uint8Array::new(&buffer).to_vec();
    // Without the worker that reads nobody would take it; and those that came first are of other sizes: heads of files.
    if READER.with_borrow(Option::is_some) {
        SPARE.with_borrow_mut(|spare| {
            spare.push(buffer);
            if spare.len() > MOST_SPARE {
                spare.remove(0);
            }
        });
    }
    bytes
}

/// Forgets all buffers.
pub fn end() {
    SPARE.take();
}

/// Bytes of a file, as a promise of an `ArrayBuffer`.
pub fn slice(file: usize, offset: u64, len: usize) -> Result<Promise, JsValue> {
    let file = self::file(file).ok_or_else(|| JsValue::from_str("the file is gone"))?;
    let slice = file.slice_with_f64_and_f64(offset as f64, offset as f64 + len as f64)?;
    let Some(reader) = READER.with_borrow(Clone::clone) else { return Ok(slice.array_buffer()) };
    let number = NUMBER.get();
    NUMBER.set(number + 1);
    let spare = SPARE.with_borrow_mut(|spare| {
        let fits = spare.iter().position(|buffer| buffer.byte_length() as usize == len);
        fits.map(|place| spare.swap_remove(place))
    });
    let message = Array::of3(&number.into(), &slice, &JsValue::from(spare.clone()));
    if reader.post_message_with_transfer(&message, &spare.iter().collect::<Array>()).is_err() {
        return Ok(slice.array_buffer());
    }
    let promise = Promise::new(&mut |done, fail| {
        let asked = Asked { number, slice: slice.clone(), done, fail };
        ASKED.with_borrow_mut(|all| all.push(asked));
    });
    Ok(promise)
}

fn take(message: &JsValue) {
    let message: &Array = message.unchecked_ref();
    let number = message.get(0).as_f64().unwrap_or(-1.0);
    let place = ASKED.with_borrow(|all| all.iter().position(|asked| f64::from(asked.number) == number));
    let Some(place) = place else { return };
    let Asked { done, fail, .. } = ASKED.with_borrow_mut(|all| all.swap_remove(place));
    let (bytes, reason) = (message.get(1), message.get(2));
    let _ = if bytes.is_null() { fail.call1(&JsValue::NULL, &reason) } else { done.call1(&JsValue::NULL, &bytes) };
}
