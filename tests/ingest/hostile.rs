//! What nobody should feed it, and somebody will.

use std::time::{Duration, Instant};

use super::*;

#[test]
fn what_is_no_text_is_refused_with_advice() {
    let desk = Desk::new();
    let before = desk.generation();
    for (bytes, advice) in [
        (&b"\xd4\xc2\xd6\xae\xb0\xb5\xc3\xe6"[..], "iconv -f gb18030 -t utf-8"),
        (b"\xff\xfea\0b\0", "iconv -f utf-16"),
        (b"abc\xff", "(byte 3)"),
    ] {
        let refused = desk.ingest(&desk.write("bad.txt", bytes), &[]).expect(2);
        assert!(refused.stderr.contains("not UTF-8") && refused.stderr.contains(advice), "{}", refused.stderr);
        let as_json = desk.ingest(&desk.folder.path().join("bad.txt"), &["--format", "json"]).expect(2).json();
        assert!(text(&as_json["error"]["message"]).contains("not UTF-8"));
    }
    let missing = desk.ingest(Path::new("no-such-file.txt"), &[]).expect(2);
    assert!(missing.stderr.contains("cannot read no-such-file.txt"), "{}", missing.stderr);
    for date in ["2024-13", "yesterday", "2023-02-29", ""] {
        let refused = desk.ingest(Path::new("x.txt"), &["--published", date]).expect(2);
        assert!(refused.stderr.contains("expected YYYY-MM-DD"), "{}", refused.stderr);
    }
    assert_eq!(desk.generation(), before);
}

#[test]
fn one_bad_file_does_not_keep_the_others_out() {
    let desk = Desk::new();
    desk.write("news/a.txt", b"\xff\xfe");
    desk.write("news/b.txt", ROUND);
    let mixed = desk.ingest(&desk.folder.path().join("news"), &["--format", "jsonl"]).expect(2);
    assert!(mixed.stderr.contains("a.txt: it is not UTF-8"), "{}", mixed.stderr);
    assert_eq!(mixed.stdout.lines().count(), 1);
    assert!(desk.show("澄澈智能").to_string().contains("investor:hongshan"));
}

#[test]
fn nothing_in_nothing_out() {
    let desk = Desk::new();
    let before = desk.generation();
    for empty in ["", " ", "\n\n\n", "\u{feff}", "😀", "Nothing happened today."] {
        let report = desk.ingest(&desk.write("empty.txt", empty), &["--format", "json"]).expect(1).json();
        assert_eq!(report["facts"].as_array().unwrap().len(), 0);
    }
    assert_eq!(desk.generation(), before);
}

#[test]
fn large_and_strange_texts_are_read_in_time() {
    let desk = Desk::new();
    let noise = [
        ("brackets", "（".repeat(40_000) + &"）".repeat(40_000)),
        ("one clause", "完成融資".repeat(8_000)),
        ("no sentence end", "澄澈智能 完成 2億元 A輪融資 由 紅杉中國 領投 ".repeat(1_500)),
        ("digits", "9".repeat(200_000)),
        ("invisible", "澄\u{200b}澈\u{2060}智\u{fe0f}能😀完成2億元A輪融資。\u{202e}".repeat(2_000)),
        ("combining", "e\u{301}".repeat(100_000)),
        ("commas", ",，、".repeat(20_000)),
    ];
    for (name, text) in noise {
        let characters: Vec<char> = text.chars().collect();
        let begun = Instant::now();
        let run = desk
            .ingest(&desk.write("noise.txt", &text), &["--dry-run", "--format", "json", "--published", "2024-03-06"]);
        assert!(matches!(run.code(), Some(0 | 1)), "{name}: {} {}", run.status, run.stderr);
        // A build without optimisation, on a machine that does other things too.
        assert!(begun.elapsed() < Duration::from_secs(60), "{name} took {:?}", begun.elapsed());
        for fact in run.json()["facts"].as_array().unwrap() {
            let at = |key: &str| usize::try_from(fact["evidence"][key].as_u64().unwrap()).unwrap();
            let quote: String = characters[at("start")..at("end")].iter().collect();
            assert_eq!(fact["evidence"]["quote"], quote, "{name}");
        }
    }
}

#[test]
fn names_do_not_control_the_terminal() {
    let desk = Desk::new();
    let article = desk.write(
        "evil\u{1b}[31m.txt",
        "Evil\u{1b}]0;x\u{7}\u{202e}Corp raised $5 million in a Series A round led by Bad\u{7}Capital.\n",
    );
    for format in ["table", "markdown"] {
        let shown = desk.ingest(&article, &["--format", format, "--explain", "--dry-run"]);
        let told = shown.stdout.clone() + &shown.stderr;
        assert!(matches!(shown.code(), Some(0 | 1)), "{told}");
        assert!(!told.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}: {told:?}");
    }
}
