//! The condition `external`: links, and the question that follows them.

use std::time::SystemTime;

use livecloud_core::callback::{CallbackError, Inbound};
use livecloud_core::wire::{UnixMillis, Url};
use livecloud_core::{Error, Secret, unix_millis};
use serde::Serialize;

use super::digest::{extended, sign, verify};
use super::viewer::{Viewer, check_id};

/// Signs links to channels whose condition is `external`, and checks what your `externalUri` is asked. `Debug` does not
/// show the key.
#[derive(Debug, Clone)]
pub struct ExternalAuth {
    key: Secret,
}

/// POLYV asks whether a viewer may watch. Answer with an [`ExternalAnswer`] as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExternalRequest {
    /// The viewer of the link.
    pub user_id: String,
    /// The channel; older pages of the vendor do not have it. **Not signed.**
    pub channel_id: Option<String>,
    /// When it was asked.
    pub ts: UnixMillis,
    /// Equal for every use of one signature: it counts once.
    pub replay_key: String,
}

impl ExternalAuth {
    /// With the condition's `externalKey`.
    #[must_use]
    pub fn new(external_key: impl Into<Secret>) -> Self {
        Self { key: external_key.into() }
    }

    /// The link, for one use within three minutes. Everything else about the viewer is asked for later.
    pub fn link(&self, page: &str, user_id: &str, now: SystemTime) -> Result<Url, Error> {
        check_id(user_id)?;
        let ts = unix_millis(now).to_string();
        let signature = sign(&self.key, user_id, &ts)?;
        extended("page", page, &[("userid", user_id.to_owned()), ("ts", ts), ("sign", signature)])
    }

    /// Checks a GET of your `externalUri`: its `token`, then its time.
    pub fn verify(&self, inbound: Inbound<'_>, now: SystemTime) -> Result<ExternalRequest, CallbackError> {
        let question = verify(&self.key, inbound, ["userid", "token"], now)?;
        Ok(ExternalRequest {
            user_id: question.id,
            channel_id: question.fields.only("channelId")?,
            ts: question.signed.into(),
            replay_key: question.replay_key,
        })
    }
}

/// The answer to an [`ExternalRequest`], to be sent as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ExternalAnswer {
    /// 1 lets the viewer in, 0 does not (inferred).
    pub status: u8,
    /// The viewer.
    #[serde(rename = "userid")]
    pub user_id: String,
    /// The name that others see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// Address of the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<Url>,
    /// A title beside the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The title's colour.
    #[serde(rename = "actorFColor", skip_serializing_if = "Option::is_none")]
    pub actor_f_color: Option<String>,
    /// The colour behind the title.
    #[serde(rename = "actorBgColor", skip_serializing_if = "Option::is_none")]
    pub actor_bg_color: Option<String>,
}

impl ExternalAnswer {
    /// Lets a viewer in; name and picture are required.
    pub fn admit(viewer: &Viewer) -> Result<Self, Error> {
        let avatar = Some(viewer.check_shown()?.clone());
        Ok(Self {
            status: 1,
            user_id: viewer.id.clone(),
            nickname: Some(viewer.nickname.clone()),
            avatar,
            actor: viewer.actor.clone(),
            actor_f_color: viewer.actor_f_color.clone(),
            actor_bg_color: viewer.actor_bg_color.clone(),
        })
    }

    /// Turns a viewer away.
    #[must_use]
    pub fn refuse(user_id: impl Into<String>) -> Self {
        Self {
            status: 0,
            user_id: user_id.into(),
            nickname: None,
            avatar: None,
            actor: None,
            actor_f_color: None,
            actor_bg_color: None,
        }
    }
}
