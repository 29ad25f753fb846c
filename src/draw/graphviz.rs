//! Other formats, drawn by an installed Graphviz.

use std::io::{self, Write};
use std::process::Command;
use std::thread;

use super::picture::Picture;
use super::{DrawError, dot};

/// What Graphviz makes of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Pixels, 144 to the inch.
    Png,
    /// A page as large as the picture.
    Pdf,
}

impl Format {
    /// The format's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Pdf => "PDF",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["-Tpng", "-Gdpi=144"],
            Self::Pdf => &["-Tpdf"],
        }
    }
}

/// Draws a picture with the program `dot`, which chooses the layout that the picture names.
///
/// # Errors
/// [`DrawError::NoGraphviz`] when there is no such program, [`DrawError::Graphviz`] with its words when it fails.
pub fn render(picture: &Picture, format: Format) -> Result<Vec<u8>, DrawError> {
    let mut text = Vec::new();
    dot::write(picture, &mut text)?;
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => DrawError::NoGraphviz { format: format.name() },
        _ => DrawError::Graphviz { problem: error.to_string() },
    };
    let (input, mut feed) = io::pipe().map_err(failed)?;
    let output = thread::scope(|scope| {
        // Pipes are small, and it may write before it has read everything. What it did not read shows in its words.
        scope.spawn(move || feed.write_all(&text));
        // The end of the pipe that it reads goes with the command: when it dies early, the writing ends too.
        let mut command = Command::new("dot");
        command.args(format.arguments()).stdin(input).output()
    });
    let output = output.map_err(failed)?;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let problem = words.lines().find(|line| line.contains("Error")).or(words.lines().next());
    Err(DrawError::Graphviz { problem: problem.unwrap_or("it said nothing").to_owned() })
}
