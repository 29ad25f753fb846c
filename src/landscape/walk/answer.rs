//! Pictures of what a query returns.

use std::sync::Arc;

use super::Error;
use crate::cypher::{Options, Parameters, QueryResult, Session, Value};
use crate::draw::{self, Frame, Picture};
use crate::graph::{Filter, Subgraph};
use crate::landscape::Landscape;

impl Landscape {
    /// Composes a picture of the nodes, relationships and paths that a statement returns, in lists and maps, too; `None`
    /// when there are none. Where it returns nodes and no relationship, the facts between these are drawn.
    ///
    /// # Errors
    /// [`Error::Query`], also for a statement that writes; [`Error::Draw`] when the limit of the frame is too high.
    ///
    /// # Examples
    /// ```
    /// use ailand::cypher::{Options, Parameters};
    /// use ailand::draw::{Arrangement, Frame};
    ///
    /// let landscape = ailand::Landscape::bundled()?;
    /// let statement = "MATCH (investor)-[deal:INVESTED_IN]->(company {name: '月之暗面'}) RETURN *";
    /// let (parameters, options) = (Parameters::new(), Options::default());
    /// let picture = landscape.query_picture(statement, &parameters, &options, &Frame::default())?.unwrap();
    /// assert_eq!(picture.arrangement, Arrangement::Star);
    /// assert!(picture.nodes.len() > 5);
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn query_picture(
        &self,
        statement: &str,
        parameters: &Parameters,
        options: &Options,
        frame: &Frame,
    ) -> Result<Option<Picture>, Error> {
        let mut session: Session = self.session()?;
        let options = Options { read_only: true, ..options.clone() };
        let (result, view) = session.run(statement, &Arc::new(parameters.clone()), &options)?;
        let base = view.base();
        let (nodes, mut edges) = result.entities();
        if nodes.is_empty() {
            return Ok(None);
        }
        if edges.is_empty() {
            edges = Subgraph::among(base.graph(), &nodes, &Filter::new())?.edges;
        }
        let mut paths = Vec::new();
        result.rows.iter().flatten().for_each(|value| add_paths(value, &mut paths));
        let part = Subgraph { nodes, edges, cut: None };
        Ok(Some(draw::of_answer(base.snapshot(), base.graph(), &part, &paths, frame)?))
    }
}

/// Adds the entities of every path in a value.
fn add_paths(value: &Value, paths: &mut Vec<Vec<u32>>) {
    match value {
        Value::Path(path) => paths.push(path.nodes.iter().map(|node| node.0).collect()),
        Value::List(values) => values.iter().for_each(|value| add_paths(value, paths)),
        Value::Map(map) => map.values().for_each(|value| add_paths(value, paths)),
        _ => {}
    }
}

impl QueryResult {
    /// The numbers of the entities and facts in the rows, ascending; the ends of facts are among the entities.
    fn entities(&self) -> (Vec<u32>, Vec<u32>) {
        let nodes = self.nodes.keys().map(|node| node.0);
        (nodes.collect(), self.relationships.keys().map(|relationship| relationship.0).collect())
    }
}
