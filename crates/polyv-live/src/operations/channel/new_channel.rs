//! A channel to be created: alone or with others.

use livecloud_core::wire::{self, UnixMillis, Url, YesNo};
use livecloud_core::{Checks, Secret};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

#[cfg(feature = "full-serde")]
use super::lenient;
use super::{number, rules};
use crate::account::Account;

livecloud_core::open_enum! {
    /// What a channel is for.
    pub enum Scene {
        /// A large class.
        TopClass = "topclass",
        /// A class with a teacher in each of two places.
        Double = "double",
        /// A training.
        Train = "train",
        /// A broadcast without slides.
        Alone = "alone",
        /// A seminar.
        Seminar = "seminar",
        /// A guided tour.
        Guide = "guide",
    }
}

livecloud_core::open_enum! {
    /// How a watch page is laid out.
    pub enum Template {
        /// Large class.
        TopClass = "topclass",
        /// Without slides.
        Alone = "alone",
        /// Seminar.
        Seminar = "seminar",
        /// Three-split screen: slides, camera, chat.
        Ppt = "ppt",
        /// Slides, upright.
        PortraitPpt = "portrait_ppt",
        /// Without slides, upright.
        PortraitAlone = "portrait_alone",
        /// Large class, upright.
        PortraitTopClass = "portrait_topclass",
    }
}

livecloud_core::open_enum! {
    /// A channel's part in a relay.
    pub enum RelayType {
        /// None.
        Normal = "normal",
        /// It is shown by others, too.
        Transmit = "transmit",
        /// It shows another one.
        Receive = "receive",
    }
}

/// A channel to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewChannel {
    /// Its name, at most 100 characters.
    pub name: String,
    /// What it is for.
    pub new_scene: Scene,
    /// How its watch page is laid out. Which scenes go with which templates is not documented.
    pub template: Template,
    /// The channel's password, 6 to 16 characters. The vendor makes one up where it is absent (inferred).
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub channel_passwd: Option<Secret>,
    /// The password of a seminar's host, 6 to 16 characters. For [`Scene::Seminar`].
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub seminar_host_password: Option<Secret>,
    /// The password of a seminar's attendees, 6 to 16 characters. For [`Scene::Seminar`].
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub seminar_attendee_password: Option<Secret>,
    /// Whether the channel has the low-delay mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pure_rtc_enabled: Option<YesNo>,
    /// Whether the channel relays to others or is relayed to. Needs the relay feature.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "type")]
    pub kind: Option<RelayType>,
    /// The same for [`Scene::Double`]: `transmit` or `receive`; `normal` only beside other channels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub double_teacher_type: Option<RelayType>,
    /// Whether there are a Chinese and an English broadcast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cn_and_en_live_enabled: Option<YesNo>,
    /// Address of the splash page's picture. The vendor's servers must be able to fetch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub splash_img: Option<Url>,
    /// Most viewers who talk at a time; [`BasicSetting`](crate::BasicSetting) allows -1..=16.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "lenient::opt_int"))]
    pub link_mic_limit: Option<i32>,
    /// The category's id. A number on the wire where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number::opt")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_text"))]
    pub category_id: Option<String>,
    /// When it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_time: Option<UnixMillis>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<UnixMillis>,
    /// Mail address of the sub-account that is to own the channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_account: Option<String>,
    /// An id of your own for the teacher: at most 32 characters, visible ASCII as for updates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_text"))]
    pub custom_teacher_id: Option<String>,
    /// Ids of the channel's labels. Numbers on the wire where they are.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number::opt_list")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "lenient::opt_texts"))]
    pub label_data: Option<Vec<String>>,
    /// Address of the background of the client's template without slides (the vendor gives its name alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_alone_template_background_url: Option<Url>,
    /// Address of the background of a broadcast by CDN (the vendor gives its name alone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live_cdn_background_url: Option<Url>,
    /// Whether web pages play low-delay FLV.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub h5_low_latency_flv_enabled: Option<YesNo>,
}

impl NewChannel {
    /// With what the vendor requires.
    #[must_use]
    pub fn new(name: impl Into<String>, new_scene: Scene, template: Template) -> Self {
        Self {
            name: name.into(),
            new_scene,
            template,
            channel_passwd: None,
            seminar_host_password: None,
            seminar_attendee_password: None,
            pure_rtc_enabled: None,
            kind: None,
            double_teacher_type: None,
            cn_and_en_live_enabled: None,
            splash_img: None,
            link_mic_limit: None,
            category_id: None,
            start_time: None,
            end_time: None,
            sub_account: None,
            custom_teacher_id: None,
            label_data: None,
            client_alone_template_background_url: None,
            live_cdn_background_url: None,
            h5_low_latency_flv_enabled: None,
        }
    }

