//! One generation of a database as statements read it.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::bits::Bits;
use super::labels::LabelIndex;
use super::record::{Cache, Record};
use super::shown::{self, Lexicon};
use super::words::{WordId, Words};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::value::Value;
use crate::graph::{self, Graph, Labels};
use crate::model::{Reliability, SourceId};
use crate::store::{Snapshot, StoreError};

/// One generation of a database, shared by the statements that read it. What costs a look at every record is read when
/// it is first asked for.
#[derive(Debug)]
pub(crate) struct Base {
    pub(super) snapshot: Snapshot,
    pub(super) graph: Graph,
    pub(super) words: Words,
    pub(super) keys: Keys,
    labels: OnceCell<LabelIndex>,
    /// How often the labels of a single node were read without the index.
    label_reads: Cell<u32>,
    subjects: OnceCell<Vec<u32>>,
    type_counts: OnceCell<Vec<u32>>,
    nodes: RefCell<Cache>,
    relationships: RefCell<Cache>,
    reliabilities: RefCell<HashMap<SourceId, Reliability>>,
    source_ids: RefCell<HashMap<u32, Arc<str>>>,
    made_ids: OnceCell<HashMap<Arc<str>, Vec<u32>>>,
    /// The name that was asked for last, and its nodes, ascending.
    named: RefCell<(String, Rc<[u32]>)>,
    /// What was found broken by a call that cannot say so.
    damage: RefCell<Option<QueryError>>,
    /// Entities that were retracted.
    pub(super) gone: Bits,
}

/// Keys of properties that records of the landscape have beside what is stored as a property.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    pub(super) id: WordId,
    pub(super) name: WordId,
    pub(super) name_en: WordId,
    pub(super) name_zh: WordId,
    pub(super) modality: WordId,
    pub(super) confidence: WordId,
    pub(super) sources: WordId,
}

impl From<StoreError> for QueryError {
    fn from(error: StoreError) -> Self {
        Self::run(Kind::StorageError, Detail::Storage, error.to_string())
    }
}

/// Above this many entities the labels of single nodes are read one by one before all of them are.
const SMALL: u32 = 4096;

impl Base {
    /// Loads the graph of a snapshot. O(entities + facts), decoding neither.
    ///
    /// # Errors
    /// What is damaged, as [`Kind::StorageError`].
    pub(crate) fn load(snapshot: Snapshot) -> Result<Self, QueryError> {
        let graph = graph::load(&snapshot, Labels::Without)
            .map_err(|error| QueryError::run(Kind::StorageError, Detail::Storage, error.to_string()))?;
        let mut gone = Bits::default();
        for &node in &graph.columns().absent {
            gone.insert(node);
        }
        let mut words = Words::starting_at(0);
        for word in &snapshot.catalog().words {
            words.push(word.as_str().into());
        }
        let keys = Keys {
            id: words.intern("id"),
            name: words.intern("name"),
            name_en: words.intern("name_en"),
            name_zh: words.intern("name_zh"),
            modality: words.intern("modality"),
            confidence: words.intern("confidence"),
            sources: words.intern("sources"),
        };
        Ok(Self {
            snapshot,
            graph,
            words,
            keys,
            labels: OnceCell::new(),
            label_reads: Cell::new(0),
            subjects: OnceCell::new(),
            type_counts: OnceCell::new(),
            nodes: RefCell::default(),
            relationships: RefCell::default(),
            reliabilities: RefCell::default(),
            source_ids: RefCell::default(),
            made_ids: OnceCell::new(),
            named: RefCell::new((String::new(), Rc::default())),
            damage: RefCell::default(),
            gone,
        })
    }

    /// The generation that is read.
    pub(crate) fn generation(&self) -> u64 {
        self.snapshot.generation()
    }

    /// The records themselves.
    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The graph: nodes are the numbers of entities, edges those of [`RelationshipId`](crate::cypher::RelationshipId).
    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    #[inline]
    pub(super) fn node_limit(&self) -> u32 {
        self.graph.node_count()
    }

    #[inline]
    pub(super) fn relationship_limit(&self) -> u32 {
        // A graph has fewer than 2^32 edges.
        self.graph.edge_count() as u32
    }

    // ---- labels

    /// The labels of all nodes, read at the first call; none when they are damaged, which [`Base::intact`] tells.
    #[inline]
    pub(super) fn labels(&self) -> &LabelIndex {
        self.labels.get_or_init(|| self.read_labels())
    }

    #[cold]
    fn read_labels(&self) -> LabelIndex {
        let nodes = 0..self.node_limit();
        let labels = nodes
            .map(|node| if self.gone.contains(node) { Ok(None) } else { self.snapshot.label_numbers(node).map(Some) });
        LabelIndex::collect(self.words.end(), labels).unwrap_or_else(|error| {
            self.note(error.into());
            LabelIndex::default()
        })
    }

    #[inline]
    pub(super) fn has_label(&self, node: u32, label: WordId) -> bool {
        match self.labels.get() {
            Some(labels) => labels.of(node).contains(&label),
            None => self.with_labels(node, |labels| labels.contains(&label)),
        }
    }

    /// Gives the labels of one node to `read`. A few nodes of a large database do not need the labels of all.
    #[cold]
    pub(super) fn with_labels<T>(&self, node: u32, read: impl FnOnce(&[WordId]) -> T) -> T {
        let reads = self.label_reads.get();
        if self.labels.get().is_some() || self.node_limit() <= SMALL || reads > self.node_limit() / 64 {
            return read(self.labels().of(node));
        }
        self.label_reads.set(reads + 1);
        let mut labels: Vec<WordId> = match self.snapshot.label_numbers(node) {
            Ok(labels) => labels.into_iter().map(WordId).collect(),
            Err(error) => {
                self.note(error.into());
                Vec::new()
            }
        };
        labels.sort_unstable();
        read(&labels)
    }

