//! The fields of a callback, wherever they stand: query, form or JSON.

use std::borrow::Cow;

use livecloud_core::callback::CallbackError;
use livecloud_core::wire;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// What came in, decoded once.
pub(crate) struct Fields {
    /// Of the query, then of a form.
    pub(crate) pairs: Vec<(String, String)>,
    /// A JSON body, null where there is none.
    pub(crate) body: Value,
}

impl Fields {
    pub(crate) fn read(query: &str, body: &[u8]) -> Result<Self, CallbackError> {
        let mut pairs: Vec<_> = pairs(query).collect();
        let text = body.trim_ascii();
        if matches!(text.first(), Some(b'{' | b'[')) {
            // words of our own: serde_json's can quote the body
            let body = serde_json::from_slice(text);
            return Ok(Self {
                pairs,
                body: body.map_err(|_| CallbackError::Malformed("the body is no JSON".to_owned()))?,
            });
        }
        if let Some(form) = std::str::from_utf8(text).ok().filter(|form| form.contains('=')) {
            pairs.extend(self::pairs(form));
        }
        Ok(Self { pairs, body: Value::Null })
    }

    /// The names of a query.
    pub(crate) fn names(query: &str) -> impl Iterator<Item = String> {
        pairs(query).map(|(name, _)| name)
    }

    /// Whether there is such a field, even an empty one.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.has_pair(name) || self.body.get(name).is_some()
    }

    /// Whether the query or a form has such a field, even an empty one.
    pub(crate) fn has_pair(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    /// The text of a field; empty is none.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let pair = self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        pair.or_else(|| wire::opt_text(self.body.get(name)?).ok().flatten()).filter(|text| !text.is_empty())
    }

    /// The same for what the signature is made of: two of them would leave open which one counts.
    pub(crate) fn only(&self, name: &str) -> Result<Option<String>, CallbackError> {
        if self.pairs.iter().filter(|(key, _)| key == name).count() > 1 {
            return Err(CallbackError::Malformed(format!("{name} is given twice")));
        }
        Ok(self.text(name))
    }
}

/// Names and values of a query or form.
fn pairs(encoded: &str) -> impl Iterator<Item = (String, String)> {
    encoded.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}

fn decoded(text: &str) -> String {
    let text: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
