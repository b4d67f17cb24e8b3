//! The one binary: in the browser it is the page or the worker, whichever it finds itself in; natively it is the
//! command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    if perennial::worker::is_worker() {
        perennial::worker::start();
    } else {
        perennial::page::start();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    perennial::cli::run(std::env::args_os().skip(1))
}
