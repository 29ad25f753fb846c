//! Pictures of what statements return.

use crate::ground::{Run, bundle, run};

fn draw(arguments: &[&str]) -> Run {
    run(bundle(), &[&["draw", "--query"], arguments].concat())
}

#[test]
fn what_a_statement_returns_is_drawn() {
    let star = draw(&["MATCH (i)-[r:INVESTED_IN]->(c {name: '月之暗面'}) RETURN *", "--as", "dot"]).expect(0).stdout;
    assert!(star.starts_with("digraph") && star.contains("HongShan") && star.contains("rankdir=LR"), "{star}");
    let paths = draw(&["MATCH p = SHORTEST 2 (a {name: '小米'})--+(b {name: 'OpenAI'}) RETURN p", "--as", "mermaid"]);
    let paths = paths.expect(0).stdout;
    assert!(paths.contains("flowchart LR") && paths.contains("Xiaomi"), "{paths}");
    // Nodes alone are drawn with the facts between them.
    let nodes = "MATCH (c {name: '月之暗面'})<-[:INVESTED_IN]-(i) RETURN collect(i) AS all, c";
    assert!(draw(&[nodes, "--as", "dot"]).expect(0).stdout.contains("->"));
    let few =
        draw(&["MATCH (c:Startup)<-[r:INVESTED_IN]-(i) RETURN r", "--limit", "10", "--as", "svg"]).expect(0).stdout;
    assert!(
        few.starts_with("<svg") && few.contains("less connected left out"),
        "the picture says how many are left out"
    );
    let saved =
        draw(&["money-links-between", "--param", "from=腾讯", "--param", "to=xAI", "--as", "svg"]).expect(0).stdout;
    assert!(saved.contains("腾讯") && saved.contains("只看资本关系"), "{saved:.400}");
}

#[test]
fn what_cannot_be_drawn_is_told() {
    assert!(draw(&["MATCH (n:Startup) RETURN n.name"]).expect(1).stderr.contains("returns no nodes"));
    assert!(draw(&["CREATE (n) RETURN n"]).expect(2).stderr.contains("CREATE would change the database"));
    assert!(draw(&["RETUN 1"]).expect(2).stderr.contains("line 1, column 1"));
    draw(&["RETURN 1", "--hops", "2"]).expect(2);
    draw(&["RETURN 1", "--via", "INVESTED_IN"]).expect(2);
    run(bundle(), &["draw", "月之暗面", "--param", "a=1"]).expect(2);
}
