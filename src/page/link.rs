//! The worker: its messages, its end, and its successor.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, File, MessageEvent, Worker};

use crate::protocol::{Reply, Request};
use crate::wire;
use crate::worker::envelope;

#[wasm_bindgen]
extern "C" {
    /// A worker that runs this very program, made by `boot.js` from the compiled module: after the lock nothing could be
    /// loaded any more.
    #[wasm_bindgen(js_namespace = perennial, js_name = newWorker, catch)]
    fn new_worker() -> Result<Worker, JsValue>;
}

/// What the page hears of the worker.
pub enum Heard {
    /// A reply.
    Reply(Box<Reply>),
    /// The worker ended without saying why.
    Ended(String),
}

/// The page's end of the wire.
pub struct Link {
    inner: Rc<Inner>,
}

struct Inner {
    worker: RefCell<Option<Running>>,
    hear: Box<dyn Fn(Heard)>,
    generation: Cell<u32>,
    /// Whether the worker has said anything yet.
    spoke: Cell<bool>,
}

/// A worker with the closures that listen to it.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Link {
    /// Starts a worker; `hear` is called with everything it says.
    pub fn new(hear: impl Fn(Heard) + 'static) -> Link {
        let inner = Rc::new(Inner {
            worker: RefCell::new(None),
            hear: Box::new(hear),
            generation: Cell::new(0),
            spoke: Cell::new(false),
        });
        let link = Link { inner };
        link.restart();
        link
    }

    /// Sends a request, with the files where it opens some. Where the last worker could not be succeeded, another try is
    /// made: a request is what a person waits for.
    pub fn send(&self, request: &Request, files: &[File]) {
        if self.inner.worker.borrow().is_none() {
            self.restart();
        }
        let sent = match &*self.inner.worker.borrow() {
            Some(running) => envelope(request, files).and_then(|message| running.worker.post_message(&message)),
            None => Err(JsValue::from_str("no worker could be started")),
        };
        if let Err(error) = sent {
            (self.inner.hear)(Heard::Ended(format!("{error:?}")));
        }
    }

    /// Puts another worker in the place of one that has ended. One that never said a word has no successor until
    /// something is to be sent: it would end in the same way, again and again.
    pub fn succeed(&self) {
        if self.inner.spoke.get() {
            self.restart();
        } else if let Some(running) = self.inner.worker.take() {
            running.worker.terminate();
        }
    }

    /// Ends the worker, whatever it is doing, and starts another: its memory is given back and nothing is downloaded.
    pub fn restart(&self) {
        self.inner.spoke.set(false);
        let generation = self.inner.generation.get() + 1;
        self.inner.generation.set(generation);
        if let Some(running) = self.inner.worker.take() {
            running.worker.terminate();
        }
        let worker = match new_worker() {
            Ok(worker) => worker,
            Err(error) => return (self.inner.hear)(Heard::Ended(format!("{error:?}"))),
        };
        let listener = Rc::downgrade(&self.inner);
        let current = move || listener.upgrade().filter(|inner| inner.generation.get() == generation);
        let of_message = current.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(inner) = of_message() else { return };
            inner.spoke.set(true);
            let reply = wire::read(&Uint8Array::new(&event.data()).to_vec());
            (inner.hear)(Heard::Reply(Box::new(reply)));
        });
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            if let Some(inner) = current() {
                (inner.hear)(Heard::Ended(event.message()));
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let running = Running { worker, _on_message: on_message, _on_error: on_error };
        *self.inner.worker.borrow_mut() = Some(running);
    }
}
