//! `ailand draw`

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cypher::{Limits, Options};
use crate::draw::graphviz::{self, Format};
use crate::draw::{Frame, Picture, dot, mermaid, svg};
use crate::landscape::{Drawing, Error, Landscape, Subject};
use crate::model::Language;
use crate::names::script_of;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::interrupt::Interrupt;
use super::output::{Console, complain};
use super::query::source::{Source, assignment};
use super::walk::WalkArguments;

/// Draw the surroundings of entities, or the paths between two
///
/// One entity is drawn with its neighbours by predicate. Several, or more than one hop, are drawn as a network; --path draws
/// every shortest path. Colour and shape tell labels apart, colours of lines kinds of relations; dashed lines are reported,
/// dotted ones planned. Where there are more entities than --limit (60), the best-connected stay, and the picture says how many
/// do not.
///
/// --query draws the nodes, relationships and paths that a statement returns; where it returns nodes only, the facts between
/// them as well. 画出一条查询语句返回的节点、关系与路径。
///
/// SVG, DOT and Mermaid need nothing installed. PNG and PDF are drawn by Graphviz.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand draw 月之暗面 -o moonshot.svg\n  \
    ailand draw openai anthropic --hops 2 --via INVESTED_IN,FOUNDED_BY -o rivals.svg\n  \
    ailand draw --path 小米 openai -o path.png\n  \
    ailand draw --query 'MATCH p = SHORTEST 3 (a {name: \"小米\"})--+(b {name: \"OpenAI\"}) RETURN p' -o ways.svg\n  \
    ailand draw --query money-links-between --param from=腾讯 --param to=xAI -o money.svg\n  \
    ailand draw zhipu --as mermaid\n  \
    ailand draw zhipu --as dot | sfdp -Tsvg > zhipu.svg")]
pub(super) struct Draw {
    /// Names or ids, NAME@LABEL where a name is ambiguous; quote names of several words
    #[arg(required_unless_present_any = ["path", "query"], conflicts_with = "path", value_name = "NAME")]
    names: Vec<String>,
    /// Draw the shortest paths between two entities
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"])]
    path: Vec<String>,
    /// Draw what a statement returns: a statement, a file, the name of a saved query, or -
    #[arg(long, value_name = "STATEMENT|FILE|NAME",
        conflicts_with_all = ["names", "path", "hops", "via", "label", "direction", "as_of", "modality", "min_confidence", "avoid", "max_visited"])]
    query: Option<String>,
    /// The value of a parameter of the query; can be given several times
    #[arg(long, short, value_name = "NAME=VALUE", value_parser = assignment)]
    param: Vec<(String, String)>,
    /// A folder of saved queries beside ./queries and the bundled ones
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    queries: Option<PathBuf>,
    /// How many facts away the surroundings end; 0 draws only what joins the named entities
    #[arg(long, value_name = "K", default_value_t = 1, conflicts_with = "path")]
    hops: u32,
    /// What stands above the picture [default: the names]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where to write to; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-", value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
    /// What to write [default: by the ending of FILE, else svg]
    #[arg(long = "as", value_name = "KIND")]
    kind: Option<Kind>,
    #[command(flatten)]
    walk: WalkArguments,
}

/// What a picture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// For browsers, slides and print; needs nothing installed
    Svg,
    /// For Graphviz
    Dot,
    /// For Markdown
    Mermaid,
    /// Pixels, through Graphviz
    Png,
    /// A page, through Graphviz
    Pdf,
}

impl Kind {
    fn of_file(path: &Path) -> Result<Self, Error> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            None if path == Path::new("-") => Ok(Self::Svg),
            Some("svg") => Ok(Self::Svg),
            Some("dot" | "gv") => Ok(Self::Dot),
            Some("mmd" | "mermaid") => Ok(Self::Mermaid),
            Some("png") => Ok(Self::Png),
            Some("pdf") => Ok(Self::Pdf),
            _ => {
                let why = io::Error::other("expected a file ending in .svg, .dot, .mmd, .png or .pdf, or --as");
                Err(Error::io("choose a format for", path, why))
            }
        }
    }
}

