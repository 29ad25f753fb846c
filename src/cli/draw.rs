//! `ailand draw`

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::draw::graphviz::{self, Format};
use crate::draw::{Frame, Picture, dot, mermaid, svg};
use crate::landscape::{Drawing, Error, Subject};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, complain};
use super::walk::WalkArguments;

/// Draw the surroundings of entities, or the paths between two
///
/// One entity is drawn with its neighbours by predicate. Several, or more than one hop, are drawn as a network; --path draws
/// every shortest path. Colour and shape tell labels apart, colours of lines kinds of relations; dashed lines are reported,
/// dotted ones planned. Where there are more entities than --limit (60), the best-connected stay, and the picture says how many
/// do not.
///
/// SVG, DOT and Mermaid need nothing installed. PNG and PDF are drawn by Graphviz.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand draw 月之暗面 -o moonshot.svg\n  \
    ailand draw openai anthropic --hops 2 --via INVESTED_IN,FOUNDED_BY -o rivals.svg\n  \
    ailand draw --path 小米 openai -o path.png\n  \
    ailand draw zhipu --as mermaid\n  \
    ailand draw zhipu --as dot | sfdp -Tsvg > zhipu.svg")]
pub(super) struct Draw {
    /// Names or ids, NAME@LABEL where a name is ambiguous; quote names of several words
    #[arg(required_unless_present = "path", conflicts_with = "path", value_name = "NAME")]
    names: Vec<String>,
    /// Draw the shortest paths between two entities
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"])]
    path: Vec<String>,
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
    let Some(picture) = global.open()?.picture(&drawing(command))? else {
        complain("there is no path between them");
        return Ok(Outcome::Nothing);
    };
    let bytes = write(&picture, kind)?;
    if to_console {
        console.bytes(&bytes)?;
    } else {
        fs::write(&command.output, &bytes).map_err(|error| Error::io("write", &command.output, error))?;
        complain(&format!("{}: {}", command.output.display(), picture.summary()));
    }
    Ok(if picture.lines.is_empty() { Outcome::Nothing } else { Outcome::Found })
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
