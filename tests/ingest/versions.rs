//! The same article again, a new version of it, and other articles about the same.

use super::*;

#[test]
fn the_same_article_twice_adds_nothing() {
    let desk = Desk::new();
    desk.read("round.txt", ROUND);
    let before = (desk.generation(), desk.show("澄澈智能"));
    for name in ["round.txt", "copy-of-it.txt"] {
        let again = desk.read(name, ROUND);
        assert_eq!(again["document"]["version"], "unchanged");
        assert_eq!(facts(&again, "RAISED"), ["startup:cheng-che-zhi-neng -> round:cheng-che-zhi-neng-a"]);
        assert_eq!(with_status(&again, "corroborated").len(), again["facts"].as_array().unwrap().len());
        assert_eq!((desk.generation(), desk.show("澄澈智能")), before, "{name}");
    }
    let told = desk.ingest(&desk.write("round.txt", ROUND), &["--published", "2024-03-06"]).expect(0).stdout;
    assert!(told.contains("nothing to add, it is here already"), "{told}");
}

#[test]
fn a_new_version_replaces_what_the_old_one_said() {
    let desk = Desk::new();
    let old = desk.read("round.txt", ROUND);
    let source = text(&old["document"]["source"]).to_owned();
    // The amount and one investor are corrected.
    let corrected = ROUND.replace("2億元", "3億元").replace("鹿鳴資本", "青檀資本");
    let new = desk.read("round.txt", &corrected);
    assert_eq!((&new["document"]["version"], &new["document"]["source"]), (&"changed".into(), &source.as_str().into()));
    assert!(with_status(&new, "contradicts").is_empty(), "{new}");
    assert!(!new["withdrawn"].as_array().unwrap().is_empty());
    let card = desk.show("澄澈智能").to_string();
    assert!(card.contains("qing-tan") && !card.contains("lu-ming"), "{card}");
    let round = desk.show("round:cheng-che-zhi-neng-a").to_string();
    assert!(round.contains("300000000") && !round.contains("200000000"), "{round}");
    // The investor that only the old version named is gone, and no second round has come.
    run(&desk.db, &["show", "鹿鳴資本"]).expect(2);
    run(&desk.db, &["show", "round:cheng-che-zhi-neng-a-2"]).expect(2);
    run(&desk.db, &["verify"]).expect(0);
    // And back again: everything is as the first time.
    let back = desk.read("round.txt", ROUND);
    assert_eq!(back["document"]["version"], "changed");
    assert_eq!(facts(&back, "INVESTED_IN"), facts(&old, "INVESTED_IN"));
    assert!(desk.show("round:cheng-che-zhi-neng-a").to_string().contains("200000000"));
    run(&desk.db, &["verify"]).expect(0);
}

#[test]
fn a_date_that_comes_later_makes_a_new_version() {
    let desk = Desk::new();
    let article = desk.write("late.txt", "去年12月，澄澈智能完成2億元A輪融資，由紅杉中國領投。\n");
    let undated = desk.report(&article, &[]);
    assert!(undated["facts"].as_array().unwrap().iter().all(|fact| fact["props"]["date"].is_null()), "{undated}");
    let dated = desk.report(&article, &["--published", "2024-03-06"]);
    assert_eq!(dated["document"]["version"], "changed");
    let raised = dated["facts"].as_array().unwrap().iter().find(|fact| fact["predicate"] == "RAISED").unwrap();
    assert_eq!(raised["props"]["date"], "2023-12");
    // What was said once about an article need not be said again.
    assert_eq!(desk.report(&article, &[])["document"]["version"], "unchanged");
}

#[test]
fn another_article_gives_one_more_source() {
    let desk = Desk::new();
    desk.read("round.txt", ROUND);
    let other = "融資快報\n\n澄澈智能近日完成A輪融資，紅杉中國領投。\n";
    let report = desk.read("other.txt", other);
    assert_eq!(report["document"]["version"], "new");
    assert!(with_status(&report, "new").is_empty() && with_status(&report, "contradicts").is_empty(), "{report}");
    assert_eq!(with_status(&report, "corroborated").len(), 2, "{report}");
    let exported = tempfile::tempdir().unwrap();
    run(&desk.db, &["export", exported.path().to_str().unwrap()]).expect(0);
    let facts = fs::read_to_string(exported.path().join("facts.jsonl")).unwrap();
    let twice = facts.lines().filter(|line| line.matches("\"source\":\"article:").count() == 2).count();
    assert_eq!(twice, 2);
    // The first article is withdrawn by its correction; what the other one says stays.
    desk.read("round.txt", "澄澈智能完成新一輪融資\n\n本文已撤下，謹向讀者致歉。\n");
    let card = desk.show("澄澈智能").to_string();
    assert!(card.contains("investor:hongshan") && !card.contains("lu-ming"), "{card}");
    run(&desk.db, &["verify"]).expect(0);
}

