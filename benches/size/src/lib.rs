//! The engine behind three functions, as the page's worker calls it, and nothing else: no page, no words, no charts. What it
//! weighs is what no work on the page can save.

use std::cell::RefCell;
use std::slice;

use perennial_engine::engine::Engine;
use perennial_engine::protocol::Reply;
use perennial_engine::wire;

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::new().in_steps());
}

/// Answers a request of so many bytes.
///
/// # Safety
///
/// So many bytes must stand there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn handle(request: *const u8, length: usize) -> *const u8 {
    // SAFETY: as above.
    let request = wire::read(unsafe { slice::from_raw_parts(request, length) });
    ENGINE.with_borrow_mut(|engine| told(&engine.handle(request)))
}

/// Takes so many bytes of a file.
///
/// # Safety
///
/// So many bytes must stand there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn feed(bytes: *const u8, length: usize) -> *const u8 {
    // SAFETY: as above.
    let bytes = unsafe { slice::from_raw_parts(bytes, length) };
    ENGINE.with_borrow_mut(|engine| told(&engine.feed(bytes)))
}

/// Works on what takes long.
#[unsafe(no_mangle)]
pub extern "C" fn work() -> *const u8 {
    ENGINE.with_borrow_mut(|engine| told(&engine.work()))
}

fn told(replies: &[Reply]) -> *const u8 {
    let bytes: Vec<u8> = replies.iter().flat_map(wire::write).collect();
    Box::leak(bytes.into_boxed_slice()).as_ptr()
}
