//! Asking for memory before it is needed: the one place with `unsafe` code.

/// Bytes that are fetched at once.
#[cfg(target_arch = "x86_64")]
const CACHE_LINE: usize = 64;

/// Asks the processor to fetch all of what a reference points to into its cache, without waiting for it.
///
/// What a run touches next is known long before: orders are drawn ahead, and the calendar knows the next event. A plain
/// read would not do, because a processor stalls a few hundred instructions after a read that misses its caches.
/// `docs/speed.md` has what it gains.
#[inline(always)]
pub fn prefetch<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let lines = (0..size_of::<T>().div_ceil(CACHE_LINE)).map(|line| line * CACHE_LINE);
        // What is aligned to less than its size may end in one line more.
        let end = (align_of::<T>() < size_of::<T>().min(CACHE_LINE)).then(|| size_of::<T>() - 1);
        for offset in lines.chain(end) {
            let address = std::ptr::from_ref(value).cast::<i8>().wrapping_add(offset);
            // SAFETY: a prefetch is a hint that changes no state of the program and cannot fault, whatever the address; and this
            // address lies in a live value. The instruction belongs to SSE, which every x86-64 processor has.
            #[allow(unsafe_code)]
            unsafe {
                _mm_prefetch::<_MM_HINT_T0>(address);
            }
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}
