//! Named text values, and how they are encoded.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters. One encoding for path, query and form: every server decodes
/// `%20`, not every one decodes `+`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The most parameters that a vendor's signature consists of.
const SIGNING_ADDS: usize = 6;

/// Appends a text, percent-encoded.
pub(crate) fn encode_onto(text: &str, out: &mut String) {
    // Most texts have nothing to encode, and looking is much cheaper than copying piece by piece.
    if text.bytes().all(is_unreserved) {
        out.push_str(text);
    } else {
        out.extend(utf8_percent_encode(text, ENCODED));
    }
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Named text values in sending order, not encoded. `Debug` shows names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(Cow<'static, str>, Cow<'static, str>)>);

impl Params {
    /// No parameters.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Appends one.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) {
        self.0.push((name.into(), value.into()));
    }

    /// Names and values in sending order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The first value of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Keeps the parameters for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &str) -> bool) {
        self.0.retain(|(name, value)| keep(name, value));
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A copy with room for what signing adds.
    pub(crate) fn copy_with_room(&self) -> Self {
        if self.0.is_empty() {
            return Self::new();
        }
        let mut copy = Vec::with_capacity(self.0.len() + SIGNING_ADDS);
        copy.extend_from_slice(&self.0);
        Self(copy)
    }

    /// Names and values in sending order, taken out.
    pub(crate) fn into_iter(self) -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)> {
        self.0.into_iter()
    }

    /// Appends `a=1&b=2`, percent-encoded, to `out`.
    pub(crate) fn encode_onto(&self, out: &mut String) {
        for (count, (name, value)) in self.iter().enumerate() {
            if count > 0 {
                out.push('&');
            }
            encode_onto(name, out);
            out.push('=');
            encode_onto(value, out);
        }
    }

    /// A buffer size that is enough for ASCII and close for the rest.
    pub(crate) fn encoded_len_hint(&self) -> usize {
        self.iter().map(|(name, value)| name.len() + value.len() + value.len() / 2 + 2).sum()
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_and_the_long_way_encode_alike(text in "\\PC{0,20}|[a-z~._-]{0,20}") {
            let mut short = String::new();
            encode_onto(&text, &mut short);
            prop_assert_eq!(short, utf8_percent_encode(&text, ENCODED).to_string());
        }
    }
}
