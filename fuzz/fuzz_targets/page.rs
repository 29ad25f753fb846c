#![no_main]
//! Pages as they are stored.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ailand::store::probe_page(bytes));
