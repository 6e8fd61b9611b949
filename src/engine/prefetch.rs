//! Asking for memory before it is needed: the one place with `unsafe` code.

/// Asks the processor to fetch what a reference points to into its cache, and goes on at once.
///
/// What a run touches next is known long before: orders are drawn ahead, and the calendar tells the next event. A plain
/// read would do as well, were it not that a processor holds only a few hundred instructions behind a read that is
/// outstanding. What this brings is in `docs/speed.md`.
#[inline(always)]
pub fn prefetch<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code)]
    // SAFETY: a prefetch is a hint that changes no state of the program and cannot fault, whatever the address; and this
    // address is that of a live reference. The instruction belongs to SSE, which every x86-64 processor has.
    unsafe {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(value).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}
