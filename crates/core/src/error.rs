//! The one error type of the workspace.

mod code;
mod kinds;
mod print;
mod transport;

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use crate::check::{Violation, excerpt};

pub use code::Code;
pub use kinds::{Category, Delivery, ErrorKind};
pub use transport::{TransportError, TransportErrorKind};

/// Longest vendor text that an error prints.
const MESSAGE_CAP: usize = 200;
/// Most broken rules that an error prints; all are in [`Error::violations`].
const SHOWN_VIOLATIONS: usize = 20;
/// Most bytes of an unreadable reply that an error keeps.
const EXCERPT_CAP: usize = 512;

/// What went wrong with a call, in one line and in parts.
///
/// `Display` is one line that names vendor, operation, cause, request id and attempts; `{:#}` adds the chain of causes.
/// No form prints URLs, headers, bodies or secrets.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    vendor: &'static str,
    operation: &'static str,
    message: Option<Box<str>>,
    code: Option<Code>,
    category: Option<Category>,
    request_id: Option<Box<str>>,
    http_status: Option<StatusCode>,
    delivery: Delivery,
    violations: Vec<Violation>,
    retry_after: Option<Duration>,
    attempts: u32,
    advice: Option<&'static str>,
    payload: Option<Bytes>,
    transport: Option<TransportError>,
}

impl Error {
    fn new(kind: ErrorKind, delivery: Delivery) -> Self {
        Self(Box::new(Inner {
            kind,
            vendor: "",
            operation: "",
            message: None,
            code: None,
            category: None,
            request_id: None,
            http_status: None,
            delivery,
            violations: Vec::new(),
            retry_after: None,
            attempts: 0,
            advice: None,
            payload: None,
            transport: None,
        }))
    }

    fn with_message(mut self, message: impl AsRef<str>) -> Self {
        self.0.message = Some(excerpt(message.as_ref(), MESSAGE_CAP).into());
        self
    }

    /// The client is not set up for this call.
    #[must_use]
    pub fn config(message: impl AsRef<str>) -> Self {
        Self::new(ErrorKind::Config, Delivery::NotSent).with_message(message)
    }

    /// The request breaks rules.
    #[must_use]
    pub fn invalid(violations: Vec<Violation>) -> Self {
        let mut error = Self::new(ErrorKind::Invalid, Delivery::NotSent);
        error.0.violations = violations;
        error
    }

    /// The request breaks one rule that no profile can switch off.
    #[must_use]
    pub fn invalid_field(path: impl Into<String>, rule: &'static str, id: &'static str) -> Self {
        Self::invalid(vec![Violation { path: path.into(), rule: rule.into(), given: None, id }])
    }

    /// A value cannot be written down.
    #[must_use]
    pub fn encode(message: impl AsRef<str>) -> Self {
        Self::new(ErrorKind::Encode, Delivery::NotSent).with_message(message)
    }

    /// The request cannot be signed.
    #[must_use]
    pub fn sign(message: impl AsRef<str>) -> Self {
        Self::new(ErrorKind::Sign, Delivery::NotSent).with_message(message)
    }

    /// The reply cannot be read; `what` says where and how, without quoting it.
    #[must_use]
    pub fn decode(what: impl AsRef<str>, reply: &Bytes) -> Self {
        let mut error = Self::new(ErrorKind::Decode, Delivery::Answered).with_message(what);
        // A slice would keep all of a large reply alive for as long as the error is.
        error.0.payload = Some(Bytes::copy_from_slice(&reply[..reply.len().min(EXCERPT_CAP)]));
        error
    }

    pub(crate) fn rate_limited(wait: Duration) -> Self {
        let mut error = Self::new(ErrorKind::RateLimited, Delivery::NotSent);
        error.0.retry_after = Some(wait);
        error
    }

    pub(crate) fn transport(cause: TransportError) -> Self {
        let mut error = Self::new(ErrorKind::Transport, cause.kind().delivery());
        error.0.transport = Some(cause);
        error
    }

    pub(crate) fn deadline(delivery: Delivery) -> Self {
        Self::new(ErrorKind::Deadline, delivery)
    }

    pub(crate) fn api(code: Option<Code>, message: &str, category: Category, advice: Option<&'static str>) -> Self {
        let delivery = if category == Category::Transient { Delivery::Unknown } else { Delivery::Answered };
        let mut error = Self::new(ErrorKind::Api, delivery);
        if !message.is_empty() {
            error = error.with_message(message);
        }
        error.0.code = code;
        error.0.category = Some(category);
        error.0.advice = advice;
        error
    }

