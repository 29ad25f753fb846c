//! The name index and the search against brute force and against names as they occur.

use proptest::prelude::*;

use crate::model::{Language, Name, NameKind};

use super::normal::Gap;
use super::pinyin::pinyin_query;
use super::*;

fn name(text: &str, kind: NameKind) -> Name {
    Name { text: text.into(), language: Language::English, kind, derived: false, evidence: vec![] }
}

/// Each line is an entity; its first name is canonical, the others are aliases.
const LANDSCAPE: &[&[&str]] = &[
    &["月之暗面", "Moonshot AI", "月之暗面科技"],
    &["Moonshot"],
    &["智谱AI", "智譜", "Zhipu AI", "智谱华章"],
    &["阿里巴巴", "Alibaba", "阿里", "阿里巴巴集团"],
    &["阿里云", "阿里雲", "Alibaba Cloud", "Aliyun"],
    &["HongShan", "红杉中国", "Sequoia Capital China", "红杉资本中国基金"],
    &["Meta", "Facebook"],
    &["GPT-4"],
    &["GPT-4 Turbo"],
    &["GLM-4"],
    &["GLM-4.5"],
    &["百川智能", "Baichuan AI"],
    &["Kimi-Chat (2024.06)"],
    &["Kimi-Chat"],
    &["李开复", "李開復", "Kai-Fu Lee"],
    &["OpenAI"],
    &["“启明”网络大模型", "启明"],
    &["零一万物", "01.AI"],
    &["真格基金", "ZhenFund"],
    &["J. P. Morgan"],
    &["…"],
];

fn landscape() -> NameIndex<Vec<u8>> {
    index(&LANDSCAPE.iter().map(|names| names.to_vec()).collect::<Vec<_>>())
}

fn index<S: AsRef<str>>(entities: &[Vec<S>]) -> NameIndex<Vec<u8>> {
    let mut builder = IndexBuilder::new();
    for (entity, names) in (0..).zip(entities) {
        for (position, text) in (0..).zip(names) {
            let kind = if position == 0 { NameKind::Canonical } else { NameKind::Alias };
            builder.add(entity, position, &name(text.as_ref(), kind));
        }
    }
    NameIndex::open(builder.finish().unwrap()).unwrap()
}

fn named(index: &NameIndex<Vec<u8>>, text: &str) -> Vec<u32> {
    let mut entities: Vec<u32> = index.named(text).iter().map(|posting| posting.entity).collect();
    entities.dedup();
    entities
}

/// What is found in running text, as it is written there.
fn found<'t>(index: &NameIndex<Vec<u8>>, text: &'t str) -> Vec<&'t str> {
    let normal = Normal::new(text);
    index.matches(&normal).iter().map(|found| &text[normal.original_range(found.start..found.end)]).collect()
}

fn searched(index: &NameIndex<Vec<u8>>, query: &str) -> Vec<(&'static str, Why)> {
    search(index, query, 10).iter().map(|found| (LANDSCAPE[found.entity as usize][0], found.why)).collect()
}

#[test]
fn a_name_in_any_script_is_the_same_name() {
    let index = landscape();
    for (text, entity) in [
        ("月之暗面", 0),
        ("ＭＯＯＮＳＨＯＴ　ＡＩ", 0),
        ("moonshot-ai", 0),
        ("智譜AI", 2),
        ("智谱 ai", 2),
        ("李開複", 14),
        ("GPT4Turbo", 8),
        ("gpt 4", 7),
        ("glm4.5", 10),
        ("…", 20),
    ] {
        assert_eq!(named(&index, text), [entity], "{text}");
    }
    assert_eq!(named(&index, "GLM-4 5"), [] as [u32; 0]);
    assert_eq!(named(&index, ""), [] as [u32; 0]);
    assert_eq!(index.exact(KeyKind::Pinyin, "yuezhianmian").len(), 1);
    assert!(index.exact(KeyKind::Pinyin, "moonshot").is_empty());
}

