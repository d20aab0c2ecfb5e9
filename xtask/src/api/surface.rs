//! Walks the modules of a crate and writes one line for every public item.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::render::Renderer;
use crate::workspace::{list, text_of};

/// The public API of one crate.
pub(super) struct Surface {
    /// One per item, sorted by path.
    pub(super) lines: Vec<String>,
    /// The lines that name a crate which is not allowed in public signatures, and that crate.
    pub(super) foreign: Vec<String>,
}

impl Surface {
    pub(super) fn read(rustdoc: &Value, allowed: &BTreeSet<String>) -> Self {
        let mut walker = Walker { rustdoc, paths: BTreeMap::new(), open: Vec::new(), items: Vec::new() };
        let root = &rustdoc["index"][key(&rustdoc["root"])];
        walker.module(root, &text_of(&root["name"]));

        // Two rounds, because a line may name an item whose public path is only found later.
        let renderer = Renderer::new(rustdoc, &walker.paths);
        let mut found = Found::default();
        for (path, item) in &walker.items {
            match &walker.paths[&key(&item["id"])] {
                shortest if shortest != path => {
                    found.line(path, format!("use {path} = {shortest}"), BTreeSet::new());
                }
                _ => walker.describe(&renderer, path, item, &mut found),
            }
        }
        let lines = found.into_lines();
        let foreign = lines.iter().flat_map(|((_, line), crates)| {
            crates.difference(allowed).map(move |foreign| format!("`{line}` names a type of the crate {foreign}"))
        });
        let foreign = foreign.collect();
        Self { lines: lines.into_keys().map(|(_, line)| line).collect(), foreign }
    }
}

/// Lines by path, and the crates that each of them names.
type Lines = BTreeMap<(String, String), BTreeSet<String>>;

#[derive(Default)]
struct Found {
    lines: Lines,
    /// By path and type: the traits it simply implements, mostly derived. Most types have half a dozen.
    traits: BTreeMap<(String, String), BTreeMap<String, BTreeSet<String>>>,
}

impl Found {
    fn line(&mut self, path: &str, line: String, crates: BTreeSet<String>) {
        self.lines.entry((path.to_owned(), line)).or_default().extend(crates);
    }

    fn into_lines(mut self) -> Lines {
        for ((path, ty), traits) in std::mem::take(&mut self.traits) {
            let names: Vec<_> = traits.keys().map(String::as_str).collect();
            let line = format!("impl {} for {ty}", names.join(" + "));
            self.line(&path, line, traits.into_values().flatten().collect());
        }
        self.lines
    }
}

struct Walker<'a> {
    rustdoc: &'a Value,
    /// Where the public finds an item of this crate: its shortest path.
    paths: BTreeMap<String, String>,
    /// The modules on the way here: a glob import can lead in circles.
    open: Vec<String>,
    items: Vec<(String, &'a Value)>,
}

