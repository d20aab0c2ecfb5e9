//! How an error reads: one line for people, its parts by name for programmers.

use std::error::Error as StdError;
use std::fmt;

use super::{Error, ErrorKind, MESSAGE_CAP, SHOWN_VIOLATIONS, TransportError};
use crate::check::excerpt;

impl Error {
    fn write_cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match inner.kind {
            ErrorKind::Config => f.write_str("not set up")?,
            ErrorKind::Invalid => f.write_str("invalid request")?,
            ErrorKind::Encode => f.write_str("request could not be encoded")?,
            ErrorKind::Sign => f.write_str("request could not be signed")?,
            ErrorKind::RateLimited => {
                f.write_str("held back by the client's own quota")?;
                if let Some(wait) = inner.retry_after {
                    write!(f, ", room in {} ms", wait.as_millis())?;
                }
            }
            ErrorKind::Transport => {
                if let Some(transport) = &inner.transport {
                    write!(f, "{transport}")?;
                }
            }
            ErrorKind::Api => match (&inner.code, inner.http_status) {
                (Some(code), _) => write!(f, "rejected with code {code}")?,
                (None, Some(status)) => write!(f, "rejected with HTTP status {}", status.as_u16())?,
                (None, None) => f.write_str("rejected")?,
            },
            ErrorKind::Decode => f.write_str("reply could not be read")?,
            ErrorKind::Deadline => f.write_str("deadline passed without an answer")?,
        }
        if let Some(message) = &inner.message {
            write!(f, ": {message}")?;
        }
        for (count, violation) in inner.violations.iter().take(SHOWN_VIOLATIONS).enumerate() {
            write!(f, "{} {violation}", if count == 0 { ":" } else { ";" })?;
        }
        match inner.violations.len().saturating_sub(SHOWN_VIOLATIONS) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if !inner.vendor.is_empty() {
            write!(f, "{} {}: ", inner.vendor, inner.operation)?;
        }
        self.write_cause(f)?;
        match (&inner.request_id, inner.attempts) {
            (None, 0) => {}
            (Some(id), 0) => write!(f, " (request id {id})")?,
            (None, attempts) => write!(f, " ({attempts} attempt{})", plural(attempts))?,
            (Some(id), attempts) => write!(f, " (request id {id}, {attempts} attempt{})", plural(attempts))?,
        }
        if f.alternate() {
            let mut cause = self.source();
            while let Some(error) = cause {
                write!(f, ": {}", excerpt(&error.to_string(), MESSAGE_CAP))?;
                cause = error.source();
            }
        }
        Ok(())
    }
}

/// A transport error and its causes in one line.
fn chain(error: &TransportError) -> String {
    let mut line = error.to_string();
    let mut cause = StdError::source(error);
    while let Some(error) = cause {
        line = format!("{line}: {}", excerpt(&error.to_string(), MESSAGE_CAP));
        cause = error.source();
    }
    line
}

const fn plural(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// The parts that are there, by name; the reply's excerpt is not among them.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        let chain = inner.transport.as_ref().map(chain);
        let mut parts = f.debug_struct("Error");
        parts.field("kind", &inner.kind);
        let mut some = |name, part: Option<&dyn fmt::Debug>| {
            if let Some(part) = part {
                parts.field(name, part);
            }
        };
        let dynamic = |part: &'static str| (!part.is_empty()).then_some(part);
        some("vendor", dynamic(inner.vendor).as_ref().map(|part| part as _));
        some("operation", dynamic(inner.operation).as_ref().map(|part| part as _));
        some("code", inner.code.as_ref().map(|part| part as _));
        some("category", inner.category.as_ref().map(|part| part as _));
        some("message", inner.message.as_ref().map(|part| part as _));
        some("request_id", inner.request_id.as_ref().map(|part| part as _));
        some("http_status", inner.http_status.as_ref().map(|part| part as _));
        some("transport", chain.as_ref().map(|part| part as _));
        some("violations", (!inner.violations.is_empty()).then_some(&inner.violations as _));
        some("retry_after", inner.retry_after.as_ref().map(|part| part as _));
        some("delivery", Some(&inner.delivery));
        some("attempts", Some(&inner.attempts));
        parts.finish()
    }
}