#[test]
fn ambiguous_names_keep_their_candidates_in_order() {
    let mut builder = IndexBuilder::new();
    builder.add(4, 0, &name("Pika", NameKind::Former));
    builder.add(3, 1, &Name { derived: true, ..name("pika", NameKind::Alias) });
    builder.add(2, 2, &name("PIKA", NameKind::Alias));
    builder.add(1, 0, &name("Pi ka", NameKind::Legal));
    builder.add(9, 0, &name("Pika", NameKind::Canonical));
    builder.add(9, 0, &name("Pika", NameKind::Canonical));
    let index = NameIndex::open(builder.finish().unwrap()).unwrap();
    assert_eq!(named(&index, "pika"), [9, 2, 3, 1, 4]);
    let postings = index.named("pika");
    assert_eq!((postings[1].name, postings[2].derived, postings[3].breaks), (2, true, 1));
    assert_eq!(index.len(), 5);
}

#[test]
fn the_order_of_adding_does_not_matter() {
    let names: Vec<_> = LANDSCAPE.iter().flat_map(|names| names.iter()).zip(0u32..).collect();
    let build = |names: &mut dyn Iterator<Item = &(&&str, u32)>| {
        let mut builder = IndexBuilder::new();
        for (text, entity) in names {
            builder.add(*entity, 0, &name(text, NameKind::Alias));
        }
        builder.finish().unwrap()
    };
    assert_eq!(build(&mut names.iter()), build(&mut names.iter().rev()));
}

#[test]
fn an_empty_index_finds_nothing() {
    let index = NameIndex::open(IndexBuilder::new().finish().unwrap()).unwrap();
    assert!(index.is_empty());
    assert!(search(&index, "月之暗面", 10).is_empty());
    assert!(index.matches(&Normal::new("月之暗面")).is_empty());
    assert!(index.similar("moonshot", 10).is_empty());
}

#[test]
fn bytes_that_are_no_index_are_refused() {
    let whole = {
        let mut builder = IndexBuilder::new();
        builder.add(1, 0, &name("月之暗面", NameKind::Canonical));
        builder.finish().unwrap()
    };
    for length in 0..whole.len() {
        assert!(matches!(NameIndex::open(&whole[..length]), Err(NamesError::Damaged { .. })), "{length} bytes");
    }
    assert!(NameIndex::open(vec![0; 4096]).is_err());
    assert!(NameIndex::open("not an index, but a text that is long enough for one".as_bytes()).is_err());
    assert!(NameIndex::open(whole).is_ok());
}

#[test]
fn running_text_has_the_longest_names_and_cuts_no_word() {
    let index = landscape();
    for (text, names) in [
        ("阿里雲和阿里巴巴集團投資阿里", &["阿里雲", "阿里巴巴集團", "阿里"][..]),
        ("who invested in 月之暗面 and Meta?", &["月之暗面", "Meta"]),
        ("the metaverse, metadata and MetaGPT", &[]),
        ("GPT-4、GPT-4o、GPT-4.5与GPT-4 Turbo，GPT-4。", &["GPT-4", "GPT-4 Turbo", "GPT-4"]),
        ("在GLM-4.5之前的GLM-4", &["GLM-4.5", "GLM-4"]),
        ("李開複創辦的零一萬物（01.AI）", &["李開複", "零一萬物", "01.AI"]),
        ("智譜AI的OpenAI's", &["智譜AI", "OpenAI"]),
        ("由J. P. Morgan和J.P.Morgan", &["J. P. Morgan", "J.P.Morgan"]),
    ] {
        assert_eq!(found(&index, text), names, "{text}");
    }
}

