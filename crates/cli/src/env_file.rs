//! Credentials: the environment, and above it a file of `KEY=VALUE` lines.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use livecloud::core::env;

use crate::failure::Failure;

/// Named values. `Debug` shows none of them.
#[derive(Default)]
pub(crate) struct Variables(HashMap<String, String>);

impl Variables {
    /// The environment, overruled by the file if there is one.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = file else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("cannot read the env file {}: {error}", path.display())))?;
        let values = parse(&text).map_err(|line| {
            // The line may hold a secret: it is counted, not quoted.
            Failure::usage(format!("{}, line {line}: expected KEY=VALUE or a # comment", path.display()))
        })?;
        Ok(Self(values))
    }

    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned().or_else(|| env::lookup(name))
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Variables({} from a file)", self.0.len())
    }
}

/// The values of a file, or the number of the line that is none.
fn parse(text: &str) -> Result<HashMap<String, String>, usize> {
    let mut values = HashMap::new();
    for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(number)?;
        let name = name.strip_prefix("export ").unwrap_or(name).trim();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(number);
        }
        values.insert(name.to_owned(), unquoted(value.trim()).to_owned());
    }
    Ok(values)
}

/// Without the pair of quotes that a shell would have taken off.
fn unquoted(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_values_comments_or_mistakes() {
        let text = "\u{feff}# account\r\nA=1\r\n\nexport B = \"two words\" \nC='x=y'\nD=\nE=\"\nF=a#b\n";
        let values = parse(text).unwrap();
        let of = |name: &str| values[name].as_str();
        assert_eq!(["A", "B", "C", "D", "E", "F"].map(of), ["1", "two words", "x=y", "", "\"", "a#b"]);
        assert_eq!(parse("A=1\nhunter2\n"), Err(2));
        assert_eq!(parse("=x"), Err(1));
        assert_eq!(parse("a b=x"), Err(1));
    }

    #[test]
    fn no_value_is_printed() {
        let variables = Variables(parse("A=hunter2").unwrap());
        assert_eq!(variables.get("A").as_deref(), Some("hunter2"));
        assert!(!format!("{variables:?}").contains("hunter2"));
    }
}