impl<'a> Walker<'a> {
    fn item(&self, id: &Value) -> Option<&'a Value> {
        self.rustdoc["index"].get(key(id))
    }

    fn children(&self, ids: &'a Value) -> impl Iterator<Item = &'a Value> {
        list(ids).filter_map(|id| self.item(id))
    }

    fn module(&mut self, module: &'a Value, path: &str) {
        let id = key(&module["id"]);
        if self.open.contains(&id) {
            return;
        }
        self.open.push(id);
        for id in list(&module["inner"]["module"]["items"]) {
            let Some(item) = self.item(id) else { continue };
            let import = &item["inner"]["use"];
            let target = self.item(&import["id"]);
            if import.is_null() {
                self.place(item, &format!("{path}::{}", text_of(&item["name"])));
            } else if let (Some(target), true) = (target, import["is_glob"] == true) {
                self.module(target, path);
            } else if let Some(target) = target {
                self.place(target, &format!("{path}::{}", text_of(&import["name"])));
            } else {
                // of another crate
                let name = if import["is_glob"] == true { "*".to_owned() } else { text_of(&import["name"]) };
                self.place(item, &format!("{path}::{name}"));
            }
        }
        self.open.pop();
    }

    fn place(&mut self, item: &'a Value, path: &str) {
        let known = self.paths.entry(key(&item["id"])).or_insert_with(|| path.to_owned());
        if path.matches("::").count() < known.matches("::").count() {
            path.clone_into(known);
        }
        self.items.push((path.to_owned(), item));
        if item["inner"]["module"].is_object() {
            self.module(item, path);
        }
    }

    /// The lines about an item and what belongs to it.
    fn describe(&self, renderer: &Renderer<'_>, path: &str, item: &'a Value, found: &mut Found) {
        let (kind, inner) = kind_of(item);
        let mut line = |path: &str, text: String| {
            let non_exhaustive = list(&item["attrs"]).any(|attribute| attribute == "non_exhaustive");
            let prefix = if non_exhaustive { "#[non_exhaustive] " } else { "" };
            found.line(path, format!("{prefix}{text}"), renderer.take_crates());
        };
        let generics = || renderer.generics(&inner["generics"]);
        let bounds = || renderer.where_clause(&inner["generics"]);
        match kind {
            "use" => {
                renderer.name_crate_of(&inner["id"]);
                let glob = if inner["is_glob"] == true { "::*" } else { "" };
                line(path, format!("use {path} = {}{glob}", text_of(&inner["source"])));
            }
            "module" => line(path, format!("mod {path}")),
            "macro" => line(path, format!("macro {path}!")),
            "function" => {
                // visibility is only written where it has a meaning: not in traits, where a body means "provided"
                let provided = item["visibility"] == "default" && inner["has_body"] == true;
                line(path, format!("{}{}", renderer.function(path, inner), if provided { " { .. }" } else { "" }));
            }
            "constant" | "static" => line(path, format!("{kind} {path}: {}", renderer.ty(&inner["type"]))),
            "struct_field" => line(path, format!("field {path}: {}", renderer.ty(inner))),
            "type_alias" => {
                line(path, format!("type {path}{} = {}{}", generics(), renderer.ty(&inner["type"]), bounds()));
            }
            "assoc_const" => line(path, format!("const {path}: {}", renderer.ty(&inner["type"]))),
            "assoc_type" => line(path, format!("type {path}{}", renderer.assoc_type(inner))),
            "variant" => line(path, format!("variant {path}{}", self.fields_in_place(renderer, &inner["kind"]))),
            "struct" => {
                let fields = self.fields_in_place(renderer, &inner["kind"]);
                line(path, format!("struct {path}{}{fields}{}", generics(), bounds()));
            }
            "enum" => line(path, format!("enum {path}{}{}", generics(), bounds())),
            "trait" => {
                let supertraits = renderer.bounds(&inner["bounds"], ": ");
                line(path, format!("trait {path}{}{supertraits}{}", generics(), bounds()));
            }
            other => line(path, format!("{other} {path}")),
        }

        let fields = [&inner["kind"]["plain"]["fields"], &inner["kind"]["struct"]["fields"]];
        let members =
            fields.into_iter().chain([&inner["variants"]]).chain((kind == "trait").then_some(&inner["items"]));
        for member in members.flat_map(|ids| self.children(ids)) {
            self.describe(renderer, &format!("{path}::{}", text_of(&member["name"])), member, found);
        }
        for implementation in self.children(&inner["impls"]).chain(self.children(&inner["implementations"])) {
            self.implementation(renderer, path, &implementation["inner"]["impl"], found);
        }
    }

    fn implementation(&self, renderer: &Renderer<'_>, path: &str, inner: &'a Value, found: &mut Found) {
        if inner["trait"].is_null() {
            for member in self.children(&inner["items"]) {
                self.describe(renderer, &format!("{path}::{}", text_of(&member["name"])), member, found);
            }
            return;
        }
        // what the compiler finds by itself, and what other crates implement for every type
        let is_written = inner["is_synthetic"] != true && inner["blanket_impl"].is_null();
        let of = renderer.path(&inner["trait"]);
        if !is_written || of.ends_with("StructuralPartialEq") {
            renderer.take_crates();
            return;
        }
        let types = self.children(&inner["items"]).filter(|item| item["inner"]["assoc_type"].is_object());
        let types: Vec<_> = types
            .map(|item| format!("{}{}", text_of(&item["name"]), renderer.assoc_type(&item["inner"]["assoc_type"])))
            .collect();
        let (generics, bounds) = (renderer.generics(&inner["generics"]), renderer.where_clause(&inner["generics"]));
        let ty = renderer.ty(&inner["for"]);
        let crates = renderer.take_crates();
        // with the type it is for, so that a trait and its types do not both list it
        let path = self.paths.get(&key(&inner["for"]["resolved_path"]["id"])).map_or(path, String::as_str);
        if types.is_empty() && bounds.is_empty() && ["", "<'de>"].contains(&generics.as_str()) {
            found.traits.entry((path.to_owned(), ty)).or_default().insert(of, crates);
            return;
        }
        let types = if types.is_empty() { String::new() } else { format!(" {{ {} }}", types.join(", ")) };
        found.line(path, format!("impl{generics} {of} for {ty}{bounds}{types}"), crates);
    }

    /// What follows the name of a struct or variant; named fields have lines of their own.
    fn fields_in_place(&self, renderer: &Renderer<'_>, kind: &'a Value) -> String {
        if let Some(ids) = kind["tuple"].as_array() {
            let field = |id| self.item(id).map_or_else(|| "_".to_owned(), |f| renderer.ty(&f["inner"]["struct_field"]));
            return format!("({})", ids.iter().map(field).collect::<Vec<_>>().join(", "));
        }
        let named = if kind["plain"].is_object() { &kind["plain"] } else { &kind["struct"] };
        match (named.is_object(), named["has_stripped_fields"] == true) {
            (true, true) => " { private fields }".to_owned(),
            (true, false) => " { .. }".to_owned(),
            _ => String::new(),
        }
    }
}

/// The one entry of an item's `inner` map: what it is, and the details.
fn kind_of(item: &Value) -> (&str, &Value) {
    let entry = item["inner"].as_object().and_then(|inner| inner.iter().next());
    entry.map_or(("unknown", &Value::Null), |(kind, inner)| (kind.as_str(), inner))
}

/// Ids are numbers, and texts where they are keys.
pub(super) fn key(id: &Value) -> String {
    id.to_string()
}
