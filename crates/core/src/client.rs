//! The client and its calls.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::call::{CallInfo, Plan};
use crate::check::Validation;
use crate::error::{Category, Delivery, Error};
use crate::limiter::later;
use crate::operation::Operation;
use crate::payload::FromPayload;
use crate::retry::RetryPolicy;
use crate::shared::{Shared, header_time};
use crate::vendor::Vendor;

/// Sends operations of one account. Cheap to clone; clones share connections, quotas, retry budget and clock skew.
pub struct Client<V: Vendor>(Arc<Shared<V>>);

impl<V: Vendor> From<Shared<V>> for Client<V> {
    fn from(shared: Shared<V>) -> Self {
        Self(Arc::new(shared))
    }
}

impl<V: Vendor> Clone for Client<V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<V: Vendor> fmt::Debug for Client<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("account", &self.0.account).finish_non_exhaustive()
    }
}

impl<V: Vendor> Client<V> {
    /// The account.
    #[must_use]
    pub fn account(&self) -> &V {
        &self.0.account
    }

    /// The time by this client's clock, corrected by what it has learned of the vendor's.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.0.skew.correct(self.0.clock.now())
    }

    /// Prepares a call. Nothing happens until it is awaited, on a tokio runtime with its timers (and, for the default
    /// transport, its sockets) enabled.
    #[must_use = "a call does nothing until it is awaited"]
    pub fn call<'a, O: Operation<Vendor = V> + 'a>(&self, operation: O) -> Call<'a, V, O> {
        Call { client: self.clone(), operation, options: Options::default(), borrowed: PhantomData }
    }

    /// Checks, signs and encodes an operation without sending it, for own HTTP stacks and for a look at the wire.
    ///
    /// The signature is as old as this call: send it at once, and prepare again for a retry. It takes no permit of the
    /// quota; [`permit`](Self::permit) does. The address and headers hold the signature: do not log them.
    pub fn prepare<O: Operation<Vendor = V>>(&self, operation: O) -> Result<http::Request<Bytes>, Error> {
        let shared = &*self.0;
        let name = operation.meta().name;
        let prepared = shared
            .draft(&operation, shared.validation)
            .and_then(|(draft, signer)| shared.signed(signer, operation.profile(), draft));
        prepared.map_err(|error| error.in_call(V::NAME, name))
    }

    /// Reads the reply to a prepared request: the other half of [`prepare`](Self::prepare).
    ///
    /// As in a call, a refused time stamp teaches the client the vendor's time, and a throttled reply holds the quota.
    pub fn interpret<O: Operation<Vendor = V>>(
        &self,
        operation: O,
        reply: http::Response<Bytes>,
    ) -> Result<O::Output, Error> {
        let shared = &*self.0;
        let meta = operation.meta();
        let read = match shared.open(meta, operation.profile(), &reply) {
            Ok((payload, status, id)) => O::Output::from_payload(payload)
                .map_err(|error| error.with_status(status).with_request_id(id.as_deref())),
            Err(error) => {
                match (error.category(), header_time(&reply)) {
                    (Some(Category::ClockSkew), Some(vendor_time)) => shared.learn_skew(vendor_time),
                    (Some(Category::Throttled), _) => drop(shared.hold(meta, error.retry_after())),
                    _ => {}
                }
                Err(error)
            }
        };
        read.map_err(|error| error.in_call(V::NAME, meta.name).after(1, Delivery::NotSent))
    }

    /// Waits for a permit of the operation's quota, at most for the operation's deadline.
    pub async fn permit<O: Operation<Vendor = V>>(&self, operation: &O) -> Result<(), Error> {
        let meta = operation.meta();
        let deadline = later(Instant::now(), self.0.deadline.unwrap_or(meta.deadline));
        let permit = self.0.permit(meta, deadline).await;
        permit.map_err(|no_room| Error::rate_limited(no_room.wait).in_call(V::NAME, meta.name))
    }
}

