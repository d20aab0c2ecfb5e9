//! An operation's contract: method, quota, idempotency, timing.

use std::time::Duration;

use crate::transport::ReplyCap;

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

/// Whether repeating a call whose fate is unknown is harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Idempotency {
    /// It only reads.
    Safe,
    /// Doing it twice leaves the same state as doing it once.
    Idempotent,
    /// A repeat may do it twice, or lose the first answer. Never repeated after an unknown outcome.
    Unsafe,
}

impl Idempotency {
    /// Whether a call may be repeated after an unknown outcome.
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        matches!(self, Self::Safe | Self::Idempotent)
    }
}

/// A vendor's request rate: at most `permits` in any window of length `per`, for everything of one `class`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Quota {
    /// What shares the rate: an action's name, or a name for all of an app's calls.
    pub class: &'static str,
    /// How many requests.
    pub permits: u32,
    /// In how long a window.
    pub per: Duration,
}

impl Quota {
    /// `permits` a second for everything of `class`.
    #[must_use]
    pub const fn per_second(class: &'static str, permits: u32) -> Self {
        Self { class, permits, per: Duration::from_secs(1) }
    }
}

/// An operation's contract: a constant on every typed operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meta {
    /// The operation's name; also the Rust type's.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// Whether an unknown outcome may be repeated.
    pub idempotency: Idempotency,
    /// The vendor's rate, where one is documented.
    pub quota: Option<Quota>,
    /// Longest wait for one attempt.
    pub attempt_timeout: Duration,
    /// Longest wait for the whole call, pauses and retries included.
    pub deadline: Duration,
    /// Shortest pause before a retry.
    pub retry_floor: Duration,
    /// Largest reply that is read, in bytes.
    pub reply_cap: usize,
    /// The vendor's page.
    pub page: &'static str,
}

impl Meta {
    /// An operation with the defaults: not idempotent, no quota, 10 s an attempt, 30 s in all, 8 MiB.
    #[must_use]
    pub const fn new(name: &'static str, method: Method) -> Self {
        Self {
            name,
            method,
            idempotency: Idempotency::Unsafe,
            quota: None,
            attempt_timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(30),
            retry_floor: Duration::ZERO,
            reply_cap: ReplyCap::DEFAULT.0,
            page: "",
        }
    }

    /// A `POST` operation.
    #[must_use]
    pub const fn post(name: &'static str) -> Self {
        Self::new(name, Method::Post)
    }

    /// A `GET` operation. That does not make it safe: some vendors change state with it.
    #[must_use]
    pub const fn get(name: &'static str) -> Self {
        Self::new(name, Method::Get)
    }

    /// It only reads.
    #[must_use]
    pub const fn safe(mut self) -> Self {
        self.idempotency = Idempotency::Safe;
        self
    }

    /// Doing it twice leaves the same state as doing it once.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotency = Idempotency::Idempotent;
        self
    }

    /// The vendor's rate.
    #[must_use]
    pub const fn quota(mut self, quota: Quota) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Longest wait for one attempt and for the whole call.
    #[must_use]
    pub const fn timing(mut self, attempt: Duration, deadline: Duration) -> Self {
        self.attempt_timeout = attempt;
        self.deadline = deadline;
        self
    }

    /// Shortest pause before a retry.
    #[must_use]
    pub const fn retry_floor(mut self, floor: Duration) -> Self {
        self.retry_floor = floor;
        self
    }

    /// A file is downloaded: up to 64 MiB.
    #[must_use]
    pub const fn download(mut self) -> Self {
        self.reply_cap = 64 << 20;
        self
    }

    /// The vendor's page.
    #[must_use]
    pub const fn page(mut self, page: &'static str) -> Self {
        self.page = page;
        self
    }
}