#[test]
fn a_name_does_not_run_over_the_end_of_a_phrase() {
    let index = landscape();
    for (text, names) in [
        ("投资了智谱。AI行业", &["智谱"][..]),
        ("投资了Moonshot。AI行业", &["Moonshot"]),
        ("led by Moonshot. AI startups", &["Moonshot"]),
        ("Moonshot, AI and GPT-4: Turbo", &["Moonshot", "GPT-4"]),
        ("月之\n暗面", &[]),
        ("led by Moonshot\nAI", &["Moonshot\nAI"]),
        ("led by Moonshot\n\nAI", &["Moonshot"]),
        ("阿里、云", &["阿里"]),
        ("Moonshot 🚀 AI", &["Moonshot"]),
    ] {
        assert_eq!(found(&index, text), names, "{text}");
    }
}

#[test]
fn brackets_inside_a_name_are_closed_by_its_end() {
    let index = landscape();
    for (text, names) in [
        ("Kimi-Chat (2024.06) 和 Kimi-Chat", &["Kimi-Chat (2024.06", "Kimi-Chat"][..]),
        ("Kimi-Chat（2024.06版）", &["Kimi-Chat"]),
        ("（Moonshot）AI", &["Moonshot"]),
        ("Moonshot（AI 公司）", &["Moonshot"]),
        ("1) Moonshot AI", &["Moonshot AI"]),
        ("月之暗面（Moonshot AI）", &["月之暗面", "Moonshot AI"]),
        ("中国电信“启明”网络大模型", &["启明”网络大模型"]),
        ("“启明”、启明", &["启明", "启明"]),
        ("“Moonshot AI”与“Moonshot”AI", &["Moonshot AI", "Moonshot”AI"]),
        ("Moonshot“AI 公司”", &["Moonshot"]),
        ("“最大的 Moonshot”AI", &["Moonshot"]),
    ] {
        assert_eq!(found(&index, text), names, "{text}");
    }
}

#[test]
fn all_matches_at_a_place_come_longest_first() {
    let index = landscape();
    let text = Normal::new("阿里巴巴集团");
    let lengths: Vec<usize> = index.matches_at(&text, 0).iter().map(|found| found.end).collect();
    assert_eq!(lengths, ["阿里巴巴集团".len(), "阿里巴巴".len(), "阿里".len()]);
    assert_eq!(index.longest_match(&text, 0), index.matches_at(&text, 0).into_iter().next());
    assert!(index.matches_at(&text, 1).is_empty() && index.matches_at(&text, 999).is_empty());

    let text = Normal::new("an open AI model");
    let weak = &index.matches(&text)[0];
    assert!(weak.breaks > weak.postings[0].breaks);
}

#[test]
fn a_search_finds_what_a_person_types() {
    let index = landscape();
    let first = |query: &str| searched(&index, query).first().copied();
    assert_eq!(first("紅杉中國"), Some(("HongShan", Why::Exact(NameKind::Alias))));
    assert_eq!(first("紅杉"), Some(("HongShan", Why::Prefix)));
    assert_eq!(first("hongshan"), Some(("HongShan", Why::Exact(NameKind::Canonical))));
    assert_eq!(first("sequoia china"), Some(("HongShan", Why::Contains)));
    assert_eq!(first("hongshn"), Some(("HongShan", Why::Similar { edits: 1 })));
    assert_eq!(first("yue zhi an mian"), Some(("月之暗面", Why::Pinyin)));
    assert_eq!(first("yuè zhī"), Some(("月之暗面", Why::PinyinPrefix)));
    assert_eq!(first("月之黯面"), Some(("月之暗面", Why::Pinyin)));
    assert_eq!(first("moonshoot"), Some(("Moonshot", Why::Similar { edits: 1 })));
    assert_eq!(first("mosnhot"), Some(("Moonshot", Why::Similar { edits: 2 })));
    assert_eq!(first("暗面"), Some(("月之暗面", Why::Contains)));
    assert_eq!(first("资本"), Some(("HongShan", Why::Contains)));
    assert_eq!(first("zhengefund"), Some(("真格基金", Why::Similar { edits: 2 })));
    assert_eq!(first("…"), Some(("…", Why::Exact(NameKind::Canonical))));
    assert_eq!(first("xq"), None);
    assert_eq!(first("？"), None);
    let moonshot = searched(&index, "moonshot");
    assert_eq!(moonshot[..2], [("Moonshot", Why::Exact(NameKind::Canonical)), ("月之暗面", Why::Prefix)]);
}

