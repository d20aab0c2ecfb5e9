//! `UpdateCategoryProfileV3`.

use livecloud_core::Ack;
use livecloud_core::wire::{self, YesNo};

use super::super::rules;
use crate::profile::Profile;

livecloud_core::open_enum! {
    /// Where an encrypted video may be played.
    pub enum EncryptLevel {
        /// Everywhere.
        Open = "open",
        /// In the vendor's web player.
        Web = "web",
        /// In apps with the vendor's SDK.
        App = "app",
        /// In WeChat mini-programs.
        WxaApp = "wxa_app",
    }
}

operation! {
    /// Sets how videos of a category are transcoded and protected, as a sub-account.
    ///
    /// The vendor wants the main account's `userid` beside the sub-account's signature:
    /// [`Account::with_user_id`](crate::Account::with_user_id).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, EncryptLevel, UpdateCategoryProfileV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","error":null,"data":null}"#));
    /// # let client = Client::builder(Account::sub("app", "secret").with_user_id("abcde12345")).transport(transport).build()?;
    /// let protect = UpdateCategoryProfileV3::new("1602300731843").encrypt(true).encrypt_level(EncryptLevel::Web);
    /// client.call(protect).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateCategoryProfileV3 -> Ack;

    /// Setting the same twice leaves it as setting it once does, so a lost answer may be repeated.
    post form "/v3/category/update-profile" in Profile::V3, idempotent;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/update-category-profile/";

    own { "userId" }
    required {
        /// The category.
        into cate_id: String,
    }
    optional {
        /// Whether the category has settings of its own.
        set enabled: YesNo,
        /// Whether the source file is played, without transcoding. 0 or 1 on the wire.
        #[serde(with = "wire::opt_bit")]
        set keep_source: bool,
        /// Whether videos are encrypted; they are not where absent. 0 or 1 on the wire.
        #[serde(with = "wire::opt_bit")]
        set encrypt: bool,
        /// Where encrypted videos may be played.
        set encrypt_level: EncryptLevel,
        /// Whether screen recordings are treated as such. 0 or 1 on the wire.
        #[serde(with = "wire::opt_bit")]
        set is_edu: bool,
        /// Whether an AAC file of the sound is made too. 0 or 1 on the wire.
        #[serde(rename = "encodeAAC", with = "wire::opt_bit")]
        set encode_aac: bool,
    }

    check(self, checks) {
        checks.not_blank("V01", "cateId", Some(&self.cate_id));
        let other = if let Some(EncryptLevel::Other(other)) = &self.encrypt_level { Some(&**other) } else { None };
        rules::word(checks, "encryptLevel", other, "open, web, app, wxa_app");
    }
}
