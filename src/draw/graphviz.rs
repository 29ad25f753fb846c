//! Other formats, drawn by an installed Graphviz.

use std::io::{self, Write};
use std::process::{Command, Stdio};
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
    let spawned = Command::new("dot")
        .args(format.arguments())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(DrawError::NoGraphviz { format: format.name() });
        }
        Err(error) => return Err(DrawError::Graphviz { problem: error.to_string() }),
    };
    let input = child.stdin.take();
    let output = thread::scope(|scope| {
        // It may write before it has read everything, and both pipes are small. What it did not read shows in its words.
        scope.spawn(move || input.map(|mut input| input.write_all(&text)));
        child.wait_with_output()
    });
    let output = output.map_err(|error| DrawError::Graphviz { problem: error.to_string() })?;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let problem =
        words.lines().find(|line| line.contains("Error")).or(words.lines().next()).unwrap_or("it said nothing");
    Err(DrawError::Graphviz { problem: problem.to_owned() })
}
