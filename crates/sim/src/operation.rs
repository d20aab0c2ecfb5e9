//! One row per vendor operation.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use crate::{
    answer::Answer,
    call::Call,
    fields::{self, Complaint, Field, Flaw, Table},
    world::World,
};

/// What the simulator knows about one operation: where it lives, what it may be sent, and what it does.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// The name in the SDKs, in the log and in fault selectors.
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    /// `{name}` stands for one segment.
    pub(crate) path: &'static str,
    pub(crate) query: Table,
    pub(crate) body: Shape,
    pub(crate) quota: Quota,
    /// Changes the world and answers. Everything before it (signature, quota, fields) has been checked.
    pub(crate) act: fn(&mut World, &Call) -> Answer,
}

/// What the body is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    Empty,
    Form(Table),
    Json(Table),
    /// A bare JSON array; the field says what its entries are.
    Array(Field),
    /// Text parts and files.
    Multipart(Table, &'static [Files]),
}

/// Files of one name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Files {
    pub(crate) field: &'static str,
    pub(crate) least: usize,
    pub(crate) most: usize,
    /// Of each.
    pub(crate) bytes: usize,
}

/// At most so many calls in any window of that length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quota {
    pub(crate) most: usize,
    pub(crate) window: Duration,
}

impl Quota {
    pub(crate) const fn per_second(most: usize) -> Self {
        Self { most, window: Duration::from_secs(1) }
    }
}

impl Operation {
    /// Values of the template's placeholders if the path fits.
    pub(crate) fn fits(&self, segments: &[String]) -> Option<Vec<(&'static str, String)>> {
        let template: Vec<_> = self.path.trim_start_matches('/').split('/').collect();
        if template.len() != segments.len() {
            return None;
        }
        let mut values = Vec::new();
        for (wanted, given) in template.into_iter().zip(segments) {
            match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) if !given.is_empty() => values.push((name, given.clone())),
                None if wanted == given => {}
                _ => return None,
            }
        }
        Some(values)
    }

    /// Whether the body is announced as what the operation takes.
    pub(crate) fn check_format(&self, call: &Call) -> Result<(), Complaint> {
        if call.malformed {
            return Err(Complaint::new("", Flaw::Form("broken percent-encoding or not UTF-8")));
        }
        let wanted = match self.body {
            Shape::Empty => return Ok(()),
            Shape::Form(_) => "application/x-www-form-urlencoded",
            Shape::Json(_) | Shape::Array(_) => "application/json",
            Shape::Multipart(..) => "multipart/form-data",
        };
        if call.media_type().as_deref() == Some(wanted) {
            return self.check_files_are_files(call);
        }
        Err(Complaint::new("Content-Type", Flaw::Limit(format!("must be {wanted}"))))
    }

    /// A file that came without a name of its own is a text to everybody, and would break the signature.
    fn check_files_are_files(&self, call: &Call) -> Result<(), Complaint> {
        let Shape::Multipart(_, files) = self.body else { return Ok(()) };
        match files.iter().find(|known| call.form.get(known.field).is_some()) {
            Some(file) => Err(Complaint::new(file.field, Flaw::Form("a file without a file name"))),
            None => Ok(()),
        }
    }

    /// Holds the request against the operation's tables, and keeps the JSON body.
    pub(crate) fn check_fields(&self, call: &mut Call) -> Result<(), Complaint> {
        let strict = call.settings.strict;
        fields::check_pairs(&call.query, self.query, strict)?;
        match self.body {
            Shape::Empty => Ok(()),
            Shape::Form(table) => fields::check_pairs(&call.form, table, strict),
            Shape::Json(table) => {
                let Ok(Value::Object(members)) = serde_json::from_slice(&call.body) else {
                    return Err(Complaint::new("", Flaw::Form("not a JSON object")));
                };
                fields::check_json(&members, table, strict)?;
                call.json = members;
                Ok(())
            }
            Shape::Array(entries) => {
                let Ok(items @ Value::Array(_)) = serde_json::from_slice(&call.body) else {
                    return Err(Complaint::new("", Flaw::Form("not a JSON array")));
                };
                fields::check_items(&entries, &items, strict)?;
                if let Value::Array(items) = items {
                    call.items = items;
                }
                Ok(())
            }
            Shape::Multipart(texts, files) => {
                check_files(call, files, strict)?;
                fields::check_pairs(&call.form, texts, strict)
            }
        }
    }
}

fn check_files(call: &Call, files: &[Files], strict: bool) -> Result<(), Complaint> {
    if let Some(unknown) = call.files.iter().find(|file| strict && files.iter().all(|known| known.field != file.field))
    {
        return Err(Complaint::new(&unknown.field, Flaw::Unknown));
    }
    for known in files {
        let given: Vec<_> = call.files.iter().filter(|file| file.field == known.field).collect();
        if given.is_empty() && known.least > 0 {
            return Err(Complaint::new(known.field, Flaw::Missing));
        }
        if !(known.least..=known.most).contains(&given.len()) {
            return Err(Complaint::rule(known.field, format!("must be {} to {} files", known.least, known.most)));
        }
        if given.iter().any(|file| file.content.len() > known.bytes) {
            return Err(Complaint::rule(known.field, format!("must have at most {} bytes", known.bytes)));
        }
    }
    Ok(())
}
