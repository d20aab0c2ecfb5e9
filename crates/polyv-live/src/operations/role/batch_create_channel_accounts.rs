//! `BatchCreateChannelAccounts`.

use super::channel_account::ChannelAccount;
use super::new_account::NewAccount;
use crate::account::Profile;

operation! {
    /// Creates several assistants and guests of a channel at once, and returns them with their numbers and passwords.
    ///
    /// A lost answer is not repeated, since there might be two then: the error's delivery is
    /// [`Unknown`](crate::Delivery::Unknown). [`ListChannelAccounts`](crate::ListChannelAccounts) tells whether they are there.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, BatchCreateChannelAccounts, Client, NewAccount, Role};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"data":[{"account":"0052191541"}]}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let assistant = NewAccount::new(Role::Assistant, "陈老师", "234567").actor("助教");
    /// let created = client.call(BatchCreateChannelAccounts::new("2191541", [assistant])).await?;
    /// assert_eq!(created.len(), 1);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct BatchCreateChannelAccounts -> Vec<ChannelAccount>;

    /// A repeat creates all of them again.
    post array(accounts) "/live/v3/channel/account/batch-create" in Profile::Api;
    page "https://help.polyv.net/#/live/api/channel/operate/batch_create";

    query {
        /// The channel's number: digits. Signed and sent in the query, whatever the body holds.
        channel_id = "channelId",
    }
    required {
        /// The roles. The body is this list and nothing around it.
        each accounts: NewAccount,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        if self.accounts.is_empty() {
            checks.refuse("L35", "accounts", "must be one role or more");
        }
        for (index, account) in self.accounts.iter().enumerate() {
            account.check(index, checks);
        }
    }
}
