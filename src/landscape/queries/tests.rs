//! Headers, right and wrong.

use super::*;

const GOOD: &str = "\
// name: rounds-of
// en: The rounds of a company
// zh: 一家公司的各轮融资

// A remark: it is no entry, because its key has a capital letter.
// param: company STRING = \"a -- b\" 
// param: since DATE = null -- from then on
// param: labels LIST = [\"Startup\"]
// param: least FLOAT
// example: ailand query rounds-of --param least=1
MATCH (n) // name: not a header any more
RETURN n";

#[test]
fn a_header_is_read() {
    let text = GOOD.replace("a -- b", "a");
    let query = SavedQuery::parse("x", &text).unwrap().unwrap();
    let parameters: Vec<String> = query.parameters.iter().map(ToString::to_string).collect();
    let expected = ["company STRING = \"a\"", "since DATE = null", "labels LIST = [\"Startup\"]", "least FLOAT"];
    assert_eq!(parameters, expected);
    assert_eq!(query.parameters[1].meaning, "from then on");
    assert_eq!(query.examples, ["ailand query rounds-of --param least=1"]);
    assert_eq!(query.statement, text);
    assert_eq!(SavedQuery::parse("x", "// a comment\nRETURN 1"), Ok(None));
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    for (wrong, line, says) in [
        ("// name: a b\n", 1, "expected a name of letters"),
        ("// name:\n", 1, "expected something behind name:"),
        ("// name: a\n// name: b\n", 2, "a second entry name:"),
        ("// name: a\n// nam: b\n", 2, "expected name, en, zh, param or example"),
        ("// name: a\n// zh: b\n", 2, "no entry en:"),
        ("// name: a\n// param: x\n", 2, "expected `name TYPE = default -- meaning`"),
        ("// name: a\n// param: 1x STRING\n", 2, "expected the name of a parameter"),
        ("// name: a\n// param: x TEXT\n", 2, "expected a type (STRING, INTEGER"),
        ("// name: a\n// param: x INTEGER = 1.5\n", 2, "expected a whole number, such as 3 in JSON"),
        ("// name: a\n// param: x DATE = \"2024-13\"\n", 2, "expected a date"),
        ("// name: a\n// param: x STRING = abc\n", 2, "expected a text in JSON as the default, found abc"),
        ("// name: a\n// param: x LIST\n// param: x LIST\n", 3, "a second parameter x"),
    ] {
        let error = SavedQuery::parse("f.cypher", &format!("{wrong}RETURN 1")).unwrap_err();
        assert_eq!((error.line, error.place.as_str()), (line, "f.cypher"), "{wrong}: {error}");
        assert!(error.message.contains(says), "{wrong}: {error}");
    }
}

#[test]
fn values_are_read_by_their_types() {
    let query = SavedQuery::parse("x", &GOOD.replace("a -- b", "a")).unwrap().unwrap();
    let given = |pairs: &[(&str, &str)]| {
        query.values(&pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    };
    let values =
        given(&[("least", "2"), ("company", "7"), ("labels", "Model， Person"), ("since", "2024-02")]).unwrap();
    assert_eq!(values["least"], Value::Float(2.0));
    assert_eq!(values["company"], Value::from("7"));
    assert_eq!(values["labels"], Value::list(vec!["Model".into(), "Person".into()]));
    assert_eq!(values["since"], Value::from("2024-02"));
    assert_eq!(given(&[("least", "1"), ("since", "null")]).unwrap()["since"], Value::Null);
    for (pairs, says) in [
        (&[("least", "many")][..], "is a number, such as 0.5, found \"many\""),
        (&[("least", "1"), ("since", "soon")], "is a date"),
        (&[("least", "1"), ("labels", "[1")], "is a list"),
        (&[], "needs the parameter least FLOAT"),
        (&[("least", "1"), ("leest", "1")], "has no parameter \"leest\"; it has company STRING"),
    ] {
        let error = given(pairs).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn a_folder_stands_before_the_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("co-investors.cypher", "RETURN 'mine'");
    write("other.cypher", "// name: wrong\n// en: x\n// zh: x\nRETURN 1");
    write("notes.txt", "no query");
    let queries = SavedQueries::bundled().with_folder(folder.path()).unwrap();
    assert_eq!(queries.names().len(), SavedQueries::bundled().names().len() + 1);
    assert_eq!(queries.get("co-investors").unwrap().statement, "RETURN 'mine'");
    assert!(queries.get("other").unwrap_err().to_string().contains("the file is called other.cypher"));
    let error = queries.get("co-investers").unwrap_err();
    assert_eq!(error.hint().unwrap(), "is co-investors meant?");
    assert!(SavedQueries::bundled().with_folder(&folder.path().join("nowhere")).is_err());
}
