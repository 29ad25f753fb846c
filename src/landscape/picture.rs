//! Pictures: names to numbers, then to what `draw` composes.

use super::{Error, Landscape, resolve};
use crate::draw::{self, DrawError, Frame, Picture};
use crate::graph::{self, Filter, Labels};
use crate::model::PartialDate;
use crate::store::Snapshot;

/// What a picture is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The surroundings of entities.
    Around {
        /// Their names or ids.
        names: Vec<String>,
        /// How many facts away the surroundings end.
        hops: u32,
    },
    /// The shortest paths between two entities.
    Between {
        /// The name or id of one.
        from: String,
        /// The name or id of the other.
        to: String,
    },
}

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What the picture is about.
    pub subject: Subject,
    /// Which of several entities of one name, such as `Startup`.
    pub label: Option<String>,
    /// Only facts with these predicates; with none, all.
    pub via: Vec<String>,
    /// Only facts that are not dated later.
    pub as_of: Option<PartialDate>,
    /// How much there is room for.
    pub frame: Frame,
}

impl Drawing {
    /// A drawing of everything about the subject.
    #[must_use]
    pub fn of(subject: Subject, frame: Frame) -> Self {
        Self { subject, label: None, via: Vec::new(), as_of: None, frame }
    }
}

impl Landscape {
    /// Composes a picture, to be written by [`draw::svg`], [`draw::dot`] or [`draw::mermaid`]; `None` where there is no path.
    ///
    /// # Errors
    /// As [`Landscape::entity`] for names, [`Error::Draw`] for predicates that no fact has, [`Error::Store`].
    ///
    /// # Examples
    /// ```
    /// use ailand::draw::{Frame, svg};
    /// use ailand::landscape::{Drawing, Subject};
    ///
    /// let landscape = ailand::Landscape::bundled()?;
    /// let subject = Subject::Around { names: vec!["月之暗面".to_owned()], hops: 1 };
    /// let picture = landscape.picture(&Drawing::of(subject, Frame::default()))?.unwrap();
    /// assert_eq!(picture.title, "Moonshot AI");
    /// let mut file = Vec::new();
    /// svg::write(&picture, &mut file).unwrap();
    /// assert!(file.starts_with(b"<svg"));
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn picture(&self, drawing: &Drawing) -> Result<Option<Picture>, Error> {
        let snapshot = self.snapshot()?;
        let number = |name: &str| resolve(&snapshot, name, drawing.label.as_deref());
        let filter = filter(&snapshot, drawing)?;
        match &drawing.subject {
            Subject::Around { names, hops } => {
                let centers = names.iter().map(|name| number(name)).collect::<Result<Vec<u32>, Error>>()?;
                let mut distinct: Vec<u32> = Vec::new();
                centers.into_iter().for_each(|center| {
                    if !distinct.contains(&center) {
                        distinct.push(center);
                    }
                });
                let graph = graph::load(&snapshot, Labels::Without)?;
                Ok(Some(draw::around(&snapshot, &graph, &distinct, *hops, &filter, &drawing.frame)?))
            }
            Subject::Between { from, to } => {
                let ends = [number(from)?, number(to)?];
                let graph = graph::load(&snapshot, Labels::Without)?;
                Ok(draw::between(&snapshot, &graph, ends, &filter, &drawing.frame)?)
            }
        }
    }
}

fn filter(snapshot: &Snapshot, drawing: &Drawing) -> Result<Filter, Error> {
    let mut filter = Filter::new();
    if let Some(date) = drawing.as_of {
        filter = filter.as_of(date);
    }
    if drawing.via.is_empty() {
        return Ok(filter);
    }
    let mut known: Vec<u32> = Vec::new();
    for entity in 0..snapshot.counts().entities {
        known.extend(snapshot.adjacency(entity)?.outgoing.iter().map(|edge| edge.predicate));
        known.sort_unstable();
        known.dedup();
    }
    let words = known.iter().map(|&word| snapshot.word(word)).collect::<Result<Vec<&str>, _>>()?;
    let mut numbers = Vec::new();
    for name in &drawing.via {
        let found = known.iter().zip(&words).find(|(_, word)| word.eq_ignore_ascii_case(name));
        let number = found.and_then(|(&number, _)| u16::try_from(number).ok());
        numbers.push(number.ok_or_else(|| DrawError::UnknownPredicate {
            name: name.clone(),
            known: words.iter().map(|&word| word.to_owned()).collect(),
        })?);
    }
    Ok(filter.predicates(numbers))
}
