//! What a player plays, and how large: types that only allow the combinations the vendor takes.

use livecloud_core::wire::Url;

/// What a player plays. The kind is fixed when the player is created: later updates may only bring another source of
/// the same kind.
///
/// ```
/// use zego_cloud_player::PlayerSource;
///
/// let single = PlayerSource::single("https://media.example/a.mp4").backup("https://backup.example/a.mp4");
/// let playlist = PlayerSource::playlist(["https://media.example/1.mp4", "https://media.example/2.mp4"]);
/// assert_ne!(single, playlist);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlayerSource {
    /// One address.
    #[non_exhaustive]
    Single {
        /// http or https, up to 1024 bytes.
        url: Url,
        /// Tried when `url` cannot be reached.
        backup: Option<Url>,
    },
    /// 1..=100 addresses, 50000 bytes in all; off by default, enabled by ZEGO support.
    Playlist(Vec<Url>),
}

impl PlayerSource {
    /// One address.
    #[must_use]
    pub fn single(url: impl Into<Url>) -> Self {
        Self::Single { url: url.into(), backup: None }
    }

    /// A list, played in order.
    #[must_use]
    pub fn playlist<I>(urls: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Url>,
    {
        Self::Playlist(urls.into_iter().map(Into::into).collect())
    }

    /// The address to fall back on. A playlist has none: there it changes nothing.
    #[must_use]
    pub fn backup(mut self, address: impl Into<Url>) -> Self {
        if let Self::Single { backup, .. } = &mut self {
            *backup = Some(address.into());
        }
        self
    }

    /// `StreamUrl`, `StreamUrlList`, `BackupStreamUrl`.
    pub(crate) fn into_fields(self) -> (Option<Url>, Option<Vec<Url>>, Option<Url>) {
        match self {
            Self::Single { url, backup } => (Some(url), None, backup),
            Self::Playlist(urls) => (None, Some(urls), None),
        }
    }
}

impl From<&str> for PlayerSource {
    fn from(url: &str) -> Self {
        Self::single(url)
    }
}

impl From<String> for PlayerSource {
    fn from(url: String) -> Self {
        Self::single(url)
    }
}

impl From<Url> for PlayerSource {
    fn from(url: Url) -> Self {
        Self::single(url)
    }
}

/// The size of the published picture. On the wire a side of one pixel means "audio only", which nobody should meet by
/// accident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VideoSize {
    /// No picture: only sound is published.
    AudioOnly,
    /// Width and height in pixels, 2..=3000, even.
    #[non_exhaustive]
    Pixels {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
}

impl VideoSize {
    /// A picture of that size.
    #[must_use]
    pub const fn pixels(width: u32, height: u32) -> Self {
        Self::Pixels { width, height }
    }

    pub(crate) const fn sides(self) -> (u32, u32) {
        match self {
            Self::AudioOnly => (1, 1),
            Self::Pixels { width, height } => (width, height),
        }
    }
}