#[test]
fn articles_that_disagree_stay_side_by_side() {
    let desk = Desk::new();
    desk.read("round.txt", ROUND);
    let report = desk.read("other.txt", "快訊\n\n澄澈智能宣布完成5億元人民幣A輪融資，由鹿鳴資本領投。\n");
    let against = with_status(&report, "contradicts");
    assert!(against.iter().any(|fact| fact["predicate"] == "RAISED"), "another amount: {report}");
    assert!(against.iter().any(|fact| fact["subject"]["name"] == "鹿鳴資本"), "led, and did not lead: {report}");
    let round = desk.show("round:cheng-che-zhi-neng-a").to_string();
    assert!(round.contains("200000000") && round.contains("500000000"), "{round}");
    let told =
        desk.ingest(&desk.write("third.txt", "早報\n\n澄澈智能完成9億元人民幣A輪融資。\n"), &[]).expect(0).stdout;
    assert!(told.contains("facts that contradict what is known (1)"), "{told}");
}

#[test]
fn files_of_one_name_are_not_one_article() {
    let desk = Desk::new();
    let first = desk.read("monday/001.txt", ROUND);
    let second = desk.read("tuesday/001.txt", "北麓科技融資\n\n北麓科技完成1億元A輪融資，由深創投領投。\n");
    assert_eq!(second["document"]["version"], "new");
    assert_ne!(first["document"]["source"], second["document"]["source"]);
    assert!(desk.show("澄澈智能").to_string().contains("investor:hongshan"));
}

#[test]
fn the_address_makes_the_article() {
    let desk = Desk::new();
    let at = |name: &str, text: &str, url: &str| {
        desk.report(&desk.write(name, text), &["--url", url, "--published", "2024-03-06"])["document"]["version"]
            .clone()
    };
    assert_eq!(at("a.txt", ROUND, "https://example.org/1"), "new");
    let corrected = format!("更正啟事\n\n{}", ROUND.replace("2億", "4億"));
    assert_eq!(at("b.txt", &corrected, "https://example.org/1"), "changed");
    // A weekly list with one title every week.
    assert_eq!(at("c.txt", &ROUND.replace("澄澈", "明湖"), "https://example.org/2"), "new");
}

#[test]
fn two_at_a_time_leave_one_of_each() {
    let desk = Desk::new();
    let companies = ["北麓科技", "明湖智能", "青檀機器人", "遠帆半導體"];
    for (at, company) in companies.iter().enumerate() {
        desk.write(
            &format!("news/{at}.txt"),
            format!("快訊{at}\n\n{company}完成{}億元A輪融資，由鹿鳴資本領投。\n", at + 1),
        );
    }
    let folder = desk.folder.path().join("news");
    let both: Vec<_> = (0..2)
        .map(|_| {
            let (db, folder) = (desk.db.clone(), folder.clone());
            std::thread::spawn(move || run(&db, &["ingest", folder.to_str().unwrap(), "--published", "2024-03-06"]))
        })
        .collect();
    both.into_iter().for_each(|one| drop(one.join().unwrap().expect(0)));
    for company in companies {
        let card = desk.show(company).to_string();
        assert_eq!(card.matches("\"INVESTED_IN\"").count().max(1), 1, "{card}");
    }
    run(&desk.db, &["show", "investor:lu-ming-zi-ben-2"]).expect(2);
    let sources = run(&desk.db, &["stats", "--format", "json"]).expect(0).stdout;
    let before = run(bundle(), &["stats", "--format", "json"]).expect(0).stdout;
    let count = |stats: &str| -> u64 {
        let rows: Json = serde_json::from_str(stats).unwrap();
        let all = rows.as_array().unwrap().iter().find(|row| row["what"] == "sources" && row["name"] == "all");
        all.unwrap()["count"].as_u64().unwrap()
    };
    assert_eq!(count(&sources), count(&before) + 4);
    run(&desk.db, &["verify"]).expect(0);
}
