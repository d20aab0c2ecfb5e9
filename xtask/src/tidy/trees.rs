//! What the vendor crates bring along, from `cargo tree` for this machine's target.

use std::collections::BTreeSet;

use xshell::{Shell, cmd};

use super::Problems;
use crate::Outcome;
use crate::workspace::{SIM, Workspace};

/// Never in the tree of a vendor crate without a transport feature.
const FORBIDDEN: [&str; 8] = ["reqwest", "hyper", "rustls", "native-tls", "openssl", "ring", "aws-lc-rs", "aws-lc-sys"];

/// TLS features, and what each must not bring.
const PROVIDERS: [(&str, &str); 3] = [("rustls", "aws-lc-rs"), ("rustls-aws-lc", "ring"), ("native-tls", "rustls")];

/// Crates in that tree, the vendor crate and the core included.
const MOST_CRATES: usize = 48;

/// Direct dependencies that come in two versions, each with the reason why that cannot be helped.
const DUPLICATES: [(&str, &str); 1] = [("getrandom", "ring 0.17 still asks for 0.2")];

pub(super) fn check(sh: &Shell, workspace: &Workspace, problems: &mut Problems) -> Outcome {
    let shipped = workspace.packages.iter().filter(|package| package.published && package.name != SIM);
    let direct: BTreeSet<_> =
        shipped.flat_map(|p| p.dependencies.iter().filter(|d| d.normal).map(|d| d.name.as_str())).collect();
    for vendor in workspace.vendors() {
        let name = &vendor.name;
        let tree = cmd!(sh, "cargo tree -p {name} -e normal --prefix none --no-default-features").quiet().read()?;
        let crates: BTreeSet<_> = tree.lines().filter_map(crate_of).collect();
        println!("{name}: {} crates without a transport", crates.len());
        if crates.len() > MOST_CRATES {
            problems.push(format!("{name} has {} crates without a transport, more than {MOST_CRATES}", crates.len()));
        }
        for (forbidden, _) in crates.iter().filter(|(name, _)| FORBIDDEN.contains(name)) {
            problems.push(format!("{name} without a transport still depends on {forbidden}"));
        }

        // a TLS feature that brings the other's provider along would never be the one in use
        for (feature, other) in PROVIDERS {
            let args = ["--no-default-features", "--features", feature];
            let tree = cmd!(sh, "cargo tree -p {name} -e normal --prefix none {args...}").quiet().read()?;
            if tree.lines().filter_map(crate_of).any(|(name, _)| name == other) {
                problems.push(format!("{name} with `{feature}` alone depends on {other}"));
            }
        }

        // as users get it by default
        let tree = cmd!(sh, "cargo tree -p {name} -e normal --prefix none").quiet().read()?;
        for twice in duplicated(&tree) {
            if direct.contains(twice) && !DUPLICATES.iter().any(|(allowed, _)| *allowed == twice) {
                problems.push(format!("{name} has several versions of {twice} in its tree"));
            }
        }
    }
    Ok(())
}

/// Name and version from a line of `cargo tree --prefix none`.
fn crate_of(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    Some((words.next()?, words.next()?))
}

/// The names that come in several versions.
fn duplicated(tree: &str) -> BTreeSet<&str> {
    let crates: BTreeSet<_> = tree.lines().filter_map(crate_of).collect();
    crates.iter().zip(crates.iter().skip(1)).filter(|(a, b)| a.0 == b.0).map(|(a, _)| a.0).collect()
}

#[cfg(test)]
mod tests {
    use super::{crate_of, duplicated};

    const TREE: &str = "\
zego-cloud-player v0.1.0 (/elsewhere/zego-cloud-player)
getrandom v0.4.3
ring v0.17.14
getrandom v0.2.17
serde_derive v1.0.228 (proc-macro)
getrandom v0.4.3 (*)
";

    #[test]
    fn a_repeated_line_is_no_second_version_but_another_version_is() {
        assert_eq!(duplicated(TREE).into_iter().collect::<Vec<_>>(), ["getrandom"]);
        assert!(duplicated("bytes v1.11.0\nbytes v1.11.0 (*)\n").is_empty());
    }

    #[test]
    fn a_line_of_the_tree_is_a_name_a_version_and_remarks() {
        assert_eq!(crate_of("serde_derive v1.0.228 (proc-macro)"), Some(("serde_derive", "v1.0.228")));
        assert_eq!(crate_of(""), None);
    }
}
