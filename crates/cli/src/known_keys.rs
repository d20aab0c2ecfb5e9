//! Input keys that no operation reads: refused, because a misspelt optional field would be dropped without a word.
//!
//! The operations' types ignore what they do not know, and have no list of their fields to hand out. So every key is
//! put to the test instead: its value is replaced, and if neither replacement changes anything about the request (nor
//! makes the input unreadable), the key means nothing. No field can be taken for unknown: a boolean and an object in its
//! place cannot both mean what was there before.

use serde_json::Value;

/// How many keys are told; each takes a request to find, and nobody mends more at once.
const MOST: usize = 20;

/// The paths of keys that mean nothing, outermost first; after `MOST` of them the search ends.
///
/// `outcome` tells what becomes of an input: a request, or why there is none.
pub(crate) fn unknown<T: PartialEq>(input: &Value, outcome: impl Fn(Value) -> T) -> Vec<String> {
    let mut search = Search { before: outcome(input.clone()), input: input.clone(), outcome, unknown: Vec::new() };
    search.descend(input, "", "");
    search.unknown
}

struct Search<T, F> {
    before: T,
    /// The input, at times with another value in one place.
    input: Value,
    outcome: F,
    unknown: Vec<String>,
}

impl<T: PartialEq, F: Fn(Value) -> T> Search<T, F> {
    /// `pointer` and `path` say where `value` is: as JSON pointer, and as people write it.
    fn descend(&mut self, value: &Value, pointer: &str, path: &str) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    if self.unknown.len() >= MOST {
                        return;
                    }
                    let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    if self.matters(&pointer) {
                        self.descend(member, &pointer, &path);
                    } else {
                        self.unknown.push(path);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if self.unknown.len() >= MOST {
                        return;
                    }
                    self.descend(item, &format!("{pointer}/{index}"), &format!("{path}[{index}]"));
                }
            }
            _ => {}
        }
    }

    fn matters(&mut self, pointer: &str) -> bool {
        [Value::Bool(true), Value::Object(serde_json::Map::new())].into_iter().any(|replacement| {
            let Some(place) = self.input.pointer_mut(pointer) else { return true };
            let original = std::mem::replace(place, replacement);
            let after = (self.outcome)(self.input.clone());
            if let Some(place) = self.input.pointer_mut(pointer) {
                *place = original;
            }
            after != self.before
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Reads `name` (text), `on` (boolean), `any` (anything), and `list` of objects with an `x`.
    fn outcome(input: Value) -> Result<Value, String> {
        let mut read = json!({ "any": input["any"] });
        for (key, is_right) in [("name", Value::is_string as fn(&Value) -> bool), ("on", Value::is_boolean)] {
            match &input[key] {
                Value::Null => {}
                value if is_right(value) => read[key] = value.clone(),
                _ => return Err(format!("{key} has the wrong type")),
            }
        }
        read["list"] = input["list"].as_array().into_iter().flatten().map(|item| item["x"].clone()).collect();
        Ok(read)
    }

    #[test]
    fn keys_that_mean_nothing_are_found_at_every_depth() {
        let input = json!({
            "name": "n", "on": true, "any": {"a": [true]}, "Name": "n", "nmae": null,
            "list": [{"x": 1}, {"x": {}, "y/~": 2}, {"x": true, "z": {"deep": 1}}]
        });
        let mut found = unknown(&input, outcome);
        found.sort();
        assert_eq!(found, ["Name", "list[1].y/~", "list[2].z", "nmae"]);
    }

    #[test]
    fn the_search_ends_after_twenty_unknown_keys() {
        let calls = std::cell::Cell::new(0);
        let counted = |input| {
            calls.set(calls.get() + 1);
            outcome(input)
        };
        let input: Value =
            (0..10_000).map(|n| (format!("k{n}"), Value::Null)).collect::<serde_json::Map<_, _>>().into();
        assert_eq!(unknown(&input, counted).len(), MOST);
        assert_eq!(calls.get(), 1 + 2 * MOST);
    }

    #[test]
    fn known_keys_are_found_beside_a_request_that_is_refused_for_another_reason() {
        let refused = |input: Value| outcome(input).and(Err::<(), _>("refused".to_owned()));
        assert_eq!(unknown(&json!({"name": "n", "nmae": "n"}), refused), ["nmae"]);
    }
}
