//! Reading the arguments of one command without describing all the others.
//!
//! Describing every command and option to the parser takes a tenth of a cold answer. The command that is named is
//! described alone; when its arguments are not right, or help is asked for, everything is parsed again with the full
//! description, which words messages and help pages.

use std::ffi::OsString;

use clap::{Args, FromArgMatches};

use super::args::{Arguments, Command, Global};

/// The arguments, when they are right and name one of the commands that answer questions.
pub(super) fn parse(arguments: &[OsString]) -> Option<Arguments> {
    // A name can also be the value of an option; then this parse fails, and the full one decides.
    arguments.iter().skip(1).find_map(|argument| match argument.to_str() {
        Some("ask") => Some(only("ask", arguments, Command::Ask)),
        Some("find") => Some(only("find", arguments, Command::Find)),
        Some("show") => Some(only("show", arguments, Command::Show)),
        Some("query") => Some(only("query", arguments, Command::Query)),
        _ => None,
    })?
}

fn only<C: Args>(name: &'static str, arguments: &[OsString], wrap: fn(C) -> Command) -> Option<Arguments> {
    let command = C::augment_args(clap::Command::new(name)).disable_help_flag(true);
    let matches = Global::augment_args(clap::Command::new("ailand"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .subcommand(command)
        .try_get_matches_from(arguments)
        .ok()?;
    let (_, own) = matches.subcommand()?;
    Some(Arguments { global: Global::from_arg_matches(&matches).ok()?, command: wrap(C::from_arg_matches(own).ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn both_parsers_agree() {
        for line in [
            "ailand ask who invested in X",
            "ailand --db here ask who --format json",
            "ailand find x --label Startup -n 3 --wait 2",
            "ailand show x --language en --color never",
            "ailand --format csv ask -- --help",
            "ailand query rounds --param year=2024 --max-rows 5 --format json --timeout 2",
        ] {
            let quick = parse(&words(line)).unwrap_or_else(|| panic!("{line}"));
            let full = Arguments::try_parse_from(words(line)).unwrap();
            assert_eq!(format!("{quick:?}"), format!("{full:?}"), "{line}");
        }
    }

    #[test]
    fn what_is_not_right_is_left_to_the_full_parser() {
        for line in [
            "ailand ask", "ailand ask --help", "ailand ask x --nonsense", "ailand --db ask find", "ailand help ask",
            "ailand query", "ailand query --help", "ailand stats",
        ] {
            assert!(parse(&words(line)).is_none(), "{line}");
        }
    }
}
