//! The client: an account, a transport and the seams, shared by all its calls.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::call::{CallInfo, Plan, open};
use crate::check::{Checks, Validation};
use crate::clock::{Clock, Entropy, OsEntropy, Skew, SystemClock};
use crate::draft::Draft;
use crate::error::{Delivery, Error, TransportError, TransportErrorKind};
use crate::limiter::{Limiter, LocalLimiter, QuotaMode, later};
use crate::observer::Observer;
use crate::operation::Operation;
use crate::payload::FromPayload;
use crate::retry::{RetryBudget, RetryPolicy, StandardRetry};
use crate::transport::Transport;
use crate::vendor::{Signer, Vendor};

const USER_AGENT: &str = concat!("livecloud-rust/", env!("CARGO_PKG_VERSION"));

/// What a client's calls share.
pub(crate) struct Shared<V> {
    pub(crate) account: V,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) limiter: Arc<dyn Limiter>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) budget: RetryBudget,
    pub(crate) skew: Skew,
    pub(crate) quota_mode: QuotaMode,
    pub(crate) validation: Validation,
    pub(crate) deadline: Option<Duration>,
    pub(crate) nonce: Option<String>,
    pub(crate) user_agent: HeaderValue,
    base_url: Option<String>,
    allow_insecure_http: bool,
}

impl<V: Vendor> Shared<V> {
    pub(crate) fn base_url(&self, profile: V::Profile) -> &str {
        self.base_url.as_deref().unwrap_or_else(|| self.account.base_url(profile))
    }

    /// Checks the operation, finds its signer and writes it: everything that can fail before the first attempt.
    fn draft<O: Operation<Vendor = V>>(&self, op: &O, validation: Validation) -> Result<(Draft, &dyn Signer), Error> {
        if validation != Validation::Off {
            let mut checks = Checks::new(&self.account, self.clock.now(), validation);
            op.check(&mut checks);
            let (violations, warnings) = checks.into_findings();
            for warning in warnings {
                tracing::warn!(
                    vendor = V::NAME,
                    operation = op.meta().name,
                    path = warning.path,
                    rule = warning.id,
                    "{} {}",
                    warning.path,
                    warning.rule
                );
            }
            if !violations.is_empty() {
                return Err(Error::invalid(violations));
            }
        }
        check_base_url(self.base_url(op.profile()), self.allow_insecure_http)?;
        let signer = self.account.signer(op.profile())?;
        let mut draft = Draft::new(op.meta().method);
        op.write(&self.account, &mut draft)?;
        Ok((draft, signer))
    }
}

/// Sends operations of one account. Cheap to clone; clones share connections, quotas, retry budget and clock skew.
pub struct Client<V: Vendor>(Arc<Shared<V>>);

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
    /// A client with the defaults.
    ///
    /// Fails with a config error when the crate was built without a transport feature.
    pub fn new(account: V) -> Result<Self, Error> {
        Self::builder(account).build()
    }

    /// A client with other parts or settings.
    #[must_use]
    pub fn builder(account: V) -> ClientBuilder<V> {
        ClientBuilder {
            account,
            transport: None,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(OsEntropy),
            limiter: Arc::new(LocalLimiter::new()),
            observer: None,
            retry: Arc::new(StandardRetry::default()),
            quota_mode: QuotaMode::default(),
            validation: Validation::default(),
            deadline: None,
            nonce: None,
            user_agent: None,
            base_url: None,
            allow_insecure_http: false,
        }
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &V {
        &self.0.account
    }

    /// Prepares a call. Nothing happens until it is awaited.
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
    pub fn interpret<O: Operation<Vendor = V>>(
        &self,
        operation: O,
        reply: http::Response<Bytes>,
    ) -> Result<O::Output, Error> {
        let read = open(&*self.0, operation.meta(), operation.profile(), &reply).and_then(|(payload, status, id)| {
            O::Output::from_payload(payload).map_err(|error| error.with_status(status).with_request_id(id.as_deref()))
        });
        read.map_err(|error| error.in_call(V::NAME, operation.meta().name).after(1, Delivery::NotSent))
    }

    /// Waits for a permit of the operation's quota, at most for the operation's deadline.
    pub async fn permit<O: Operation<Vendor = V>>(&self, operation: &O) -> Result<(), Error> {
        let meta = operation.meta();
        let (Some(quota), shared) = (meta.quota, &*self.0) else { return Ok(()) };
        let patience = match shared.quota_mode {
            QuotaMode::Off => return Ok(()),
            QuotaMode::FailFast => Duration::ZERO,
            QuotaMode::Wait => shared.deadline.unwrap_or(meta.deadline),
        };
        let acquired = shared.limiter.acquire(&shared.account.quota_key(meta), quota, patience).await;
        acquired.map_err(|no_room| Error::rate_limited(no_room.wait).in_call(V::NAME, meta.name))
    }
}

