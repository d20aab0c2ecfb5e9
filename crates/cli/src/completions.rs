//! `livecloud completions`: a script that completes commands in a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::output;

const AFTER_HELP: &str = "\
Examples:
  livecloud completions bash > ~/.local/share/bash-completion/completions/livecloud
  livecloud completions zsh > \"${fpath[1]}/_livecloud\"";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(crate) fn run<C: CommandFactory>(arguments: &Arguments) -> Result<(), Failure> {
    // Not straight to stdout: clap_complete panics when nobody reads it.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut C::command(), "livecloud", &mut script);
    output::line(String::from_utf8_lossy(&script).trim_end())?;
    Ok(())
}
