//! Command lines that cannot be read: told in one line that repeats nothing of what was given.
//!
//! What stands in the wrong place may be a secret, and so may the value of `--form`, `--query`, `--header` or `--input`.
//! Only what this program itself defines is named.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Whether these arguments, which may be wrong elsewhere, ask for failures as JSON.
pub(crate) fn wants_json(arguments: &[OsString]) -> bool {
    arguments.iter().skip(1).take_while(|argument| *argument != "--").any(|argument| argument == "--json-errors")
}

/// Prints help and version, complains about anything else.
pub(crate) fn explain(error: &clap::Error, as_json: bool) -> Exit {
    let failure = if is_help(error.kind()) {
        match error.print() {
            Ok(()) if error.use_stderr() => return Exit::Usage,
            Ok(()) => return Exit::Done,
            Err(error) => Failure::from(error),
        }
    } else {
        Failure::usage(message(error))
    };
    output::complain(&failure, as_json);
    failure.exit()
}

fn is_help(kind: ErrorKind) -> bool {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    matches!(kind, DisplayHelp | DisplayHelpOnMissingArgumentOrSubcommand | DisplayVersion)
}

fn message(error: &clap::Error) -> String {
    // Of a known argument this is its definition; of an unknown one it is what was given.
    let argument = || texts(error, ContextKind::InvalidArg);
    let hint = |kind| {
        let known = texts(error, kind);
        if known.is_empty() { "see --help".to_owned() } else { format!("did you mean {known}?") }
    };
    match error.kind() {
        ErrorKind::UnknownArgument => format!("unexpected argument; {}", hint(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => format!("there is no such command; {}", hint(ContextKind::SuggestedSubcommand)),
        ErrorKind::InvalidValue => match texts(error, ContextKind::ValidValue) {
            known if known.is_empty() => format!("{} needs a value", argument()),
            known => format!("{} must be one of {known}", argument()),
        },
        ErrorKind::ValueValidation => format!("{} has a wrong value{}", argument(), expectation(error)),
        ErrorKind::MissingRequiredArgument => format!("missing {}", argument()),
        ErrorKind::ArgumentConflict => match texts(error, ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument() => format!("{} cannot be given twice", argument()),
            prior => format!("{} cannot be used with {prior}", argument()),
        },
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8".to_owned(),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{} has too few or too many values", argument())
        }
        _ => "the command line cannot be read; see --help".to_owned(),
    }
}

/// What the argument's own parser expects. None of the parsers quotes a text.
fn expectation(error: &clap::Error) -> String {
    std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default()
}

fn texts(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_asked_for_by_a_flag_and_not_by_what_follows_two_dashes() {
        let wants = |arguments: &[&str]| wants_json(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert!(wants(&["livecloud", "call", "--json-errors", "x"]));
        assert!(!wants(&["--json-errors", "call"]) && !wants(&["livecloud", "call", "--", "--json-errors"]));
    }
}