    livecloud_core::__setters! {
        /// Sets the channel's password.
        into channel_passwd: Secret,
        /// Sets the password of a seminar's host.
        into seminar_host_password: Secret,
        /// Sets the password of a seminar's attendees.
        into seminar_attendee_password: Secret,
        /// Turns the low-delay mode on or off.
        into pure_rtc_enabled: YesNo,
        /// Makes it a relaying channel, or one that is relayed to.
        kind: RelayType,
        /// Sets which side of a double-teacher class it is.
        double_teacher_type: RelayType,
        /// Turns the two languages on or off.
        into cn_and_en_live_enabled: YesNo,
        /// Sets the address of the splash page's picture.
        into splash_img: Url,
        /// Sets how many viewers may talk at a time.
        link_mic_limit: i32,
        /// Sets the category.
        into category_id: String,
        /// Sets when it starts.
        into start_time: UnixMillis,
        /// Sets when it ends.
        into end_time: UnixMillis,
        /// Gives the channel to a sub-account.
        into sub_account: String,
        /// Sets the teacher's id.
        into custom_teacher_id: String,
        /// Sets the labels.
        each label_data: String,
        /// Sets the background of the client's template without slides.
        into client_alone_template_background_url: Url,
        /// Sets the background of a broadcast by CDN.
        into live_cdn_background_url: Url,
        /// Turns low-delay FLV on web pages on or off.
        into h5_low_latency_flv_enabled: YesNo,
    }

    /// `at` is nothing, or the place in a list with a dot.
    pub(super) fn check(&self, at: &str, is_alone: bool, checks: &mut Checks<'_, Account>) {
        let path = |name: &str| format!("{at}{name}");
        checks.not_blank("L40", path("name"), Some(&self.name));
        checks.max_chars("L40", path("name"), Some(&self.name), 100);
        self.check_words(at, is_alone, checks);
        rules::password(checks, &path("channelPasswd"), self.channel_passwd.as_ref());
        let seminars = [
            ("seminarHostPassword", &self.seminar_host_password),
            ("seminarAttendeePassword", &self.seminar_attendee_password),
        ];
        for (name, password) in seminars {
            rules::password(checks, &path(name), password.as_ref());
            if password.is_some() && self.new_scene != Scene::Seminar {
                checks.warn("L42", path(name), "belongs to the scene seminar");
            }
        }
        if self.link_mic_limit.is_some_and(|limit| !(-1..=16).contains(&limit)) {
            checks.warn("L43", path("linkMicLimit"), "should be within -1..=16, as for updates");
        }
        rules::millis(checks, &path("startTime"), self.start_time.map(|time| time.0), true);
        rules::millis(checks, &path("endTime"), self.end_time.map(|time| time.0), false);
        checks.max_chars("L13", path("customTeacherId"), self.custom_teacher_id.as_deref(), 32);
        if self.custom_teacher_id.as_ref().is_some_and(|id| !id.bytes().all(|byte| byte.is_ascii_graphic())) {
            checks.warn("L43", path("customTeacherId"), "should be visible ASCII characters, as for updates");
        }
    }

    fn check_words(&self, at: &str, is_alone: bool, checks: &mut Checks<'_, Account>) {
        let mut word = |name: &str, other: Option<&str>, words: &str| {
            rules::word(checks, "L44", &format!("{at}{name}"), other, words);
        };
        let scenes = "topclass, double, train, alone, seminar, guide";
        word("newScene", if let Scene::Other(other) = &self.new_scene { Some(other) } else { None }, scenes);
        let templates = "topclass, alone, seminar, ppt, portrait_ppt, portrait_alone, portrait_topclass";
        word("template", if let Template::Other(other) = &self.template { Some(other) } else { None }, templates);
        let relay = "normal, transmit, receive";
        word("type", if let Some(RelayType::Other(other)) = &self.kind { Some(other) } else { None }, relay);
        match &self.double_teacher_type {
            Some(RelayType::Normal) if is_alone => word("doubleTeacherType", Some("normal"), "transmit, receive"),
            Some(RelayType::Other(other)) => word("doubleTeacherType", Some(other), relay),
            _ => {}
        }
    }
}
