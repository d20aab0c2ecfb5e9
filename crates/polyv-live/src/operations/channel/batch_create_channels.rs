//! `BatchCreateChannels`.

use std::time::Duration;

use super::channel_basic::CreatedChannel;
use super::new_channel::NewChannel;
use crate::account::Profile;

operation! {
    /// Creates up to 30 channels at once, and returns their numbers and passwords.
    ///
    /// A lost answer is not repeated, since there might be two then: the error's delivery is
    /// [`Unknown`](crate::Delivery::Unknown). [`ListChannelBasics`](crate::ListChannelBasics), newest first, tells whether
    /// they are there: look for the name, and give reads a second or two.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, BatchCreateChannels, Client, NewChannel, Scene, Template};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"success":true,"data":[{"channelId":1},{"channelId":2}]}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let channels = ["A", "B"].map(|name| NewChannel::new(name, Scene::TopClass, Template::Ppt));
    /// let created = client.call(BatchCreateChannels::new(channels)).await?;
    /// assert_eq!(created.len(), 2);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct BatchCreateChannels -> Vec<CreatedChannel>;

    /// A repeat creates all of them again.
    post array(channels) "/live/v4/channel/create-batch" in Profile::Api,
        timing(Duration::from_secs(15), Duration::from_secs(30));
    page "https://help.polyv.net/#/live/api/v4/channel/create_batch";

    required {
        /// The channels, 1 to 30. The body is this list and nothing around it.
        each channels: NewChannel,
    }

    check(self, checks) {
        if !(1..=30).contains(&self.channels.len()) {
            checks.refuse_value("L45", "channels", "must be 1 to 30 channels", self.channels.len());
        }
        for (index, channel) in self.channels.iter().enumerate() {
            channel.check(&format!("[{index}]."), false, checks);
        }
    }
}
