//! What a vendor is to the core: hosts, signatures, quota keys, envelopes.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;

use crate::clock::{Entropy, unix_millis};
use crate::draft::Draft;
use crate::error::{Category, Code, Delivery, Error};
use crate::meta::Meta;
use crate::payload::Payload;

/// Most bytes of a fault's payload that an error keeps.
const FAULT_PAYLOAD_CAP: usize = 4096;

/// An account at one vendor: credentials and the vendor's rules.
pub trait Vendor: fmt::Debug + Send + Sync + Sized + 'static {
    /// The vendor crate's name.
    const NAME: &'static str;

    /// Operations that share host, signing recipe and envelope: `()` where a vendor has one of each.
    type Profile: Copy + fmt::Debug + Send + Sync + 'static;

    /// Scheme and host, without a path or with a prefix path.
    fn base_url(&self, profile: Self::Profile) -> &str;

    /// The signer, or a config error that names the credential this account lacks.
    fn signer(&self, profile: Self::Profile) -> Result<&dyn Signer, Error>;

    /// Who shares the operation's quota.
    fn quota_key(&self, meta: &Meta) -> QuotaKey;

    /// Opens the envelope. An `Err` is a reply that cannot be read at all.
    fn open(&self, meta: &Meta, profile: Self::Profile, reply: &http::Response<Bytes>) -> Result<Reply, Error>;
}

/// Signs drafts: synchronous, pure, once per attempt, on a fresh copy.
pub trait Signer: fmt::Debug + Send + Sync {
    /// Adds what the vendor wants to see: parameters or headers.
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error>;
}

/// What changes from attempt to attempt: time and nonce.
#[derive(Debug)]
pub struct SignContext<'a> {
    now: SystemTime,
    nonce: Option<&'a str>,
    entropy: &'a dyn Entropy,
}

impl<'a> SignContext<'a> {
    /// A context for one attempt; `nonce` overrides what the signer would make from `entropy`.
    #[must_use]
    pub const fn new(now: SystemTime, nonce: Option<&'a str>, entropy: &'a dyn Entropy) -> Self {
        Self { now, nonce, entropy }
    }

    /// The time, corrected for the vendor's clock.
    #[must_use]
    pub const fn now(&self) -> SystemTime {
        self.now
    }

    /// Seconds since the Unix epoch.
    #[must_use]
    pub fn unix_seconds(&self) -> i64 {
        unix_millis(self.now).div_euclid(1000)
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub fn unix_millis(&self) -> i64 {
        unix_millis(self.now)
    }

    /// A nonce of `BYTES` random bytes as lower-case hex, or the override.
    pub fn nonce_hex<const BYTES: usize>(&self) -> Result<Cow<'a, str>, Error> {
        match self.nonce {
            Some(nonce) => Ok(Cow::Borrowed(nonce)),
            None => random_hex::<BYTES>(self.entropy).map(Cow::Owned),
        }
    }
}

/// Random bytes as lower-case hex.
pub(crate) fn random_hex<const BYTES: usize>(entropy: &dyn Entropy) -> Result<String, Error> {
    let mut bytes = [0; BYTES];
    entropy.fill(&mut bytes).map_err(|_| Error::sign("no random bytes to be had"))?;
    Ok(hex::encode(bytes))
}

/// Identifies what shares one quota: vendor, account and class. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuotaKey {
    vendor: &'static str,
    account: Arc<str>,
    class: &'static str,
}

impl QuotaKey {
    /// The key of one class of one account.
    #[must_use]
    pub const fn new(vendor: &'static str, account: Arc<str>, class: &'static str) -> Self {
        Self { vendor, account, class }
    }
}

/// `vendor/account/class`: a usable key for an external store. Holds no secret.
impl fmt::Display for QuotaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.vendor, self.account, self.class)
    }
}

/// An opened envelope.
#[derive(Debug)]
pub enum Reply {
    /// The vendor did it.
    Ok {
        /// The content.
        payload: Payload,
        /// The effective status: 201 and 206 are answers too.
        status: StatusCode,
        /// The vendor's id of the request.
        request_id: Option<String>,
    },
    /// The vendor refused.
    Fault(Fault),
}

/// A vendor's refusal, classified. `Debug` does not show the payload.
#[non_exhaustive]
pub struct Fault {
    /// The vendor's code.
    pub code: Option<Code>,
    /// The vendor's text.
    pub message: String,
    /// The vendor's id of the request.
    pub request_id: Option<String>,
    /// What it means.
    pub category: Category,
    /// How long the vendor asks to wait; read from `Retry-After` where this is absent.
    pub retry_after: Option<Duration>,
    /// What the documentation suggests.
    pub advice: Option<&'static str>,
    /// The effective HTTP status.
    pub status: StatusCode,
    /// The answer leaves open whether the vendor acted, whatever its category: the error says `Delivery::Unknown`.
    pub uncertain: bool,
    payload: Bytes,
}

impl Fault {
    /// A fault with code and text.
    #[must_use]
    pub fn new(status: StatusCode, code: Option<Code>, message: impl Into<String>, category: Category) -> Self {
        Self {
            code,
            message: message.into(),
            request_id: None,
            category,
            retry_after: None,
            advice: None,
            status,
            uncertain: false,
            payload: Bytes::new(),
        }
    }

    /// A fault that has nothing but an HTTP status to go by, such as a gateway's page.
    #[must_use]
    pub fn from_status(reply: &http::Response<Bytes>) -> Self {
        Self::new(reply.status(), None, "", category_of(reply.status())).with_payload(reply.body())
    }

    /// Adds the documentation's advice.
    #[must_use]
    pub const fn with_advice(mut self, advice: &'static str) -> Self {
        self.advice = Some(advice);
        self
    }

    /// Adds the vendor's id of the request.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<Option<String>>) -> Self {
        self.request_id = id.into();
        self
    }

    /// Keeps the beginning of what came, for [`Error::reply_excerpt`].
    #[must_use]
    pub fn with_payload(mut self, payload: &Bytes) -> Self {
        // A slice would keep all of a large reply alive for as long as the error is.
        self.payload = Bytes::copy_from_slice(&payload[..payload.len().min(FAULT_PAYLOAD_CAP)]);
        self
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("code", &self.code)
            .field("category", &self.category)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let at_least = if fault.uncertain { Delivery::Unknown } else { Delivery::NotSent };
        Self::api(fault.code, &fault.message, fault.category, fault.advice)
            .after(1, at_least)
            .with_request_id(fault.request_id.as_deref())
            .with_status(fault.status)
            .with_retry_after(fault.retry_after)
            .with_payload(fault.payload)
    }
}

/// What an HTTP status means when the body says nothing more.
#[must_use]
pub fn category_of(status: StatusCode) -> Category {
    match status.as_u16() {
        429 => Category::Throttled,
        401 | 403 => Category::Auth,
        404 | 410 => Category::NotFound,
        409 => Category::Conflict,
        408 | 500..=599 => Category::Transient,
        400..=499 => Category::InvalidArgument,
        _ => Category::Other,
    }
}
