//! Reads the members of a JSON object one by one, and notices what nobody reads.

use std::io;

use serde_json::{Map, Value};

/// Members that are still to be read.
#[derive(Debug)]
pub(crate) struct Members(Map<String, Value>);

impl Members {
    /// The members of a value, which must be an object.
    pub(crate) fn of(value: Value) -> io::Result<Self> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(invalid("not a JSON object")),
        }
    }

    /// The members of a body; an empty body has none.
    pub(crate) fn read(body: &[u8]) -> io::Result<Self> {
        if body.is_empty() {
            return Ok(Self(Map::new()));
        }
        Self::of(serde_json::from_slice(body).map_err(|error| invalid(format!("not JSON: {error}")))?)
    }

    /// Whatever it is; null counts as absent.
    pub(crate) fn value(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&mut self, name: &str) -> io::Result<Option<String>> {
        self.read_as(name, "a string", |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn number<N: TryFrom<i64>>(&mut self, name: &str) -> io::Result<Option<N>> {
        self.read_as(name, "an integer in range", |value| N::try_from(value.as_i64()?).ok())
    }

    pub(crate) fn flag(&mut self, name: &str) -> io::Result<bool> {
        Ok(self.read_as(name, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    pub(crate) fn object(&mut self, name: &str) -> io::Result<Map<String, Value>> {
        Ok(self.read_as(name, "an object", |value| value.as_object().cloned())?.unwrap_or_default())
    }

    /// All that is left.
    pub(crate) fn rest(self) -> Value {
        Value::Object(self.0)
    }

    /// Complains about what nobody has read.
    pub(crate) fn end(self) -> io::Result<()> {
        match self.0.keys().next() {
            Some(name) => Err(invalid(format!("nothing is called {name:?} here"))),
            None => Ok(()),
        }
    }

    fn read_as<T>(&mut self, name: &str, wanted: &str, read: impl Fn(&Value) -> Option<T>) -> io::Result<Option<T>> {
        let value = self.value(name);
        let read = value.map(|value| read(&value).ok_or_else(|| invalid(format!("{name:?} must be {wanted}"))));
        read.transpose()
    }
}

pub(crate) fn invalid(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message.into())
}
