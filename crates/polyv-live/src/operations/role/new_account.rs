//! An entry of `BatchCreateChannelAccounts`.

use livecloud_core::wire::{self, Url};
use livecloud_core::{Checks, Secret};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use super::channel_account::Role;
use super::rules::{self, Known};
use crate::account::Account;

/// A role to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewAccount {
    /// What it is.
    pub role: Role,
    /// Display name. Newer vendor pages allow 1 to 15 characters.
    pub nickname: String,
    /// Password for logging in. Newer vendor pages allow 6 to 16 characters.
    #[serde(with = "wire::secret")]
    pub passwd: Secret,
    /// Title shown beside the name. Newer vendor pages allow 1 to 10 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Address of the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<Url>,
}

impl NewAccount {
    /// With what the vendor requires.
    #[must_use]
    pub fn new(role: Role, nickname: impl Into<String>, passwd: impl Into<Secret>) -> Self {
        Self { role, nickname: nickname.into(), passwd: passwd.into(), actor: None, avatar: None }
    }

    livecloud_core::__setters! {
        /// Sets the title.
        into actor: String,
        /// Sets the address of the picture.
        into avatar: Url,
    }

    pub(super) fn check(&self, index: usize, checks: &mut Checks<'_, Account>) {
        let path = |name: &str| format!("[{index}].{name}");
        let (nickname, passwd, actor) = (&path("nickname"), &path("passwd"), &path("actor"));
        rules::role(checks, &path("role"), Some(&self.role));
        checks.not_blank("L31", nickname, Some(&self.nickname));
        if self.passwd.expose().trim().is_empty() {
            checks.refuse("L31", passwd, "must not be blank");
        }
        let texts = [
            (&**nickname, Some(&*self.nickname).filter(|text| !text.trim().is_empty())),
            (passwd, Some(self.passwd.expose()).filter(|text| !text.trim().is_empty())),
            (actor, self.actor.as_deref()),
        ];
        rules::lengths(checks, Known::Elsewhere, "L05", texts);
    }
}
