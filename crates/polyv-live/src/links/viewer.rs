//! Who watches.

use livecloud_core::Error;
use livecloud_core::wire::Url;

/// A viewer, as your server knows them. What the vendor shows of them is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Viewer {
    /// Your id of them.
    pub id: String,
    /// The name that others see.
    pub nickname: String,
    /// Address of their picture. Optional in direct links only.
    pub avatar: Option<Url>,
    /// A title beside the name. Not in direct links.
    pub actor: Option<String>,
    /// The title's colour, such as `#ffffff`. Not in direct links.
    pub actor_f_color: Option<String>,
    /// The colour behind the title. Not in direct links.
    pub actor_bg_color: Option<String>,
}

impl Viewer {
    /// A viewer with id and name.
    #[must_use]
    pub fn new(id: impl Into<String>, nickname: impl Into<String>) -> Self {
        let (id, nickname) = (id.into(), nickname.into());
        Self { id, nickname, avatar: None, actor: None, actor_f_color: None, actor_bg_color: None }
    }

    livecloud_core::__setters! {
        /// Sets the address of the picture.
        into avatar: Url,
        /// Sets the title.
        into actor: String,
        /// Sets the title's colour.
        into actor_f_color: String,
        /// Sets the colour behind the title.
        into actor_bg_color: String,
    }

    /// The optional texts of a title, by their names on the wire.
    pub(super) fn title(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("actor", self.actor.as_deref()),
            ("actorFColor", self.actor_f_color.as_deref()),
            ("actorBgColor", self.actor_bg_color.as_deref()),
        ]
    }

    /// What every condition asks for.
    pub(super) fn check(&self) -> Result<(), Error> {
        check_id(&self.id)?;
        if self.nickname.trim().is_empty() {
            return Err(Error::invalid_field("nickname", "must not be blank", "W03"));
        }
        if self.avatar.as_ref().is_some_and(|avatar| avatar.trim().is_empty()) {
            return Err(Error::invalid_field("avatar", "must not be blank; leave it out instead", "W03"));
        }
        Ok(())
    }

    /// What the external and the custom condition ask for: their pages list the picture without "optional".
    pub(super) fn check_shown(&self) -> Result<&Url, Error> {
        self.check()?;
        self.avatar.as_ref().ok_or_else(|| Error::invalid_field("avatar", "is required by this condition", "W03"))
    }
}

pub(super) fn check_id(id: &str) -> Result<(), Error> {
    if id.trim().is_empty() { Err(Error::invalid_field("userid", "must not be blank", "W01")) } else { Ok(()) }
}
