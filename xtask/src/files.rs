//! The files of the workspace, without asking git: CI may have neither git nor a repository.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// Every file but build output and git's own, as paths relative to `root`, sorted.
pub(crate) fn all(root: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if [".git", "target"].iter().any(|skipped| entry.file_name() == *skipped) {
                continue;
            }
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(root)?.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}
