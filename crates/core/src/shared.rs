//! What all calls of a client share, and the two halves of an attempt around the network: signing and opening.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use tokio::time::Instant;

use crate::check::{Checks, Validation};
use crate::clock::{Clock, Entropy, Skew, unix_millis};
use crate::draft::{Draft, raw_path_is_ambiguous};
use crate::error::{Delivery, Error};
use crate::limiter::{Limiter, NoRoom, QuotaMode};
use crate::meta::Meta;
use crate::observer::Observer;
use crate::operation::Operation;
use crate::payload::Payload;
use crate::retry::{MAX_RETRY_AFTER, RetryBudget, RetryPolicy};
use crate::transport::Transport;
use crate::vendor::{Fault, Reply, SignContext, Signer, Vendor, random_hex};

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
    pub(crate) base_url: Option<String>,
    /// The account's own addresses that were found in order: one for every host that it knows.
    pub(crate) usable: RwLock<Vec<String>>,
    pub(crate) allow_insecure_http: bool,
}

impl<V: Vendor> Shared<V> {
    pub(crate) fn base_url(&self, profile: V::Profile) -> &str {
        self.base_url.as_deref().unwrap_or_else(|| self.account.base_url(profile))
    }

    /// Checks the operation, finds its signer and writes it: everything that can fail before the first attempt.
    pub(crate) fn draft<O: Operation<Vendor = V>>(
        &self,
        op: &O,
        validation: Validation,
    ) -> Result<(Draft, &dyn Signer), Error> {
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
        if self.base_url.is_none() {
            self.check_own_base_url(self.account.base_url(op.profile()))?;
        }
        let signer = self.account.signer(op.profile())?;
        let mut draft = Draft::new(op.meta().method);
        op.write(&self.account, &mut draft)?;
        Ok((draft, signer))
    }

    /// Checks an address of the account's the first time that it is used.
    fn check_own_base_url(&self, url: &str) -> Result<(), Error> {
        if self.usable.read().unwrap_or_else(PoisonError::into_inner).iter().any(|known| known == url) {
            return Ok(());
        }
        check_base_url(url, self.allow_insecure_http)?;
        self.usable.write().unwrap_or_else(PoisonError::into_inner).push(url.to_owned());
        Ok(())
    }

    /// Signs a draft with the time and a nonce of this moment and encodes it.
    pub(crate) fn signed(
        &self,
        signer: &dyn Signer,
        profile: V::Profile,
        mut draft: Draft,
    ) -> Result<http::Request<Bytes>, Error> {
        let now = self.skew.correct(self.clock.now());
        signer.sign(&mut draft, &SignContext::new(now, self.nonce.as_deref(), &*self.entropy))?;
        draft.encode(self.base_url(profile), &self.user_agent, || random_hex::<16>(&*self.entropy))
    }

    /// Opens the envelope; refusals become errors.
    pub(crate) fn open(
        &self,
        meta: &Meta,
        profile: V::Profile,
        reply: &http::Response<Bytes>,
    ) -> Result<(Payload, StatusCode, Option<String>), Error> {
        let mut fault = match self.account.open(meta, profile, reply) {
            Ok(Reply::Ok { payload, status, request_id }) => return Ok((payload, status, request_id)),
            Ok(Reply::Fault(fault)) => fault,
            // Without an envelope, a status that is no success still says what kind of refusal it was.
            Err(_) if !reply.status().is_success() => Fault::from_status(reply),
            // Nobody knows what the vendor wanted to say: it may have acted.
            Err(error) => return Err(error.with_status(reply.status()).after(1, Delivery::Unknown)),
        };
        fault.retry_after = fault.retry_after.or_else(|| self.retry_after(reply));
        Err(fault.into())
    }

    /// A throttled answer pushes the next slot of its class out, for every caller of the quota. By how much.
    pub(crate) fn hold(&self, meta: &Meta, asked: Option<Duration>) -> Duration {
        let Some(quota) = meta.quota.filter(|_| self.quota_mode != QuotaMode::Off) else { return Duration::ZERO };
        let pause = asked.unwrap_or(quota.per).min(MAX_RETRY_AFTER);
        self.limiter.hold(&self.account.quota_key(meta), quota, pause);
        pause
    }

