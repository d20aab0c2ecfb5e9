//! A POLYV VOD account: credentials, hosts, signatures, envelopes.

use std::sync::Arc;

use bytes::Bytes;
use livecloud_core::{Error, Meta, Quota, QuotaKey, Reply, Secret, Signer, Vendor, env};

use crate::envelope;
use crate::profile::{FixedFields, Profile};
use crate::sign::{Keys, Pair, ProfileSigner};

/// The pace of every operation: 100 requests per second for one account of one client.
///
/// The vendor's real limit is another one: 1500 requests per 10 seconds and *source address*, over everything on
/// `api.polyv.net`; whoever exceeds it is blocked for 5 minutes. One client at full pace sends 1000, so two behind one address
/// can: let those of one account share a [`Limiter`](livecloud_core::Limiter). It counts each account, and POLYV Live, for
/// itself; where they together come near the limit, pace them yourself.
pub const QUOTA: Quota = Quota::per_second("client", 100);

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
    keys: Arc<Keys>,
    signers: Arc<[ProfileSigner]>,
    quota_owner: Arc<str>,
}

/// Every profile; an account has a signer for each.
const PROFILES: [Profile; 13] = [
    Profile::V3,
    Profile::V2,
    Profile::V2Fixed(FixedFields::ListCategories),
    Profile::V2Fixed(FixedFields::MoveVideos),
    Profile::V2Fixed(FixedFields::DeleteCategory),
    Profile::V2Fixed(FixedFields::RenameCategory),
    Profile::V2Fixed(FixedFields::SaveKeyFrames),
    Profile::V2Fixed(FixedFields::ViewLogByDay),
    Profile::UploadMd5,
    Profile::Playsafe,
    Profile::PlaysafeSub,
    Profile::V1Read,
    Profile::V1Write,
];

impl Account {
    /// A sub-account: the `appId` and secret that the console shows for it.
    #[must_use]
    pub fn sub(app_id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::of(Keys::default()).with_sub(app_id, secret)
    }

    /// The main account: `userid` and `secretkey`.
    #[must_use]
    pub fn main(user_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self::of(Keys::default()).with_main(user_id, secret_key)
    }

    fn of(keys: Keys) -> Self {
        let keys = Arc::new(keys);
        let owner = keys.sub.as_ref().or(keys.main.as_ref()).map_or("", |pair| &pair.id);
        Self {
            quota_owner: owner.into(),
            signers: PROFILES.map(|profile| ProfileSigner { profile, keys: Arc::clone(&keys) }).into(),
            keys,
        }
    }

    fn with(&self, change: impl FnOnce(&mut Keys)) -> Self {
        let mut keys = Keys::clone(&self.keys);
        change(&mut keys);
        Self::of(keys)
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
        // Half a pair is a mistake, even where the other pair is complete.
        let pair = |names: [&'static str; 2]| -> Result<Option<Pair>, Error> {
            if names.into_iter().all(|name| given(name).is_none()) {
                return Ok(None);
            }
            let [id, secret] = env::require(&vars, names)?;
            Ok(Some(Pair { id, secret: Secret::new(secret) }))
        };

        let keys = Keys {
            sub: pair(SUB)?,
            main: pair(MAIN)?,
            write_token: given("POLYV_VOD_WRITE_TOKEN").map(Secret::from),
            read_token: given("POLYV_VOD_READ_TOKEN").map(Secret::from),
        };
        if keys.sub.is_none() && keys.main.is_none() {
            let ([app_id, secret], [user_id, secret_key]) = (SUB, MAIN);
            return Err(Error::config(format!("set {app_id} and {secret}, or {user_id} and {secret_key}")));
        }
        Ok(Self::of(keys))
    }

    /// Adds or replaces the sub-account.
    #[must_use]
    pub fn with_sub(self, app_id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.with(|keys| keys.sub = Some(Pair { id: app_id.into(), secret: Secret::new(secret) }))
    }

    /// Adds or replaces the main account.
    #[must_use]
    pub fn with_main(self, user_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        self.with(|keys| keys.main = Some(Pair { id: user_id.into(), secret: Secret::new(secret_key) }))
    }

