//! `cargo xtask sim --matrix`: what every fault of the simulator looks like to a caller, written anew and printed.

use xshell::{Shell, cmd};

use crate::Outcome;
use crate::workspace::{UMBRELLA, Workspace};

const TABLE: &str = "docs/fault-matrix.md";

pub(crate) fn matrix(sh: &Shell, workspace: &Workspace) -> Outcome {
    let test = cmd!(sh, "cargo test --quiet -p {UMBRELLA} --features full,full-serde --test simulator matrix");
    test.env("LIVECLOUD_BLESS", "1").run()?;
    println!("{}", sh.read_file(workspace.root.join(TABLE))?);
    Ok(())
}