    /// The vendor refused our time and told its own: from now on signatures use that.
    pub(crate) fn learn_skew(&self, vendor_time: SystemTime) {
        let offset_ms = self.skew.learn(vendor_time, self.clock.now());
        tracing::warn!(offset_ms, "the vendor refused the time stamp; the clock of this machine differs from its own");
    }

    /// A permit of the operation's quota, or how long there will be none before `deadline`.
    pub(crate) async fn permit(&self, meta: &Meta, deadline: Instant) -> Result<(), NoRoom> {
        let Some(quota) = meta.quota else { return Ok(()) };
        let left = deadline.saturating_duration_since(Instant::now());
        let patience = match self.quota_mode {
            QuotaMode::Off => return Ok(()),
            QuotaMode::FailFast => Duration::ZERO,
            QuotaMode::Wait => left,
        };
        let key = self.account.quota_key(meta);
        let acquired = self.limiter.acquire(&key, quota, patience);
        // A limiter of somebody else's may be slower than it was told to be.
        tokio::time::timeout_at(deadline, acquired).await.unwrap_or(Err(NoRoom { wait: quota.per }))
    }

    /// `Retry-After` in either form: seconds, or a date.
    fn retry_after(&self, reply: &http::Response<Bytes>) -> Option<Duration> {
        let text = reply.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
        }
        let then = httpdate::parse_http_date(text).ok()?;
        // Both ends from the vendor's clock where it tells its time.
        let now = header_time(reply).unwrap_or_else(|| self.skew.correct(self.clock.now()));
        let millis = unix_millis(then).saturating_sub(unix_millis(now));
        Some(Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
    }
}

/// The vendor's time.
pub(crate) fn header_time(reply: &http::Response<Bytes>) -> Option<SystemTime> {
    httpdate::parse_http_date(reply.headers().get(DATE)?.to_str().ok()?).ok()
}

/// Refuses addresses that would drop parts of the request or send it in clear over a network.
pub(crate) fn check_base_url(url: &str, allow_insecure_http: bool) -> Result<(), Error> {
    let refuse = |why: &str| Err(Error::config(format!("the base URL {why}")));
    let Ok(uri) = url.parse::<http::Uri>() else { return refuse("is not an address") };
    let (Some(scheme @ ("https" | "http")), Some(host)) = (uri.scheme_str(), uri.host()) else {
        return refuse("must start with https:// or http://");
    };
    // `http` reads `[::1]elsewhere.example` as the host `[::1]`.
    let port = uri.authority().and_then(|authority| authority.as_str().strip_prefix(host));
    let is_plain = port.is_some_and(|port| port.is_empty() || port.starts_with(':'));
    if host.is_empty() || !is_plain || !url.is_ascii() || url.contains(['?', '#', '@']) {
        return refuse("must be scheme, host and perhaps a path: no user, query or fragment");
    }
    if raw_path_is_ambiguous(uri.path()) {
        return refuse("has a path that is not written plainly");
    }
    if scheme == "http" && !is_loopback(host) && !allow_insecure_http {
        return refuse("must be https, except for loopback; allow_insecure_http() lifts this");
    }
    #[cfg(feature = "_reqwest")]
    if ::reqwest::Url::parse(url).is_err() {
        return refuse("is not an address");
    }
    Ok(())
}

/// Whether an address is plain http to this machine.
pub(crate) fn is_plain_loopback(url: &str) -> bool {
    url.parse::<http::Uri>().is_ok_and(|uri| uri.scheme_str() == Some("http") && uri.host().is_some_and(is_loopback))
}

fn is_loopback(host: &str) -> bool {
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
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
            "http://[::1]evil.example",
            "http://127.0.0.1\\.evil.example",
            "https://h/ä",
        ] {
            assert!(check_base_url(bad, false).is_err(), "{bad}");
        }
        assert!(check_base_url("http://h", true).is_ok());
    }
}