/// Sets up a [`Client`].
pub struct ClientBuilder<V> {
    account: V,
    transport: Option<Arc<dyn Transport>>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    limiter: Arc<dyn Limiter>,
    observer: Option<Arc<dyn Observer>>,
    retry: Arc<dyn RetryPolicy>,
    quota_mode: QuotaMode,
    validation: Validation,
    deadline: Option<Duration>,
    nonce: Option<String>,
    user_agent: Option<String>,
    base_url: Option<String>,
    allow_insecure_http: bool,
}

impl<V: fmt::Debug> fmt::Debug for ClientBuilder<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("account", &self.account).finish_non_exhaustive()
    }
}

impl<V: Vendor> ClientBuilder<V> {
    /// Sends through another transport, such as one shared by several clients.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes signature times from another clock.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Takes nonces and jitter from another source.
    #[must_use]
    pub fn entropy(mut self, entropy: impl Entropy + 'static) -> Self {
        self.entropy = Arc::new(entropy);
        self
    }

    /// Counts quotas elsewhere; share one [`LocalLimiter`] between clients, or one store between machines.
    #[must_use]
    pub fn limiter(mut self, limiter: Arc<dyn Limiter>) -> Self {
        self.limiter = limiter;
        self
    }

    /// What to do when a quota has no room; waits by default.
    #[must_use]
    pub fn quota_mode(mut self, mode: QuotaMode) -> Self {
        self.quota_mode = mode;
        self
    }

    /// Receives an event for every attempt and retry.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Decides about retries instead of [`StandardRetry`].
    #[must_use]
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// How strictly requests are checked; [`Validation::Strict`] by default.
    #[must_use]
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// Longest wait for one call, instead of each operation's own.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Uses this nonce in every signature: for reproducible output, never in production.
    #[must_use]
    pub fn nonce(mut self, nonce: impl Into<String>) -> Self {
        self.nonce = Some(nonce.into());
        self
    }

    /// The `User-Agent` header; `livecloud-rust/<version>` by default.
    #[must_use]
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.user_agent = Some(text.into());
        self
    }

    /// Sends every operation to this address instead of the vendor's: a simulator, a proxy, a private cloud.
    ///
    /// Plain `http` is accepted for loopback only, unless [`allow_insecure_http`](Self::allow_insecure_http) is set.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Accepts plain `http` to any host: signatures and bodies can then be read on the way.
    #[must_use]
    pub fn allow_insecure_http(mut self) -> Self {
        self.allow_insecure_http = true;
        self
    }

    /// Makes the client.
    pub fn build(self) -> Result<Client<V>, Error> {
        let named = |error: Error| error.in_call(V::NAME, "client");
        if let Some(url) = &self.base_url {
            check_base_url(url, self.allow_insecure_http).map_err(named)?;
        }
        if self.nonce.as_ref().is_some_and(|nonce| nonce.is_empty() || !nonce.bytes().all(|b| b.is_ascii_graphic())) {
            return Err(named(Error::config("the nonce must be printable ASCII without spaces")));
        }
        let user_agent = HeaderValue::try_from(self.user_agent.unwrap_or_else(|| USER_AGENT.to_owned()))
            .map_err(|_| named(Error::config("the user agent must be printable ASCII")))?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport().map_err(named)?,
        };
        Ok(Client(Arc::new(Shared {
            account: self.account,
            transport,
            clock: self.clock,
            entropy: self.entropy,
            limiter: self.limiter,
            observer: self.observer,
            retry: self.retry,
            budget: RetryBudget::default(),
            skew: Skew::default(),
            quota_mode: self.quota_mode,
            validation: self.validation,
            deadline: self.deadline,
            nonce: self.nonce,
            user_agent,
            base_url: self.base_url,
            allow_insecure_http: self.allow_insecure_http,
        })))
    }
}

