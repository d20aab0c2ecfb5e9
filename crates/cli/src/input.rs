//! What is handed over in arguments, files and on stdin.

use std::io::{self, Read as _};

use livecloud::Error;
use serde_json::Value;

use crate::failure::Failure;
use crate::faithful;

/// The bytes of a file, or of stdin for `-`.
pub(crate) fn bytes(source: &str) -> Result<Vec<u8>, Failure> {
    let read = if source == "-" {
        let mut content = Vec::new();
        io::stdin().lock().read_to_end(&mut content).map(|_| content)
    } else {
        std::fs::read(source)
    };
    read.map_err(|error| {
        let from = if source == "-" { "stdin" } else { source };
        Failure::usage(format!("cannot read {from}: {error}"))
    })
}

/// JSON from a file, from stdin for `-`, or from the argument itself where it is an object, a list or a text.
pub(crate) fn json(source: &str) -> Result<Value, Failure> {
    let is_inline = source.trim_start().starts_with(['{', '[', '"']);
    let content = if is_inline { source.as_bytes().to_vec() } else { bytes(source)? };
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&content);
    // Of serde_json's message only the position is taken: the rest may quote the input.
    let value = serde_json::from_slice(content).map_err(|error| {
        let place = format!("input, line {}, column {}:", error.line(), error.column());
        Error::invalid_field(place, "is not JSON", "input")
    })?;
    // What was read is UTF-8.
    faithful::check(&String::from_utf8_lossy(content))
        .map_err(|(path, rule)| Error::invalid_field(path, rule, "input"))?;
    Ok(value)
}

/// A `name=value` argument; the value may be empty and may hold further `=`.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected name=value".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_the_argument_is_told_from_a_file_name() {
        assert_eq!(json(r#" {"a": 1}"#).unwrap(), serde_json::json!({"a": 1}));
        assert_eq!(json("[1]").unwrap(), serde_json::json!([1]));
        assert_eq!(json("no-such-file.json").unwrap_err().exit(), crate::exit::Exit::Usage);
        let error = json(r#"{"password": "hunter2" x}"#).unwrap_err();
        assert_eq!(error.exit(), crate::exit::Exit::Input);
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn pairs_are_split_at_the_first_equals_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert_eq!(pair("a="), Ok(("a".to_owned(), String::new())));
        assert!(pair("=b").is_err() && pair("ab").is_err());
    }
}
