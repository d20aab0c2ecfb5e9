//! A POLYV VOD account: credentials, host, signature, envelope.

use std::sync::Arc;

use bytes::Bytes;
use livecloud_core::{Error, Meta, Quota, QuotaKey, Reply, Secret, Signer, Vendor, env};

use crate::envelope;
use crate::sign::V3Signer;

/// The pace of every operation: 100 requests per second for one account of one client.
///
/// The vendor's real limit is another one: 1500 requests per 10 seconds and *source address*, over everything on
/// `api.polyv.net`; whoever exceeds it is blocked for 5 minutes. Ten such clients behind one address would, so let them
/// share a [`Limiter`](livecloud_core::Limiter).
pub const QUOTA: Quota = Quota::per_second("client", 100);

/// Operations that share credentials, signature and envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// `/v3/...`: calls of a sub-account, signed with its `appId` and secret.
    V3,
}

/// A POLYV VOD account: a sub-account (`appId` and secret), the main account (`userid` and `secretkey`), or both.
///
/// Each operation says by its [`Profile`] which credentials it needs; without them it fails with a config error before
/// anything is sent. `Debug` shows no secret.
///
/// ```
/// use polyv_vod::Account;
///
/// let account = Account::sub("appId", "its secret").with_main("userid", "secretkey").write_token("token");
/// assert_eq!(account.app_id(), Some("appId"));
/// assert_eq!(account.user_id(), Some("userid"));
/// ```
#[derive(Debug, Clone)]
pub struct Account {
    sub: Option<V3Signer>,
    main: Option<Main>,
    write_token: Option<Secret>,
    read_token: Option<Secret>,
    quota_owner: Arc<str>,
}

/// The main account's pair.
#[derive(Debug, Clone)]
struct Main {
    user_id: String,
    #[expect(dead_code, reason = "the v2 interface, which signs with it, has no operation yet")]
    secret_key: Secret,
}

impl Account {
    /// A sub-account: the `appId` and secret that the console shows for it.
    #[must_use]
    pub fn sub(app_id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::empty().with_sub(app_id, secret)
    }

    /// The main account: `userid` and `secretkey`.
    #[must_use]
    pub fn main(user_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self::empty().with_main(user_id, secret_key)
    }

    fn empty() -> Self {
        Self { sub: None, main: None, write_token: None, read_token: None, quota_owner: Arc::default() }
    }

    /// From `POLYV_VOD_APP_ID` and `POLYV_VOD_APP_SECRET` (a sub-account), `POLYV_VOD_USER_ID` and
    /// `POLYV_VOD_SECRET_KEY` (the main account), or all four; `POLYV_VOD_WRITE_TOKEN` and `POLYV_VOD_READ_TOKEN` may
    /// come with them. A config error names what is missing from a pair.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_vars(env::lookup)
    }

    /// The same from any other source of named values.
    pub fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        const SUB: [&str; 2] = ["POLYV_VOD_APP_ID", "POLYV_VOD_APP_SECRET"];
        const MAIN: [&str; 2] = ["POLYV_VOD_USER_ID", "POLYV_VOD_SECRET_KEY"];
        let given = |name: &str| vars(name).filter(|value| !value.is_empty());

        let mut account = Self::empty();
        // Half a pair is a mistake, even where the other pair is complete.
        if SUB.into_iter().any(|name| given(name).is_some()) {
            let [app_id, secret] = env::require(&vars, SUB)?;
            account = account.with_sub(app_id, secret);
        }
        if MAIN.into_iter().any(|name| given(name).is_some()) {
            let [user_id, secret_key] = env::require(&vars, MAIN)?;
            account = account.with_main(user_id, secret_key);
        }
        if account.sub.is_none() && account.main.is_none() {
            let [app_id, secret] = SUB;
            let [user_id, secret_key] = MAIN;
            return Err(Error::config(format!("set {app_id} and {secret}, or {user_id} and {secret_key}")));
        }
        account.write_token = given("POLYV_VOD_WRITE_TOKEN").map(Secret::from);
        account.read_token = given("POLYV_VOD_READ_TOKEN").map(Secret::from);
        Ok(account)
    }

    /// Adds or replaces the sub-account.
    #[must_use]
    pub fn with_sub(mut self, app_id: impl Into<String>, secret: impl Into<String>) -> Self {
        let app_id = app_id.into();
        self.quota_owner = app_id.as_str().into();
        self.sub = Some(V3Signer { app_id, secret: Secret::new(secret) });
        self
    }

    /// Adds or replaces the main account.
    #[must_use]
    pub fn with_main(mut self, user_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        let user_id = user_id.into();
        if self.sub.is_none() {
            self.quota_owner = user_id.as_str().into();
        }
        self.main = Some(Main { user_id, secret_key: Secret::new(secret_key) });
        self
    }

    /// Adds the main account's `writetoken`, for the older v1 interface.
    #[must_use]
    pub fn write_token(mut self, token: impl Into<String>) -> Self {
        self.write_token = Some(Secret::new(token));
        self
    }

    /// Adds the main account's `readtoken`, for the older v1 interface.
    #[must_use]
    pub fn read_token(mut self, token: impl Into<String>) -> Self {
        self.read_token = Some(Secret::new(token));
        self
    }

    /// The sub-account's `appId`.
    #[must_use]
    pub fn app_id(&self) -> Option<&str> {
        self.sub.as_ref().map(|sub| &*sub.app_id)
    }

    /// What operations take from the account, by the vendor's name.
    pub(crate) fn own(&self, name: &'static str) -> Result<&str, Error> {
        let own = match name {
            "userid" | "userId" => self.user_id(),
            _ => None,
        };
        own.ok_or_else(|| Error::config(format!("this operation needs the main account's {name}: Account::with_main")))
    }

    /// The main account's `userid`.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.main.as_ref().map(|main| &*main.user_id)
    }
}

impl Vendor for Account {
    const NAME: &'static str = "polyv-vod";
    type Profile = Profile;

    fn base_url(&self, profile: Profile) -> &str {
        match profile {
            Profile::V3 => "https://api.polyv.net",
        }
    }

    fn signer(&self, profile: Profile) -> Result<&dyn Signer, Error> {
        match profile {
            Profile::V3 => match &self.sub {
                Some(sub) if !sub.app_id.is_empty() && !sub.secret.is_empty() => Ok(sub),
                Some(_) => Err(Error::config("the sub-account needs an appId and a secret that are not empty")),
                None => Err(Error::config(
                    "a v3 operation needs the appId and secret of a sub-account: Account::with_sub, or \
                     POLYV_VOD_APP_ID and POLYV_VOD_APP_SECRET",
                )),
            },
        }
    }

    fn quota_key(&self, meta: &Meta) -> QuotaKey {
        let class = meta.quota.map_or(QUOTA.class, |quota| quota.class);
        QuotaKey::new(Self::NAME, Arc::clone(&self.quota_owner), class)
    }

    fn open(&self, _: &Meta, profile: Profile, reply: &http::Response<Bytes>) -> Result<Reply, Error> {
        match profile {
            Profile::V3 => envelope::open_v3(reply),
        }
    }
}
