//! Results go to stdout as JSON or text, failures to stderr as one line or one object.

use std::io::{self, Write as _};

use serde_json::{Map, Value};

use crate::exit::Exit;
use crate::failure::Failure;

/// Writes a text and a line feed, at once.
pub(crate) fn line(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}

/// Writes indented JSON, its keys in alphabetical order.
pub(crate) fn json(value: Value) -> io::Result<()> {
    line(&format!("{:#}", sorted(value)))
}

/// Writes a remark for people, beside the result.
pub(crate) fn remark(text: &str) {
    // Nobody may be listening, and the result does not depend on it.
    let _unheard = writeln!(io::stderr().lock(), "{text}");
}

/// Writes why the command failed.
pub(crate) fn complain(failure: &Failure, as_json: bool) {
    if failure.exit() == Exit::Done {
        return;
    }
    remark(&if as_json { sorted(failure.to_json()).to_string() } else { format!("livecloud: {failure}") });
}

/// The same value with the keys of all objects in order, whatever order serde_json keeps in this build.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            members.into_iter().map(|(key, value)| (key, sorted(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        scalar => scalar,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::sorted;

    #[test]
    fn keys_are_sorted_at_every_depth_and_lists_keep_their_order() {
        let value = sorted(json!({"b": [{"d": 1, "c": 2}, 3], "a": null}));
        assert_eq!(value.to_string(), r#"{"a":null,"b":[{"c":2,"d":1},3]}"#);
    }
}
