//! The command line of livecloud: see what is sent, call by name, simulate the vendors.
//!
//! What it does for its users is in the package's README.

mod accounts;
mod call;
mod completions;
mod connection;
mod env_file;
mod exit;
mod failure;
mod faithful;
mod input;
mod job;
mod known_keys;
mod operations;
mod output;
mod raw;
mod redact;
mod rendering;
mod simulate;
mod usage;
mod verify_callback;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::exit::Exit;
use crate::failure::Failure;

const AFTER_HELP: &str = "\
Examples:
  livecloud operations
  livecloud call zego-cloud-player UpdatePlayer --input '{\"PlayerId\":\"player_1\",\"Sequence\":1}' --dry-run
  livecloud simulate

Credentials come from the environment or from --env-file, never from arguments.
Exit codes: 0 done; 2 usage, configuration, signing; 3 invalid input; 4 rejected by the vendor, or callback
mismatch; 5 not delivered; 6 outcome unknown; 7 answered, but unreadable or not written out.";

/// Unofficial command line for ZEGO Cloud Player, POLYV VOD, POLYV Live and anyRTC Cloud Recording.
#[derive(Debug, Parser)]
#[command(name = "livecloud", version, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Operations(operations::Arguments),
    Call(call::Arguments),
    Raw(raw::Arguments),
    VerifyCallback(verify_callback::Arguments),
    Simulate(simulate::Arguments),
    Completions(completions::Arguments),
}

impl Command {
    fn json_errors(&self) -> bool {
        match self {
            Self::Call(arguments) => arguments.connection.json_errors,
            Self::Raw(arguments) => arguments.connection.json_errors,
            Self::VerifyCallback(arguments) => arguments.json_errors,
            Self::Operations(_) | Self::Simulate(_) | Self::Completions(_) => false,
        }
    }

    async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Operations(arguments) => operations::run(&arguments),
            Self::Call(arguments) => call::run(arguments).await,
            Self::Raw(arguments) => raw::run(arguments).await,
            Self::VerifyCallback(arguments) => verify_callback::run(&arguments),
            Self::Simulate(arguments) => simulate::run(&arguments).await,
            Self::Completions(arguments) => completions::run::<Cli>(&arguments),
        }
    }
}

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args_os().collect();
    let as_json = usage::wants_json(&given);
    let command = match Cli::try_parse_from(given) {
        Ok(cli) => cli.command,
        Err(error) => return usage::explain(&error, as_json).into(),
    };
    let json_errors = command.json_errors();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(command.run()),
        Err(error) => Err(Failure::usage(format!("the asynchronous runtime does not start: {error}"))),
    };
    let exit = match outcome {
        Ok(()) => Exit::Done,
        Err(failure) => {
            output::complain(&failure, json_errors);
            failure.exit()
        }
    };
    exit.into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
