//! Workers that read stretches of a large file for this one, which puts together what they have read.
//!
//! Each runs the same program (`helper`) from the same compiled module. What it has read comes back as one buffer that is
//! handed over, not copied. A helper that does not start gets no work, and what one that ends was to read is read here: so
//! the way without helpers is always there, and nothing waits for what can't come.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::{ENGINE, files};
use crate::wire;

/// Helpers at most: each holds some stretches in memory.
const MOST: usize = 4;

/// Tasks that a helper has at once: while one is read, the next is at hand.
const AT_HAND: usize = 2;

#[wasm_bindgen]
extern "C" {
    /// A worker that runs this very program under the name of a helper, made by `boot.js`.
    #[wasm_bindgen(js_namespace = perennial, js_name = newHelper, catch)]
    fn new_helper() -> Result<Worker, JsValue>;
}

thread_local! {
    static TEAM: RefCell<Team> = RefCell::new(Team::default());
}

/// All helpers, and what they do.
#[derive(Default)]
struct Team {
    helpers: Vec<Helper>,
    /// What was given to whom and is still to be used.
    tasks: BTreeMap<u32, Task>,
    /// Buffers that were read and serve again: as many as there were tasks at once.
    spare: Vec<ArrayBuffer>,
    /// Told when something comes.
    waiting: Vec<Function>,
}

struct Helper {
    worker: Worker,
    /// Whether it has said that it runs.
    runs: Cell<bool>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut()>,
}

/// What became of a task.
enum Task {
    /// This helper has it, by its place among them.
    With(usize),
    /// It is read.
    Read(Uint8Array),
    /// Nobody reads it.
    Lost,
}

/// What is to be done about a stretch.
pub enum Stretch {
    /// It is being read: wait for news.
    Coming,
    /// It was read.
    Read(Vec<u8>),
    /// It has to be read here.
    Own,
}

/// Starts helpers where a file of this size is worth them, and the machine can run them beside this worker.
pub fn start(largest: u64) {
    let cores = super::scope().navigator().hardware_concurrency() as usize;
    let is_idle = TEAM.with_borrow(|team| team.helpers.is_empty());
    if !is_worth_helpers(largest) || cores < 2 || !is_idle {
        return;
    }
    for place in 0..cores.min(MOST) {
        // Where one can't be made, the others can't be either, and the files are read here.
        let Ok(helper) = helper(place) else { return };
        TEAM.with_borrow_mut(|team| team.helpers.push(helper));
    }
}

/// Whether a file of this size is as large as `boot.js` says.
fn is_worth_helpers(size: u64) -> bool {
    let from = Reflect::get(&super::scope(), &"perennial".into());
    let from = from.and_then(|perennial| Reflect::get(&perennial, &"helpersFrom".into()));
    from.ok().and_then(|from| from.as_f64()).is_some_and(|from| size as f64 >= from)
}

/// Ends all helpers, whatever they are doing, and gives their memory back.
pub fn end() {
    let team = TEAM.take();
    team.helpers.iter().for_each(|helper| {
        helper.worker.set_onmessage(None);
        helper.worker.terminate();
    });
    team.waiting.iter().for_each(tell);
}

/// Gives work to those who have too little.
pub fn give() {
    TEAM.with_borrow_mut(|team| {
        team.tasks.retain(|number, _| ENGINE.with_borrow(|engine| engine.is_open(*number)));
        // Those with less come first, so that stretches that follow each other are read at once.
        for at_hand in 0..AT_HAND {
            for place in 0..team.helpers.len() {
                let own = team.tasks.values().filter(|task| matches!(task, Task::With(with) if *with == place)).count();
                if own > at_hand || !team.helpers[place].runs.get() || team.tasks.len() >= team.helpers.len() * AT_HAND
                {
                    continue;
                }
                let Some(task) = ENGINE.with_borrow_mut(|engine| engine.task()) else { return };
                let sent = files::file(task.file).is_some_and(|file| {
                    let spare = team.spare.pop();
                    let task = Uint8Array::from(&wire::write(&task)[..]);
                    let message = Array::of3(&file, &task, &JsValue::from(spare.clone()));
                    let handed_over = spare.iter().collect::<Array>();
                    team.helpers[place].worker.post_message_with_transfer(&message, &handed_over).is_ok()
                });
                team.tasks.insert(task.number, if sent { Task::With(place) } else { Task::Lost });
            }
        }
    });
}

/// What is to be done about the stretch of a task that is awaited.
pub fn stretch(number: u32) -> Stretch {
    TEAM.with_borrow_mut(|team| match team.tasks.get(&number) {
        Some(Task::With(_)) => Stretch::Coming,
        Some(Task::Read(bytes)) => {
            let read = bytes.to_vec();
            team.spare.push(bytes.buffer());
            team.tasks.remove(&number);
            Stretch::Read(read)
        }
        Some(Task::Lost) | None => Stretch::Own,
    })
}

/// Comes when something has changed.
pub fn news() -> Promise {
    Promise::new(&mut |done, _| TEAM.with_borrow_mut(|team| team.waiting.push(done)))
}

fn helper(place: usize) -> Result<Helper, JsValue> {
    let worker = new_helper()?;
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear(place, &event.data()));
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    let on_error = Closure::<dyn FnMut()>::new(move || lose(place));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(Helper { worker, runs: Cell::new(false), _on_message: on_message, _on_error: on_error })
}

/// `[]` of a helper that runs, `[number, bytes]` of one that has read, `null` of one that ends.
fn hear(place: usize, message: &JsValue) {
    let Some(message) = message.dyn_ref::<Array>() else { return lose(place) };
    let waiting = TEAM.with_borrow_mut(|team| {
        match (message.get(0).as_f64(), message.get(1).dyn_into::<Uint8Array>()) {
            (Some(number), Ok(bytes)) => {
                if let Some(task) = team.tasks.get_mut(&(number as u32)) {
                    *task = Task::Read(bytes);
                }
            }
            _ => team.helpers.get(place).into_iter().for_each(|helper| helper.runs.set(true)),
        }
        std::mem::take(&mut team.waiting)
    });
    // More of the same while this worker is busy with what has come.
    give();
    waiting.iter().for_each(tell);
}

/// A helper has ended: it gets no more work, and what it had is lost.
fn lose(place: usize) {
    let waiting = TEAM.with_borrow_mut(|team| {
        if let Some(helper) = team.helpers.get(place) {
            helper.runs.set(false);
            helper.worker.terminate();
        }
        for task in team.tasks.values_mut().filter(|task| matches!(task, Task::With(with) if *with == place)) {
            *task = Task::Lost;
        }
        std::mem::take(&mut team.waiting)
    });
    waiting.iter().for_each(tell);
}

fn tell(waiting: &Function) {
    // The function of a promise can't throw.
    let _ = waiting.call0(&JsValue::NULL);
}
