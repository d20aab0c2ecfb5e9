//! An anyRTC app and the customer it belongs to.

use std::sync::Arc;

use bytes::Bytes;
use livecloud_core::{Draft, Error, Meta, Quota, QuotaKey, Reply, Secret, Signer, Vendor, env};

use crate::model::Mode;
use crate::sign::BasicAuth;
use crate::{class, envelope};

/// The documented rate: 10 requests a second per App ID.
///
/// The page repeats it under every method; this crate reads it as one bucket for all of them (inferred).
pub const QUOTA: Quota = Quota::per_second("app", 10);

/// The vendor's page of all six operations.
pub(crate) const PAGE: &str = "https://docs.anyrtc.io/cn/Recording/restful/cloud_recording_api_rest";

/// An anyRTC app: its App ID, and the customer's key pair from the console's RESTful API page.
///
/// The key pair is neither the App ID nor the App certificate that makes channel tokens. `Debug` shows no part of it.
///
/// The client's builder takes another address: one of the other documented hosts, a private cloud, a simulator.
#[derive(Debug, Clone)]
pub struct Account {
    app_id: Arc<str>,
    auth: BasicAuth,
}

impl Account {
    /// The host of the vendor's newest page and of its own servers' code; the default.
    pub const HOST: &'static str = "https://api.agrtc.cn";
    /// The host that the text of the page of 2021 names.
    pub const HOST_2021: &'static str = "https://www.api.agrtc.cn";
    /// The host in the example addresses of the page of 2021; also the vendor's web site.
    pub const HOST_EXAMPLES: &'static str = "https://www.anyrtc.io";

    /// An app and its customer's key pair.
    #[must_use]
    pub fn new(app_id: impl Into<String>, customer_id: impl Into<String>, customer_secret: impl Into<String>) -> Self {
        let auth = BasicAuth { customer_id: customer_id.into(), customer_secret: Secret::new(customer_secret) };
        Self { app_id: app_id.into().into(), auth }
    }

    /// From `ANYRTC_APP_ID`, `ANYRTC_CUSTOMER_ID` and `ANYRTC_CUSTOMER_SECRET` in the environment; a config error names
    /// what is missing.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_vars(env::lookup)
    }

    /// The same from any other source of named values.
    pub fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let names = ["ANYRTC_APP_ID", "ANYRTC_CUSTOMER_ID", "ANYRTC_CUSTOMER_SECRET"];
        let [app_id, customer_id, customer_secret] = env::require(vars, names)?;
        Ok(Self::new(app_id, customer_id, customer_secret))
    }

    /// The App ID.
    #[must_use]
    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// Sets the path: what all operations share, then `rest`.
    pub(crate) fn path<'s>(
        &'s self,
        draft: &mut Draft,
        rest: impl IntoIterator<Item = (&'static str, &'s str)>,
    ) -> Result<(), Error> {
        draft.segments(self.prefix().into_iter().chain(rest))
    }

    /// Sets the path of an operation on a running recording.
    pub(crate) fn session_path(
        &self,
        draft: &mut Draft,
        resource_id: &str,
        sid: &str,
        mode: &Mode,
        method: &'static str,
    ) -> Result<(), Error> {
        let prefix = self.prefix();
        let session = [
            ("path", "resourceid"),
            ("resourceid", resource_id),
            ("path", "sid"),
            ("sid", sid),
            ("path", "mode"),
            ("mode", mode.as_str()),
            ("path", method),
        ];
        draft.segments(prefix.into_iter().chain(session))
    }

    /// The segments that all paths begin with.
    fn prefix(&self) -> [(&'static str, &str); 4] {
        [("path", "v1"), ("path", "apps"), ("appid", self.app_id()), ("path", "cloud_recording")]
    }
}

impl Vendor for Account {
    const NAME: &'static str = class::NAME;
    type Profile = ();

    fn base_url(&self, (): ()) -> &str {
        Self::HOST
    }

    fn signer(&self, (): ()) -> Result<&dyn Signer, Error> {
        let auth = &self.auth;
        if self.app_id.is_empty() || auth.customer_id.is_empty() || auth.customer_secret.is_empty() {
            return Err(Error::config("the account needs an App ID, a customer id and a customer secret"));
        }
        if auth.customer_id.contains(':') {
            return Err(Error::config("the customer id must not contain ':'; the secret may"));
        }
        Ok(auth)
    }

    fn quota_key(&self, meta: &Meta) -> QuotaKey {
        let class = meta.quota.map_or(QUOTA.class, |quota| quota.class);
        QuotaKey::new(Self::NAME, Arc::clone(&self.app_id), class)
    }

    fn open(&self, meta: &Meta, (): (), reply: &http::Response<Bytes>) -> Result<Reply, Error> {
        envelope::open(meta, reply)
    }
}
