use proptest::prelude::*;

use super::*;
use crate::formats::{FormatError, Place};
use crate::model::{Modality, Value, arbitrary};

fn read(text: &[u8]) -> Vec<Result<(Record, Place), FormatError>> {
    Reader::new(text, "x.jsonl").collect()
}

fn read_one(line: &str) -> Record {
    let mut records = read(line.as_bytes());
    assert_eq!(records.len(), 1, "{line}");
    records.remove(0).unwrap_or_else(|error| panic!("{error}")).0
}

fn error_of(line: &str) -> String {
    match read(line.as_bytes()).remove(0) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("no error in {line}"),
    }
}

fn write(record: &Record) -> String {
    let mut out = Vec::new();
    write_record(record, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A fact with `properties` in JSON.
fn fact_with(properties: &str) -> String {
    format!(
        r#"{{"fact":"f:1","subject":"a:b","predicate":"P","object":"a:c","properties":{properties},"evidence":["s"]}}"#
    )
}

fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        arbitrary::entity().prop_map(Record::Entity),
        arbitrary::fact().prop_map(Record::Fact),
        arbitrary::source().prop_map(Record::Source),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_reads_back(record in record()) {
        let line = write(&record);
        prop_assert_eq!(line.matches('\n').count(), 1);
        let back = read_one(&line);
        prop_assert_eq!(&back, &record);
        prop_assert_eq!(write(&back), line);
    }

    #[test]
    fn every_cut_or_changed_line_is_read_or_refused(record in record(), at in any::<prop::sample::Index>(),
                                                     byte in any::<u8>()) {
        let mut line = write(&record).into_bytes();
        let at = at.index(line.len());
        for outcome in read(&line[..at]) {
            if let Err(error) = outcome {
                prop_assert!(error.place().unwrap().column <= at as u64 + 1, "{}", error);
            }
        }
        line[at] = byte;
        for outcome in read(&line) {
            prop_assert!(outcome.is_ok() || !outcome.unwrap_err().to_string().is_empty());
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }
}

#[test]
fn defaults_are_left_out_and_put_back() {
    let line = r#"{"fact":"f:1","subject":"a:b","predicate":"P","object":"a:c","evidence":["s"]}"#;
    let Record::Fact(fact) = read_one(line) else { panic!() };
    assert_eq!(fact.modality, Modality::Asserted);
    assert_eq!((fact.evidence[0].rule.as_str(), fact.evidence[0].confidence), ("curated/1", 1.0));
    let spelled = r#"{"fact":"f:1","evidence":[{"rule":"curated/1","confidence":1,"source":"s"}],"modality":"asserted",
        "properties":{},"object":"a:c","predicate":"P","subject":"a:b"}"#
        .replace('\n', "");
    assert_eq!(write(&read_one(&spelled)).trim_end(), line);
}

#[test]
fn values_get_the_type_of_their_key() {
    let line =
        fact_with(r#"{"date":"2024-02","note":"2024-02","score":79.0,"rank":79,"seen":[{"date":"2024"},"2024"]}"#);
    let Record::Fact(fact) = read_one(&line) else { panic!() };
    let date = |text: &str| Value::Date(text.parse().unwrap());
    assert_eq!(fact.properties.get("date"), Some(&date("2024-02")));
    assert_eq!(fact.properties.get("note"), Some(&Value::Text("2024-02".into())));
    assert_eq!(fact.properties.get("score"), Some(&Value::Float(79.0)));
    assert_eq!(fact.properties.get("rank"), Some(&Value::Int(79)));
    assert_eq!(fact.properties.get("seen"), Some(&Value::List(vec![date("2024"), Value::Text("2024".into())])));
    assert!(write(&Record::Fact(fact)).contains(r#""score":79.0"#));
}

#[test]
fn a_claim_s_value_may_stand_before_its_key() {
    let line = r#"{"entity":"a:b","labels":["X"],"claims":[{"value":"2023","key":"founded","evidence":["s"]}]}"#;
    let Record::Entity(entity) = read_one(line) else { panic!() };
    assert_eq!(entity.claims[0].value, Value::Date("2023".parse().unwrap()));
    assert!(error_of(&line.replace("2023", "soon")).contains("date \"soon\" is not valid"));
}

#[test]
fn files_may_come_from_any_editor() {
    let line = r#"{"source":"s","kind":"page","title":"T","reliability":"A"}"#;
    let text = format!("\u{feff}{line}\r\n\r\n   \n  {line}\n\t\n{line}");
    let places: Vec<String> = read(text.as_bytes()).into_iter().map(|read| read.unwrap().1.to_string()).collect();
    assert_eq!(places, ["x.jsonl:1:1", "x.jsonl:4:3", "x.jsonl:6:1"]);
    assert!(read(b"").is_empty() && read(b"\n\n").is_empty() && read("\u{feff}".as_bytes()).is_empty());
}

#[test]
fn errors_name_the_place_and_what_was_expected() {
    // The mark ▲ shows where the error must be; it is not part of the line.
    let cases = [
        // JSON
        ("▲hello", "broken JSON: expected value, found hello"),
        (r#"{"source":"s"▲"#, "broken JSON: the line ends too early (EOF while parsing an object)"),
        (r#"{"source":"s}▲"#, "broken JSON: the line ends too early (EOF while parsing a string)"),
        (r#"{"source":"s",▲}"#, "broken JSON: trailing comma, found }"),
        (r#"{"source" ▲"s"}"#, "broken JSON: expected `:`, found \"s\""),
        (r#"{"source":"s","kind":"k","title":"t","reliability":"A"} ▲x"#, "broken JSON: trailing characters, found x"),
        (&fact_with(r#"{"score":▲NaN}"#), "broken JSON: expected value, found NaN"),
        (&fact_with(r#"{"a":▲1e999}"#), "broken JSON: number out of range"),
        ("{\"source\":\"a▲\tb\"}", "broken JSON: control character (\\u0000-\\u001F) found while parsing a string"),
        // Records
        ("▲[1]", "invalid type: sequence, expected a record in braces that begins with"),
        ("{▲}", "the record is empty: expected \"entity\", \"fact\" or \"source\""),
        (
            r#"{▲"subject":"a:b"}"#,
            "a record cannot begin with \"subject\": expected \"entity\", \"fact\" or \"source\"",
        ),
        (
            r#"{"source":"s","title":"月之暗面",▲"publishr":"x"}"#,
            "a source has no key \"publishr\", did you mean \"publisher\"? (expected one of source, kind,",
        ),
        (r#"{"source":"s",▲"source":"s"}"#, "key \"source\" stands twice in a source: expected it once"),
        (r#"{"source":"s","kind":"k","title":"t"▲}"#, "a source lacks its \"reliability\""),
        (r#"{"source": ▲5}"#, "invalid type: integer `5`, expected the id of a source"),
        (r#"{"source": ▲{"id":"s"}}"#, "invalid type: map, expected the id of a source"),
        (r#"{"source":▲"a b"}"#, "source id \"a b\" is not valid: expected ASCII letters"),
        (r#"{"source":"s","published": ▲"2024-13"}"#, "date \"2024-13\" is not valid: the month must be"),
        (r#"{"source":"s","reliability":▲"D"}"#, "reliability \"D\" is not known: expected one of A, B, C"),
        (r#"{"entity":▲"月:面"}"#, "entity id \"月:面\" is not valid: expected kind:slug"),
        (r#"{"entity":"a:b","labels":[""]▲}"#, "label \"\" is not known: expected one of text of 1 to 1000 bytes"),
        (
            r#"{"entity":"a:b","labels":["X"],"claims":[{"key":"k","value":1,"evidence":[]}]▲}"#,
            "entity \"a:b\" has no evidence for one of its claims",
        ),
        (
            r#"{"entity":"a:b","names":[{"text":"x","language":"en","kind":▲"nick"}]}"#,
            "name kind \"nick\" is not known",
        ),
        // Facts
        (
            r#"{"fact":"f:1","subject":"a:b","predicate":"P","object":"a:c","evidence":[]▲}"#,
            "fact \"f:1\" has no evidence: a fact must name at least one source",
        ),
        (
            r#"{"fact":"f:1","subject":"a:b","predicate":"P","object":"a:c"▲}"#,
            "fact \"f:1\" has no evidence: a fact must name at least one source",
        ),
        (
            r#"{"fact":"f:1","evidence":["s",{"source":"s","confidence":2▲}]}"#,
            "confidence 2 is out of range: expected a number from 0 to 1",
        ),
        (r#"{"fact":"f:1","evidence":[{"source":"s","span":[3▲]}]}"#, "invalid length 1, expected an array"),
        (r#"{"fact":"f:1","evidence":[▲7]}"#, "invalid type: integer `7`, expected evidence: the id of a source"),
        (r#"{"fact":"f:1","modality":▲"sure"}"#, "modality \"sure\" is not known: expected one of asserted"),
        (r#"{"fact":"f:1","modality":▲null}"#, "invalid type: null, expected a modality"),
        // Properties
        (&fact_with(r#"{"date":▲"2024-02-30"}"#), "date \"2024-02-30\" is not valid: that month has no such day"),
        (&fact_with(r#"{"date":▲2024}"#), "property \"date\" is a whole number: expected a date such as 2024"),
        (&fact_with(r#"{"amount": ▲"10亿"}"#), "property \"amount\" is text: expected a whole number of currency"),
        (&fact_with(r#"{"amount":▲-1}"#), "property \"amount\" is a whole number: expected a whole number"),
        (&fact_with(r#"{"currency":▲"usd"}"#), "currency \"usd\" is not valid: expected an ISO 4217 code"),
        (&fact_with(r#"{"lead":▲"yes"}"#), "property \"lead\" is text: expected true or false"),
        (&fact_with(r#"{"score":▲"NaN"}"#), "property \"score\" is text: expected a finite number"),
        (&fact_with(r#"{"claimed_by":▲"nobody"}"#), "entity id \"nobody\" is not valid"),
        (&fact_with(r#"{"note":{▲"a":1}}"#), "an object cannot be a value: expected text"),
        (&fact_with(r#"{"note":[1,{▲"a":1}]}"#), "an object cannot be a value: expected text"),
        (&fact_with(r#"{"note":▲null}"#), "invalid type: null, expected text, a number, true, false, or a list"),
        (&fact_with(r#"{"a":1,▲"a":2}"#), "property \"a\" stands twice: expected it once"),
        (&fact_with(r#"{"a":▲9223372036854775808}"#), "whole number 9223372036854775808 does not fit"),
        (&fact_with(r#"{"a":▲-123456789012345678901}"#), "whole number -123456789012345678901 does not fit"),
    ];
    for (marked, expected) in cases {
        let (before, after) = marked.split_once('▲').unwrap();
        let column = before.chars().count() + 1;
        let error = error_of(&format!("{before}{after}"));
        let expected = format!("x.jsonl:1:{column}: {expected}");
        assert!(error.starts_with(&expected), "\n    line {marked}\n     got {error}\nexpected {expected}");
    }
}

#[test]
fn deep_and_long_lines_are_refused() {
    let deep = fact_with(&format!(r#"{{"note":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000)));
    assert!(error_of(&deep).contains("nested too deep"), "{}", error_of(&deep));

    let good = r#"{"source":"s","kind":"k","title":"t","reliability":"A"}"#;
    for ending in ["\n", "\r\n"] {
        let mut text = "x".repeat(LONGEST_LINE + 1);
        text.push_str(ending);
        text.push_str(good);
        let outcomes = read(text.as_bytes());
        assert!(matches!(&outcomes[0], Err(FormatError::LineTooLong { place, .. }) if place.line == 1));
        assert_eq!(outcomes[1].as_ref().unwrap().1.line, 2);
    }
    let fits = good.replace("\"t\"", &format!("\"{}\"", "t".repeat(LONGEST_LINE - good.len() + 1)));
    assert_eq!(fits.len(), LONGEST_LINE);
    assert!(read(format!("{fits}\r\n{good}").as_bytes()).iter().all(Result::is_ok));
}

#[test]
fn many_properties_cost_no_more_than_their_number() {
    let pairs: Vec<String> = (0..200_000).rev().map(|i| format!("\"k{i:06}\":1")).collect();
    let started = std::time::Instant::now();
    read_one(&fact_with(&format!("{{{}}}", pairs.join(","))));
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn text_that_is_not_utf_8_is_refused_with_its_byte() {
    let mut text = b"\xEF\xBB\xBF\n{\"source\":\"".to_vec();
    text.extend("月".as_bytes());
    text.push(0xE9);
    text.extend(b"\"}\n{\"source\":\"s\",\"kind\":\"k\",\"title\":\"t\",\"reliability\":\"A\"}");
    let outcomes = read(&text);
    let error = outcomes[0].as_ref().unwrap_err().to_string();
    assert_eq!(error, "x.jsonl:2:13: not UTF-8: byte 0xE9 at offset 18 of the file; expected UTF-8 text");
    assert!(outcomes[1].is_ok());
}

#[test]
fn after_an_error_the_next_line_is_read() {
    let good = r#"{"source":"s","kind":"k","title":"t","reliability":"A"}"#;
    let text = format!("{{\n{good}\noops\n{good}\n");
    let outcomes: Vec<bool> = read(text.as_bytes()).iter().map(Result::is_ok).collect();
    assert_eq!(outcomes, [false, true, false, true]);
}

#[test]
fn an_error_of_the_system_ends_the_reading() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
    let outcomes: Vec<_> = Reader::new(std::io::BufReader::new(Broken), "x.jsonl").collect();
    assert_eq!(outcomes.len(), 1);
    assert!(outcomes[0].as_ref().unwrap_err().to_string().contains("unplugged"));
}

#[test]
fn numbers_that_are_not_finite_are_not_written() {
    let Record::Fact(mut fact) = read_one(&fact_with("{}")) else { panic!() };
    fact.properties.set("note", Value::List(vec![Value::Float(f64::NAN)]));
    let mut out = Vec::new();
    let error = write_fact(&fact, &mut out).unwrap_err().to_string();
    assert_eq!(error, "fact \"f:1\" cannot be written: a number is not finite");
    assert!(out.is_empty());
}

#[test]
fn ids_must_lead_somewhere_and_be_used_once() {
    let text = [
        r#"{"source":"s","kind":"k","title":"t","reliability":"A"}"#,
        r#"{"entity":"a:b","labels":["Startup"],"claims":[{"key":"claimed_by","value":"a:x","evidence":["s2"]}]}"#,
        r#"{"entity":"a:b","labels":["Unheard"]}"#,
        r#"{"fact":"f:1","subject":"a:b","predicate":"TEACHES","object":"a:c","properties":{"round_id":"a:d"},"evidence":[{"source":"s","asserted_by":"a:e"}]}"#,
    ]
    .join("\n");
    let records: Vec<_> = read(text.as_bytes()).into_iter().map(Result::unwrap).collect();
    let problems: Vec<String> = check_references(&records, |_| false).iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            r#"x.jsonl:3:1: the entity id "a:b" is used a second time; first at x.jsonl:2:1"#,
            r#"x.jsonl:2:1: entity "a:b" names the entity "a:x" as its claimed_by, but there is no such entity"#,
            r#"x.jsonl:2:1: entity "a:b" names the source "s2" as its evidence, but there is no such source"#,
            r#"x.jsonl:4:1: fact "f:1" names the entity "a:c" as its object, but there is no such entity"#,
            r#"x.jsonl:4:1: fact "f:1" names the entity "a:d" as its round_id, but there is no such entity"#,
            r#"x.jsonl:4:1: fact "f:1" names the entity "a:e" as its asserted_by, but there is no such entity"#,
        ]
    );
    assert_eq!(check_references(&records, |_| true).len(), 1);
    let open: Vec<_> = open_words(&records).into_iter().collect();
    assert_eq!(open, [("TEACHES", 1), ("Unheard", 1)]);
}
