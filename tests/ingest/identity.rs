//! Which entities of the database names mean.

use super::*;

#[test]
fn names_mean_what_carries_them_in_any_script() {
    let desk = Desk::new();
    let report = desk.read(
        "names.txt",
        "前情提要\n\n澄澈智能完成2億元A輪融資，由阿里雲領投，阿里、红杉中国跟投。\n\n零一萬物由創新工場董事長李開複創辦。\n",
    );
    let investors = facts(&report, "INVESTED_IN");
    assert_eq!(investors.len(), 3, "{report}");
    assert!(investors.iter().any(|fact| fact.starts_with("company:alibaba-cloud")), "{investors:?}");
    assert!(investors.iter().any(|fact| fact.starts_with("company:alibaba-group")), "{investors:?}");
    assert!(investors.iter().any(|fact| fact.starts_with("investor:hongshan")), "{investors:?}");
    let founders = facts(&report, "FOUNDED_BY");
    assert!(founders.iter().any(|fact| fact.contains("person:") && !fact.ends_with("-2")), "{founders:?}");
    let known = report["facts"].as_array().unwrap().iter().find(|fact| fact["predicate"] == "FOUNDED_BY").unwrap();
    assert_eq!(known["status"], "corroborated", "李開複 is 李开复: {known}");
}

#[test]
fn names_that_begin_alike_are_two_when_nothing_is_known() {
    let desk = Desk::new();
    let db = desk.folder.path().join("empty");
    run(&db, &["init", "--empty"]).expect(0);
    let article =
        "快訊\n\n澄澈智能完成2億元A輪融資，由阿里雲領投。\n\n北麓科技完成1億元B輪融資，由阿里領投，紅杉中國跟投。\n";
    let path = desk.write("names.txt", article);
    let report = run(&db, &["ingest", path.to_str().unwrap(), "--format", "json"]).expect(0).json();
    let investors = facts(&report, "INVESTED_IN");
    assert!(investors.contains(&"investor:a-li-yun -> startup:cheng-che-zhi-neng".to_owned()), "{investors:?}");
    assert!(investors.contains(&"investor:a-li -> startup:bei-lu-ke-ji".to_owned()), "{investors:?}");
}

#[test]
fn models_whose_names_begin_alike_are_two() {
    let desk = Desk::new();
    let report = desk.read(
        "models.txt",
        "發表會\n\n澄澈智能發布大語言模型Chengxin-7B，宣稱在中文任務上超越GPT-4，但仍不及GPT-4 Turbo。\n",
    );
    let compared = facts(&report, "BENCHMARKED_AGAINST");
    assert!(compared.iter().any(|fact| fact.ends_with("model:gpt-4")), "{compared:?}");
    assert!(
        compared.iter().all(|fact| fact.ends_with("model:gpt-4") || fact.ends_with("model:gpt-4-turbo")),
        "{compared:?}"
    );
}

#[test]
fn a_registered_name_is_the_name_without_its_dress() {
    let desk = Desk::new();
    let report = desk.read("legal.txt", "公告\n\n北京月之暗面科技有限公司宣布完成A9輪融資，由鹿鳴資本領投。\n");
    assert!(facts(&report, "INVESTED_IN").iter().any(|fact| fact.ends_with("startup:moonshot-ai")), "{report}");
}

#[test]
fn a_name_that_might_mean_several_is_left_open() {
    let desk = Desk::new();
    let two = ["a", "b"].map(|slug| {
        format!("{{\"entity\":\"investor:{slug}\",\"labels\":[\"Investor\"],\"names\":[{{\"text\":\"雙生資本\",\"language\":\"zh-Hant\",\"kind\":\"canonical\"}}]}}\n")
    });
    run(&desk.db, &["import", desk.write("two.jsonl", two.concat()).to_str().unwrap()]).expect(0);
    let article = "快訊\n\n澄澈智能完成2億元A輪融資，由雙生資本領投。\n";
    let report = desk.read("doubt.txt", article);
    let investor = facts(&report, "INVESTED_IN");
    assert_eq!(investor, ["investor:shuang-sheng-zi-ben -> startup:cheng-che-zhi-neng"]);
    let doubt = report["unresolved"].as_array().unwrap().iter().find(|one| one["what"] == "identity").unwrap();
    let candidates: Vec<&str> = doubt["candidates"].as_array().unwrap().iter().map(|one| text(&one["id"])).collect();
    assert_eq!(candidates, ["investor:a", "investor:b"]);
    assert_eq!(doubt["text"], "雙生資本");
    // The next article with this name means the same unknown one.
    let next = desk.read("next.txt", "早報\n\n北麓科技完成1億元A輪融資，由雙生資本領投。\n");
    assert_eq!(facts(&next, "INVESTED_IN"), ["investor:shuang-sheng-zi-ben -> startup:bei-lu-ke-ji"]);
}

#[test]
fn people_with_a_common_name_are_known_by_their_company() {
    let desk = Desk::new();
    let zhang = |report: &Json| {
        let roles = facts(report, "HAS_ROLE");
        roles.first().map(|fact| fact.split(" -> ").next().unwrap().to_owned()).unwrap_or_default()
    };
    let known = desk.read("zhipu.txt", "訪談\n\n智譜CEO張鵬表示，大模型的技術還沒有到天花板。\n");
    let other = desk.read("geek.txt", "訪談二\n\n澄澈智能CEO張鵬表示，今年將推出新產品。\n");
    assert_eq!(zhang(&known), "person:zhang-peng");
    assert_ne!(zhang(&other), "person:zhang-peng", "{other}");
    assert!(other["unresolved"].to_string().contains("person:zhang-peng"), "{other}");
}
