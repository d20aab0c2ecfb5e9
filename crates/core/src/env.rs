//! Credentials from named variables: the environment, or whatever else looks names up.

use crate::error::Error;

/// Looks a name up in the environment.
#[must_use]
pub fn lookup(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The values of all `names` without white space around them, or a config error that names every missing or blank one. Values are never printed.
pub fn require<const N: usize>(
    lookup: impl Fn(&str) -> Option<String>,
    names: [&'static str; N],
) -> Result<[String; N], Error> {
    // A secret from a mounted file often ends in a line break.
    let found = names.map(|name| lookup(name).map(|value| value.trim().to_owned()).unwrap_or_default());
    let missing: Vec<_> =
        names.iter().zip(&found).filter(|(_, value)| value.is_empty()).map(|(name, _)| *name).collect();
    if missing.is_empty() { Ok(found) } else { Err(Error::config(format!("set {}", missing.join(", ")))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_name_is_named_and_no_value_is() {
        let vars = |name: &str| (name != "C").then(|| if name == "A" { "hunter2\n" } else { " " }.to_owned());
        assert_eq!(require(vars, ["A"]).unwrap(), ["hunter2"]);
        let error = require(vars, ["A", "B", "C"]).unwrap_err().to_string();
        assert_eq!(error, "not set up: set B, C");
    }
}
