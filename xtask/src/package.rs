//! `cargo xtask package`: every published crate as it would be uploaded, and its tests run from there.

use std::fs;

use xshell::{Shell, cmd};

use crate::Outcome;
use crate::workspace::{Package, Workspace};

/// What tests need, and a user's build does not; the packaged manifest cannot ask for it itself.
const TEST_FEATURES: [&str; 3] = ["full", "full-serde", "test-util"];

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let published: Vec<&Package> = workspace.packages.iter().filter(|package| package.published).collect();
    let selection: Vec<_> = published.iter().flat_map(|package| ["-p", &package.name]).collect();
    // Built below, with the tests, and not twice.
    cmd!(sh, "cargo package --quiet --allow-dirty --no-verify {selection...}").run()?;

    let unpacked = workspace.target.join("xtask/package");
    if sh.path_exists(&unpacked) {
        fs::remove_dir_all(&unpacked)?;
    }
    sh.create_dir(&unpacked)?;
    let mut patches = Vec::new();
    for package in &published {
        let (name, version) = (&package.name, &package.version);
        let archive = workspace.target.join("package").join(format!("{name}-{version}.crate"));
        // as new as they are: archives hold one time for all, by which cargo would take a change for none
        cmd!(sh, "tar -xzmf {archive} -C {unpacked}").quiet().run()?;
        patches.push(format!("{name} = {{ path = \"{name}-{version}\" }}"));
    }
    // The crates find each other among themselves, as they would in the registry, and nothing of this workspace.
    let manifest =
        format!("[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n\n[patch.crates-io]\n{}\n", patches.join("\n"));
    sh.write_file(unpacked.join("Cargo.toml"), manifest)?;
    sh.copy_file(workspace.root.join("Cargo.lock"), unpacked.join("Cargo.lock"))?;

    let features = TEST_FEATURES.join(",");
    let target = workspace.target.join("xtask/package-target");
    let _there = sh.push_dir(&unpacked);
    Ok(cmd!(sh, "cargo test --quiet --workspace --features {features} --target-dir {target}").run()?)
}