#[cfg(feature = "_reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(crate::transport::reqwest::ReqwestTransport::new()?))
}

#[cfg(not(feature = "_reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Err(Error::config("no transport: turn on a TLS feature, or hand one to the builder"))
}

/// A transport for clients that only [`prepare`](Client::prepare) and [`interpret`](Client::interpret).
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTransport;

#[async_trait::async_trait]
impl Transport for NoTransport {
    async fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Err(TransportError::new(TransportErrorKind::Connect).with_source("this client has no transport"))
    }
}

/// Refuses addresses that would drop parts of the request or send it in clear over a network.
fn check_base_url(url: &str, allow_insecure_http: bool) -> Result<(), Error> {
    let refuse = |why: &str| Err(Error::config(format!("the base URL {why}")));
    let (secure, rest) = match url.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (true, rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (false, rest),
        _ => return refuse("must start with https:// or http://"),
    };
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || rest.contains(['?', '#', '@']) || !rest.bytes().all(|byte| byte.is_ascii_graphic()) {
        return refuse("must be scheme, host and perhaps a path: no user, query or fragment");
    }
    if !secure && !allow_insecure_http && !is_loopback(host) {
        return refuse("must be https, except for loopback; allow_insecure_http() lifts this");
    }
    Ok(())
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// Settings of one call.
#[derive(Debug, Clone, Default)]
struct Options {
    deadline: Option<Duration>,
    retry: Option<Arc<dyn RetryPolicy>>,
    assume_idempotent: bool,
    validation: Option<Validation>,
}

/// A call that is sent when it is awaited.
///
/// It holds its client, and the operation or (for `'a`) a reference to it: with an owned operation it can be stored
/// and spawned.
#[must_use = "a call does nothing until it is awaited"]
#[derive(Clone)]
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
        let plan = Plan {
            shared,
            meta,
            profile: operation.profile(),
            signer,
            draft,
            retry: options.retry.as_deref().unwrap_or(&*shared.retry),
            repeatable: options.assume_idempotent || meta.idempotency.is_repeatable(),
            started,
            deadline: later(started, options.deadline.or(shared.deadline).unwrap_or(meta.deadline)),
        };
        let (payload, info) = plan.run().await?;
        match O::Output::from_payload(payload) {
            Ok(output) => Ok(Answer { output, info }),
            Err(error) => Err(error
                .with_status(info.http_status)
                .with_request_id(info.request_id.as_deref())
                .after(info.attempts, Delivery::NotSent)),
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
#[derive(Debug, Clone)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_are_https_or_loopback_and_nothing_but_an_address() {
        for good in [
            "https://api.polyv.net",
            "https://h:8443/prefix/",
            "http://127.0.0.1:1",
            "http://[::1]:2",
            "http://localhost",
        ] {
            assert!(check_base_url(good, false).is_ok(), "{good}");
        }
        for bad in [
            "api.polyv.net",
            "ftp://h",
            "https://",
            "https://u:p@h",
            "https://h?a=b",
            "https://h/#f",
            "http://h",
            "http://127.0.0.1.evil.example",
            "https://h/ä",
        ] {
            assert!(check_base_url(bad, false).is_err(), "{bad}");
        }
        assert!(check_base_url("http://h", true).is_ok());
    }
}