pub(super) fn run(command: &Draw, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let to_console = command.output == Path::new("-");
    let kind = match command.kind {
        Some(kind) => kind,
        None => Kind::of_file(&command.output)?,
    };
    if to_console && matches!(kind, Kind::Png | Kind::Pdf) && io::stdout().is_terminal() {
        let why = io::Error::other("a terminal cannot show it; name a file with -o");
        return Err(Error::io("write", Path::new("standard output"), why).into());
    }
    let landscape = global.open()?;
    if command.query.is_none() && (!command.param.is_empty() || command.queries.is_some()) {
        // That the one requires the other is forgotten by the parser where both exclude a third.
        let message = "--param and --queries belong to --query".to_owned();
        return Err(Error::Options { message }.into());
    }
    let composed = match &command.query {
        Some(query) => query_picture(command, query, &landscape)?,
        None => landscape.picture(&drawing(command))?,
    };
    let Some(picture) = composed else {
        let none = "the statement returns no nodes, relationships or paths";
        complain(if command.query.is_some() { none } else { "there is no path between them" });
        return Ok(Outcome::Nothing);
    };
    let bytes = write(&picture, kind)?;
    if to_console {
        console.bytes(&bytes)?;
    } else {
        fs::write(&command.output, &bytes).map_err(|error| Error::io("write", &command.output, error))?;
        complain(&format!("{}: {}", command.output.display(), picture.summary()));
    }
    let nothing = picture.lines.is_empty() && command.query.is_none();
    Ok(if nothing { Outcome::Nothing } else { Outcome::Found })
}

/// The picture of what a statement returns; a saved query has its description as the title.
fn query_picture(command: &Draw, query: &str, landscape: &Landscape) -> Result<Option<Picture>, CliError> {
    let source = Source::of(query, command.queries.as_deref())?;
    let parameters = source.parameters(&command.param, None)?;
    let walk = command.walk.limited(Some(Frame::LIMIT));
    let language = walk.language.unwrap_or_else(|| {
        let given: String = command.param.iter().map(|(_, value)| value.as_str()).collect();
        // The header of a saved query is in both languages.
        script_of(&if source.saved.is_some() { given } else { source.statement.clone() + &given })
    });
    let described = source.saved.as_ref().map(|saved| match language {
        Language::Simplified | Language::Traditional => saved.chinese.clone(),
        _ => saved.english.clone(),
    });
    let title = command.title.clone().or(described);
    let frame = Frame { limit: walk.limit.unwrap_or(Frame::LIMIT), language, title };
    Interrupt::install(false).watch(|cancelled| {
        let limits = Limits { time: walk.timeout, ..Limits::default() };
        let options = Options { limits, cancelled: Some(cancelled), ..Options::default() };
        Ok(landscape.query_picture(&source.statement, &parameters, &options, &frame)?)
    })
}

fn drawing(command: &Draw) -> Drawing {
    let subject = match command.path.as_slice() {
        [from, to] => Subject::Between { from: from.clone(), to: to.clone() },
        _ => Subject::Around { names: command.names.clone(), hops: command.hops },
    };
    Drawing { subject, walk: command.walk.limited(Some(Frame::LIMIT)), title: command.title.clone() }
}

fn write(picture: &Picture, kind: Kind) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let written = match kind {
        Kind::Svg => svg::write(picture, &mut bytes),
        Kind::Dot => dot::write(picture, &mut bytes),
        Kind::Mermaid => mermaid::write(picture, &mut bytes),
        Kind::Png => return Ok(graphviz::render(picture, Format::Png)?),
        Kind::Pdf => return Ok(graphviz::render(picture, Format::Pdf)?),
    };
    written.map_err(crate::draw::DrawError::from)?;
    Ok(bytes)
}
