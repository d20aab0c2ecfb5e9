//! Types, bounds and signatures from rustdoc's JSON, as one would write them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::surface::key;
use crate::workspace::{list, text_of};

/// Modules of the standard library whose items stand without a path: everybody knows where they come from.
const FAMILIAR: [&str; 14] = [
    "borrow", "boxed", "clone", "cmp", "convert", "default", "future", "iter", "marker", "ops", "option", "result",
    "string", "vec",
];

pub(super) struct Renderer<'a> {
    rustdoc: &'a Value,
    /// The public paths of this crate's own items.
    paths: &'a BTreeMap<String, String>,
    /// The crates named since the last look.
    crates: RefCell<BTreeSet<String>>,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(rustdoc: &'a Value, paths: &'a BTreeMap<String, String>) -> Self {
        Self { rustdoc, paths, crates: RefCell::default() }
    }

    pub(super) fn take_crates(&self) -> BTreeSet<String> {
        self.crates.take()
    }

    pub(super) fn name_crate_of(&self, id: &Value) {
        let summary = &self.rustdoc["paths"][key(id)];
        let name = &self.rustdoc["external_crates"][key(&summary["crate_id"])]["name"];
        if let Some(name) = name.as_str() {
            self.crates.borrow_mut().insert(name.to_owned());
        }
    }

    pub(super) fn ty(&self, ty: &Value) -> String {
        let Some((kind, inner)) = ty.as_object().and_then(|ty| ty.iter().next()) else {
            return ty.as_str().unwrap_or("()").to_owned();
        };
        let prefix = |before: &str, mutable: &str, constant: &str| {
            let mutability = if inner["is_mutable"] == true { mutable } else { constant };
            let lifetime = inner["lifetime"].as_str().map(|name| format!("{name} ")).unwrap_or_default();
            format!("{before}{lifetime}{mutability}{}", self.ty(&inner["type"]))
        };
        match kind.as_str() {
            "resolved_path" => self.path(inner),
            "generic" | "primitive" => text_of(inner),
            "borrowed_ref" => prefix("&", "mut ", ""),
            "raw_pointer" => prefix("*", "mut ", "const "),
            "slice" => format!("[{}]", self.ty(inner)),
            "array" => format!("[{}; {}]", self.ty(&inner["type"]), text_of(&inner["len"])),
            "tuple" => format!("({})", each(inner, |ty| self.ty(ty))),
            "impl_trait" => format!("impl {}", self.bounds(inner, "")),
            "dyn_trait" => {
                let traits = list(&inner["traits"]).map(|bound| self.poly_trait(bound));
                let lifetime = inner["lifetime"].as_str().map(str::to_owned);
                format!("dyn {}", traits.chain(lifetime).collect::<Vec<_>>().join(" + "))
            }
            "qualified_path" => {
                let (name, args) = (text_of(&inner["name"]), self.args(&inner["args"]));
                match (self.ty(&inner["self_type"]), &inner["trait"]) {
                    (this, of) if of.is_object() && !text_of(&of["path"]).is_empty() => {
                        format!("<{this} as {}>::{name}{args}", self.path(of))
                    }
                    (this, _) => format!("{this}::{name}{args}"),
                }
            }
            "function_pointer" => {
                let sig = &inner["sig"];
                format!("fn({}){}", each(&sig["inputs"], |input| self.ty(&input[1])), self.output(sig))
            }
            // rare enough to be shown as it comes
            _ => ty.to_string(),
        }
    }

    /// A type or trait with its arguments, under the name by which the public knows it.
    pub(super) fn path(&self, path: &Value) -> String {
        self.name_crate_of(&path["id"]);
        format!("{}{}", self.name(path), self.args(&path["args"]))
    }

    fn name(&self, path: &Value) -> String {
        let id = key(&path["id"]);
        if let Some(public) = self.paths.get(&id) {
            return public.split_once("::").map_or(public.as_str(), |(_, inside)| inside).to_owned();
        }
        let full: Vec<_> = list(&self.rustdoc["paths"][id]["path"]).map(text_of).collect();
        match full.as_slice() {
            // not in rustdoc's table: as the source spells it
            [] => text_of(&path["path"]),
            [std, module, .., last] if ["alloc", "core", "std"].contains(&std.as_str()) => {
                if FAMILIAR.contains(&module.as_str()) { last.clone() } else { format!("{module}::{last}") }
            }
            [first, .., last] if first == "serde_core" => format!("serde::{last}"),
            // where another crate keeps an item inside is that crate's business
            [first, .., last] => format!("{first}::{last}"),
            [only] => only.clone(),
        }
    }

    fn args(&self, args: &Value) -> String {
        let parenthesized = &args["parenthesized"];
        if parenthesized.is_object() {
            return format!("({}){}", each(&parenthesized["inputs"], |ty| self.ty(ty)), self.output(parenthesized));
        }
        let args = &args["angle_bracketed"];
        let types = list(&args["args"]).map(|arg| match arg {
            Value::Object(arg) if arg.contains_key("type") => self.ty(&arg["type"]),
            Value::Object(arg) if arg.contains_key("lifetime") => text_of(&arg["lifetime"]),
            Value::Object(arg) if arg.contains_key("const") => text_of(&arg["const"]["expr"]),
            _ => "_".to_owned(),
        });
        let constraints = list(&args["constraints"]).map(|constraint| {
            let binding = &constraint["binding"];
            let (name, equal) = (text_of(&constraint["name"]), &binding["equality"]);
            if equal["type"].is_object() {
                format!("{name} = {}", self.ty(&equal["type"]))
            } else {
                format!("{name}{}", self.bounds(&binding["constraint"], ": "))
            }
        });
        let all: Vec<_> = types.chain(constraints).collect();
        if all.is_empty() { String::new() } else { format!("<{}>", all.join(", ")) }
    }

    /// `lead`, then the bounds; nothing if there are none.
    pub(super) fn bounds(&self, bounds: &Value, lead: &str) -> String {
        let bounds: Vec<_> = list(bounds).map(|bound| self.bound(bound)).collect();
        if bounds.is_empty() { String::new() } else { format!("{lead}{}", bounds.join(" + ")) }
    }

    fn bound(&self, bound: &Value) -> String {
        if let Some(lifetime) = bound["outlives"].as_str() {
            return lifetime.to_owned();
        }
        let of = &bound["trait_bound"];
        if !of.is_object() {
            return bound.to_string();
        }
        format!("{}{}", if of["modifier"] == "maybe" { "?" } else { "" }, self.poly_trait(of))
    }

    fn poly_trait(&self, bound: &Value) -> String {
        let lifetimes = each(&bound["generic_params"], |param| text_of(&param["name"]));
        let binder = if lifetimes.is_empty() { String::new() } else { format!("for<{lifetimes}> ") };
        format!("{binder}{}", self.path(&bound["trait"]))
    }

    pub(super) fn generics(&self, generics: &Value) -> String {
        let params = list(&generics["params"]).filter(|param| param["kind"]["type"]["is_synthetic"] != true);
        let params = params.map(|param| {
            let (name, kind) = (text_of(&param["name"]), &param["kind"]);
            if kind["const"].is_object() {
                return format!("const {name}: {}", self.ty(&kind["const"]["type"]));
            }
            let default = &kind["type"]["default"];
            let default = if default.is_null() { String::new() } else { format!(" = {}", self.ty(default)) };
            format!("{name}{}{default}", self.bounds(&kind["type"]["bounds"], ": "))
        });
        let params: Vec<_> = params.collect();
        if params.is_empty() { String::new() } else { format!("<{}>", params.join(", ")) }
    }

    pub(super) fn where_clause(&self, generics: &Value) -> String {
        let predicates = list(&generics["where_predicates"]).map(|predicate| {
            let bound = &predicate["bound_predicate"];
            if bound.is_object() {
                return format!("{}{}", self.ty(&bound["type"]), self.bounds(&bound["bounds"], ": "));
            }
            let lifetime = &predicate["lifetime_predicate"];
            let outlives: Vec<_> = list(&lifetime["outlives"]).map(text_of).collect();
            format!("{}: {}", text_of(&lifetime["lifetime"]), outlives.join(" + "))
        });
        let predicates: Vec<_> = predicates.collect();
        if predicates.is_empty() { String::new() } else { format!(" where {}", predicates.join(", ")) }
    }

    pub(super) fn function(&self, path: &str, function: &Value) -> String {
        let (header, sig) = (&function["header"], &function["sig"]);
        let words = [("is_const", "const "), ("is_async", "async "), ("is_unsafe", "unsafe ")];
        let words: String = words.into_iter().filter(|(flag, _)| header[*flag] == true).map(|(_, word)| word).collect();
        let inputs = each(&sig["inputs"], |input| self.input(input));
        format!(
            "{words}fn {path}{}({inputs}){}{}",
            self.generics(&function["generics"]),
            self.output(sig),
            self.where_clause(&function["generics"])
        )
    }

    fn input(&self, input: &Value) -> String {
        let (name, ty) = (text_of(&input[0]), self.ty(&input[1]));
        match ty.as_str() {
            "Self" | "&Self" | "&mut Self" if name == "self" => ty.replace("Self", "self"),
            _ => format!("{name}: {ty}"),
        }
    }

    fn output(&self, signature: &Value) -> String {
        let output = &signature["output"];
        if output.is_null() { String::new() } else { format!(" -> {}", self.ty(output)) }
    }

    /// What follows the name of an associated type: its bounds, or what it is.
    pub(super) fn assoc_type(&self, inner: &Value) -> String {
        let ty = &inner["type"];
        let ty = if ty.is_null() { String::new() } else { format!(" = {}", self.ty(ty)) };
        // an implementation repeats the bounds of its trait
        let bounds = if ty.is_empty() { self.bounds(&inner["bounds"], ": ") } else { String::new() };
        format!("{}{bounds}{ty}{}", self.generics(&inner["generics"]), self.where_clause(&inner["generics"]))
    }
}

fn each(values: &Value, write: impl Fn(&Value) -> String) -> String {
    list(values).map(write).collect::<Vec<_>>().join(", ")
}
