//! `AddBadwords`.

use livecloud_core::wire::{self, JsonText};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use crate::account::Profile;

operation! {
    /// Bans words from the chat of a channel, or of all channels.
    ///
    /// Needs the account's [user id](crate::Account::user_id).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, AddBadwords};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"count":2,"userId":"1b448be323"}}"#));
    /// # let account = Account::new("app", "secret").user_id("1b448be323");
    /// # let client = Client::builder(account).transport(transport).build()?;
    /// let added = client.call(AddBadwords::new(["spam", "scam"]).channel_id("2191569")).await?;
    /// assert_eq!(added.count, Some(2));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct AddBadwords -> AddedBadwords;

    /// Whether a word that is banned already counts again is not documented, so a lost answer is reported.
    post form "/live/v2/chat/{userId}/addBadWords" in Profile::Api;
    page "https://help.polyv.net/#/live/api/chat/banned/add_badwords";

    required {
        /// The words. JSON in a text on the wire.
        into words: JsonText<Vec<String>>,
    }
    optional {
        /// The channel's number: digits. **Without it the words are banned in all channels.**
        into channel_id: String,
    }

    check(self, checks) {
        if self.words.0.is_empty() || self.words.0.iter().any(|word| word.trim().is_empty()) {
            checks.refuse("L69", "words", "must be one word or more, none of them blank");
        }
        if let Some(channel) = &self.channel_id {
            checks.digits("L01", "channelId", channel);
        }
    }
}

/// What became of the words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AddedBadwords {
    /// How many; whether in all or now is not documented.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub count: Option<u64>,
    /// The account.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub user_id: Option<String>,
}
