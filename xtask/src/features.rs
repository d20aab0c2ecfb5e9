//! `cargo xtask features`: every library compiles alone, without a warning, with no, default and all features.

use xshell::{Shell, cmd};

use crate::Outcome;
use crate::workspace::{Package, Workspace};

/// They need a C toolchain, and have their gate in `ci --full`.
const C_BACKED_TLS: [&str; 2] = ["native-tls", "rustls-aws-lc"];

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let mut builds = Vec::new();
    for package in workspace.libraries() {
        builds.push((package, Vec::new()));
        let all = additive(package);
        if !all.is_empty() {
            builds.push((package, vec!["--no-default-features".to_owned()]));
            builds.push((package, vec!["--features".to_owned(), all]));
        }
    }
    check(sh, &builds)
}

pub(crate) fn c_backed_tls(sh: &Shell, workspace: &Workspace) -> Outcome {
    let mut builds = Vec::new();
    for package in workspace.libraries() {
        for feature in C_BACKED_TLS.into_iter().filter(|feature| package.features.contains_key(*feature)) {
            builds.push((package, ["--no-default-features", "--features", feature].map(str::to_owned).to_vec()));
        }
    }
    check(sh, &builds)
}

/// clippy and not `cargo check`: only there can a warning, such as an import that one feature leaves unused, be made
/// an error without recompiling every dependency. Its own lints have their gate: a function may well look odd in one
/// combination of features.
fn check(sh: &Shell, builds: &[(&Package, Vec<String>)]) -> Outcome {
    let lints = ["-D", "warnings", "-A", "clippy::all", "-A", "clippy::pedantic"];
    let mut failed = Vec::new();
    for (Package { name, .. }, flags) in builds {
        if cmd!(sh, "cargo clippy --quiet -p {name} --lib {flags...} -- {lints...}").run().is_err() {
            failed.push(format!("{name} {}", flags.join(" ")));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join("; ")).into()) }
}

/// All public features that need nothing but the Rust toolchain; those with an underscore are the crate's own business.
fn additive(package: &Package) -> String {
    let public =
        package.features.keys().filter(|name| !name.starts_with('_') && !C_BACKED_TLS.contains(&name.as_str()));
    public.map(String::as_str).collect::<Vec<_>>().join(",")
}
