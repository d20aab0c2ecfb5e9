//! What a vendor's documentation says about the text of a failure.

use crate::error::Category;

/// One row of a vendor crate's `codes::TEXTS`, for vendors whose codes say less than their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextInfo {
    /// The text; `%s` stands for anything.
    pub pattern: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// Its class.
    pub category: Category,
}

impl TextInfo {
    /// A row.
    #[must_use]
    pub const fn new(pattern: &'static str, meaning: &'static str, advice: &'static str, category: Category) -> Self {
        Self { pattern, meaning, advice, category }
    }

    /// Whether a vendor's text is this one: without regard to case and to dots and spaces at its end. A text may go on
    /// after a colon.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let text = trimmed(text);
        match self.pattern.split_once("%s") {
            Some((head, tail)) => strip_prefix(text, head).is_some_and(|rest| ends_with(rest, tail)),
            None => {
                strip_prefix(text, self.pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '：']))
            }
        }
    }
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches(|c: char| matches!(c, '.' | '。') || c.is_whitespace())
}

/// What follows `head`, ASCII letters compared without regard to case.
fn strip_prefix<'t>(text: &'t str, head: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(head.len())?;
    start.eq_ignore_ascii_case(head).then_some(rest)
}

fn ends_with(text: &str, tail: &str) -> bool {
    text.len().checked_sub(tail.len()).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(tail))
}
