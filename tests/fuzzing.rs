//! What the fuzz targets in `fuzz/` do, with bytes that proptest makes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use ailand::formats::jsonl::{Reader, write_record};
use ailand::store::probe_page;
use proptest::prelude::*;

/// Lines that are almost right: pieces of records in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&str; 24] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"fact\"",
        "\"entity\"",
        "\"source\"",
        "\"startup:a\"",
        "\"names\"",
        "\"text\"",
        "\"月之暗面\"",
        "\"evidence\"",
        "\"labels\"",
        "[\"Startup\"]",
        "\"subject\"",
        "1e999",
        "-0",
        "null",
        "\\u",
        "\n",
        "{\"source\":\"s\",\"kind\":\"page\",\"title\":\"T\",\"reliability\":\"A\"}\n",
        "{\"entity\":\"startup:a\",\"labels\":[\"Startup\"],\"names\":[{\"text\":\"月\",\"language\":\"zh-Hans\",\"kind\":\"alias\"}]}\n",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_page_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        probe_page(&bytes);
    }

    /// Small numbers, so that lengths and counts often fit.
    #[test]
    fn bytes_that_look_like_a_page_are_one_or_an_error(
        rows in 0u16..20, body in prop::collection::vec(prop_oneof![0u8..12, any::<u8>()], 0..300),
    ) {
        let mut bytes = vec![0; 28];
        bytes[2..4].copy_from_slice(&rows.to_le_bytes());
        bytes[24..28].copy_from_slice(&u32::try_from(body.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&body);
        probe_page(&bytes);
    }

    #[test]
    fn any_lines_are_records_or_errors(bytes in prop_oneof![pieces(), prop::collection::vec(any::<u8>(), 0..300)]) {
        for (record, _) in Reader::new(bytes.as_slice(), "bytes").flatten() {
            let mut line = Vec::new();
            write_record(&record, &mut line).unwrap();
            prop_assert_eq!(&Reader::new(line.as_slice(), "line").next().unwrap().unwrap().0, &record);
        }
    }
}
