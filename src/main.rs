//! The `ailand` command: arguments in, exit code out. Everything else is in the library's `cli` face.

use std::process::ExitCode;

fn main() -> ExitCode {
    ailand::cli::run(std::env::args_os())
}