    /// Adds the main account's `userid` without its secretkey, for operations of sub-accounts that name it. A secretkey
    /// that is there stays.
    #[must_use]
    pub fn with_user_id(self, user_id: impl Into<String>) -> Self {
        self.with(|keys| {
            let secret = keys.main.take().map_or_else(|| Secret::new(""), |main| main.secret);
            keys.main = Some(Pair { id: user_id.into(), secret });
        })
    }

    /// Adds the main account's `writetoken`, for [`Profile::UploadMd5`] and the older v1 interface.
    #[must_use]
    pub fn write_token(self, token: impl Into<String>) -> Self {
        self.with(|keys| keys.write_token = Some(Secret::new(token)))
    }

    /// Adds the main account's `readtoken`, for the older v1 interface.
    #[must_use]
    pub fn read_token(self, token: impl Into<String>) -> Self {
        self.with(|keys| keys.read_token = Some(Secret::new(token)))
    }

    /// The sub-account's `appId`.
    #[must_use]
    pub fn app_id(&self) -> Option<&str> {
        self.keys.sub.as_ref().map(|sub| &*sub.id)
    }

    /// The main account's `userid`.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.keys.main.as_ref().map(|main| &*main.id)
    }

    /// What operations take from the account, by the vendor's name.
    pub(crate) fn own(&self, name: &'static str) -> Result<&str, Error> {
        match name {
            "userid" | "userId" => self.user_id().filter(|id| !id.trim().is_empty()).ok_or_else(|| {
                Error::config(
                    "this operation needs the main account's userid: Account::main, with_main or with_user_id",
                )
            }),
            _ => Err(Error::encode(format!("the account has nothing named {name}"))),
        }
    }

    /// The main account, for what your own server signs.
    pub(crate) fn main_pair(&self) -> Result<&Pair, Error> {
        self.keys.main()
    }
}

impl Vendor for Account {
    const NAME: &'static str = "polyv-vod";
    type Profile = Profile;

    fn base_url(&self, profile: Profile) -> &'static str {
        match profile {
            Profile::V3 | Profile::V2 | Profile::V2Fixed(_) | Profile::UploadMd5 => "https://api.polyv.net",
            Profile::Playsafe | Profile::PlaysafeSub => "https://hls.videocc.net",
            Profile::V1Read | Profile::V1Write => "https://v.polyv.net",
        }
    }

    fn signer(&self, profile: Profile) -> Result<&dyn Signer, Error> {
        match profile {
            Profile::V3 | Profile::PlaysafeSub => self.keys.sub().map(drop)?,
            Profile::V2 | Profile::V2Fixed(_) | Profile::Playsafe => self.keys.main().map(drop)?,
            Profile::UploadMd5 => self.keys.main().and(self.keys.write_token()).map(drop)?,
            Profile::V1Read => self.keys.read_token().map(drop)?,
            Profile::V1Write => self.keys.write_token().map(drop)?,
        }
        let signer = self.signers.iter().find(|signer| signer.profile == profile);
        signer.map(|signer| signer as _).ok_or_else(|| Error::config("the profile has no signer"))
    }

    fn quota_key(&self, meta: &Meta) -> QuotaKey {
        let class = meta.quota.map_or(QUOTA.class, |quota| quota.class);
        QuotaKey::new(Self::NAME, Arc::clone(&self.quota_owner), class)
    }

    fn open(&self, _: &Meta, profile: Profile, reply: &http::Response<Bytes>) -> Result<Reply, Error> {
        match profile {
            Profile::V3 => envelope::open_v3(reply),
            Profile::V2 | Profile::V2Fixed(_) | Profile::UploadMd5 | Profile::Playsafe | Profile::PlaysafeSub => {
                let is_playsafe = matches!(profile, Profile::Playsafe | Profile::PlaysafeSub);
                envelope::open_v2(reply, is_playsafe)
            }
            Profile::V1Read | Profile::V1Write => envelope::open_v1(reply),
        }
    }
}
