//! Faults on script.

use std::{collections::VecDeque, time::Duration};

use bytes::Bytes;

use crate::{vendor::Vendor, vendors};

/// What goes wrong with a call.
///
/// A fault either *refuses* (nothing has happened at the vendor) or *spoils the reply* (the call has been carried out,
/// and the client cannot know); each variant says which. [`Fault::after_acting`] turns a refusal into a spoiled reply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Refuses with this HTTP status and body, sent as JSON.
    Status {
        /// HTTP status; one outside 100..=999 is sent as 500.
        status: u16,
        /// Body bytes.
        body: Bytes,
    },
    /// Refuses with this code in the vendor's own envelope.
    VendorCode {
        /// ZEGO `Code`, POLYV VOD `error.code`, POLYV Live `code`, anyRTC business code.
        code: i64,
        /// The vendor's text.
        message: String,
    },
    /// Refuses as the vendor does when the quota is used up.
    Throttled {
        /// Seconds for a `Retry-After` header, if there is to be one.
        retry_after: Option<u64>,
    },
    /// Refuses with a gateway's HTML page and HTTP 502.
    GatewayHtml,
    /// Waits so long in real time, then carries out the call and answers normally.
    Delay(Duration),
    /// Refuses by closing the connection without a byte.
    DropBeforeActing,
    /// Carries out the call, then closes the connection without a byte.
    DropAfterActing,
    /// Carries out the call, announces the whole reply, sends half of it and closes the connection.
    DropMidReply,
    /// Carries out the call; the reply is complete for HTTP, but its body is cut in half.
    TruncatedBody,
    /// Carries out the call; the reply is padded with blanks to so many MiB and sent in chunks, its length unannounced.
    OversizedBody {
        /// MiB of body.
        mib: u32,
    },
    /// Carries out the call; the reply comes in pieces, with a pause in real time between them.
    SlowDrip {
        /// Bytes per piece, at least 1.
        bytes: usize,
        /// Time between two pieces.
        pause: Duration,
    },
    /// Carries out the call, but answers with a plain text under HTTP 200.
    NonJson,
    /// Carries out the call; the reply is JSON with bytes that are not UTF-8 in it.
    WrongCharset,
    /// Carries out the call, but answers HTTP 200 without a body.
    EmptyBody,
    /// Judges the call's time by a clock that is ahead by so many seconds, or behind if negative; the `Date` of the
    /// answer tells so. A vendor that signs no time does not notice.
    ClockSkew {
        /// Seconds ahead.
        seconds: i64,
    },
    /// Carries out the call, then answers as the fault inside says.
    AfterActing(Box<Fault>),
}

impl Fault {
    /// [`Fault::Status`].
    pub fn status(status: u16, body: impl Into<Bytes>) -> Self {
        Self::Status { status, body: body.into() }
    }

    /// [`Fault::VendorCode`].
    pub fn vendor_code(code: i64, message: impl Into<String>) -> Self {
        Self::VendorCode { code, message: message.into() }
    }

    /// [`Fault::Throttled`] without a `Retry-After`.
    pub fn throttled() -> Self {
        Self::Throttled { retry_after: None }
    }

    /// [`Fault::Throttled`] with a `Retry-After` of so many seconds.
    pub fn throttled_for(seconds: u64) -> Self {
        Self::Throttled { retry_after: Some(seconds) }
    }

    /// The same answer, given after the call has been carried out; faults that act anyway stay as they are.
    #[must_use]
    pub fn after_acting(self) -> Self {
        match self {
            Self::DropBeforeActing => Self::DropAfterActing,
            refusal @ (Self::Status { .. } | Self::VendorCode { .. } | Self::Throttled { .. } | Self::GatewayHtml) => {
                Self::AfterActing(Box::new(refusal))
            }
            acts_anyway => acts_anyway,
        }
    }

    /// Splits into what is sent and whether the call is carried out first.
    pub(crate) fn resolve(self) -> (Self, bool) {
        match self {
            Self::AfterActing(inner) => (inner.resolve().0, true),
            refusal @ (Self::Status { .. }
            | Self::VendorCode { .. }
            | Self::Throttled { .. }
            | Self::GatewayHtml
            | Self::DropBeforeActing) => (refusal, false),
            spoiler => (spoiler, true),
        }
    }
}

/// Which calls a fault is meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selector {
    /// Every request to every vendor, unknown routes included.
    All,
    /// Every request to one vendor, unknown routes included.
    Vendor(Vendor),
    /// One operation, by its name.
    Operation(String),
}

impl From<Vendor> for Selector {
    fn from(vendor: Vendor) -> Self {
        Self::Vendor(vendor)
    }
}

impl From<&str> for Selector {
    fn from(operation: &str) -> Self {
        Self::Operation(operation.to_owned())
    }
}

impl Selector {
    fn matches(&self, vendor: Vendor, operation: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Vendor(wanted) => *wanted == vendor,
            Self::Operation(wanted) => operation == Some(wanted),
        }
    }

    /// Whether anything can ever match; a misspelt operation would silently test nothing.
    pub(crate) fn exists(&self) -> bool {
        match self {
            Self::Operation(wanted) => vendors::all_operations().any(|operation| operation.name == wanted),
            Self::All | Self::Vendor(_) => true,
        }
    }
}

/// Faults that are waiting for their calls.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// Each is used once, in order.
    queued: VecDeque<(Selector, Fault)>,
    /// Used when no queued one fits; the latest wins.
    standing: Vec<(Selector, Fault)>,
}

impl Script {
    pub(crate) fn queue(&mut self, selector: &Selector, fault: &Fault, times: usize) {
        self.queued.extend(std::iter::repeat_n((selector.clone(), fault.clone()), times));
    }

    pub(crate) fn stand(&mut self, selector: Selector, fault: Fault) {
        self.standing.push((selector, fault));
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn take(&mut self, vendor: Vendor, operation: Option<&str>) -> Option<Fault> {
        let fits = |(selector, _): &(Selector, Fault)| selector.matches(vendor, operation);
        let queued = self.queued.iter().position(fits).and_then(|at| self.queued.remove(at));
        queued.or_else(|| self.standing.iter().rfind(|rule| fits(rule)).cloned()).map(|(_, fault)| fault)
    }
}
