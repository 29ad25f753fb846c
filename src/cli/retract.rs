//! `ailand retract`

use clap::{ArgGroup, Args};

use crate::model::{EntityId, FactId, SourceId};
use crate::store::Retractions;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::log::print_report;
use super::output::Console;

/// Hide facts, an entity or what a source says, and keep them in the history
///
/// What is retracted is not seen any more: not by questions, not in graphs, not in exports. --at still shows it, and
/// importing a record again brings it back.
///
/// An entity can be retracted when no fact mentions it; --with-facts retracts its facts, too. With a source goes
/// everything that only it says: its evidence is taken from every record, and facts and claims that have no other are
/// retracted.
///
/// Exit codes: 0 done, 2 there is no such record, or something mentions the entity.
#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("what").required(true).multiple(false).args(["facts", "entity", "source"])),
    after_help = "Examples:\n  \
    ailand retract f:0042 --reason \"the round never closed\"\n  \
    ailand retract --source p_example --reason \"the article was withdrawn\"\n  \
    ailand retract --entity startup:example --with-facts --reason \"not an AI company\""
)]
pub(super) struct Retract {
    /// Ids of facts
    #[arg(value_name = "FACT")]
    facts: Vec<FactId>,
    /// The id of an entity
    #[arg(long, value_name = "ID")]
    entity: Option<EntityId>,
    /// The id of a source
    #[arg(long, value_name = "ID")]
    source: Option<SourceId>,
    /// Retract the facts of the entity, too
    #[arg(long, requires = "entity")]
    with_facts: bool,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) fn run(command: &Retract, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let landscape = global.open()?;
    let reason = Some(command.reason.as_str());
    let (facts, entity, source) = (command.facts.iter(), &command.entity, &command.source);
    let ids =
        facts.map(FactId::as_str).chain(entity.iter().map(EntityId::as_str)).chain(source.iter().map(SourceId::as_str));
    let by = format!("retract {}", ids.collect::<Vec<_>>().join(" "));
    let report = match entity {
        Some(entity) if command.with_facts => landscape.retract_with_facts(entity, &by, reason)?,
        entity => {
            let mut facts = command.facts.clone();
            facts.sort();
            facts.dedup();
            let (entities, sources) = (entity.iter().cloned().collect(), source.iter().cloned().collect());
            landscape.retract(Retractions { facts, entities, sources, ..Retractions::default() }, &by, reason)?
        }
    };
    print_report(&report, console)?;
    Ok(Outcome::Found)
}
