//! A prepared request as JSON: {method, url, headers, body}.

use serde_json::{Map, Value, json};

use crate::job::Prepared;
use crate::redact;

/// The media type of forms.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The request as it would be sent; without `reveal`, what is secret in it is replaced.
pub(crate) fn request(prepared: &Prepared, reveal: bool) -> Value {
    let headers: Map<_, _> =
        prepared.headers.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
    let content_type = prepared.headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| &**value);
    let mut shown = json!({
        "method": prepared.method,
        "url": prepared.url,
        "headers": headers,
        "body": body(&prepared.body, content_type.unwrap_or_default()),
    });
    if !reveal {
        shown["url"] = redact::url(&prepared.url).into();
        redact::members(&mut shown["headers"]);
        redact::members(&mut shown["body"]);
    }
    shown
}

/// A form as an object of decoded fields, JSON as JSON, nothing as null.
fn body(bytes: &[u8], content_type: &str) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    if content_type.starts_with(FORM) {
        return form(&String::from_utf8_lossy(bytes));
    }
    serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into())
}

/// The decoded names and values of a form or query.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (decoded(name), decoded(value)))
}

/// A name that comes more than once has a list of values.
fn form(text: &str) -> Value {
    let mut fields = Map::new();
    for (name, value) in pairs(text) {
        let value = Value::from(value);
        match fields.get_mut(&name) {
            None => {
                fields.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    fields.into()
}

/// Percent-decoded; `+` is a space in a form.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match (first, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (_, Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (byte, None) => {
                bytes.push(if *byte == b'+' { b' ' } else { *byte });
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_shown_decoded() {
        let shown = body("a=%E8%80%81%20b%2B&b=1+2&a=&c=100%".as_bytes(), FORM);
        assert_eq!(shown, json!({"a": ["老 b+", ""], "b": "1 2", "c": "100%"}));
    }

    #[test]
    fn other_bodies_are_shown_as_they_are() {
        assert_eq!(body(b"", FORM), Value::Null);
        assert_eq!(body(br#"{"a":[1]}"#, "application/json;charset=utf-8"), json!({"a": [1]}));
        assert_eq!(body(b"plain", "text/plain"), json!("plain"));
    }

    #[test]
    fn nothing_secret_is_shown_unless_asked_for() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let prepared = Prepared {
            method: "POST".to_owned(),
            url: "https://h/p?AppId=1&Signature=SECRET&SignatureNonce=SECRET".to_owned(),
            headers: vec![header("authorization", "Basic SECRET"), header("content-type", FORM)],
            body: b"password=SECRET&nickname=n&sign=SECRET&set=%7B%22token%22%3A%22SECRET%22%7D".to_vec(),
        };
        let shown = request(&prepared, false);
        assert!(!shown.to_string().contains("SECRET"), "{shown}");
        assert_eq!(
            shown["body"],
            json!({
                "nickname": "n", "password": "[redacted]", "sign": "[redacted]", "set": r#"{"token":"[redacted]"}"#
            })
        );
        assert_eq!(request(&prepared, true).to_string().matches("SECRET").count(), 6);
    }
}
