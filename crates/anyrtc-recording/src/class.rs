//! What a failed answer asks the caller to do: finer than the shared categories, and dependent on the operation.

use std::time::Duration;

use http::StatusCode;
use livecloud_core::{Category, Error, ErrorKind};

use crate::codes;

/// As much of a message as an [`Error`] keeps, so that a class is the same before and after it became one.
const MESSAGE_CAP: usize = 200;

/// What a failed answer of this vendor asks the caller to do.
///
/// The vendor documents codes and statuses; this reading of them is inferred, partly by analogy with Agora's twin
/// product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Repeat the same call with the same ids after a pause. The first one may have taken effect.
    RetrySame,
    /// Throw the resource id away: acquire, then start.
    Reacquire,
    /// This resource id is already recording. [`ErrorIds`](crate::ErrorIds) has the sid if the answer named it.
    AlreadyStarted,
    /// Another recording with the same channel and uid runs.
    Conflict,
    /// The recording has ended before; its results do not come this way any more.
    AlreadyStopped,
    /// The recording is on its way out: do not query again.
    Stopping,
    /// The recording is unknown: not begun, or ended. By analogy with Agora it may also be moving to another server;
    /// one such answer is not final.
    NotFound,
    /// Finished without a file: a result rather than a failure.
    NothingRecorded,
    /// The App ID is wrong, or cloud recording is not enabled for it.
    NotEnabled,
    /// The request is wrong.
    Caller,
    /// The stored resource id, sid and App ID do not belong together, or have expired.
    HandleInvalid,
    /// Customer id or secret were refused.
    Auth,
    /// The channel token has expired or is wrong (by analogy with Agora).
    ChannelToken,
    /// Wrong address or HTTP method: a wrong host, or a bug.
    Route,
    /// Too many requests: wait at least a second.
    RateLimited,
    /// The service or a gateway before it failed.
    Server,
    /// A success without what makes it one, or of unknown form: whether anything happened is open. Do not repeat
    /// blindly.
    Unexpected,
}

/// The vendor's name in errors.
pub(crate) const NAME: &str = env!("CARGO_PKG_NAME");

