//! Addresses in requests.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

/// An address as text, sent as it is. `Debug` leaves out everything after its path, and user and password before its
/// host: media addresses often carry a signature or a token there.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Url(String);

impl Url {
    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Url {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Url {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl From<&str> for Url {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl From<&String> for Url {
    fn from(url: &String) -> Self {
        Self(url.clone())
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.0.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = plain.split_once("://").map_or(("", plain), |(scheme, rest)| (scheme, rest));
        let host = rest.split('/').next().unwrap_or_default();
        let shown = match host.rfind('@') {
            Some(at) => format!("{scheme}://...{}", &rest[at..]),
            None => plain.to_owned(),
        };
        let more = if plain.len() < self.0.len() { "?..." } else { "" };
        write!(f, "{:?}", shown + more)
    }
}

impl Serialize for Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::text(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_leaves_out_what_may_be_a_signature() {
        for (url, shown) in [
            ("https://host/a.mp4", "\"https://host/a.mp4\""),
            ("https://host/a.mp4?auth_key=SIG#x", "\"https://host/a.mp4?...\""),
            ("https://user:pass@host/a", "\"https://...@host/a\""),
            ("a b", "\"a b\""),
            ("", "\"\""),
        ] {
            assert_eq!(format!("{:?}", Url::from(url)), shown);
        }
        assert_eq!(serde_json::to_string(&Url::from("https://h/?s=1")).unwrap(), r#""https://h/?s=1""#);
    }
}
