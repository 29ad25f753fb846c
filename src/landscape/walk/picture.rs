//! Pictures: names to numbers, then to what `draw` composes.

use super::ground::Ground;
use super::{Error, Walk};
use crate::draw::{self, Frame, Picture};
use crate::landscape::Landscape;

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
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// What the picture is about.
    pub subject: Subject,
    /// Which facts and entities may be in it. The limit counts all entities; without one, [`Frame::LIMIT`] holds.
    pub walk: Walk,
    /// What stands above it; by default the names of what it is about.
    pub title: Option<String>,
}

impl Drawing {
    /// A drawing of everything about the subject.
    #[must_use]
    pub fn of(subject: Subject) -> Self {
        Self { subject, walk: Walk::default(), title: None }
    }
}

impl Landscape {
    /// Composes a picture, to be written by [`draw::svg`], [`draw::dot`] or [`draw::mermaid`]; `None` where there is no path.
    ///
    /// # Errors
    /// As [`Landscape::entity`] for each name; [`Error::UnknownWord`] for a predicate or label that nothing has;
    /// [`Error::Draw`] when the limit is too high.
    ///
    /// # Examples
    /// ```
    /// use ailand::draw::svg;
    /// use ailand::landscape::{Drawing, Subject};
    ///
    /// let landscape = ailand::Landscape::bundled()?;
    /// let subject = Subject::Around { names: vec!["月之暗面".to_owned()], hops: 1 };
    /// let picture = landscape.picture(&Drawing::of(subject))?.unwrap();
    /// assert_eq!(picture.title, "月之暗面");
    /// let mut file = Vec::new();
    /// svg::write(&picture, &mut file).unwrap();
    /// assert!(file.starts_with(b"<svg"));
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn picture(&self, drawing: &Drawing) -> Result<Option<Picture>, Error> {
        let names: Vec<&str> = match &drawing.subject {
            Subject::Around { names, .. } => names.iter().map(String::as_str).collect(),
            Subject::Between { from, to } => vec![from, to],
        };
        let ground = Ground::new(self.snapshot()?, &names, &drawing.walk, &[])?;
        let numbers = names.iter().map(|name| ground.resolve(name)).collect::<Result<Vec<u32>, _>>()?;
        let frame = Frame {
            limit: drawing.walk.limit.unwrap_or(Frame::LIMIT),
            language: ground.language.clone(),
            title: drawing.title.clone(),
        };
        let (snapshot, graph, filter) = (&ground.snapshot, &ground.graph, ground.labelled());
        match (&drawing.subject, numbers.as_slice()) {
            (Subject::Between { .. }, &[from, to]) => {
                Ok(draw::between(snapshot, graph, [from, to], &filter, &ground.bounds, &frame)?)
            }
            (Subject::Around { hops, .. }, centers) => {
                Ok(Some(draw::around(snapshot, graph, centers, *hops, &filter, &ground.bounds, &frame)?))
            }
            (Subject::Between { .. }, _) => Ok(None),
        }
    }
}
