//! The `ailand` command.

fn main() {}
