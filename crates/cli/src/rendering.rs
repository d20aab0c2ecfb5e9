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

/// A form as an object of decoded fields, parts as one of texts and files, JSON as JSON, nothing as null.
fn body(bytes: &[u8], content_type: &str) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    if content_type.starts_with(FORM) {
        return form(&String::from_utf8_lossy(bytes));
    }
    if let Some((_, boundary)) = content_type.split_once("multipart/form-data; boundary=") {
        return multipart(bytes, boundary);
    }
    serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into())
}

/// Texts by name; of a file its name and size.
fn multipart(bytes: &[u8], boundary: &str) -> Value {
    let (mark, end) = (format!("--{boundary}\r\n"), format!("\r\n--{boundary}"));
    let find = |at: usize, wanted: &[u8]| {
        let found = bytes.get(at..)?.windows(wanted.len()).position(|window| window == wanted);
        found.map(|found| at + found)
    };
    let (mut parts, mut at) = (Vec::new(), 0);
    while let Some(start) = find(at, mark.as_bytes()).map(|found| found + mark.len()) {
        let head_end = find(start, b"\r\n\r\n").unwrap_or(bytes.len());
        let content = (head_end + 4).min(bytes.len());
        at = find(content, end.as_bytes()).unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[start..head_end]);
        let quoted = |name: &str| Some(head.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned());
        let value = match quoted("; filename") {
            Some(file) => json!({"file": file, "bytes": at - content}),
            None => String::from_utf8_lossy(&bytes[content..at]).into(),
        };
        parts.push((quoted("; name").unwrap_or_default(), value));
    }
    fields(parts.into_iter())
}

/// The decoded names and values of a form or query.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (decoded(name), decoded(value)))
}

fn form(text: &str) -> Value {
    fields(pairs(text).map(|(name, value)| (name, Value::from(value))))
}

/// A name that comes more than once has a list of values.
fn fields(pairs: impl Iterator<Item = (String, Value)>) -> Value {
    let mut fields = Map::new();
    for (name, value) in pairs {
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
    fn parts_are_shown_by_name_and_files_by_size() {
        let bytes = b"--B\r\nContent-Disposition: form-data; name=\"sign\"\r\n\r\nSECRET\r\n\
            --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: x\r\n\r\n\0\xff\r\n\
            --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.png\"\r\n\r\n\r\n--B--\r\n";
        let kind = "multipart/form-data; boundary=B";
        let files = json!([{"file": "a.png", "bytes": 2}, {"file": "b.png", "bytes": 0}]);
        assert_eq!(body(bytes, kind), json!({"sign": "SECRET", "file": files}));
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        let prepared =
            Prepared { method: "POST".to_owned(), url: "https://h".to_owned(), headers, body: bytes.to_vec() };
        assert!(!request(&prepared, false).to_string().contains("SECRET"));
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
