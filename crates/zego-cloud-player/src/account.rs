//! A ZEGO project: credentials, region, signature, envelope.

use std::sync::Arc;

use bytes::Bytes;
use livecloud_core::{Error, Meta, QuotaKey, Reply, Secret, Signer, Vendor, env};

use crate::envelope;
use crate::sign::ZegoSigner;

/// Which of the vendor's hosts to call: the one nearest to *your server*. It does not choose where media is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum Region {
    /// `cloud-player-api.zego.im`, independent of regions.
    #[default]
    Unified,
    /// Mainland China (Shanghai).
    Shanghai,
    /// Hong Kong, Macao, Taiwan (Hong Kong).
    HongKong,
    /// Europe (Frankfurt).
    Frankfurt,
    /// US West (California).
    California,
    /// Asia Pacific (Mumbai).
    Mumbai,
    /// South-East Asia (Singapore).
    Singapore,
}

impl Region {
    /// The region's address.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Unified => "https://cloud-player-api.zego.im",
            Self::Shanghai => "https://cloud-player-api-sha.zego.im",
            Self::HongKong => "https://cloud-player-api-hkg.zego.im",
            Self::Frankfurt => "https://cloud-player-api-fra.zego.im",
            Self::California => "https://cloud-player-api-lax.zego.im",
            Self::Mumbai => "https://cloud-player-api-bom.zego.im",
            Self::Singapore => "https://cloud-player-api-sgp.zego.im",
        }
    }
}

/// A ZEGO project: `AppId` and `ServerSecret` from the console's project configuration.
///
/// `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Account {
    signer: ZegoSigner,
    quota_owner: Arc<str>,
    region: Region,
}

impl Account {
    /// A project in the unified region.
    #[must_use]
    pub fn new(app_id: u32, server_secret: impl Into<String>) -> Self {
        Self {
            signer: ZegoSigner { app_id, server_secret: Secret::new(server_secret), is_test: None },
            quota_owner: app_id.to_string().into(),
            region: Region::default(),
        }
    }

    /// From `ZEGO_APP_ID` and `ZEGO_SERVER_SECRET` in the environment; a config error names what is missing.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_vars(env::lookup)
    }

    /// The same from any other source of named values.
    pub fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let [app_id, secret] = env::require(vars, ["ZEGO_APP_ID", "ZEGO_SERVER_SECRET"])?;
        let app_id = app_id.parse().map_err(|_| Error::config("ZEGO_APP_ID must be a number up to 4294967295"))?;
        Ok(Self::new(app_id, secret))
    }

    /// Calls another region's host.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Sends `IsTest`: only projects from before 2021-11-16 need it. Left out by default, as today's documentation does.
    #[must_use]
    pub fn is_test(mut self, is_test: bool) -> Self {
        self.signer.is_test = Some(is_test);
        self
    }

    /// The project's `AppId`.
    #[must_use]
    pub fn app_id(&self) -> u32 {
        self.signer.app_id
    }
}

impl Vendor for Account {
    const NAME: &'static str = "zego-cloud-player";
    type Profile = ();

    fn base_url(&self, (): ()) -> &str {
        self.region.base_url()
    }

    fn signer(&self, (): ()) -> Result<&dyn Signer, Error> {
        if self.signer.app_id == 0 || self.signer.server_secret.expose().trim().is_empty() {
            return Err(Error::config("the account needs an AppId above 0 and a ServerSecret"));
        }
        Ok(&self.signer)
    }

    /// The vendor states rates per operation; that they are counted per project is inferred.
    fn quota_key(&self, meta: &Meta) -> QuotaKey {
        QuotaKey::new(Self::NAME, Arc::clone(&self.quota_owner), meta.quota.map_or(meta.name, |quota| quota.class))
    }

    fn open(&self, meta: &Meta, (): (), reply: &http::Response<Bytes>) -> Result<Reply, Error> {
        envelope::open(meta.name, reply)
    }
}