    pub(crate) fn with_request_id(mut self, id: Option<&str>) -> Self {
        self.0.request_id = id.filter(|id| !id.is_empty()).map(|id| excerpt(id, 100).into());
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.http_status = Some(status);
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    pub(crate) fn with_payload(mut self, payload: Bytes) -> Self {
        self.0.payload = Some(payload);
        self
    }

    pub(crate) fn in_call(mut self, vendor: &'static str, operation: &'static str) -> Self {
        self.0.vendor = vendor;
        self.0.operation = operation;
        self
    }

    pub(crate) fn after(mut self, attempts: u32, earlier: Delivery) -> Self {
        self.0.attempts = attempts;
        self.0.delivery = self.0.delivery.max(earlier);
        self
    }

    /// Why the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// May the vendor have acted? The worst of all attempts.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// The vendor's code, for [`ErrorKind::Api`]; [`is_code`](Self::is_code) compares.
    #[must_use]
    pub fn code(&self) -> Option<&Code> {
        self.0.code.as_ref()
    }

    /// Whether the vendor's code is this one, such as a constant of the vendor crate's `codes`.
    #[must_use]
    pub fn is_code(&self, code: i64) -> bool {
        self.code().is_some_and(|known| *known == code)
    }

    /// What the vendor's refusal means, for [`ErrorKind::Api`].
    #[must_use]
    pub fn category(&self) -> Option<Category> {
        self.0.category
    }

    /// The vendor's text, or what the client found; shortened, control characters escaped.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The vendor's id of the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The HTTP status of the last reply, as far as there was one.
    #[must_use]
    pub fn http_status(&self) -> Option<StatusCode> {
        self.0.http_status
    }

    /// The broken rules, for [`ErrorKind::Invalid`].
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// How long the vendor, or the client's own quota, asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many attempts were made; 0 when nothing was tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The vendor crate's name, such as `polyv-live`.
    #[must_use]
    pub fn vendor(&self) -> &'static str {
        self.0.vendor
    }

    /// The operation's name, such as `UpdatePlayer`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// What the vendor's documentation suggests for this code.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        self.0.advice
    }

    /// How the network failed, for [`ErrorKind::Transport`].
    #[must_use]
    pub fn transport_kind(&self) -> Option<TransportErrorKind> {
        self.0.transport.as_ref().map(TransportError::kind)
    }

    /// The beginning of the reply that was refused or could not be read. It may hold what you sent: do not log it.
    #[must_use]
    pub fn reply_excerpt(&self) -> Option<&[u8]> {
        self.0.payload.as_deref()
    }

    /// Whether calling again later may work without changing anything. Look at [`delivery`](Self::delivery) first.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::RateLimited | ErrorKind::Deadline => true,
            ErrorKind::Transport => !self.transport_kind().is_some_and(TransportErrorKind::is_lasting),
            ErrorKind::Api => matches!(
                self.0.category,
                Some(Category::Throttled | Category::Transient | Category::Busy | Category::ClockSkew)
            ),
            ErrorKind::Config | ErrorKind::Invalid | ErrorKind::Encode | ErrorKind::Sign | ErrorKind::Decode => false,
        }
    }

    /// Whether the vendor, or the client's own quota, said "too many requests".
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited || self.0.category == Some(Category::Throttled)
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Deadline || self.transport_kind() == Some(TransportErrorKind::Timeout)
    }

    /// Whether credentials or signature were refused.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self.0.category, Some(Category::Auth | Category::ClockSkew))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The transport error's own line is already part of ours: the chain goes on with its cause.
        self.0.transport.as_ref().and_then(StdError::source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_pointer_and_can_cross_threads() {
        fn portable<T: Send + Sync + 'static>() {}
        portable::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn one_line_tells_vendor_operation_code_message_request_and_attempts() {
        let error = Error::api(Some(350_006_003.into()), "bad volume", Category::InvalidArgument, None)
            .with_request_id(Some("abcd123"))
            .in_call("zego-cloud-player", "UpdatePlayer")
            .after(1, Delivery::NotSent);
        assert_eq!(
            error.to_string(),
            "zego-cloud-player UpdatePlayer: rejected with code 350006003: bad volume (request id abcd123, 1 attempt)",
        );
        assert_eq!(error.delivery(), Delivery::Answered);
    }

    #[test]
    fn the_alternate_form_adds_the_chain_of_causes() {
        let cause = TransportError::new(TransportErrorKind::Connect).with_source("connection refused");
        let error = Error::transport(cause).in_call("polyv-vod", "UpdateVideoInfoV3").after(3, Delivery::NotSent);
        assert_eq!(error.to_string(), "polyv-vod UpdateVideoInfoV3: could not connect (3 attempts)");
        assert_eq!(
            format!("{error:#}"),
            "polyv-vod UpdateVideoInfoV3: could not connect (3 attempts): connection refused"
        );
    }

    #[test]
    fn vendor_text_is_capped_and_control_characters_are_escaped() {
        let error = Error::api(None, &format!("a\nb{}", "x".repeat(500)), Category::Other, None);
        assert!(error.to_string().contains("a\\nb"));
        assert!(error.to_string().len() < 260);
    }

    #[test]
    fn delivery_only_gets_worse() {
        let refused = Error::api(None, "", Category::InvalidArgument, None).after(2, Delivery::Unknown);
        assert_eq!(refused.delivery(), Delivery::Unknown);
        let transient = Error::api(None, "", Category::Transient, None).after(1, Delivery::NotSent);
        assert_eq!(transient.delivery(), Delivery::Unknown);
    }

    #[test]
    fn codes_are_numbers_or_texts() {
        assert_eq!(Code::from("100"), Code::from(100));
        assert_eq!(Code::from(7), 7);
        assert_eq!(Code::from("userExpired").as_i64(), None);
        assert_eq!(Code::from("userExpired").to_string(), "userExpired");
    }
}
