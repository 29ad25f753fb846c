//! The exported graph, walked in the most simple way.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::database::Database;

/// A fact as the export tells it.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) subject: String,
    pub(crate) predicate: String,
    pub(crate) object: String,
}

/// The exported graph, walked in the most simple way.
pub(crate) struct Plain {
    pub(crate) facts: BTreeMap<String, Fact>,
    /// For every entity its facts and where they lead, either way.
    pub(crate) around: BTreeMap<String, Vec<(String, String)>>,
    pub(crate) labels: BTreeMap<String, Vec<String>>,
}

impl Plain {
    pub(crate) fn of(database: &Database) -> Self {
        let folder = database.folder.path().join("export");
        assert_eq!(database.run(&["export", folder.to_str().unwrap()]).code, 0);
        let read = |name: &str| -> Vec<Json> {
            let text = fs::read_to_string(Path::new(&folder).join(name)).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        let text = |record: &Json, key: &str| record[key].as_str().unwrap().to_owned();
        let mut facts = BTreeMap::new();
        let mut around: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for record in read("facts.jsonl") {
            let (id, subject, object) = (text(&record, "fact"), text(&record, "subject"), text(&record, "object"));
            around.entry(subject.clone()).or_default().push((id.clone(), object.clone()));
            if subject != object {
                around.entry(object.clone()).or_default().push((id.clone(), subject.clone()));
            }
            facts.insert(id, Fact { subject, predicate: text(&record, "predicate"), object });
        }
        let words = |record: &Json| -> Vec<String> {
            record["labels"].as_array().unwrap().iter().map(|label| label.as_str().unwrap().to_owned()).collect()
        };
        let labels = read("entities.jsonl").iter().map(|record| (text(record, "entity"), words(record))).collect();
        Self { facts, around, labels }
    }

    /// Distances from an entity, and the number of shortest paths when every fact counts.
    pub(crate) fn distances(&self, from: &str) -> BTreeMap<&str, (usize, u64)> {
        let mut seen: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        let (from, _) = self.labels.get_key_value(from).unwrap();
        seen.insert(from, (0, 1));
        let mut queue = VecDeque::from([from.as_str()]);
        while let Some(node) = queue.pop_front() {
            let (distance, paths) = seen[node];
            for (_, next) in self.around.get(node).into_iter().flatten() {
                let entry = seen.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    (distance + 1, 0)
                });
                if entry.0 == distance + 1 {
                    entry.1 += paths;
                }
            }
        }
        seen
    }

    /// Checks that the facts lead from one entity to the next.
    pub(crate) fn check_way(&self, entities: &[String], facts: &[String]) {
        assert_eq!(entities.len(), facts.len() + 1);
        for (ends, fact) in entities.windows(2).zip(facts) {
            let Fact { subject, object, .. } = &self.facts[fact];
            let forward = (subject, object) == (&ends[0], &ends[1]);
            assert!(forward || (object, subject) == (&ends[0], &ends[1]), "{fact} does not join {ends:?}");
        }
    }
}

pub(crate) fn texts(value: &Json) -> Vec<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

pub(crate) fn ids(value: &Json) -> Vec<String> {
    value.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// Some entities of the landscape, far apart in the order of their ids.
pub(crate) fn sample(plain: &Plain, step: usize) -> Vec<&String> {
    plain.labels.keys().step_by(step).collect()
}
