#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| backorder_fuzz::entries::setting(bytes));
