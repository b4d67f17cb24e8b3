//! The probe as wasm exports it. There is one probe an instance; `start` makes it anew.

use std::cell::RefCell;

use crate::probe::{Cell, Customer, Probe};

#[derive(Default)]
struct State {
    probe: Probe,
    id_offsets: Vec<u32>,
    id_bytes: Vec<u8>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with<T>(use_it: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(use_it)
}

#[unsafe(no_mangle)]
extern "C" fn start() {
    with(|state| *state = State::default());
}

/// Where the next `bytes` of the file are to be written, before [`consume`].
#[unsafe(no_mangle)]
extern "C" fn space(bytes: usize) -> *mut u8 {
    with(|state| state.probe.space(bytes).as_mut_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn consume() {
    with(|state| state.probe.consume());
}

#[unsafe(no_mangle)]
extern "C" fn finish() {
    with(|state| state.probe.finish());
}

#[unsafe(no_mangle)]
extern "C" fn customers() -> usize {
    with(|state| state.probe.customers.len())
}

#[unsafe(no_mangle)]
extern "C" fn customers_at() -> *const Customer {
    with(|state| state.probe.customers.as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn cells() -> usize {
    with(|state| state.probe.cells.len())
}

#[unsafe(no_mangle)]
extern "C" fn cells_at() -> *const Cell {
    with(|state| state.probe.cells.as_ptr())
}

/// Writes the ids out, one behind the other, for the checksum.
#[unsafe(no_mangle)]
extern "C" fn export_ids() {
    with(|state| {
        state.id_offsets.push(0);
        for customer in 0..state.probe.customers.len() {
            state.id_bytes.extend(state.probe.id(customer));
            state.id_offsets.push(state.id_bytes.len() as u32);
        }
    });
}

#[unsafe(no_mangle)]
extern "C" fn id_offsets() -> *const u32 {
    with(|state| state.id_offsets.as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn id_bytes() -> *const u8 {
    with(|state| state.id_bytes.as_ptr())
}