#[test]
fn a_search_lists_each_entity_once_and_at_most_the_limit() {
    let index = landscape();
    for query in ["a", "ai", "阿里", "m", "moon", "g", "gpt", "百", "zh"] {
        for limit in [0, 1, 3, 100] {
            let found = search(&index, query, limit);
            let mut entities: Vec<u32> = found.iter().map(|found| found.entity).collect();
            let listed = entities.len();
            entities.sort_unstable();
            entities.dedup();
            assert_eq!(entities.len(), listed);
            assert!(listed <= limit);
            let chinese = query.chars().any(is_han);
            assert!(found.is_sorted_by_key(|found| match found.why {
                Why::Exact(_) => 0,
                Why::Pinyin => 1 + 2 * u8::from(chinese),
                Why::Prefix => 2,
                Why::PinyinPrefix => 3,
                Why::Contains => 4,
                Why::Similar { edits } => 5 + edits,
            }));
        }
    }
}

#[test]
fn short_and_endless_queries_have_no_similar_names() {
    let index = landscape();
    assert!(index.similar("", 10).is_empty());
    assert!(index.similar("m", 10).is_empty());
    assert!(index.similar("月", 10).is_empty());
    assert!(index.similar(&"m".repeat(65), 10).is_empty());
    assert!(!index.similar(&format!("moonsho{}", "t".repeat(3)), 10).is_empty());
    assert!(search(&index, &"長".repeat(50_000), 10).is_empty());
}

fn names() -> impl Strategy<Value = Vec<Vec<String>>> {
    let letters = "[abAB1.+ 智谱譜一(){}\u{301}-]{0,6}";
    prop::collection::vec(prop::collection::vec(letters, 1..3), 0..12)
}

/// Optimal string alignment distance, the whole table.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let swapped = if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    table[i - 2][j - 2] + 1
                } else {
                    usize::MAX
                };
                replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(swapped)
            };
        }
    }
    table[a.len()][b.len()]
}

fn keys(entities: &[Vec<String>]) -> impl Iterator<Item = (u32, u16, String)> {
    (0..).zip(entities).flat_map(|(entity, names)| {
        (0..).zip(names).map(move |(position, text)| (entity, position, name_key(text))).filter(|key| !key.2.is_empty())
    })
}

