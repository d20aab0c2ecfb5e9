//! Setting up a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;

use crate::check::Validation;
use crate::client::Client;
use crate::clock::{Clock, Entropy, OsEntropy, Skew, SystemClock};
use crate::error::{Error, TransportError, TransportErrorKind};
use crate::limiter::{Limiter, LocalLimiter, QuotaMode};
use crate::observer::Observer;
use crate::retry::{RetryBudget, RetryPolicy, StandardRetry};
use crate::shared::{Shared, check_base_url, is_plain_loopback};
use crate::transport::Transport;
use crate::vendor::Vendor;

const USER_AGENT: &str = concat!("livecloud-rust/", env!("CARGO_PKG_VERSION"));

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
    /// Sends through another transport, such as an `Arc` of one [`default_transport`] for several clients.
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

    /// Counts quotas elsewhere: an `Arc` of one [`LocalLimiter`] for several clients, or a store for several machines.
    #[must_use]
    pub fn limiter(mut self, limiter: impl Limiter + 'static) -> Self {
        self.limiter = Arc::new(limiter);
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
            // A proxy would see what must not leave this machine, and could not reach it anyway.
            None => transport(self.base_url.as_deref().is_some_and(is_plain_loopback)).map_err(named)?,
        };
        Ok(Client::from(Shared {
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
            usable: std::sync::RwLock::default(),
            allow_insecure_http: self.allow_insecure_http,
        }))
    }
}

/// The transport that clients make for themselves, to be shared by several: one connection pool for all of them.
///
/// Fails with a config error when the crate was built without a transport feature.
pub fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    transport(false)
}

#[cfg(feature = "_reqwest")]
fn transport(no_proxy: bool) -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(crate::transport::reqwest::ReqwestTransport::new(no_proxy)?))
}

#[cfg(not(feature = "_reqwest"))]
fn transport(_: bool) -> Result<Arc<dyn Transport>, Error> {
    Err(Error::config("no transport: turn on a TLS feature, or hand one to the builder"))
}

/// A transport for clients that only [`prepare`](Client::prepare) and [`interpret`](Client::interpret).
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTransport;

#[async_trait::async_trait]
impl Transport for NoTransport {
    async fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Err(TransportError::new(TransportErrorKind::Unavailable))
    }
}
