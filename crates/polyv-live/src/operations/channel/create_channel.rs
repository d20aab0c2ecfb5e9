//! `CreateChannel`.

use std::time::Duration;

use super::channel_basic::CreatedChannel;
use super::new_channel::NewChannel;
use crate::account::Profile;

operation! {
    /// Creates a channel, and returns its number and passwords.
    ///
    /// A lost answer is not repeated, since there might be two then: the error's delivery is
    /// [`Unknown`](crate::Delivery::Unknown). [`ListChannelBasics`](crate::ListChannelBasics), newest first, tells whether
    /// it is there: look for the name, and give reads a second or two.
    ///
    /// Errors worth knowing: `cannot create more than xx channels`; `new scene forbidden setting` for a scene that the
    /// account does not have.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, CreateChannel, NewChannel, Scene, Template};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"success":true,"data":{"channelId":2191569,"userId":"1b448be323"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let channel = NewChannel::new("公开课", Scene::TopClass, Template::Ppt).channel_passwd("a12345");
    /// let created = client.call(CreateChannel::new(channel)).await?;
    /// assert_eq!(created.channel_id.as_deref(), Some("2191569"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct CreateChannel -> CreatedChannel;

    /// A repeat creates another one.
    post json "/live/v4/channel/create" in Profile::Api, timing(Duration::from_secs(15), Duration::from_secs(30));
    page "https://help.polyv.net/#/live/api/v4/channel/create";

    required {
        /// The channel: its fields are the body's.
        #[serde(flatten)]
        into channel: NewChannel,
    }

    check(self, checks) {
        self.channel.check("", true, checks);
    }
}
