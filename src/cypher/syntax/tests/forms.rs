//! What can be written, and what must not be.

use super::read;
use crate::cypher::error::Detail;
use crate::cypher::syntax::tree::{
    BinaryOperator, Clause, Direction, ExpressionKind, LabelExpression, Length, Mode, PatternElement, Quantifier,
    Selector,
};

#[test]
fn statements_that_are_read() {
    for text in [
        "EXPLAIN MATCH (n) RETURN n",
        "profile match (n) return n;",
        "MATCH (公司:初创 {名称: '月之暗面'})<-[投资:投资]-(机构) RETURN 机构.名称 AS 名称",
        "MATCH (n:A|B&!C|(D&%)) RETURN n",
        "MATCH (n:A:B) WHERE n:A|B AND n IS C RETURN n",
        "MATCH (n IS A WHERE n.x > 1)-[r IS T|U WHERE r.y = 2]->(:B WHERE true) RETURN r",
        "MATCH (a)-[:A|:B|C*..3 {x: 1}]-(b) RETURN a",
        "MATCH p = shortestPath((a)-[*]-(b)), q = allShortestPaths((a)<-[:X*1..]-(b)) RETURN p, q",
        "MATCH p = SHORTEST 2 (a)-->+(b) RETURN p",
        "MATCH p = SHORTEST 2 PATHS GROUPS (a)-->*(b) RETURN p",
        "MATCH p = ALL SHORTEST (a)-[:X]->{1,3}(b) RETURN p",
        "MATCH p = ANY SHORTEST PATH (a)-[r:X]->{,3}(b), ANY 2 PATHS (c)--{2,}(d), ANY (e)--(f), ALL (g)--(h) RETURN p",
        "MATCH ((a)-[r]->(b) WHERE r.x > 1){1,3} RETURN a, r",
        "MATCH (x)((a)-->(b)){2}(y)-->(z)((c)<--(d))+((e)--(f))* RETURN x",
        "MATCH p = ((a)-->(b)) RETURN p",
        "MATCH (a) WHERE (a)-[:X]->({y: 1}) AND NOT (a)--() OR exists((a)<--()) RETURN a",
        "RETURN [x IN range(1, 3) WHERE x:A|B | x {.*, .a, b: 1, x}]",
        "RETURN [x IN l WHERE x:A | x:B], [x IN l | x:A|B]",
        "RETURN [p = (a:A|B)-->(b) WHERE b:C|D | p], [(a)-->() | 1], [(a) - 1, 2]",
        "RETURN (a)-(b), (a)--1, (a.x)--(b.x), a<-1, -a--b",
        "RETURN all(x IN l WHERE x), none(x IN l WHERE x > 1), single(x in l where x), any(x IN l WHERE (x)-->())",
        "RETURN all, any, single, none, exists, collect, count, reduce, shortest",
        "RETURN reduce(s = 0, x IN [1, 2] | s + x), count(*), count(DISTINCT x), collect(ALL x)",
        "RETURN CASE WHEN a THEN end ELSE x.end END AS end",
        "RETURN l[0], l[1..], l[..2], l[1..2], l[..], m['k'], m.a.b, $p.x, {a: 1}.a, [1, 2][0]",
        "RETURN EXISTS { (a)-->(b) WHERE a.x = b.x }, COUNT { MATCH (a) }, COLLECT { MATCH (a) RETURN a.x }",
        "RETURN EXISTS { MATCH (a) RETURN a UNION MATCH (b) RETURN b }, COUNT { p = (a)--(b) }",
        "CALL { WITH a RETURN 1 AS x } RETURN x",
        "MATCH (a) CALL (a) { CREATE (a)-[:X]->() } OPTIONAL CALL (*) { RETURN 1 AS y } CALL () { RETURN 2 AS z } RETURN y",
        "CALL db.labels",
        "CALL ailand.find('红杉') YIELD node AS n, score WHERE score > 0.5 RETURN n",
        "CALL test.proc() YIELD *",
        "CALL test.proc() YIELD - RETURN 1",
        "CREATE (a:A:B {x: $p})-[:R {y: 1}]->(b), p = (c) SET a.x = 1, a += $m, a = {}, a:C:D, (a).y = 2, a.b.c = 3",
        "MERGE p = (a)-[:R]-(b) ON CREATE SET a.x = 1 ON MATCH SET a.x = 2, b.y = 3 ON CREATE SET b:X REMOVE a.x, b:X:Y",
        "MATCH (a) DETACH DELETE a, a.b",
        "MATCH (a) NODETACH DELETE a",
        "FOREACH (x IN [1] | CREATE (:A {v: x}) FOREACH (y IN [x] | MERGE (:B)))",
        "RETURN 1 AS x UNION ALL RETURN 2 AS x UNION DISTINCT RETURN 3 AS x",
        "WITH *, 1 AS x ORDER BY x DESCENDING, x ASC SKIP 1 LIMIT 2 WHERE x > 1 RETURN DISTINCT *",
        "RETURN 1 AS x OFFSET 2",
        "MATCH (order:Order)-[by:BY]->(end) RETURN order.return, by.match, end.`where`",
        "MATCH (a:Match)-[:WHERE|RETURN]->(b {in: 1}) RETURN {match: 1, `a b`: 2}.match",
        "MATCH DIFFERENT RELATIONSHIPS (a)-->(b) RETURN a",
        "RETURN date.truncate('year', date()), duration.inSeconds(a, b)",
        "MATCH (a)-[r $p]->(b $q) RETURN a",
    ] {
        if let Err(error) = read(text) {
            panic!("{text}\n{error}\n{}", error.excerpt().unwrap_or_default());
        }
    }
}