proptest! {
    #[test]
    fn prefixes_come_shortest_first_and_complete(entities in names(), query in "[ab1智一]{0,2}") {
        let index = index(&entities);
        let found: Vec<_> = index.prefix(KeyKind::Name, &query).collect();
        prop_assert!(found.is_sorted_by_key(|posting| posting.rank()));
        let mut found: Vec<_> = found.iter().map(|posting| (posting.entity, posting.name)).collect();
        found.sort_unstable();
        let expected: Vec<_> = keys(&entities).filter(|key| key.2.starts_with(&query)).map(|key| (key.0, key.1)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn exact_names_are_found_by_any_spelling(entities in names()) {
        let index = index(&entities);
        for (entity, position, key) in keys(&entities) {
            let text = &entities[entity as usize][usize::from(position)];
            let found = index.named(text);
            prop_assert!(found.iter().any(|posting| (posting.entity, posting.name) == (entity, position)));
            prop_assert_eq!(found.len(), keys(&entities).filter(|other| other.2 == key).count());
        }
    }

    #[test]
    fn similar_names_are_those_within_the_distance(entities in names(), query in "[ab1智谱]{0,7}") {
        let index = index(&entities);
        let allowed = match query.chars().count() { 0..=1 => 0, 2..=5 => 1, _ => 2 };
        let sound = pinyin_query(&query);
        let near = |query: &str, key: &str| {
            let allowed = match query.chars().count() { 0..=1 => 0, 2..=5 => 1, _ => 2 };
            Some(distance(query, key)).filter(|&edits| allowed > 0 && edits <= allowed)
        };
        let mut expected: Vec<(u32, usize)> = Vec::new();
        for (entity, position, key) in keys(&entities) {
            let by_name = near(&query, &key);
            let sounds = pinyin_key(&entities[entity as usize][usize::from(position)]);
            let by_sound = sound.as_ref().zip(sounds).and_then(|(query, key)| near(query, &key));
            if let Some(edits) = [by_name, by_sound].into_iter().flatten().min() {
                expected.push((entity, edits));
            }
        }
        expected.sort_unstable();
        expected.dedup_by_key(|found| found.0);
        let found = index.similar(&query, 100);
        prop_assert!(found.is_sorted_by_key(|found| found.1));
        let mut found: Vec<(u32, usize)> = found.iter().map(|found| (found.0.entity, usize::from(found.1))).collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected, "allowed {}", allowed);
    }

    #[test]
    fn contained_words_are_found_in_order(entities in names(), query in "[ab1智一]{1,3}( [ab一]{1,2})?") {
        let index = index(&entities);
        let words: Vec<&str> = query.split(' ').collect();
        let holds = |key: &str| {
            words.iter().try_fold(key, |rest, word| Some(&rest[rest.find(word)? + word.len()..])).is_some()
        };
        let mut expected: Vec<_> = keys(&entities).filter(|key| holds(&key.2)).map(|key| (key.0, key.1)).collect();
        if query.chars().filter(|&c| c != ' ').count() < 2 {
            expected.clear();
        }
        let found = index.containing(&Normal::new(&query), 1000);
        prop_assert!(found.is_sorted_by_key(Posting::order));
        let mut found: Vec<_> = found.iter().map(|posting| (posting.entity, posting.name)).collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn matches_in_text_are_those_of_a_plain_search(entities in names(), text in "[abAB1.+, 智谱譜一()“”\n\u{301}-]{0,24}") {
        let index = index(&entities);
        let normal = Normal::new(&text);
        let names: Vec<String> = keys(&entities).map(|key| key.2).collect();
        let places = normal.places();
        let position = |index: usize| places.get(index).map_or(normal.text().len(), |place| place.at);
        // Every range of characters is tried; the conditions are those of the documentation, one by one.
        let stands = |from: usize, to: usize| {
            let whole = |level: i32| places[from + 1..to].iter().all(|p| p.low >= level) && normal.low(to) <= level;
            normal.is_boundary(position(from))
                && normal.is_boundary(position(to))
                && !places[from + 1..to].iter().any(|place| place.gap == Gap::Break)
                && (places[from].outside..=places[from].depth).any(whole)
                && names.iter().any(|name| *name == normal.text()[position(from)..position(to)])
        };
        let mut expected = Vec::new();
        let mut from = 0;
        while from < places.len() {
            let all: Vec<usize> = (from + 1..=places.len()).rev().filter(|&to| stands(from, to)).collect();
            let ends: Vec<usize> = index.matches_at(&normal, position(from)).iter().map(|found| found.end).collect();
            prop_assert_eq!(ends, all.iter().map(|&to| position(to)).collect::<Vec<_>>());
            match all.first() {
                Some(&to) => {
                    expected.push((position(from), position(to)));
                    from = to;
                }
                None => from += 1,
            }
        }
        let found: Vec<_> = index.matches(&normal).iter().map(|found| (found.start, found.end)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_query_is_too_odd(query in any::<String>()) {
        let index = landscape();
        let normal = Normal::new(&query);
        let _ = search(&index, &query, 5);
        let _ = index.matches(&normal);
        let _ = script_of(&query);
    }
}
