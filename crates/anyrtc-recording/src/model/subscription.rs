//! Who is recorded.

#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

livecloud_core::open_enum! {
    /// Which streams are recorded.
    pub enum StreamTypes: i64 {
        /// Sound only.
        Audio = 0,
        /// Picture only.
        Video = 1,
        /// Both; the default.
        Both = 2,
    }
}

/// The entry that stands for everybody; it stands alone in its list.
pub(crate) const EVERYONE: &str = "#allstream#";

/// Whose stream of one kind is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Uids {
    /// Everybody's.
    #[default]
    Everyone,
    /// Theirs, 1..=32 users.
    Only(Vec<String>),
    /// Everybody's but theirs, 1..=32 users.
    Except(Vec<String>),
}

impl Uids {
    /// Theirs alone.
    pub fn only<I>(uids: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Self::Only(uids.into_iter().map(Into::into).collect())
    }

    /// Everybody's but theirs.
    pub fn except<I>(uids: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Self::Except(uids.into_iter().map(Into::into).collect())
    }

    /// White list and black list on the wire: exactly one of them.
    pub(crate) fn into_lists(self) -> (Option<Vec<String>>, Option<Vec<String>>) {
        match self {
            Self::Everyone => (Some(vec![EVERYONE.to_owned()]), None),
            Self::Only(uids) => (Some(uids), None),
            Self::Except(uids) => (None, Some(uids)),
        }
    }
}

/// Who is recorded, in a form that cannot contradict itself: no list for a kind that is not recorded, no two lists for
/// one kind, and no kind forgotten beside a list for the other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subscription {
    /// Sound only.
    Audio(Uids),
    /// Picture only.
    Video(Uids),
    /// Both.
    Both {
        /// Whose sound.
        audio: Uids,
        /// Whose picture.
        video: Uids,
    },
}

impl Subscription {
    /// Sound and picture.
    #[must_use]
    pub const fn both(audio: Uids, video: Uids) -> Self {
        Self::Both { audio, video }
    }

    /// The matching `streamTypes`.
    #[must_use]
    pub const fn stream_types(&self) -> StreamTypes {
        match self {
            Self::Audio(_) => StreamTypes::Audio,
            Self::Video(_) => StreamTypes::Video,
            Self::Both { .. } => StreamTypes::Both,
        }
    }

    pub(crate) fn into_kinds(self) -> (Option<Uids>, Option<Uids>) {
        match self {
            Self::Audio(audio) => (Some(audio), None),
            Self::Video(video) => (None, Some(video)),
            Self::Both { audio, video } => (Some(audio), Some(video)),
        }
    }
}

/// The subscription lists that [`Update`](crate::Update) sends. They replace all earlier ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StreamSubscribe {
    /// Whose sound; refused where only pictures are recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_uid_list: Option<AudioUidList>,
    /// Whose picture; refused where only sound is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_uid_list: Option<VideoUidList>,
}

/// Whose sound: one of the two lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AudioUidList {
    /// Theirs, 1..=32 uids; `["#allstream#"]` is everybody's.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub subscribe_audio_uids: Option<Vec<String>>,
    /// Everybody's but theirs, 1..=32 uids.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub un_subscribe_audio_uids: Option<Vec<String>>,
}

/// Whose picture: one of the two lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct VideoUidList {
    /// Theirs, 1..=32 uids; `["#allstream#"]` is everybody's.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub subscribe_video_uids: Option<Vec<String>>,
    /// Everybody's but theirs, 1..=32 uids.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub un_subscribe_video_uids: Option<Vec<String>>,
}

impl From<Subscription> for StreamSubscribe {
    fn from(subscription: Subscription) -> Self {
        let (audio, video) = subscription.into_kinds();
        Self {
            audio_uid_list: audio.map(Uids::into_lists).map(|(subscribe_audio_uids, un_subscribe_audio_uids)| {
                AudioUidList { subscribe_audio_uids, un_subscribe_audio_uids }
            }),
            video_uid_list: video.map(Uids::into_lists).map(|(subscribe_video_uids, un_subscribe_video_uids)| {
                VideoUidList { subscribe_video_uids, un_subscribe_video_uids }
            }),
        }
    }
}
