//! What the worker of the measurement calls: it writes customers into memory and asks for a fit.

use core::slice;

use crate::fit;

/// Room for so many numbers; never given back, for the worker ends with the measurement.
#[unsafe(no_mangle)]
pub extern "C" fn room(numbers: usize) -> *mut f64 {
    vec![0.0; numbers].leak().as_mut_ptr()
}

/// The log-likelihood of a model fitted to the customers at `at`, three numbers each.
///
/// # Safety
///
/// `at` is what [`room`] answered for three times as many numbers as customers, written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fitted(model: u32, at: *const f64, customers: usize) -> f64 {
    // SAFETY: by the caller's promise so many numbers stand there, and three of them are one customer.
    let customers = unsafe { slice::from_raw_parts(at.cast::<[f64; 3]>(), customers) };
    fit(model, customers)
}
