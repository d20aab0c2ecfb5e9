//! The life of one call: permit, sign, send, open, decide, pause, again. Nothing else lives here.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use tokio::time::Instant;

use crate::draft::Draft;
use crate::error::{Category, Delivery, Error, ErrorKind, TransportError, TransportErrorKind};
use crate::limiter::{NoRoom, later};
use crate::meta::Meta;
use crate::observer::Event;
use crate::payload::Payload;
use crate::retry::{FailedAttempt, RetryPolicy, Withdrawal};
use crate::shared::{Shared, header_time};
use crate::transport::ReplyCap;
use crate::vendor::{Signer, Vendor};

/// What is known about a call besides its output.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallInfo {
    /// The vendor's id of the request, for its support.
    pub request_id: Option<String>,
    /// The effective HTTP status; 201 and 206 are successes with some vendors.
    pub http_status: StatusCode,
    /// How many attempts it took.
    pub attempts: u32,
    /// How long it took, waiting and pauses included.
    pub elapsed: Duration,
}

/// Everything one call needs, decided before its first attempt.
pub(crate) struct Plan<'a, V: Vendor> {
    pub(crate) shared: &'a Shared<V>,
    pub(crate) meta: &'a Meta,
    pub(crate) profile: V::Profile,
    pub(crate) signer: &'a dyn Signer,
    /// Checked and written once; signed afresh, on a copy, for every attempt.
    pub(crate) draft: Draft,
    pub(crate) retry: &'a dyn RetryPolicy,
    pub(crate) repeatable: bool,
    /// Whether a repeat is still wanted; always, where nobody says.
    pub(crate) wanted: Option<&'a (dyn Fn() -> bool + Send + Sync)>,
    pub(crate) started: Instant,
    pub(crate) deadline: Instant,
    /// Takes the content of a readable success, or says why it cannot. Not generic, so that the loop is compiled once
    /// for a vendor and not for each of its operations.
    pub(crate) accept: &'a mut (dyn FnMut(Payload) -> Result<(), Error> + Send),
}

/// An attempt that failed, with the vendor's idea of the time.
struct Failed {
    error: Error,
    vendor_time: Option<SystemTime>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, vendor_time: None }
    }
}

