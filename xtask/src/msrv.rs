//! No normal dependency of a published crate asks for a newer Rust than the workspace promises.
//! (That the workspace's own code does not either is clippy's `incompatible_msrv`.)

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::Outcome;
use crate::workspace::{Workspace, list, text_of};

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let text = cmd!(sh, "cargo metadata --all-features --format-version 1").quiet().read()?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages: BTreeMap<_, _> = list(&metadata["packages"]).map(|p| (text_of(&p["id"]), p)).collect();
    let nodes: BTreeMap<_, _> = list(&metadata["resolve"]["nodes"]).map(|n| (text_of(&n["id"]), n)).collect();

    let is_library = |id: &&String| {
        packages[*id]["source"].is_null() && workspace.libraries().any(|p| packages[*id]["name"] == p.name)
    };
    let mut open: Vec<String> = packages.keys().filter(is_library).cloned().collect();
    let promised = open.first().and_then(|id| version(&packages[id]["rust_version"])).ok_or("no rust-version")?;
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        let is_normal = |dep: &&Value| list(&dep["dep_kinds"]).any(|kind| kind["kind"].is_null());
        let normal = list(&nodes[&id]["deps"]).filter(is_normal).map(|dep| text_of(&dep["pkg"]));
        if seen.insert(id.clone()) {
            open.extend(normal);
        }
    }

    let too_new = |id: &&String| version(&packages[*id]["rust_version"]).is_some_and(|needed| needed > promised);
    let offenders: Vec<_> = seen.iter().filter(too_new).map(|id| text_of(&packages[id]["name"])).collect();
    println!("{} normal dependencies, Rust {}.{} promised", seen.len(), promised.0, promised.1);
    if offenders.is_empty() { Ok(()) } else { Err(format!("need a newer Rust: {}", offenders.join(", ")).into()) }
}

/// Major and minor number of a `rust-version`.
fn version(value: &Value) -> Option<(u32, u32)> {
    let mut parts = value.as_str()?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next().unwrap_or(Ok(0)).ok()?))
}
