//! What a vendor answers.

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

/// A reply before it meets the socket.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    /// Seconds for a `Retry-After` header.
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Bytes,
    /// The vendor's own code, for the log.
    pub(crate) code: Option<String>,
    /// Whether the world changed.
    pub(crate) applied: bool,
}

impl Answer {
    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        Self::new(status, "application/json;charset=UTF-8", body.to_string())
    }

    pub(crate) fn new(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status, content_type, retry_after: None, body: body.into(), code: None, applied: false }
    }

    #[must_use]
    pub(crate) fn code(mut self, code: impl ToString) -> Self {
        self.code = Some(code.to_string());
        self
    }

    #[must_use]
    pub(crate) fn applied(mut self) -> Self {
        self.applied = true;
        self
    }
}
