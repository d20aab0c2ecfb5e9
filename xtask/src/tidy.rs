//! `cargo xtask tidy`: the promises about layout, dependencies and sources that no compiler checks.

mod marks;
mod packages;
mod sources;
mod trees;

use xshell::Shell;

use crate::workspace::Workspace;
use crate::{Outcome, files};

/// What is not as promised, one line each; every check adds to it, so that one run shows everything.
type Problems = Vec<String>;

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let mut problems = Problems::new();
    packages::check(sh, workspace, &mut problems)?;
    trees::check(sh, workspace, &mut problems)?;
    sources::check(&workspace.root, &files::all(&workspace.root)?, &mut problems)?;
    for problem in &problems {
        println!("tidy: {problem}");
    }
    if problems.is_empty() { Ok(()) } else { Err(format!("{} problems", problems.len()).into()) }
}
