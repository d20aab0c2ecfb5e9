//! A vendor's code.

use std::fmt;

use crate::check::excerpt;

/// A vendor's code: a number with most vendors, sometimes a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code(CodeRepr);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum CodeRepr {
    Number(i64),
    Text(Box<str>),
}

impl Code {
    /// The code as a number; a text of digits counts as one.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            CodeRepr::Number(number) => Some(*number),
            CodeRepr::Text(_) => None,
        }
    }
}

impl From<i64> for Code {
    fn from(number: i64) -> Self {
        Self(CodeRepr::Number(number))
    }
}

impl From<&str> for Code {
    fn from(text: &str) -> Self {
        Self(text.parse().map_or_else(|_| CodeRepr::Text(excerpt(text, 64).into()), CodeRepr::Number))
    }
}

impl PartialEq<i64> for Code {
    fn eq(&self, number: &i64) -> bool {
        self.as_i64() == Some(*number)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            CodeRepr::Number(number) => write!(f, "{number}"),
            CodeRepr::Text(text) => f.write_str(text),
        }
    }
}
