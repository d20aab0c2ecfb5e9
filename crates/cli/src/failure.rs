//! A command that failed: one line for people, an object for programs, and an exit code.

use std::fmt;
use std::io;

use livecloud::core::callback::CallbackError;
use livecloud::core::{CallInfo, Violation};
use livecloud::{Delivery, Error};
use serde_json::{Value, json};

use crate::exit::Exit;

/// Why a command failed, and in which call.
#[derive(Debug)]
pub(crate) struct Failure {
    cause: Cause,
    vendor: &'static str,
    operation: String,
}

#[derive(Debug)]
enum Cause {
    /// The command line, a file or the surroundings are not as they must be.
    Usage(String),
    /// The SDK refused, or reported what the vendor did.
    Call(Error),
    /// A callback is not accepted.
    Callback(CallbackError),
    /// The result cannot be written; that of a call, if there is something to say about one.
    Output(io::Error, Option<CallInfo>),
}

impl Failure {
    fn new(cause: Cause) -> Self {
        Self { cause, vendor: "", operation: String::new() }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Cause::Usage(message.into()))
    }

    /// The call was carried out, and its result cannot be written.
    pub(crate) fn unwritten(error: io::Error, info: CallInfo) -> Self {
        Self::new(Cause::Output(error, Some(info)))
    }

    /// Says in which call.
    pub(crate) fn within(mut self, vendor: &'static str, operation: &str) -> Self {
        (self.vendor, self.operation) = (vendor, operation.to_owned());
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        match &self.cause {
            Cause::Call(error) => Exit::of(error),
            Cause::Callback(_) => Exit::Rejected,
            // Whoever closed the pipe has seen enough: `livecloud operations | head`.
            Cause::Output(error, _) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Cause::Output(_, Some(_)) => Exit::Unreadable,
            Cause::Usage(_) | Cause::Output(_, None) => Exit::Usage,
        }
    }

    /// The object of `--json-errors`: always the same members, null where there is nothing to say.
    pub(crate) fn to_json(&self) -> Value {
        let mut object = json!({
            "kind": self.kind(),
            "code": null,
            "message": self.message(),
            "category": null,
            "delivery": null,
            "violations": [],
            "advice": null,
            "request_id": null,
            "http_status": null,
            "attempts": 0,
            "retry_after_ms": null,
            "vendor": none_if_empty(self.vendor),
            "operation": none_if_empty(&self.operation),
        });
        if let Cause::Call(error) = &self.cause {
            object["code"] = match error.code() {
                Some(code) => code.as_i64().map_or_else(|| code.to_string().into(), Value::from),
                None => Value::Null,
            };
            object["category"] = error.category().map(|category| snake_case(&format!("{category:?}"))).into();
            object["delivery"] = delivery(error.delivery());
            object["violations"] = error.violations().iter().map(violation).collect();
            object["advice"] = error.advice().into();
            object["request_id"] = error.request_id().into();
            object["http_status"] = error.http_status().map(|status| status.as_u16()).into();
            object["attempts"] = error.attempts().into();
            let wait = error.retry_after().map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
            object["retry_after_ms"] = wait.into();
        }
        if let Cause::Output(_, Some(info)) = &self.cause {
            object["delivery"] = delivery(Delivery::Answered);
            object["request_id"] = info.request_id.as_deref().into();
            object["http_status"] = info.http_status.as_u16().into();
            object["attempts"] = info.attempts.into();
        }
        object
    }

    fn kind(&self) -> String {
        match &self.cause {
            Cause::Usage(_) => "usage".to_owned(),
            Cause::Call(error) => snake_case(&format!("{:?}", error.kind())),
            Cause::Callback(_) => "callback".to_owned(),
            Cause::Output(..) => "output".to_owned(),
        }
    }

    /// The vendor's own text where there is one; otherwise the whole line.
    fn message(&self) -> String {
        match &self.cause {
            Cause::Call(error) => error.message().map_or_else(|| format!("{error:#}"), str::to_owned),
            Cause::Usage(message) => message.clone(),
            Cause::Callback(error) => error.to_string(),
            Cause::Output(error, _) => error.to_string(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::new(Cause::Call(error))
    }
}

impl From<CallbackError> for Failure {
    fn from(error: CallbackError) -> Self {
        Self::new(Cause::Callback(error))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(Cause::Output(error, None))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = matches!(&self.cause, Cause::Call(error) if !error.vendor().is_empty());
        if !named && !self.vendor.is_empty() {
            let space = if self.operation.is_empty() { "" } else { " " };
            write!(f, "{}{space}{}: ", self.vendor, self.operation)?;
        }
        match &self.cause {
            Cause::Usage(message) => f.write_str(message),
            Cause::Call(error) => {
                write!(f, "{error:#}")?;
                error.advice().map_or(Ok(()), |advice| write!(f, "; advice: {advice}"))
            }
            Cause::Callback(error) => write!(f, "{error}"),
            Cause::Output(error, None) => write!(f, "the result cannot be written: {error}"),
            Cause::Output(error, Some(info)) => {
                write!(f, "the call was carried out, but its result cannot be written: {error}")?;
                info.request_id.as_ref().map_or(Ok(()), |id| write!(f, " (request {id})"))
            }
        }
    }
}

fn violation(violation: &Violation) -> Value {
    let Violation { path, rule, given, id, .. } = violation;
    json!({ "path": path, "rule": rule, "given": given, "id": id })
}

fn delivery(delivery: Delivery) -> Value {
    snake_case(&format!("{delivery:?}")).into()
}

fn none_if_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// `NotSent` as `not_sent`: the SDK's words, spelt as JSON members are.
fn snake_case(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    for (at, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_sdk_become_members_of_json() {
        assert_eq!(snake_case("InvalidArgument"), "invalid_argument");
        assert_eq!(snake_case("Api"), "api");
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        assert_eq!(Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)).exit(), Exit::Done);
        assert_eq!(Failure::from(io::Error::from(io::ErrorKind::StorageFull)).exit(), Exit::Usage);
    }
}
