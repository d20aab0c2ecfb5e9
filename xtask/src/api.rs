//! `cargo xtask api`: the public API of every published crate, as lines of text that are committed beside this program.
//!
//! They come from rustdoc's JSON, which changes with the compiler: where it speaks another dialect than the one this
//! program knows, the task says so and checks nothing.

mod render;
mod surface;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;
use xshell::{Shell, cmd};

use self::surface::Surface;
use crate::Outcome;
use crate::workspace::{Package, Workspace};

/// The dialect of rustdoc's JSON this program was written for: rustc 1.93 to 1.95.
const FORMAT_VERSION: u64 = 57;

/// Crates whose types may stand in public signatures, beside those of this workspace.
// `async_trait` is no type: implementors of the seams need the macro in the version that the core speaks.
const VOCABULARY: [&str; 10] =
    ["std", "core", "alloc", "http", "bytes", "serde", "serde_core", "serde_json", "async_trait", "futures_core"];

pub(crate) fn run(sh: &Shell, workspace: &Workspace, bless: bool) -> Outcome {
    let allowed: BTreeSet<String> =
        VOCABULARY.into_iter().map(str::to_owned).chain(workspace.packages.iter().map(Package::ident)).collect();
    let folder = workspace.root.join("xtask/api");
    let documents = document(sh, workspace)?;
    let mut problems = Vec::new();
    for package in workspace.libraries() {
        let json = sh.read_file(documents.join(format!("{}.json", package.ident())))?;
        let rustdoc: Value = serde_json::from_str(&json)?;
        let version = &rustdoc["format_version"];
        if *version != FORMAT_VERSION {
            println!("api: SKIPPED, rustdoc's JSON is of version {version} here and this task reads {FORMAT_VERSION}");
            return Ok(());
        }
        let surface = Surface::read(&rustdoc, &allowed);
        problems.extend(surface.foreign.iter().map(|line| format!("{}: {line}", package.name)));

        let snapshot = folder.join(format!("{}.txt", package.name));
        let text: String = surface.lines.iter().flat_map(|line| [line, "\n"]).collect();
        if bless {
            sh.write_file(&snapshot, &text)?;
            println!("{}: {} lines", package.name, surface.lines.len());
            continue;
        }
        let changes = changes(&sh.read_file(&snapshot).unwrap_or_default(), &text);
        if changes.is_empty() {
            println!("{}: {} lines, as in the snapshot", package.name, surface.lines.len());
        } else {
            println!("{}:\n{}", package.name, changes.join("\n"));
            problems.push(format!("{}: not as in the snapshot, {} changed lines", package.name, changes.len()));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(format!("{}\n(`cargo xtask api --bless` takes changes of the snapshot over)", problems.join("\n")).into())
}

/// Has rustdoc write its JSON about the selected crates, with the features of the gates; says into which folder.
fn document(sh: &Shell, workspace: &Workspace) -> Outcome<PathBuf> {
    // A folder of its own: build scripts look at RUSTC_BOOTSTRAP, so that sharing one would rebuild everything,
    // here and again in the next gate.
    let target = workspace.target.join("xtask/api");
    let selection = workspace.selection();
    cmd!(sh, "cargo doc --quiet {selection...} --lib --no-deps --target-dir {target}")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json")
        .run()?;
    Ok(target.join("doc"))
}

/// What differs between two sorted texts of unique lines.
fn changes(old: &str, new: &str) -> Vec<String> {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (old.lines().collect(), new.lines().collect());
    let gone = before.difference(&after).map(|line| format!("- {line}"));
    gone.chain(after.difference(&before).map(|line| format!("+ {line}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn a_change_of_a_line_is_shown_as_a_line_gone_and_a_line_come() {
        assert_eq!(changes("a\nb: u32\n", "a\nb: u64\n"), ["- b: u32", "+ b: u64"]);
        assert!(changes("a\n", "a\n").is_empty());
    }
}
