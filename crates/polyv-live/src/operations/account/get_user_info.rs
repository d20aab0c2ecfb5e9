//! `GetUserInfo`.

use livecloud_core::wire;
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use crate::account::Profile;

operation! {
    /// The account: its user id, and how many channels it has and may have.
    ///
    /// A good first call: it needs nothing but the credentials, and its `userId` is what [`Account::user_id`] wants.
    ///
    /// [`Account::user_id`]: crate::Account::user_id
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, GetUserInfo};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"userId":"1b448be323","maxChannels":5}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let info = client.call(GetUserInfo::new()).await?;
    /// assert_eq!((info.user_id.as_deref(), info.max_channels), (Some("1b448be323"), Some(5)));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct GetUserInfo -> UserInfo;

    /// It only reads.
    get query "/live/v3/user/get-info" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/account/get_user_info";
}

/// The account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UserInfo {
    /// Its user id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub user_id: Option<String>,
    /// Its address for mail.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub email: Option<String>,
    /// How many channels it may have.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub max_channels: Option<i64>,
    /// How many it has.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub total_channels: Option<i64>,
    /// How many more it may have.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub available_channels: Option<i64>,
}
