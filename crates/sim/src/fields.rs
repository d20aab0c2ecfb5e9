//! Fields as data: what an operation may be sent, and where.
//!
//! A table names every field once, with its type and its documented limits. The vendor's own words for a broken rule
//! are not here: a [`Complaint`] says what is wrong, the vendor's dialect says it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::wire::Pairs;

/// Groups of fields; groups let operations share their common parameters.
pub(crate) type Table = &'static [&'static [Field]];

/// One field of one operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    name: &'static str,
    kind: Kind,
    required: bool,
    test: Option<Test>,
}

/// A rule about a text, and how to say it.
#[derive(Debug, Clone, Copy)]
struct Test {
    holds: fn(&str) -> bool,
    wants: &'static str,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Text { bytes: usize, chars: usize },
    Whole { least: i64, most: i64 },
    Choice(&'static [i64]),
    Real { least: f64, most: f64 },
    Words(&'static [&'static str]),
    TextOrWhole,
    Texts { least: usize, most: usize },
    Ids { least: usize, most: usize },
    Object(&'static [Field]),
    List { item: &'static [Field], most: usize },
}

/// A text; may be empty unless required.
pub(crate) const fn text(name: &'static str) -> Field {
    Field { name, kind: Kind::Text { bytes: usize::MAX, chars: usize::MAX }, required: false, test: None }
}

/// An integer between two bounds, both included.
pub(crate) const fn whole(name: &'static str, least: i64, most: i64) -> Field {
    Field { name, kind: Kind::Whole { least, most }, required: false, test: None }
}

/// One of a few integers.
pub(crate) const fn choice(name: &'static str, values: &'static [i64]) -> Field {
    Field { name, kind: Kind::Choice(values), required: false, test: None }
}

/// A number between two bounds, both included.
pub(crate) const fn real(name: &'static str, least: f64, most: f64) -> Field {
    Field { name, kind: Kind::Real { least, most }, required: false, test: None }
}

/// One of a few texts.
pub(crate) const fn words(name: &'static str, values: &'static [&'static str]) -> Field {
    Field { name, kind: Kind::Words(values), required: false, test: None }
}

/// `Y` or `N`.
pub(crate) const fn flag(name: &'static str) -> Field {
    words(name, &["Y", "N"])
}

/// A text or an integer: the vendor's table and sample disagree about the type.
pub(crate) const fn text_or_whole(name: &'static str) -> Field {
    Field { name, kind: Kind::TextOrWhole, required: false, test: None }
}

/// An array of texts.
pub(crate) const fn texts(name: &'static str, least: usize, most: usize) -> Field {
    Field { name, kind: Kind::Texts { least, most }, required: false, test: None }
}

/// An array of ids: integers, or texts, of which the vendor's samples have both.
pub(crate) const fn ids(name: &'static str, least: usize, most: usize) -> Field {
    Field { name, kind: Kind::Ids { least, most }, required: false, test: None }
}

/// An object with these members.
pub(crate) const fn object(name: &'static str, members: &'static [Field]) -> Field {
    Field { name, kind: Kind::Object(members), required: false, test: None }
}

/// An array of objects with these members.
pub(crate) const fn list(name: &'static str, item: &'static [Field], most: usize) -> Field {
    Field { name, kind: Kind::List { item, most }, required: false, test: None }
}

impl Field {
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Limits a text by its characters.
    pub(crate) const fn chars(mut self, most: usize) -> Self {
        self.kind = Kind::Text { bytes: usize::MAX, chars: most };
        self
    }

    /// Limits a text by its UTF-8 bytes.
    pub(crate) const fn bytes(mut self, most: usize) -> Self {
        self.kind = Kind::Text { bytes: most, chars: usize::MAX };
        self
    }

    /// Adds a rule for a text, or for each text of an array.
    pub(crate) const fn test(mut self, wants: &'static str, holds: fn(&str) -> bool) -> Self {
        self.test = Some(Test { holds, wants });
        self
    }
}

/// The first thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// Path of the field, `clientRequest.recordingConfig.fps` or `layoutConfig[2].alpha`; empty for the whole body.
    pub(crate) field: String,
    pub(crate) flaw: Flaw,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// No such field in this place.
    Unknown,
    Missing,
    Repeated,
    /// Not of the wanted type.
    Type(&'static str),
    /// Of the right type, but outside what is documented.
    Limit(String),
    /// Not decodable, or not the announced format.
    Form(&'static str),
}

impl Complaint {
    pub(crate) fn new(field: impl Into<String>, flaw: Flaw) -> Self {
        Self { field: field.into(), flaw }
    }

    /// A documented rule that no table can say.
    pub(crate) fn rule(field: impl Into<String>, rule: impl Into<String>) -> Self {
        Self::new(field, Flaw::Limit(rule.into()))
    }

    /// In plain English, for the vendors that have no fixed words for it.
    pub(crate) fn sentence(&self) -> String {
        let field = if self.field.is_empty() { "body" } else { &self.field };
        match &self.flaw {
            Flaw::Unknown => format!("{field} is not a parameter of this call"),
            Flaw::Missing => format!("{field} is required"),
            Flaw::Repeated => format!("{field} is given twice"),
            Flaw::Type(wanted) => format!("{field} must be {wanted}"),
            Flaw::Limit(rule) => format!("{field} {rule}"),
            Flaw::Form(problem) => format!("{field}: {problem}"),
        }
    }
}

type Checked = Result<(), Complaint>;

/// Checks a query or a form. An empty value counts as absent, which is how the vendors read it.
pub(crate) fn check_pairs(pairs: &Pairs, table: Table, strict: bool) -> Checked {
    let mut seen = HashSet::new();
    for (name, value) in pairs.iter() {
        if !seen.insert(name) {
            return Err(Complaint::new(name, Flaw::Repeated));
        }
        match find(table, name) {
            Some(field) if !value.is_empty() => check_text_form(field, value, strict)?,
            None if strict => return Err(Complaint::new(name, Flaw::Unknown)),
            _ => {}
        }
    }
    let mut required = table.iter().copied().flatten().filter(|field| field.required);
    let missing = required.find(|field| pairs.filled(field.name).is_none());
    missing.map_or(Ok(()), |field| Err(Complaint::new(field.name, Flaw::Missing)))
}

/// Checks the members of a JSON object.
pub(crate) fn check_json(body: &Map<String, Value>, table: Table, strict: bool) -> Checked {
    check_members("", body, table, strict)
}

/// Checks a bare array, whose entries a field without a name describes.
pub(crate) fn check_items(entries: &Field, items: &Value, strict: bool) -> Checked {
    check_value("", entries, items, strict)
}

fn find(table: &[&'static [Field]], name: &str) -> Option<&'static Field> {
    table.iter().copied().flatten().find(|field| field.name == name)
}

fn check_members(at: &str, members: &Map<String, Value>, table: &[&'static [Field]], strict: bool) -> Checked {
    let path = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    for (name, value) in members {
        match find(table, name) {
            Some(field) => check_value(&path(name), field, value, strict)?,
            None if strict => return Err(Complaint::new(path(name), Flaw::Unknown)),
            None => {}
        }
    }
    let missing = |field: &&Field| {
        let value = members.get(field.name);
        value.is_none_or(|value| value.as_str() == Some(""))
    };
    let mut required = table.iter().copied().flatten().filter(|field| field.required);
    required.find(missing).map_or(Ok(()), |field| Err(Complaint::new(path(field.name), Flaw::Missing)))
}

fn check_value(at: &str, field: &Field, value: &Value, strict: bool) -> Checked {
    let wrong = |wanted| Complaint::new(at, Flaw::Type(wanted));
    match field.kind {
        Kind::Text { .. } | Kind::Words(_) => check_text(at, field, value.as_str().ok_or_else(|| wrong("a string"))?),
        Kind::Whole { .. } | Kind::Choice(_) => {
            check_whole(at, field, whole_of(value).ok_or_else(|| wrong("an integer"))?)
        }
        Kind::Real { least, most } => {
            let number = value.as_f64().ok_or_else(|| wrong("a number"))?;
            within(at, least <= number && number <= most, || format!("must be between {least} and {most}"))
        }
        Kind::TextOrWhole if value.is_string() || value.is_i64() || value.is_u64() => Ok(()),
        Kind::TextOrWhole => Err(wrong("a string or an integer")),
        Kind::Texts { least, most } => {
            let items = value.as_array().ok_or_else(|| wrong("an array of strings"))?;
            within(at, (least..=most).contains(&items.len()), || format!("must have {least} to {most} entries"))?;
            items.iter().enumerate().try_for_each(|(index, item)| {
                let item = item.as_str().ok_or_else(|| wrong("an array of strings"))?;
                run_test(&format!("{at}[{index}]"), field, item)
            })
        }
        Kind::Ids { least, most } => {
            let items = value.as_array().ok_or_else(|| wrong("an array of ids"))?;
            within(at, (least..=most).contains(&items.len()), || format!("must have {least} to {most} entries"))?;
            let is_id = |item: &Value| item.is_i64() || item.is_u64() || item.is_string();
            if items.iter().all(is_id) { Ok(()) } else { Err(wrong("an array of ids")) }
        }
        Kind::Object(members) => {
            let object = value.as_object().ok_or_else(|| wrong("an object"))?;
            check_members(at, object, &[members], strict)
        }
        Kind::List { item, most } => {
            let items = value.as_array().ok_or_else(|| wrong("an array of objects"))?;
            within(at, items.len() <= most, || format!("must have at most {most} entries"))?;
            items.iter().enumerate().try_for_each(|(index, value)| {
                let object = value.as_object().ok_or_else(|| wrong("an array of objects"))?;
                check_members(&format!("{at}[{index}]"), object, &[item], strict)
            })
        }
    }
}

/// The same kinds, written as text in a query or a form.
fn check_text_form(field: &Field, value: &str, strict: bool) -> Checked {
    match field.kind {
        Kind::Whole { .. } | Kind::Choice(_) => {
            let number = value.parse().map_err(|_| Complaint::new(field.name, Flaw::Type("an integer")))?;
            check_whole(field.name, field, number)
        }
        // lists and objects travel as JSON in a text
        Kind::Texts { .. } | Kind::Ids { .. } | Kind::Object(_) | Kind::List { .. } => {
            let value = serde_json::from_str(value).map_err(|_| Complaint::new(field.name, Flaw::Form("not JSON")))?;
            check_value(field.name, field, &value, strict)
        }
        _ => check_text(field.name, field, value),
    }
}

fn check_text(at: &str, field: &Field, value: &str) -> Checked {
    match field.kind {
        Kind::Text { bytes, chars } => {
            within(at, value.len() <= bytes, || format!("must have at most {bytes} bytes"))?;
            within(at, value.chars().count() <= chars, || format!("must have at most {chars} characters"))?;
        }
        Kind::Words(words) => {
            let listed = || format!("must be one of {}", words.join(", "));
            within(at, words.contains(&value), listed)?;
        }
        _ => {}
    }
    run_test(at, field, value)
}

fn check_whole(at: &str, field: &Field, value: i64) -> Checked {
    match field.kind {
        Kind::Whole { least, most } => {
            within(at, (least..=most).contains(&value), || format!("must be between {least} and {most}"))
        }
        Kind::Choice(values) => within(at, values.contains(&value), || format!("must be one of {values:?}")),
        _ => Ok(()),
    }
}

fn run_test(at: &str, field: &Field, value: &str) -> Checked {
    field.test.map_or(Ok(()), |test| within(at, (test.holds)(value), || test.wants.to_owned()))
}

fn within(at: &str, holds: bool, rule: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(Complaint::new(at, Flaw::Limit(rule()))) }
}

/// An integer that fits; numbers above `i64` saturate, so that a limit refuses them and not the type.
fn whole_of(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_u64().map(|_| i64::MAX))
}
