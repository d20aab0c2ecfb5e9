//! `UploadImage`.

use std::time::Duration;

use livecloud_core::FilePart;
use livecloud_core::wire::Url;

use crate::account::Profile;

livecloud_core::open_enum! {
    /// What a picture is for.
    pub enum ImageType {
        /// A channel's icon.
        Cover = "coverImage",
        /// The player's logo.
        Logo = "logoImage",
        /// The splash page.
        Splash = "splashImage",
        /// The lecturer.
        AdminAvatar = "adminAvatar",
        /// An assistant.
        AssistantAvatar = "assistantAvatar",
        /// The QR code of a watch condition.
        AuthCode = "authCodeImage",
        /// What is shown before it begins.
        Warm = "warmImage",
        /// An advert.
        Ad = "adImage",
        /// An advert at the beginning.
        StartAd = "startAdImage",
        /// An advert at the end.
        StopAd = "stopAdImage",
        /// A gift.
        Good = "goodImage",
        /// An invitation.
        Invitation = "invitationImage",
        /// A menu of the watch page.
        Menu = "menuImage",
    }
}

operation! {
    /// Uploads one to six pictures of one kind, and returns their addresses in the same order.
    ///
    /// The address can then be set where a picture is wanted, such as
    /// [`cover_img`](crate::BasicSetting::cover_img). A file without a name is answered with `undefined error`.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, ImageType, UploadImage};
    /// use polyv_live::core::FilePart;
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":["//h/a.png"]}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// # let picture = &b"\x89PNG"[..];
    /// let addresses = client.call(UploadImage::new(ImageType::Cover, [FilePart::new("cover.png", picture)])).await?;
    /// println!("{:?}", addresses.first());
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UploadImage -> Vec<Url>;

    /// A repeat would store the pictures twice, so a lost answer is reported.
    post multipart "/live/v3/common/upload-image" in Profile::Api, timing(Duration::from_secs(60), Duration::from_secs(120));
    page "https://help.polyv.net/#/live/api/web/setting/uploadimage";

    required {
        /// What the pictures are for.
        #[serde(rename = "type")]
        set kind: ImageType,
    }
    files {
        /// The pictures: one to six, at most 2 MB each, with names.
        file: Vec<FilePart> = "file",
    }

    check(self, checks) {
        if let ImageType::Other(kind) = &self.kind {
            checks.refuse_value("L70", "type", "must be one of the documented kinds of pictures", format_args!("{kind:?}"));
        }
        if !(1..=6).contains(&self.file.len()) {
            checks.refuse_value("L71", "file", "must be 1 to 6 files", self.file.len());
        }
        for (index, file) in self.file.iter().enumerate() {
            if file.name().trim().is_empty() {
                checks.refuse("L72", format_args!("file[{index}]"), "must have a name");
            }
            if file.content().is_empty() || file.content().len() > 2 << 20 {
                let size = file.content().len();
                checks.refuse_value("L73", format_args!("file[{index}]"), "must have 1 byte to 2 MB", size);
            }
        }
    }
}
