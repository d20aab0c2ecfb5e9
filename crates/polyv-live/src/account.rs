//! A POLYV Live account: credentials, host, signature, envelope.

use std::sync::Arc;

use bytes::Bytes;
use livecloud_core::{Error, Meta, Quota, QuotaKey, Reply, Secret, Signer, Vendor, env};

use crate::envelope;
use crate::sign::{Algorithm, LiveSigner, Unsigned};

/// The pace of every operation: 100 requests per second for one account of one client.
///
/// The vendor's real limit is another one: 1500 requests per 10 seconds and *source address*, over everything on
/// `api.polyv.net`; whoever exceeds it is blocked for 5 minutes. One client at full pace sends 1000, so two behind one address
/// can: let those of one account share a [`Limiter`](livecloud_core::Limiter). It counts each account, and POLYV VOD, for
/// itself; where they together come near the limit, pace them yourself.
pub const QUOTA: Quota = Quota::per_second("client", 100);

/// Operations that share host, signature and envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// `api.polyv.net`, signed with `appId` and `appSecret`; all of its envelopes are read alike.
    Api,
    /// The same for downloads: a file where all goes well, an envelope where it does not.
    Download,
    /// The state of a stream at `api.polyv.net`: without any signature, answered with the bare text `live` or `end`.
    LiveStatus,
}

/// A POLYV Live account: `appId` and `appSecret` from the console's developer settings.
///
/// `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Account {
    signer: LiveSigner,
    user_id: Option<String>,
    quota_owner: Arc<str>,
}

impl Account {
    /// An account that signs with MD5, the vendor's default.
    #[must_use]
    pub fn new(app_id: impl Into<String>, app_secret: impl Into<String>) -> Self {
        let app_id = app_id.into();
        Self {
            quota_owner: app_id.as_str().into(),
            signer: LiveSigner {
                app_id,
                app_secret: Secret::new(app_secret),
                algorithm: Algorithm::Md5,
                with_nonce: false,
            },
            user_id: None,
        }
    }

    /// From `POLYV_LIVE_APP_ID`, `POLYV_LIVE_APP_SECRET` and, where it is set, `POLYV_LIVE_USER_ID`; a config error
    /// names what is missing.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_vars(env::lookup)
    }

    /// The same from any other source of named values.
    pub fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let [app_id, app_secret] = env::require(&vars, ["POLYV_LIVE_APP_ID", "POLYV_LIVE_APP_SECRET"])?;
        let mut account = Self::new(app_id, app_secret);
        account.user_id = vars("POLYV_LIVE_USER_ID").filter(|id| !id.is_empty());
        Ok(account)
    }

    /// Sets the account's user id (10 characters), which some of the older operations have in their path.
    #[must_use]
    pub fn user_id(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }

    /// Signs with SHA-256 instead of MD5, and says so in `signatureMethod`.
    #[must_use]
    pub fn sha256(mut self) -> Self {
        self.signer.algorithm = Algorithm::Sha256;
        self
    }

    /// Sends a fresh `signatureNonce` with every request, signed: the vendor refuses to see one twice, so that a request
    /// somebody has read cannot be sent again. Orders of partners (`POST /live/v4/root/order/create`) require it.
    #[must_use]
    pub fn one_time(mut self) -> Self {
        self.signer.with_nonce = true;
        self
    }

    /// The account's `appId`.
    #[must_use]
    pub fn app_id(&self) -> &str {
        &self.signer.app_id
    }

    /// What operations take from the account, by the vendor's name.
    pub(crate) fn own(&self, name: &'static str) -> Result<&str, Error> {
        match name {
            "userId" => self.require_user_id(),
            _ => Err(Error::encode(format!("the account has nothing named {name}"))),
        }
    }

    /// The account's user id, or a config error that says how to set it.
    pub fn require_user_id(&self) -> Result<&str, Error> {
        self.user_id.as_deref().filter(|id| !id.is_empty()).ok_or_else(|| {
            Error::config("this operation needs the account's user id: Account::user_id, or POLYV_LIVE_USER_ID")
        })
    }
}

impl Vendor for Account {
    const NAME: &'static str = "polyv-live";
    type Profile = Profile;

    fn base_url(&self, _: Profile) -> &'static str {
        "https://api.polyv.net"
    }

    fn signer(&self, profile: Profile) -> Result<&dyn Signer, Error> {
        match profile {
            Profile::LiveStatus => Ok(&Unsigned),
            Profile::Api | Profile::Download if self.signer.app_id.is_empty() || self.signer.app_secret.is_empty() => {
                Err(Error::config("the account needs an appId and an appSecret that are not empty"))
            }
            Profile::Api | Profile::Download => Ok(&self.signer),
        }
    }

    fn quota_key(&self, meta: &Meta) -> QuotaKey {
        let class = meta.quota.map_or(QUOTA.class, |quota| quota.class);
        QuotaKey::new(Self::NAME, Arc::clone(&self.quota_owner), class)
    }

    fn open(&self, _: &Meta, profile: Profile, reply: &http::Response<Bytes>) -> Result<Reply, Error> {
        match profile {
            Profile::Api => envelope::open(reply),
            Profile::Download => envelope::open_file(reply),
            Profile::LiveStatus => envelope::open_live_status(reply),
        }
    }
}