impl Class {
    /// The class of a failed call; `None` where the vendor did not answer, and for another vendor's error.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        if error.vendor() != NAME {
            return None;
        }
        match (error.kind(), error.http_status()) {
            (ErrorKind::Api, Some(status)) => {
                let code = error.code().and_then(livecloud_core::Code::as_i64);
                Some(Self::read(error.operation(), status, code, error.message()))
            }
            (ErrorKind::Decode, _) => Some(Self::Unexpected),
            _ => None,
        }
    }

    /// Reads an answer. Precedence: rate, code, the gateway's texts, status.
    pub(crate) fn read(operation: &str, status: StatusCode, code: Option<i64>, message: Option<&str>) -> Self {
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Self::RateLimited;
        }
        code.and_then(|code| Self::of_code(operation, code))
            .or_else(|| message.and_then(Self::of_message))
            .unwrap_or_else(|| {
                // A failing HTTP status may also be written into an answer that HTTP calls a success.
                let inner = code.and_then(|code| StatusCode::from_u16(u16::try_from(code).ok()?).ok());
                let status = inner.filter(|inner| status.is_success() && inner.as_u16() >= 400).unwrap_or(status);
                Self::of_status(operation, status)
            })
    }

    fn of_code(operation: &str, code: i64) -> Option<Self> {
        let class = match code {
            codes::INVALID_PARAMETER
            | codes::BAD_REQUEST_FORM
            | codes::RESOURCE_MISMATCH
            | codes::INVALID_CHANNEL_NAME
            | codes::INVALID_LAYOUT => Self::Caller,
            codes::ALREADY_STARTED => Self::AlreadyStarted,
            codes::ALREADY_STOPPED => Self::AlreadyStopped,
            codes::ALREADY_RECORDING => Self::Conflict,
            codes::SERVICE_UNAVAILABLE if operation == "Acquire" => Self::NotEnabled,
            codes::SERVICE_UNAVAILABLE | codes::NETWORK_JITTER => Self::RetrySame,
            codes::TOKEN_EXPIRED | codes::TOKEN_INVALID => Self::ChannelToken,
            codes::RESOURCE_EXPIRED if matches!(operation, "Acquire" | "Start") => Self::Reacquire,
            codes::RESOURCE_UNREADABLE if operation == "Start" => Self::Reacquire,
            codes::ID_MISMATCH if operation == "Start" => Self::Caller,
            codes::RESOURCE_EXPIRED | codes::RESOURCE_UNREADABLE | codes::ID_MISMATCH => Self::HandleInvalid,
            codes::NOTHING_RECORDED => Self::NothingRecorded,
            codes::EXITING => Self::Stopping,
            _ => return None,
        };
        Some(class)
    }

    fn of_message(message: &str) -> Option<Self> {
        let message: String = message.chars().take(MESSAGE_CAP).flat_map(char::to_lowercase).collect();
        if message.contains("invalid authentication credentials") {
            Some(Self::Auth)
        } else if message.contains("no route matched") {
            Some(Self::Route)
        } else if ["invalid appid", "invalid_appid", "appid is invalid"].iter().any(|text| message.contains(text)) {
            Some(Self::NotEnabled)
        } else {
            None
        }
    }

    fn of_status(operation: &str, status: StatusCode) -> Self {
        match status.as_u16() {
            429 => Self::RateLimited,
            401 | 403 => Self::Auth,
            // Before there is a recording, only the address itself can be unknown.
            404 if matches!(operation, "Acquire" | "Start") => Self::Route,
            404 | 410 => Self::NotFound,
            300..=399 | 405 => Self::Route,
            408 | 500..=599 => Self::Server,
            400..=499 => Self::Caller,
            _ => Self::Unexpected,
        }
    }

    /// The shared category; the only place where one follows from the other.
    #[must_use]
    pub const fn category(self) -> Category {
        match self {
            Self::RetrySame | Self::Server => Category::Transient,
            Self::RateLimited => Category::Throttled,
            Self::Auth => Category::Auth,
            Self::NotEnabled => Category::Account,
            // A token is an argument of Start: the customer's own credentials were accepted.
            Self::Caller | Self::ChannelToken | Self::Route => Category::InvalidArgument,
            Self::NotFound => Category::NotFound,
            Self::Conflict | Self::AlreadyStarted => Category::Conflict,
            Self::AlreadyStopped | Self::Stopping | Self::Reacquire | Self::HandleInvalid | Self::NothingRecorded => {
                Category::State
            }
            Self::Unexpected => Category::Other,
        }
    }

    /// How long to wait before the same call again, where the answer does not say it.
    pub(crate) const fn pause(self) -> Option<Duration> {
        match self {
            Self::RateLimited => Some(Duration::from_secs(1)),
            // The vendor's advice for a backend that did not answer in time.
            Self::RetrySame => Some(Duration::from_secs(3)),
            _ => None,
        }
    }

    /// The name in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RetrySame => "retry_same",
            Self::Reacquire => "reacquire",
            Self::AlreadyStarted => "already_started",
            Self::Conflict => "conflict",
            Self::AlreadyStopped => "already_stopped",
            Self::Stopping => "stopping",
            Self::NotFound => "not_found",
            Self::NothingRecorded => "nothing_recorded",
            Self::NotEnabled => "not_enabled",
            Self::Caller => "caller",
            Self::HandleInvalid => "handle_invalid",
            Self::Auth => "auth",
            Self::ChannelToken => "channel_token",
            Self::Route => "route",
            Self::RateLimited => "rate_limited",
            Self::Server => "server",
            Self::Unexpected => "unexpected",
        }
    }

    /// What to do, where no code says it better.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::RetrySame => "the same call again, with the same ids, after a pause",
            Self::Reacquire => "acquire a new resource id, then start",
            Self::AlreadyStarted => "the recording runs: look for its sid in the answer and in callbacks",
            Self::Conflict => "stop the other recording, or record with another uid",
            Self::AlreadyStopped => "nothing: the recording is over",
            Self::Stopping => "do not query again",
            Self::NotFound => "look again in some seconds before calling the recording over",
            Self::NothingRecorded => "nothing: nobody sent a stream",
            Self::NotEnabled => "check the App ID, and have cloud recording enabled for it",
            Self::Caller => "fix the request",
            Self::HandleInvalid => "the stored ids are of different recordings, or have expired",
            Self::Auth => "check customer id and secret, and that cloud recording is enabled for the App ID",
            Self::ChannelToken => "make a new channel token for this channel and recorder uid",
            Self::Route => "check the base URL and any proxy",
            Self::RateLimited => "lower the rate: 10 requests a second per App ID",
            Self::Server => "try again later; before repeating Start or Stop, look what became of the first one",
            Self::Unexpected => "do not repeat blindly: look what became of the call",
        }
    }
}

impl std::fmt::Display for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
