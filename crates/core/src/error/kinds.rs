//! What kind of failure, whether the vendor acted, and what its refusal means.

/// Why a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot make this call: missing credential, unusable base URL, no transport. Fix the set-up.
    Config,
    /// The request breaks documented rules; see [`Error::violations`](crate::Error::violations). Nothing was sent. Fix the request.
    Invalid,
    /// The request could not be written down (a value that JSON or a form cannot hold). Nothing was sent.
    Encode,
    /// Signing failed, for example for lack of randomness. Nothing was sent.
    Sign,
    /// The client's own quota has no room before the deadline. Nothing was sent. Wait, or slow down.
    RateLimited,
    /// The network failed; see [`Error::transport_kind`](crate::Error::transport_kind) and above all [`Error::delivery`](crate::Error::delivery).
    Transport,
    /// The vendor refused; see [`Error::code`](crate::Error::code), [`Error::category`](crate::Error::category) and [`Error::advice`](crate::Error::advice).
    Api,
    /// The vendor answered, but not in a form that could be read. The delivery tells whether at least the envelope
    /// was: then it has acted.
    Decode,
    /// The call's deadline passed while waiting for the first answer.
    Deadline,
}

/// Whether the vendor may have acted on a failed call: the worst of all its attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Delivery {
    /// No request left this machine in full: it is safe to call again.
    NotSent,
    /// The vendor answered, and the error tells what it said.
    Answered,
    /// A request may have arrived without a usable answer, or the vendor failed while working on it: look before
    /// repeating a call that is not idempotent.
    Unknown,
}

/// What a vendor's refusal means for the caller; the vendors' own codes are mapped to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// Too many requests; refused before acting. Retried after a pause.
    Throttled,
    /// The vendor failed inside; it may have acted. Retried for idempotent operations.
    Transient,
    /// Refused before acting because something is still going on. Retried after a pause.
    Busy,
    /// The signature's time was not accepted. Retried once with corrected time.
    ClockSkew,
    /// Wrong signature or credentials.
    Auth,
    /// The account lacks a right, a feature or a quota. Settled in the vendor's console.
    Account,
    /// The vendor dislikes an argument.
    InvalidArgument,
    /// The object does not exist, or is not yours.
    NotFound,
    /// Something of that name or id already exists.
    Conflict,
    /// The object is in a state that does not allow this call.
    State,
    /// A code that this version does not know. Not retried.
    Other,
}
