//! One row per vendor operation.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use crate::{
    answer::Answer,
    call::Call,
    fields::{self, Complaint, Flaw, Table},
    world::World,
};

/// What the simulator knows about one operation: where it lives, what it may be sent, and what it does.
#[derive(Debug)]
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
            Shape::Json(_) => "application/json",
        };
        if call.media_type().as_deref() == Some(wanted) {
            return Ok(());
        }
        Err(Complaint::new("Content-Type", Flaw::Limit(format!("must be {wanted}"))))
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
        }
    }
}
