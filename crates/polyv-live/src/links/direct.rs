//! The condition `direct`: links.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use livecloud_core::wire::Url;
use livecloud_core::{Error, Secret, unix_millis};

use super::digest::{extended, sign};
use super::viewer::Viewer;

/// Signs links to channels whose condition is `direct`. `Debug` does not show the key.
#[derive(Debug, Clone)]
pub struct DirectAuth {
    key: Secret,
}

/// A link of a direct condition: the page, the viewer, and what the page is told besides.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DirectLink {
    /// The channel's watch page, as the console or the channel's details show it.
    pub page: Url,
    /// Who watches.
    pub viewer: Viewer,
    /// A recorded video to be shown.
    pub vid: Option<String>,
    /// A text of your own for the statistics.
    pub param4: Option<String>,
    /// Another one.
    pub param5: Option<String>,
    /// Parameters without a type, such as where viewers go who are not let in.
    pub more: Vec<(String, String)>,
}

impl DirectLink {
    /// A link for a viewer to a page.
    #[must_use]
    pub fn new(page: impl Into<Url>, viewer: Viewer) -> Self {
        Self { page: page.into(), viewer, vid: None, param4: None, param5: None, more: Vec::new() }
    }

    livecloud_core::__setters! {
        /// Sets a recorded video to be shown.
        into vid: String,
        /// Sets a text of your own for the statistics.
        into param4: String,
        /// Sets another one.
        into param5: String,
    }

    /// Adds a parameter without a type, as it is.
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.more.push((name.into(), value.into()));
        self
    }
}

impl DirectAuth {
    /// With the condition's `directKey`.
    #[must_use]
    pub fn new(direct_key: impl Into<Secret>) -> Self {
        Self { key: direct_key.into() }
    }

    /// The link, for one use within three minutes.
    pub fn link(&self, link: &DirectLink, now: SystemTime) -> Result<Url, Error> {
        let viewer = &link.viewer;
        viewer.check()?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if viewer.id.len() > 64 || !viewer.id.bytes().all(is_plain) {
            return Err(Error::invalid_field("userid", "must be 1 to 64 letters, digits and _", "W01"));
        }
        if let Some((field, _)) = viewer.title().into_iter().find(|(_, text)| text.is_some()) {
            return Err(Error::invalid_field(field, "is unknown to a direct link", "W04"));
        }

        let ts = unix_millis(now).to_string();
        let signature = sign(&self.key, &viewer.id, &ts)?;
        let mut params = vec![("userid", viewer.id.clone()), ("ts", ts), ("sign", signature)];
        params.push(("nickname", URL_SAFE_NO_PAD.encode(&viewer.nickname)));
        let encoded = |text: &Option<String>| text.as_ref().map(|text| STANDARD.encode(text));
        let optional = [
            ("avatar", viewer.avatar.as_deref().map(str::to_owned)),
            ("vid", link.vid.clone()),
            ("param4", encoded(&link.param4)),
            ("param5", encoded(&link.param5)),
        ];
        params.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        for (name, value) in &link.more {
            if params.iter().any(|(known, _)| known == name) {
                return Err(Error::invalid_field(name.clone(), "is given twice", "W02"));
            }
            params.push((name, value.clone()));
        }
        extended("page", &link.page, &params)
    }
}