/// Settings of one call.
#[derive(Default)]
struct Options {
    deadline: Option<Duration>,
    retry: Option<Arc<dyn RetryPolicy>>,
    assume_idempotent: bool,
    validation: Option<Validation>,
    wanted: Option<Box<dyn Fn() -> bool + Send + Sync>>,
}

/// A call that is sent when it is awaited.
///
/// It holds its client, and the operation or (for `'a`) a reference to it: with an owned operation it can be stored
/// and spawned.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'a, V: Vendor, O> {
    client: Client<V>,
    operation: O,
    options: Options,
    /// The future has to name the lifetime that `O` may borrow for.
    borrowed: PhantomData<&'a ()>,
}

impl<'a, V: Vendor, O: Operation<Vendor = V> + 'a> Call<'a, V, O> {
    /// Longest wait for this call, pauses and retries included.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// Another retry policy for this call.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.options.retry = Some(Arc::new(policy));
        self
    }

    /// Lets a call be repeated after an unknown outcome although its operation is not idempotent.
    pub fn assume_idempotent(mut self) -> Self {
        self.options.assume_idempotent = true;
        self
    }

    /// Gives repeats up once `wanted` says no, be it during the pause before one: for a call whose effect something newer
    /// is about to replace. The call then ends with its last error.
    pub fn repeat_while(mut self, wanted: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.options.wanted = Some(Box::new(wanted));
        self
    }

    /// Another strictness for this call.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = Some(validation);
        self
    }

    /// Returns request id, attempts and time together with the output.
    pub fn with_info(self) -> CallWithInfo<'a, V, O> {
        CallWithInfo(self)
    }

    async fn send(self) -> Result<Answer<O::Output>, Error> {
        let name = self.operation.meta().name;
        let span = tracing::debug_span!("call", vendor = V::NAME, operation = name);
        self.run().instrument(span).await.map_err(|error| error.in_call(V::NAME, name))
    }

    async fn run(self) -> Result<Answer<O::Output>, Error> {
        let Self { client, operation, options, .. } = self;
        let shared = &*client.0;
        let meta = operation.meta();
        let started = Instant::now();
        let (draft, signer) = shared.draft(&operation, options.validation.unwrap_or(shared.validation))?;
        let mut output = None;
        let mut accept = |payload| O::Output::from_payload(payload).map(|content| output = Some(content));
        let plan = Plan {
            shared,
            meta,
            profile: operation.profile(),
            signer,
            draft,
            retry: options.retry.as_deref().unwrap_or(&*shared.retry),
            repeatable: options.assume_idempotent || meta.idempotency.is_repeatable(),
            wanted: options.wanted.as_deref(),
            started,
            deadline: later(started, options.deadline.or(shared.deadline).unwrap_or(meta.deadline)),
            accept: &mut accept,
        };
        let info = plan.run().await?;
        match output {
            Some(output) => Ok(Answer { output, info }),
            // The loop ends well only after it has handed the content over.
            None => Err(Error::encode("the call ended without an output")),
        }
    }
}

impl<V: Vendor, O: fmt::Debug> fmt::Debug for Call<'_, V, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation).finish_non_exhaustive()
    }
}

impl<'a, V: Vendor, O: Operation<Vendor = V> + 'a> IntoFuture for Call<'a, V, O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(|answer| answer.output) })
    }
}

/// A [`Call`] that answers with an [`Answer`].
#[must_use = "a call does nothing until it is awaited"]
#[derive(Debug)]
pub struct CallWithInfo<'a, V: Vendor, O>(Call<'a, V, O>);

impl<'a, V: Vendor, O: Operation<Vendor = V> + 'a> IntoFuture for CallWithInfo<'a, V, O> {
    type Output = Result<Answer<O::Output>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.0.send())
    }
}

/// An output and what is known about the call that brought it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The output.
    pub output: T,
    /// Request id, attempts, time.
    pub info: CallInfo,
}
