//! The fields of a callback: those of a GET stand in the query, those of a POST in its JSON body.

use std::borrow::Cow;

use livecloud_core::callback::CallbackError;
use livecloud_core::wire;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// What came in, decoded once.
pub(super) struct Fields {
    /// Of the query; for a POST that is `sign`, and what your address holds itself.
    pub(super) pairs: Vec<(String, String)>,
    /// The object of a POST, null for a GET.
    pub(super) body: Value,
}

impl Fields {
    pub(super) fn read(query: &str, body: &[u8]) -> Result<Self, CallbackError> {
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
        let pairs = pairs.collect();
        if body.trim_ascii().is_empty() {
            return Ok(Self { pairs, body: Value::Null });
        }
        // words of our own: serde_json's can quote the body
        let body = serde_json::from_slice(body).map(Value::Object);
        let body = body.map_err(|_| CallbackError::Malformed("the body is no JSON object".to_owned()))?;
        Ok(Self { pairs, body })
    }

    /// The name of the event; the snapshot's body has no such member, not even an empty one.
    pub(super) fn event_name(&self) -> Result<String, CallbackError> {
        let Some(members) = self.body.as_object() else { return self.signed("type") };
        match members.get("eventType") {
            None => Ok("snapshot".to_owned()),
            Some(Value::String(name)) if !name.is_empty() => Ok(name.clone()),
            Some(_) => Err(CallbackError::Malformed("eventType is empty or no text".to_owned())),
        }
    }

    /// The text of an event's field; empty is none.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = match self.body.as_object() {
            Some(members) => wire::opt_text(members.get(name)?).ok().flatten(),
            None => self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()),
        };
        text.filter(|text| !text.is_empty())
    }

    /// The same for what is signed: it must be there, and once, or it would be open which one counts.
    pub(super) fn signed(&self, name: &'static str) -> Result<String, CallbackError> {
        if !self.body.is_object() {
            return self.in_query(name);
        }
        self.text(name).ok_or(CallbackError::Missing(name))
    }

    /// The same for what is in the query of a POST too.
    pub(super) fn in_query(&self, name: &'static str) -> Result<String, CallbackError> {
        let mut values = self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(CallbackError::Malformed(format!("{name} is given twice"))),
            (Some(value), None) if !value.is_empty() => Ok(value.clone()),
            _ => Err(CallbackError::Missing(name)),
        }
    }
}

fn decoded(text: &str) -> String {
    let text: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
