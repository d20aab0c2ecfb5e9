//! Lists of who is recorded.

use std::collections::HashSet;

use livecloud_core::Checks;

use super::user;
use crate::account::Account;
use crate::model::{EVERYONE, RecordingConfig, StreamSubscribe, StreamTypes, UidGroup};

const MAX_UIDS: usize = 32;

/// The two lists of one kind, and where they lie.
struct Kind<'a> {
    name: &'static str,
    parent: &'static str,
    /// The parent holds this kind alone, and is there, with lists or without.
    own_parent: bool,
    only: Option<&'a [String]>,
    except: Option<&'a [String]>,
}

impl Kind<'_> {
    fn is_given(&self) -> bool {
        self.only.is_some() || self.except.is_some()
    }

    fn check(&self, checks: &mut Checks<'_, Account>) {
        let Self { name, parent, .. } = self;
        list(checks, format_args!("{parent}.subscribe{name}Uids"), self.only);
        list(checks, format_args!("{parent}.unSubscribe{name}Uids"), self.except);
        if self.only.is_some() && self.except.is_some() {
            // By analogy with Agora; the seed page says nothing about both.
            let path = format_args!("{parent}.unSubscribe{name}Uids");
            let rule = "cannot be combined with the other list of this kind";
            if checks.is_strict() { checks.refuse("R19", path, rule) } else { checks.warn("R19", path, rule) }
        }
    }

    /// Lists for a kind that is not recorded.
    fn refuse(&self, checks: &mut Checks<'_, Account>) {
        const RULE: &str = "cannot be given: streamTypes leaves this kind out";
        let Self { name, parent, .. } = self;
        if self.own_parent {
            return checks.refuse("R20", parent, RULE);
        }
        for (list, prefix) in [(self.only, "subscribe"), (self.except, "unSubscribe")] {
            if list.is_some() {
                checks.refuse("R20", format_args!("{parent}.{prefix}{name}Uids"), RULE);
            }
        }
    }
}

fn list(checks: &mut Checks<'_, Account>, path: std::fmt::Arguments<'_>, uids: Option<&[String]>) {
    let Some(uids) = uids else { return };
    if uids.len() > MAX_UIDS {
        checks.refuse_value("R18", path, format!("must have at most {MAX_UIDS} uids"), uids.len());
    }
    if uids.is_empty() && checks.is_strict() {
        checks.refuse("R18", path, "must not be empty; leave it out instead");
    }
    if uids.len() > 1 && uids.iter().any(|uid| uid == EVERYONE) {
        let rule = "must hold #allstream# alone, or not at all";
        if checks.is_strict() { checks.refuse("R45", path, rule) } else { checks.warn("R45", path, rule) }
    }
    for (index, uid) in uids.iter().enumerate() {
        user(checks, format_args!("{path}[{index}]"), uid);
    }
}

/// Rules about both kinds together; `types` is unknown to an update that was not told.
fn both(checks: &mut Checks<'_, Account>, types: Option<StreamTypes>, audio: &Kind<'_>, video: &Kind<'_>) {
    audio.check(checks);
    video.check(checks);
    if types == Some(StreamTypes::Video) {
        audio.refuse(checks);
    }
    if types == Some(StreamTypes::Audio) {
        video.refuse(checks);
    }
    if types.is_none_or(|types| types == StreamTypes::Both) && audio.is_given() != video.is_given() {
        let (given, other) = if audio.is_given() { (audio, video) } else { (video, audio) };
        let rule = format!("has lists for {} only: no {} will be recorded", given.name, other.name);
        checks.warn("R21", given.parent, rule);
    }
}

pub(super) fn recording(checks: &mut Checks<'_, Account>, parent: &'static str, config: &RecordingConfig) {
    let audio = Kind {
        name: "Audio",
        parent,
        own_parent: false,
        only: config.subscribe_audio_uids.as_deref(),
        except: config.un_subscribe_audio_uids.as_deref(),
    };
    let video = Kind {
        name: "Video",
        parent,
        own_parent: false,
        only: config.subscribe_video_uids.as_deref(),
        except: config.un_subscribe_video_uids.as_deref(),
    };
    both(checks, Some(config.stream_types.unwrap_or(StreamTypes::Both)), &audio, &video);
    if let Some(group) = config.subscribe_uid_group {
        fits(checks, parent, group, &audio, &video);
    }
}

/// The number of listed users against the number announced; open lists cannot be counted.
fn fits(checks: &mut Checks<'_, Account>, parent: &'static str, group: UidGroup, audio: &Kind<'_>, video: &Kind<'_>) {
    let uids = || [audio.only, video.only].into_iter().flatten().flatten();
    if audio.except.is_some() || video.except.is_some() || uids().any(|uid| uid == EVERYONE) {
        return;
    }
    let users = uids().collect::<HashSet<_>>().len();
    if group.capacity().is_some_and(|capacity| users > capacity) {
        let rule = format!("announces fewer users than the {users} in the lists");
        checks.warn("R39", format_args!("{parent}.subscribeUidGroup"), rule);
    }
}

pub(crate) fn stream_subscribe(checks: &mut Checks<'_, Account>, lists: &StreamSubscribe, types: Option<StreamTypes>) {
    const PARENT: &str = "clientRequest.streamSubscribe";
    const AUDIO: &str = "clientRequest.streamSubscribe.audioUidList";
    const VIDEO: &str = "clientRequest.streamSubscribe.videoUidList";
    let audio = lists.audio_uid_list.as_ref();
    let video = lists.video_uid_list.as_ref();
    let audio_lists = Kind {
        name: "Audio",
        parent: AUDIO,
        own_parent: audio.is_some(),
        only: audio.and_then(|lists| lists.subscribe_audio_uids.as_deref()),
        except: audio.and_then(|lists| lists.un_subscribe_audio_uids.as_deref()),
    };
    let video_lists = Kind {
        name: "Video",
        parent: VIDEO,
        own_parent: video.is_some(),
        only: video.and_then(|lists| lists.subscribe_video_uids.as_deref()),
        except: video.and_then(|lists| lists.un_subscribe_video_uids.as_deref()),
    };
    both(checks, types, &audio_lists, &video_lists);
    for lists in [&audio_lists, &video_lists] {
        if lists.own_parent && !lists.is_given() {
            checks.refuse("R36", lists.parent, "must have a list; leave it out instead");
        }
    }
    if !audio_lists.own_parent && !video_lists.own_parent {
        checks.refuse("R36", PARENT, "must have at least one list");
    }
}
