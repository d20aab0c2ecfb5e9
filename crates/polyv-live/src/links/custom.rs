//! The condition `custom`: viewers come and are sent back.

use std::time::SystemTime;

use livecloud_core::callback::{CallbackError, Inbound};
use livecloud_core::wire::{UnixMillis, Url};
use livecloud_core::{Error, Secret, is_http_url, unix_millis};

use super::digest::{extended, sign, verify};
use super::viewer::Viewer;

/// Checks viewers whom POLYV sends to your `customUri`, and signs their way back. `Debug` does not show the key.
#[derive(Debug, Clone)]
pub struct CustomAuth {
    key: Secret,
    hosts: Vec<String>,
}

/// A viewer's browser, sent by POLYV to find out who they are. Let them log in, then send them to
/// [`CustomAuth::redirect`]; or show them a page of yours that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CustomRequest {
    /// The channel.
    pub channel_id: String,
    /// Where the viewer goes back to. **Not signed**: only its host was checked.
    pub back: Url,
    /// When it was signed.
    pub ts: UnixMillis,
    /// Equal for every use of one signature: it counts once.
    pub replay_key: String,
}

impl CustomAuth {
    /// With the condition's `customKey` and the host of your watch pages, such as `live.polyv.cn`.
    ///
    /// The address that a viewer goes back to is not signed, and takes a signed link along: whoever could choose its host
    /// would watch in the viewer's name.
    #[must_use]
    pub fn new(custom_key: impl Into<Secret>, watch_host: impl Into<String>) -> Self {
        Self { key: custom_key.into(), hosts: vec![watch_host.into()] }
    }

    /// Another host of watch pages, for accounts that have domains of their own.
    #[must_use]
    pub fn watch_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }

    /// Checks a GET of your `customUri`: its signature, its time, and that it leads back to a watch page.
    pub fn verify(&self, inbound: Inbound<'_>, now: SystemTime) -> Result<CustomRequest, CallbackError> {
        let question = verify(&self.key, inbound, ["id", "sign"], now)?;
        let back = question.fields.only("url")?.ok_or(CallbackError::Missing("url"))?;
        if !self.hosts.iter().any(|host| leads_to(&back, host)) {
            return Err(CallbackError::Malformed("url leads to a host that is no watch page's".to_owned()));
        }
        Ok(CustomRequest {
            channel_id: question.id,
            back: back.into(),
            ts: question.signed.into(),
            replay_key: question.replay_key,
        })
    }

    /// The address to send the viewer back to (a redirect, status 302), for one use within three minutes. `vid` names a
    /// recorded video to be shown.
    pub fn redirect(
        &self,
        request: &CustomRequest,
        viewer: &Viewer,
        vid: Option<&str>,
        now: SystemTime,
    ) -> Result<Url, Error> {
        let avatar = viewer.check_shown()?.as_str().to_owned();
        let ts = unix_millis(now).to_string();
        let signature = sign(&self.key, &viewer.id, &ts)?;
        let mut params = vec![("userid", viewer.id.clone()), ("nickname", viewer.nickname.clone()), ("avatar", avatar)];
        let optional = viewer.title().into_iter().chain([("vid", vid)]);
        params.extend(optional.filter_map(|(name, text)| Some((name, text?.to_owned()))));
        params.extend([("ts", ts), ("sign", signature)]);
        extended("url", &request.back, &params)
    }
}

/// Exactly this host, any port, nobody's name before it.
fn leads_to(url: &str, host: &str) -> bool {
    let authority = url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let name = authority.rsplit_once(':').map_or(authority, |(name, _)| name);
    // a backslash is a slash to browsers and a letter to others: nobody needs one
    is_http_url(url)
        && !url.contains('\\')
        && !authority.contains('@')
        && !host.is_empty()
        && name.eq_ignore_ascii_case(host)
}