    /// Remembers damage that a call found which cannot return it.
    fn note(&self, error: QueryError) {
        self.damage.borrow_mut().get_or_insert(error);
    }

    /// What calls found damaged that could not say so.
    pub(super) fn intact(&self) -> Result<(), QueryError> {
        self.damage.borrow().clone().map_or(Ok(()), Err)
    }

    // ---- relationships

    /// Subject and object of a relationship.
    #[inline]
    pub(super) fn ends(&self, relationship: u32) -> (u32, u32) {
        let subjects = self.subjects.get_or_init(|| self.read_subjects());
        let subject = subjects.get(relationship as usize).copied().unwrap_or_default();
        (subject, self.graph.target(relationship as usize).unwrap_or_default())
    }

    #[cold]
    fn read_subjects(&self) -> Vec<u32> {
        let nodes = 0..self.node_limit();
        nodes.flat_map(|node| std::iter::repeat_n(node, self.graph.out_span(node).len())).collect()
    }

    /// How many relationships have a type.
    pub(super) fn type_count(&self, word: WordId) -> u32 {
        let counts = self.type_counts.get_or_init(|| {
            let mut counts = vec![0; self.words.end() as usize];
            for &predicate in &self.graph.columns().predicate {
                if let Some(count) = counts.get_mut(usize::from(predicate)) {
                    *count += 1;
                }
            }
            counts
        });
        counts.get(word.0 as usize).copied().unwrap_or_default()
    }

    // ---- properties

    pub(super) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon { base: &self.words, own: None }
    }

    /// The properties of a node.
    pub(super) fn node_record(&self, node: u32) -> Result<Rc<Record>, QueryError> {
        if let Some(record) = self.nodes.borrow().get(node) {
            return Ok(Rc::clone(record));
        }
        let record = Rc::new(shown::entity(self, self.lexicon(), &self.snapshot.entity_sheet(node)?)?);
        self.nodes.borrow_mut().put(node, Rc::clone(&record));
        Ok(record)
    }

    #[inline]
    pub(super) fn node_property(&self, node: u32, key: WordId) -> Result<Value, QueryError> {
        if let Some(record) = self.nodes.borrow().get(node) {
            return Ok(record.get(key).cloned().unwrap_or(Value::Null));
        }
        Ok(self.node_record(node)?.get(key).cloned().unwrap_or(Value::Null))
    }

    /// The properties of a relationship.
    pub(super) fn relationship_record(&self, relationship: u32) -> Result<Rc<Record>, QueryError> {
        if let Some(record) = self.relationships.borrow().get(relationship) {
            return Ok(Rc::clone(record));
        }
        let sheet = self.snapshot.fact_sheet(self.graph.fact(relationship))?;
        let record = Rc::new(shown::sheet(self, &sheet)?);
        self.relationships.borrow_mut().put(relationship, Rc::clone(&record));
        Ok(record)
    }

    #[inline]
    pub(super) fn relationship_property(&self, relationship: u32, key: WordId) -> Result<Value, QueryError> {
        if let Some(record) = self.relationships.borrow().get(relationship) {
            return Ok(record.get(key).cloned().unwrap_or(Value::Null));
        }
        Ok(self.relationship_record(relationship)?.get(key).cloned().unwrap_or(Value::Null))
    }

    /// The nodes that have a name, ascending.
    pub(super) fn named(&self, name: &str) -> Result<Rc<[u32]>, QueryError> {
        if let (own, nodes) = &*self.named.borrow()
            && own == name
        {
            return Ok(Rc::clone(nodes));
        }
        let mut nodes: Vec<u32> = self.snapshot.names()?.named(name).iter().map(|posting| posting.entity).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.retain(|&node| !self.gone.contains(node));
        let nodes: Rc<[u32]> = nodes.into();
        *self.named.borrow_mut() = (name.to_owned(), Rc::clone(&nodes));
        Ok(nodes)
    }

    /// The nodes that statements made, by their property `id` where it is text. Looks at each of them once.
    pub(super) fn made_ids(&self) -> Result<&HashMap<Arc<str>, Vec<u32>>, QueryError> {
        if let Some(ids) = self.made_ids.get() {
            return Ok(ids);
        }
        let mut nodes = self.snapshot.entities_called(shown::NODE)?;
        nodes.retain(|&node| !self.gone.contains(node));
        let mut ids: HashMap<Arc<str>, Vec<u32>> = HashMap::new();
        for node in nodes {
            let record = self.node_record(node)?;
            if let (false, Some(Value::Text(id))) = (record.landscape, record.get(self.keys.id)) {
                ids.entry(Arc::clone(id)).or_default().push(node);
            }
        }
        Ok(self.made_ids.get_or_init(|| ids))
    }

    /// The id of a source as text.
    pub(super) fn source_id(&self, number: u32) -> Result<Value, QueryError> {
        if let Some(id) = self.source_ids.borrow().get(&number) {
            return Ok(Value::Text(Arc::clone(id)));
        }
        let id: Arc<str> = self.snapshot.source_id(number)?.as_str().into();
        self.source_ids.borrow_mut().insert(number, Arc::clone(&id));
        Ok(Value::Text(id))
    }

    /// How far a source can be trusted.
    pub(super) fn reliability(&self, id: &SourceId) -> Result<Reliability, QueryError> {
        if let Some(&known) = self.reliabilities.borrow().get(id) {
            return Ok(known);
        }
        let reliability = self.snapshot.source_by_id(id)?.map_or(Reliability::C, |source| source.reliability);
        self.reliabilities.borrow_mut().insert(id.clone(), reliability);
        Ok(reliability)
    }
}