#[test]
fn statements_that_are_refused() {
    for text in [
        "USE neo4j MATCH (n) RETURN n",
        "LOAD CSV FROM 'x' AS row RETURN row",
        "CREATE INDEX FOR (n:A) ON (n.x)",
        "CREATE CONSTRAINT c FOR (n:A) REQUIRE n.x IS UNIQUE",
        "DROP INDEX i",
        "SHOW INDEXES",
        "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS",
        "INSERT (:A)",
        "MATCH REPEATABLE ELEMENTS (a)-->(b) RETURN a",
        "MATCH (n) SET n['x'] = 1",
        "RETURN 1 IS :: INTEGER",
        "MATCH (a)((b)-->(c) WHERE b.x = 1)(d) RETURN a",
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.detail(), Detail::NotSupported, "{text}: {error}");
    }
    for text in [
        "",
        ";",
        "MATCH",
        "RETURN",
        "RETURN 1 2",
        "RETURN 1;;",
        "RETURN 1; RETURN 2",
        "MATCH (a)-(b) RETURN a",
        "MATCH (a)-->RETURN a",
        "MATCH (a) WHERE RETURN a",
        "MATCH a RETURN a",
        "MATCH (a-->(b) RETURN a",
        "RETURN (1",
        "RETURN [1",
        "RETURN {a 1}",
        "RETURN {1: 2}",
        "RETURN x.1",
        "RETURN a AS",
        "RETURN a AS 1",
        "WITH 1 AS return RETURN 1",
        "UNWIND [1] RETURN 1",
        "RETURN CASE END",
        "RETURN CASE WHEN 1 END",
        "RETURN 1 +",
        "RETURN NOT",
        "RETURN = 1",
        "RETURN 1 = NOT 2",
        "MATCH (a)-[*1..2]->{1,2}(b) RETURN a",
        "MATCH (a)-->{2,1}(b) RETURN a",
        "MATCH (a)-->{}(b) RETURN a",
        "MATCH (a)(b) RETURN a",
        "SET x",
        "SET x.y",
        "SET x.y 1",
        "REMOVE x",
        "MERGE (a) ON SET a.x = 1",
        "DELETE",
        "FOREACH (x IN [1])",
        "FOREACH (x IN [1] | )",
        "CALL",
        "CALL {}",
        "CALL x(",
        "RETURN EXISTS {}",
        "RETURN a:",
        "MATCH SHORTEST (a)--(b) RETURN a",
        "MATCH SHORTEST 0 (a)--(b) RETURN a",
        "MATCH p = shortestPath(a) RETURN p",
        "RETURN $",
        "RETURN 'a",
        "RETURN `a",
        "RETURN a IS NOT",
        "RETURN a STARTS 'x'",
        "RETURN [x IN]",
        "RETURN all(x IN)",
        "RETURN 1 AS a UNION",
        "MATCH (a {x: 1} {y: 2}) RETURN a",
        "RETURN a != b",
        "RETURN a == b",
        "RETURN !a",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

fn elements(text: &str) -> Vec<PatternElement> {
    match read(&format!("MATCH {text} RETURN 1")).unwrap().query.first.clauses.into_iter().next() {
        Some(Clause::Match(clause)) => clause.patterns.into_iter().next().unwrap().elements,
        _ => panic!("{text}"),
    }
}

#[test]
fn relationships() {
    for (text, direction, length) in [
        ("-->", Direction::Right, Length::One),
        ("<--", Direction::Left, Length::One),
        ("--", Direction::Either, Length::One),
        ("<-[]->", Direction::Either, Length::One),
        ("-[*]->", Direction::Right, Length::Variable { min: None, max: None }),
        ("-[*2]->", Direction::Right, Length::Variable { min: Some(2), max: Some(2) }),
        ("-[*2..]->", Direction::Right, Length::Variable { min: Some(2), max: None }),
        ("-[*..3]-", Direction::Either, Length::Variable { min: None, max: Some(3) }),
        ("<-[:T*1..3]-", Direction::Left, Length::Variable { min: Some(1), max: Some(3) }),
        ("-[:T]->+", Direction::Right, Length::Quantified(Quantifier { min: 1, max: None })),
        ("--*", Direction::Either, Length::Quantified(Quantifier { min: 0, max: None })),
        ("<--{2}", Direction::Left, Length::Quantified(Quantifier { min: 2, max: Some(2) })),
        ("-->{,4}", Direction::Right, Length::Quantified(Quantifier { min: 0, max: Some(4) })),
        ("-->{2,}", Direction::Right, Length::Quantified(Quantifier { min: 2, max: None })),
    ] {
        let elements = elements(&format!("(a){text}(b)"));
        let [_, PatternElement::Relationship(relationship), _] = &*elements else { panic!("{text}") };
        assert_eq!((relationship.direction, relationship.length), (direction, length), "{text}");
    }
}

#[test]
fn nodes_stand_around_groups() {
    let shape = |text: &str| -> String {
        let letter = |element: &PatternElement| match element {
            PatternElement::Node(node) if node.variable.is_some() => 'N',
            PatternElement::Node(_) => 'n',
            PatternElement::Relationship(_) => '-',
            PatternElement::Group(_) => 'G',
        };
        elements(text).iter().map(letter).collect()
    };
    assert_eq!(shape("((a)-->(b))+"), "nGn");
    assert_eq!(shape("(x)((a)-->(b))+(y)"), "NGN");
    assert_eq!(shape("((a)-->(b))+((c)-->(d))*"), "nGnGn");
    assert_eq!(shape("(x)-->((a)-->(b))+-->(y)"), "N-nGn-N");
    assert_eq!(shape("((a)-->(b))"), "N-N");
}

#[test]
fn selectors() {
    for (text, selector) in [
        ("(a)--(b)", Selector::All),
        ("ALL PATHS (a)--(b)", Selector::All),
        ("shortestpath((a)--(b))", Selector::ShortestPath),
        ("allShortestPaths((a)--(b))", Selector::AllShortestPaths),
        ("SHORTEST 3 (a)--(b)", Selector::Shortest(3)),
        ("ANY SHORTEST (a)--(b)", Selector::Shortest(1)),
        ("ALL SHORTEST PATHS (a)--(b)", Selector::AllShortest),
        ("SHORTEST 2 GROUPS (a)--(b)", Selector::ShortestGroups(2)),
        ("SHORTEST PATH GROUP (a)--(b)", Selector::ShortestGroups(1)),
        ("ANY (a)--(b)", Selector::Any(1)),
        ("ANY 4 PATHS (a)--(b)", Selector::Any(4)),
    ] {
        let statement = read(&format!("MATCH p = {text} RETURN p")).unwrap();
        let Some(Clause::Match(clause)) = statement.query.first.clauses.first() else { panic!("{text}") };
        assert_eq!(clause.patterns[0].selector, selector, "{text}");
        assert_eq!(clause.patterns[0].variable.as_ref().map(|name| &*name.text), Some("p"));
    }
}

#[test]
fn label_expressions() {
    let statement = read("MATCH (n:A|!B&%) RETURN n").unwrap();
    let Some(Clause::Match(clause)) = statement.query.first.clauses.first() else { panic!() };
    let PatternElement::Node(node) = &clause.patterns[0].elements[0] else { panic!() };
    let Some(LabelExpression::Or(left, right)) = &node.labels else { panic!("{:?}", node.labels) };
    assert!(matches!(&**left, LabelExpression::Name(name) if &*name.text == "A"));
    let LabelExpression::And(not, any) = &**right else { panic!("{right:?}") };
    assert!(matches!((&**not, &**any), (LabelExpression::Not(_), LabelExpression::Any(_))));
}

#[test]
fn columns_are_called_as_they_are_written() {
    let statement = read("EXPLAIN RETURN  n . x+ 1 , count( * ), 'a'  AS b").unwrap();
    assert_eq!(statement.mode, Mode::Explain);
    let Some(Clause::Return(projection)) = statement.query.first.clauses.first() else { panic!() };
    let texts: Vec<&str> = projection.items.iter().map(|item| &*item.text).collect();
    assert_eq!(texts, ["n . x+ 1", "count( * )", "'a'"]);
}

#[test]
fn bars_of_comprehensions() {
    let kind = |text: &str| {
        let statement = read(&format!("RETURN {text}")).unwrap();
        let Some(Clause::Return(projection)) = statement.query.first.clauses.into_iter().next() else { panic!() };
        projection.items.into_iter().next().unwrap().expression.kind
    };
    let ExpressionKind::ListComprehension { condition, projection, .. } = kind("[x IN l WHERE x:A|B | x]") else {
        panic!()
    };
    assert!(matches!(condition.unwrap().kind, ExpressionKind::HasLabels { labels: LabelExpression::Or(..), .. }));
    assert!(matches!(projection.unwrap().kind, ExpressionKind::Variable(_)));
    assert!(matches!(kind("a || b"), ExpressionKind::Binary { operator: BinaryOperator::Concatenate, .. }));
}
