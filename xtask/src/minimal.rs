//! The lower bounds in the manifests are honest: the workspace compiles with the oldest versions they allow.

use std::fs;

use xshell::{Shell, cmd};

use crate::workspace::Workspace;
use crate::{Outcome, files};

/// In a copy, so that the lock file of the workspace is left alone.
pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let copy = workspace.target.join("xtask/minimal-versions");
    if sh.path_exists(&copy) {
        fs::remove_dir_all(&copy)?;
    }
    for file in files::all(&workspace.root)? {
        let to = copy.join(&file);
        fs::create_dir_all(to.parent().ok_or("a file without a folder")?)?;
        fs::copy(workspace.root.join(&file), to)?;
    }
    let target = workspace.target.join("xtask/minimal-versions-target");
    let selection = workspace.selection();
    let _there = sh.push_dir(copy);
    cmd!(sh, "cargo update -Z direct-minimal-versions").env("RUSTC_BOOTSTRAP", "1").run()?;
    Ok(cmd!(sh, "cargo check {selection...} --target-dir {target}").run()?)
}
