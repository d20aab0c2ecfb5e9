//! Values that travel in another form than their own: lists and objects as text, moments as milliseconds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use crate::clock::unix_millis;

/// A list that travels as one text with commas: `a,b`. An entry must not hold a comma.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CommaList(pub Vec<String>);

impl CommaList {
    /// Whether there is an entry that would fall into two on its way, or vanish.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.0.iter().any(|entry| entry.contains(',') || entry.trim().is_empty())
    }
}

impl<I: Into<String>> FromIterator<I> for CommaList {
    fn from_iter<L: IntoIterator<Item = I>>(entries: L) -> Self {
        Self(entries.into_iter().map(Into::into).collect())
    }
}

impl<I: Into<String>> From<Vec<I>> for CommaList {
    fn from(entries: Vec<I>) -> Self {
        entries.into_iter().collect()
    }
}

impl<I: Into<String>, const N: usize> From<[I; N]> for CommaList {
    fn from(entries: [I; N]) -> Self {
        entries.into_iter().collect()
    }
}

impl Serialize for CommaList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.join(","))
    }
}

/// From a text with commas, a number (a list of one), a list of both, or null.
impl<'de> Deserialize<'de> for CommaList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let scalar = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let entries = match Value::deserialize(deserializer)? {
            Value::Null => Some(Vec::new()),
            Value::Array(entries) => entries.iter().map(scalar).collect(),
            other => scalar(&other).map(|text| {
                text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
            }),
        };
        entries.map(Self).ok_or_else(|| D::Error::custom("expected a text with commas"))
    }
}

/// A list or object that travels as JSON inside a text, as some forms have it: `["a","b"]`, without spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct JsonText<T>(pub T);

impl<T> From<T> for JsonText<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<I: Into<String>, const N: usize> From<[I; N]> for JsonText<Vec<String>> {
    fn from(entries: [I; N]) -> Self {
        Self(entries.map(Into::into).into())
    }
}

impl<T: Serialize> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // serde_json's message could quote a value
        let text = serde_json::to_string(&self.0).map_err(|_| S::Error::custom("a value has no JSON form"))?;
        serializer.serialize_str(&text)
    }
}

/// From JSON inside a text, or from the value itself.
impl<'de, T: DeserializeOwned> Deserialize<'de> for JsonText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = match Value::deserialize(deserializer)? {
            Value::String(text) => serde_json::from_str(&text),
            other => serde_json::from_value(other),
        };
        value.map(Self).map_err(|_| D::Error::custom("expected JSON, or JSON in a text"))
    }
}

/// A moment in milliseconds since 1970, UTC: 13 digits on the wire, as a number. Read from a number or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The moment; nothing where it is out of the system's range.
    #[must_use]
    pub fn time(self) -> Option<SystemTime> {
        let distance = Duration::from_millis(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }

    /// Whether it has the 13 digits of the years 2001 to 2286: seconds have ten.
    #[must_use]
    pub const fn has_13_digits(self) -> bool {
        matches!(self.0, 1_000_000_000_000..=9_999_999_999_999)
    }
}

impl From<i64> for UnixMillis {
    fn from(millis: i64) -> Self {
        Self(millis)
    }
}

impl From<SystemTime> for UnixMillis {
    fn from(time: SystemTime) -> Self {
        Self(unix_millis(time))
    }
}

impl Serialize for UnixMillis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for UnixMillis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::integer(deserializer).map(Self)
    }
}

/// `#[serde(deserialize_with = "wire::opt_millis")]`: an optional moment of a reply; empty text and null are absent.
pub fn opt_millis<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<UnixMillis>, D::Error> {
    let text = super::opt_text(deserializer)?.filter(|text| !text.trim().is_empty());
    let millis = text.map(|text| text.trim().parse().map(UnixMillis)).transpose();
    millis.map_err(|_| D::Error::custom("expected milliseconds"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: DeserializeOwned>(json: &str) -> Result<T, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn a_list_travels_as_one_text_with_commas() {
        assert_eq!(serde_json::to_string(&CommaList::from(["a", "b"])).unwrap(), r#""a,b""#);
        for json in [r#""7,b""#, r#"[7,"b"]"#, r#"" 7 , b,""#] {
            assert_eq!(read::<CommaList>(json).unwrap(), CommaList::from(["7", "b"]), "{json}");
        }
        assert_eq!(read::<CommaList>("7").unwrap(), CommaList::from(["7"]));
        for json in ["null", r#""""#, "[]"] {
            assert_eq!(read::<CommaList>(json).unwrap(), CommaList::default(), "{json}");
        }
        assert!(!read::<CommaList>(r#"[["hunter2"]]"#).unwrap_err().contains("hunter2"));
        assert!(CommaList::from(["a,b"]).is_ambiguous() && CommaList::from([" "]).is_ambiguous());
        assert!(!CommaList::from(["a", "b"]).is_ambiguous());
    }

    #[test]
    fn json_travels_inside_a_text() {
        let words = JsonText(vec!["坏".to_owned(), "a\"b".to_owned()]);
        let sent = serde_json::to_string(&words).unwrap();
        assert_eq!(sent, r#""[\"坏\",\"a\\\"b\"]""#);
        assert_eq!(read::<JsonText<Vec<String>>>(&sent).unwrap(), words);
        assert_eq!(read::<JsonText<Vec<String>>>(r#"["坏","a\"b"]"#).unwrap(), words);
        assert!(!read::<JsonText<Vec<u8>>>(r#""[\"hunter2\"]""#).unwrap_err().contains("hunter2"));
    }

    #[test]
    fn moments_are_milliseconds_in_both_types() {
        let moment = UnixMillis(1_557_888_134_000);
        assert_eq!(serde_json::to_string(&moment).unwrap(), "1557888134000");
        assert_eq!(read::<UnixMillis>("\"1557888134000\""), Ok(moment));
        assert_eq!(moment.time().map(UnixMillis::from), Some(moment));
        assert_eq!(UnixMillis(-1).time().map(UnixMillis::from), Some(UnixMillis(-1)));
        assert!(moment.has_13_digits() && !UnixMillis(1_557_888_134).has_13_digits());
        assert!(read::<UnixMillis>("\"soon\"").is_err() && read::<UnixMillis>("null").is_err());
    }

    #[test]
    fn an_absent_moment_may_be_written_in_many_ways() {
        #[derive(serde::Deserialize)]
        struct Session {
            #[serde(default, deserialize_with = "opt_millis")]
            end: Option<UnixMillis>,
        }
        for json in ["{}", r#"{"end":null}"#, r#"{"end":""}"#] {
            assert_eq!(read::<Session>(json).unwrap().end, None, "{json}");
        }
        for json in [r#"{"end":5}"#, r#"{"end":"5"}"#] {
            assert_eq!(read::<Session>(json).unwrap().end, Some(UnixMillis(5)), "{json}");
        }
        assert!(read::<Session>(r#"{"end":"soon"}"#).is_err());
    }
}
