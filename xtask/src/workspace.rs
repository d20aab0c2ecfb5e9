//! What `cargo metadata` says about the workspace, in the few words the tasks use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::Outcome;

/// The features every gate compiles with. One set for all, so that tests, clippy and docs share what they build;
/// `full` is the umbrella's. The TLS backends that need a C library belong to `ci --full`.
const GATE_FEATURES: [&str; 3] = ["full", "full-serde", "test-util"];

const CORE: &str = "livecloud-core";
pub(crate) const UMBRELLA: &str = "livecloud";
pub(crate) const SIM: &str = "livecloud-sim";

#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    /// Every package of the workspace, in the order of their names.
    pub(crate) packages: Vec<Package>,
    /// The names given with `-p`; none means all.
    chosen: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) dir: PathBuf,
    pub(crate) license: String,
    pub(crate) description: String,
    pub(crate) published: bool,
    pub(crate) features: BTreeMap<String, Vec<String>>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) examples: Vec<String>,
    has_library: bool,
}

#[derive(Debug)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// As opposed to one for tests or build scripts.
    pub(crate) normal: bool,
    pub(crate) optional: bool,
}

impl Workspace {
    pub(crate) fn load(sh: &Shell, chosen: &[String]) -> Outcome<Self> {
        let text = cmd!(sh, "cargo metadata --no-deps --format-version 1").quiet().read()?;
        let metadata: Value = serde_json::from_str(&text)?;
        let mut packages: Vec<_> = list(&metadata["packages"]).map(Package::read).collect();
        packages.sort_by(|a, b| a.name.cmp(&b.name));
        if let Some(unknown) = chosen.iter().find(|name| !packages.iter().any(|package| package.name == **name)) {
            return Err(format!("no package `{unknown}` in this workspace").into());
        }
        let path = |key: &str| PathBuf::from(text_of(&metadata[key]));
        Ok(Self { root: path("workspace_root"), target: path("target_directory"), packages, chosen: chosen.to_vec() })
    }

    pub(crate) fn is_narrowed(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// The packages a task works on.
    pub(crate) fn selected(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.chosen.is_empty() || self.chosen.contains(&package.name))
    }

    /// The libraries a user can depend on.
    pub(crate) fn libraries(&self) -> impl Iterator<Item = &Package> {
        self.selected().filter(|package| package.published && package.has_library)
    }

    /// The crates that speak to one vendor: known by their dependency on the core, so that a new one is never forgotten.
    pub(crate) fn vendors(&self) -> impl Iterator<Item = &Package> {
        let on_core = |package: &&Package| package.dependencies.iter().any(|d| d.normal && d.name == CORE);
        self.packages.iter().filter(|package| package.published && package.name != UMBRELLA).filter(on_core)
    }

    pub(crate) fn package(&self, name: &str) -> Outcome<&Package> {
        let found = self.packages.iter().find(|package| package.name == name);
        found.ok_or_else(|| format!("no package `{name}` in this workspace").into())
    }

    /// The arguments that select packages and features for cargo, the same in every gate.
    pub(crate) fn selection(&self) -> Vec<String> {
        let mut arguments = if self.chosen.is_empty() { vec!["--workspace".to_owned()] } else { Vec::new() };
        arguments.extend(self.chosen.iter().flat_map(|name| ["-p".to_owned(), name.clone()]));
        let known: BTreeSet<_> = self.selected().flat_map(|package| package.features.keys()).collect();
        // cargo refuses a feature that none of the selected packages has
        let features: Vec<_> =
            GATE_FEATURES.into_iter().filter(|name| known.iter().any(|known| known == name)).collect();
        if !features.is_empty() {
            arguments.extend(["--features".to_owned(), features.join(",")]);
        }
        arguments
    }
}

impl Package {
    fn read(package: &Value) -> Self {
        let manifest = PathBuf::from(text_of(&package["manifest_path"]));
        let of_kind = |kind: &'static str| {
            list(&package["targets"])
                .filter(move |target| list(&target["kind"]).any(|k| k == kind))
                .map(|target| text_of(&target["name"]))
        };
        Self {
            name: text_of(&package["name"]),
            version: text_of(&package["version"]),
            dir: manifest.parent().map(PathBuf::from).unwrap_or_default(),
            license: text_of(&package["license"]),
            description: text_of(&package["description"]),
            // `publish = false` is an empty list of registries
            published: package["publish"].is_null(),
            features: package["features"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, enables)| (name.clone(), list(enables).map(text_of).collect()))
                .collect(),
            dependencies: list(&package["dependencies"])
                .map(|dependency| Dependency {
                    name: text_of(&dependency["name"]),
                    normal: dependency["kind"].is_null(),
                    optional: dependency["optional"] == true,
                })
                .collect(),
            examples: of_kind("example").collect(),
            has_library: of_kind("lib").next().is_some(),
        }
    }

    /// The name as Rust code and file names spell it.
    pub(crate) fn ident(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The elements of a JSON array; nothing for anything else.
pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A JSON text; empty for anything else.
pub(crate) fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
