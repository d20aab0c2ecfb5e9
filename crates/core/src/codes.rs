//! What a vendor's documentation says about a code.

use crate::error::Category;

/// One row of a vendor crate's `codes::TABLE`: documentation and retry class in one place, so they cannot drift apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeInfo {
    /// The vendor's number.
    pub code: i64,
    /// What it means.
    pub meaning: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// Its class.
    pub category: Category,
}

impl CodeInfo {
    /// A row.
    #[must_use]
    pub const fn new(code: i64, meaning: &'static str, advice: &'static str, category: Category) -> Self {
        Self { code, meaning, advice, category }
    }
}
