//! Readers of callbacks' members: what cannot be read is none, so that one odd value does not hide the others.
//!
//! Each needs `default` beside it; `__details!` writes both.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

/// A text, also from a number; an empty one is none.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(value(deserializer)?.and_then(|value| super::opt_text(value).ok().flatten()))
}

/// A whole number, also from text.
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(value(deserializer)?.and_then(|value| super::opt_u64(value).ok().flatten()))
}

/// A number, also from text.
pub fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(value(deserializer)?.and_then(|value| super::opt_f64(value).ok().flatten()))
}

/// A flag in any of its forms.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(value(deserializer)?.and_then(|value| super::opt_bool(value).ok().flatten()))
}

/// Types that read themselves from a text or a number.
pub fn any<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(value(deserializer)?.and_then(|value| serde_json::from_value(value).ok()))
}

/// A list, or one as JSON in a text.
pub fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Value>>, D::Error> {
    Ok(match value(deserializer)? {
        Some(Value::Array(entries)) => Some(entries),
        Some(Value::String(text)) => serde_json::from_str(&text).ok(),
        _ => None,
    })
}

/// A list of objects; an entry of another form is left out.
pub fn objects<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<Vec<T>>, D::Error> {
    let entry = |entry: Value| entry.is_object().then(|| serde_json::from_value(entry).ok()).flatten();
    Ok(list(deserializer)?.map(|entries| entries.into_iter().filter_map(entry).collect()))
}

/// The value, if there is one.
fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    let value = Option::<Value>::deserialize(deserializer)?;
    Ok(value.filter(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_cannot_be_read_is_none_and_hides_nothing() {
        assert_eq!(text(json!(5)).unwrap().as_deref(), Some("5"));
        assert_eq!((text(json!(" ")).unwrap(), text(json!({})).unwrap()), (None, None));
        assert_eq!((whole(json!("7")).unwrap(), whole(json!("x")).unwrap()), (Some(7), None));
        assert_eq!((number(json!("99.5")).unwrap(), number(json!([])).unwrap()), (Some(99.5), None));
        assert_eq!((flag(json!("Y")).unwrap(), flag(json!("perhaps")).unwrap()), (Some(true), None));
        assert_eq!(any::<_, super::super::YesNo>(json!("?")).unwrap(), None);
        assert_eq!(list(json!("[1]")).unwrap(), Some(vec![json!(1)]));
        assert_eq!((list(json!("a")).unwrap(), list(json!(null)).unwrap()), (None, None));
    }

    #[test]
    fn entries_that_are_no_objects_are_left_out() {
        #[derive(Default, serde::Deserialize)]
        #[serde(default)]
        struct Entry {
            #[serde(deserialize_with = "text")]
            name: Option<String>,
        }
        let entries: Vec<Entry> =
            objects(json!([{"name": 5}, ["a"], null, {"other": 1}, {"name": []}])).unwrap().unwrap();
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_deref()).collect();
        assert_eq!(names, [Some("5"), None, None]);
    }
}
