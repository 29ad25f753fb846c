#![no_main]
//! Lines that `import` reads.

use ailand::formats::jsonl::{Reader, write_record};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for (record, _) in Reader::new(bytes, "bytes").flatten() {
        let mut line = Vec::new();
        write_record(&record, &mut line).expect("what was read can be written");
        let again = Reader::new(line.as_slice(), "line").next();
        assert_eq!(again.expect("a record").expect("a whole record").0, record);
    }
});
