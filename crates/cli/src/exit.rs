//! What the process ends with.

use std::process::ExitCode;

use livecloud::{Delivery, Error, ErrorKind};

/// The exit codes; part of the interface that scripts rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Wrong usage, missing configuration, or a request that cannot be signed. Also a result that cannot be written, if nothing was sent.
    Usage = 2,
    /// The input breaks rules; nothing was sent.
    Input = 3,
    /// The vendor said no, or a callback is not genuine.
    Rejected = 4,
    /// Nothing arrived at the vendor: safe to repeat.
    NotDelivered = 5,
    /// The vendor may have acted: look before you repeat.
    Unknown = 6,
    /// The vendor answered what nobody can read, or what cannot be written out.
    Unreadable = 7,
}

impl Exit {
    pub(crate) fn of(error: &Error) -> Self {
        match (error.kind(), error.delivery()) {
            (ErrorKind::Decode, _) => Self::Unreadable,
            // Whatever came last: an earlier attempt may have been carried out.
            (_, Delivery::Unknown) => Self::Unknown,
            (ErrorKind::Config | ErrorKind::Sign, _) => Self::Usage,
            (ErrorKind::Invalid | ErrorKind::Encode, _) => Self::Input,
            (_, Delivery::NotSent) => Self::NotDelivered,
            (_, Delivery::Answered) => Self::Rejected,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
