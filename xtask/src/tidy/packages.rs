//! Licences, READMEs, and who may depend on whom.

use std::collections::BTreeSet;

use xshell::Shell;

use super::Problems;
use crate::workspace::{Package, SIM, UMBRELLA, Workspace};
use crate::{Outcome, files};

const LICENSE: &str = "MIT OR Apache-2.0";
const LICENSE_FILES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

pub(super) fn check(sh: &Shell, workspace: &Workspace, problems: &mut Problems) -> Outcome {
    for file in LICENSE_FILES {
        if !sh.path_exists(workspace.root.join(file)) {
            problems.push(format!("{file} is missing"));
        }
    }
    for package in &workspace.packages {
        let Package { name, license, .. } = package;
        if license != LICENSE {
            problems.push(format!("{name} has the licence `{license}`, not `{LICENSE}`"));
        }
        if package.published && !says_unofficial(&package.description) {
            problems.push(format!("{name}: the description does not say \"unofficial\""));
        }
        if package.published && !says_unofficial(&sh.read_file(package.dir.join("README.md")).unwrap_or_default()) {
            problems.push(format!("{name}: no README.md that says \"unofficial\""));
        }
    }
    check_readme(sh, workspace, problems);
    directions(workspace, problems)?;
    umbrella(sh, workspace, problems)
}

fn says_unofficial(text: &str) -> bool {
    text.to_lowercase().contains("unofficial")
}

/// Vendor crates never see each other, and the simulator sees nobody: its truth must stay independent.
fn directions(workspace: &Workspace, problems: &mut Problems) -> Outcome {
    let vendors: BTreeSet<_> = workspace.vendors().map(|vendor| &vendor.name).collect();
    for vendor in workspace.vendors() {
        // its own name stands among its dev-dependencies, to switch features on for its tests
        for other in vendor.dependencies.iter().filter(|d| d.name != vendor.name && vendors.contains(&d.name)) {
            problems.push(format!("{} depends on another vendor, {}", vendor.name, other.name));
        }
    }
    let members: BTreeSet<_> = workspace.packages.iter().map(|package| &package.name).collect();
    for dependency in workspace.package(SIM)?.dependencies.iter().filter(|d| members.contains(&d.name)) {
        problems.push(format!("{SIM} depends on {}, and may on nothing of this workspace", dependency.name));
    }
    Ok(())
}

/// The umbrella has every vendor behind a feature of its name, and forwards what all vendors offer.
fn umbrella(sh: &Shell, workspace: &Workspace, problems: &mut Problems) -> Outcome {
    let umbrella = workspace.package(UMBRELLA)?;
    let library = sh.read_file(umbrella.dir.join("src/lib.rs"))?;
    let enables = |feature: &str, what: &str| {
        umbrella.features.get(feature).is_some_and(|enabled| enabled.iter().any(|entry| entry == what))
    };

    let mut shared: Option<BTreeSet<&String>> = None;
    for vendor in workspace.vendors() {
        let (name, ident) = (&vendor.name, vendor.ident());
        if !umbrella.dependencies.iter().any(|d| d.name == *name && d.optional)
            || !enables(name, &format!("dep:{name}"))
        {
            problems.push(format!("{UMBRELLA} has no feature `{name}` for the vendor of that name"));
        }
        if !enables("full", name) {
            problems.push(format!("{UMBRELLA}: `full` leaves {name} out"));
        }
        if !library.lines().any(|line| line.contains("pub use") && line.contains(&ident)) {
            problems.push(format!("{UMBRELLA} does not re-export {name}"));
        }
        let features: BTreeSet<_> = vendor.features.keys().filter(|feature| *feature != "default").collect();
        shared = Some(shared.map_or_else(|| features.clone(), |shared| &shared & &features));
    }
    for feature in shared.into_iter().flatten() {
        if !enables(feature, &format!("livecloud-core/{feature}")) {
            problems.push(format!("{UMBRELLA} does not forward `{feature}` to the core"));
        }
        for vendor in workspace.vendors() {
            // a feature that a vendor only hands on to the core needs no second way there
            if uses(vendor, feature)? && !enables(feature, &format!("{}?/{feature}", vendor.name)) {
                problems.push(format!("{UMBRELLA} does not forward `{feature}` to {}", vendor.name));
            }
        }
    }
    Ok(())
}

/// The README's snippets are doc tests of a package that is not published: a published one could not reach the file.
fn check_readme(sh: &Shell, workspace: &Workspace, problems: &mut Problems) {
    let home = workspace.root.join("examples/src/lib.rs");
    if !sh.read_file(home).unwrap_or_default().contains("include_str!(\"../../README.md\")") {
        problems.push("examples/src/lib.rs does not compile the snippets of README.md as doc tests".to_owned());
    }
}

/// Whether the sources of a package are compiled differently with this feature.
fn uses(package: &Package, feature: &str) -> Outcome<bool> {
    let condition = format!("feature = \"{feature}\"");
    let sources = package.dir.join("src");
    for file in files::all(&sources)? {
        if std::fs::read_to_string(sources.join(file))?.contains(&condition) {
            return Ok(true);
        }
    }
    Ok(false)
}