impl<V: Vendor> Plan<'_, V> {
    /// Runs the call to its end.
    pub(crate) async fn run(mut self) -> Result<CallInfo, Error> {
        let mut attempt = 0;
        let mut worst = Delivery::NotSent;
        let mut last: Option<Error> = None;
        let mut price: Option<Withdrawal> = None;
        let mut time_was_corrected = false;
        loop {
            if let Err(NoRoom { wait }) = self.shared.permit(self.meta, self.deadline).await {
                // A vendor's own word tells more than our lack of room for another try.
                let error = last.unwrap_or_else(|| Error::rate_limited(wait));
                return Err(error.after(attempt, worst));
            }
            let sent = Instant::now();
            if sent >= self.deadline {
                return Err(last.unwrap_or_else(|| Error::deadline(Delivery::NotSent)).after(attempt, worst));
            }
            attempt += 1;
            let outcome = self.attempt().await;
            self.report(attempt, sent.elapsed(), outcome.as_ref().err().map(|failed| &failed.error));
            let Failed { error, vendor_time } = match outcome {
                Ok((http_status, request_id)) => {
                    if attempt == 1 {
                        self.shared.budget.reward();
                    }
                    let elapsed = self.started.elapsed();
                    return Ok(CallInfo { request_id, http_status, attempts: attempt, elapsed });
                }
                Err(failed) => failed,
            };
            if let Some(price) = price.take() {
                price.spend();
            }
            worst = worst.max(error.delivery());

            let pause = match (error.category(), vendor_time) {
                // Without the vendor's time a repeat would carry the same wrong one.
                (Some(Category::ClockSkew), Some(vendor_time)) if !time_was_corrected => {
                    time_was_corrected = true;
                    self.shared.learn_skew(vendor_time);
                    Some(Duration::ZERO)
                }
                (category, _) => {
                    let hold = match category {
                        Some(Category::Throttled) => self.shared.hold(self.meta, error.retry_after()),
                        _ => Duration::ZERO,
                    };
                    self.pause(&error, attempt).map(|pause| pause.max(hold))
                }
            };
            let fits = |pause: &Duration| later(Instant::now(), *pause) < self.deadline;
            let wanted = || self.wanted.is_none_or(|wanted| wanted());
            let next = pause
                .filter(|pause| fits(pause) && wanted())
                .and_then(|pause| Some((pause, self.shared.budget.withdraw(&error)?)));
            let Some((pause, withdrawal)) = next else {
                // "Deadline passed" says less than what went wrong before it.
                let error = match last {
                    Some(last) if error.kind() == ErrorKind::Deadline => last,
                    _ => error,
                };
                return Err(error.after(attempt, worst));
            };
            price = Some(withdrawal);
            self.announce(attempt + 1, pause);
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            if !wanted() {
                return Err(error.after(attempt, worst));
            }
            last = Some(error);
        }
    }

    /// The policy's pause before the next attempt, if there should be one.
    fn pause(&self, error: &Error, attempt: u32) -> Option<Duration> {
        let (meta, repeatable) = (self.meta, self.repeatable);
        self.retry.pause(&FailedAttempt { error, attempt, meta, repeatable, random: self.random() })
    }

    async fn attempt(&mut self) -> Result<(StatusCode, Option<String>), Failed> {
        let mut request = self.shared.signed(self.signer, self.profile, self.draft.copy())?;
        // extensions cost three allocations, so the usual cap is not said
        let cap = ReplyCap(self.meta.reply_cap);
        if cap != ReplyCap::DEFAULT {
            request.extensions_mut().insert(cap);
        }

        let left = self.deadline.saturating_duration_since(Instant::now());
        let limit = left.min(self.meta.attempt_timeout);
        let reply = match tokio::time::timeout(limit, self.shared.transport.send(request)).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => return Err(Error::transport(error).into()),
            Err(_) if limit == left => return Err(Error::deadline(Delivery::Unknown).into()),
            Err(_) => return Err(Error::transport(TransportError::new(TransportErrorKind::Timeout)).into()),
        };
        let vendor_time = header_time(&reply);
        let (payload, status, request_id) =
            self.shared.open(self.meta, self.profile, &reply).map_err(|error| Failed { error, vendor_time })?;
        match (self.accept)(payload) {
            Ok(()) => Ok((status, request_id)),
            Err(error) => Err(error.with_status(status).with_request_id(request_id.as_deref()).into()),
        }
    }

    fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        // Without randomness the pause is the longest one, which is still correct.
        self.shared.entropy.fill(&mut bytes).map_or(u64::MAX, |()| u64::from_le_bytes(bytes))
    }

    fn report(&self, attempt: u32, elapsed: Duration, error: Option<&Error>) {
        let elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        match error {
            None => tracing::debug!(attempt, elapsed_ms, "done"),
            Some(error) => tracing::debug!(
                attempt,
                elapsed_ms,
                kind = ?error.kind(),
                code = error.code().map(tracing::field::display),
                category = error.category().map(tracing::field::debug),
                status = error.http_status().map(|status| status.as_u16()),
                request_id = error.request_id(),
                delivery = ?error.delivery(),
                "attempt failed"
            ),
        }
        if let Some(observer) = &self.shared.observer {
            let (vendor, operation) = (V::NAME, self.meta.name);
            observer.observe(&Event::Attempt { vendor, operation, attempt, elapsed, error });
        }
    }

    fn announce(&self, attempt: u32, pause: Duration) {
        tracing::debug!(attempt, pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX), "trying again");
        if let Some(observer) = &self.shared.observer {
            observer.observe(&Event::Retry { vendor: V::NAME, operation: self.meta.name, attempt, pause });
        }
    }
}
