//! `cargo xtask examples`: every example runs to its end against the simulator, by the command its reader would type.

use xshell::{Cmd, Shell, cmd};

use crate::Outcome;
use crate::workspace::Workspace;

const PACKAGE: &str = "livecloud-examples";
const FIRST: &str = "quickstart";

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let mut names = workspace.package(PACKAGE)?.examples.clone();
    if !names.iter().any(|name| name == FIRST) {
        return Err(format!("{PACKAGE} has no example `{FIRST}`").into());
    }
    names.sort_by_key(|name| (name != FIRST, name.clone()));

    let is_credential = |name: &String| ["ZEGO_", "POLYV_", "ANYRTC_"].iter().any(|vendor| name.starts_with(vendor));
    let credentials: Vec<_> = std::env::vars().map(|(name, _)| name).filter(is_credential).collect();
    for name in names {
        let example = cmd!(sh, "cargo run --quiet -p {PACKAGE} --example {name}");
        // real credentials in the developer's environment must never turn a gate into calls to a vendor
        let example = credentials.iter().fold(example, Cmd::env_remove);
        // nobody listens on this port: what is sent to loopback must not go by a proxy
        example.env("HTTP_PROXY", "http://127.0.0.1:9").env("http_proxy", "http://127.0.0.1:9").run()?;
    }
    Ok(())
}
