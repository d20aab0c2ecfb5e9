//! POLYV Live channels, their roles and their watch conditions.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::demo;

/// Watch conditions by rank.
pub(crate) type Conditions = BTreeMap<i64, Map<String, Value>>;

/// The channels of the account.
#[derive(Debug)]
pub(crate) struct Channels {
    channels: BTreeMap<String, Channel>,
    /// How many were created since the beginning; their numbers follow from it.
    created: u32,
}

#[derive(Debug)]
pub(crate) struct Channel {
    /// The template of its watch page.
    pub(crate) scene: String,
    pub(crate) basic: Map<String, Value>,
    pub(crate) conditions: Conditions,
    pub(crate) roles: BTreeMap<String, Map<String, Value>>,
}

impl Channel {
    fn new(scene: &str, roles: &[&str]) -> Self {
        let role = |account: &&str| {
            let role =
                json!({"account": account, "nickname": "assistant", "pageTurnEnabled": "N", "notifyEnabled": "N"});
            ((*account).to_owned(), role.as_object().cloned().unwrap_or_default())
        };
        let condition = |rank: i64| {
            let condition = json!({"rank": rank, "enabled": "N"});
            (rank, condition.as_object().cloned().unwrap_or_default())
        };
        Self {
            scene: scene.to_owned(),
            basic: [("name".to_owned(), json!("untitled"))].into_iter().collect(),
            conditions: [1, 2].into_iter().map(condition).collect(),
            roles: roles.iter().map(role).collect(),
        }
    }
}

impl Channels {
    pub(crate) fn seeded() -> Self {
        let channels = [
            (
                demo::POLYV_LIVE_CHANNEL,
                Channel::new("ppt", &[demo::POLYV_LIVE_ACCOUNT, demo::POLYV_LIVE_OTHER_ACCOUNT]),
            ),
            (demo::POLYV_LIVE_BASIC_CHANNEL, Channel::new("ppt", &["0052191569"])),
            (demo::POLYV_LIVE_SAMPLE_CHANNEL, Channel::new("ppt", &["0062149710"])),
            (demo::POLYV_LIVE_PLAIN_CHANNEL, Channel::new("topclass", &["0052191600"])),
        ];
        let channels = channels.into_iter().map(|(id, channel)| (id.to_owned(), channel)).collect();
        Self { channels, created: 0 }
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Channel> {
        self.channels.get_mut(id)
    }

    pub(crate) fn len(&self) -> usize {
        self.channels.len()
    }

    /// A new channel with these settings and without roles; returns its number.
    pub(crate) fn create(&mut self, template: &str, basic: Map<String, Value>) -> String {
        self.created += 1;
        let id = (3_000_000 + self.created).to_string();
        self.channels.insert(id.clone(), Channel { basic, ..Channel::new(template, &[]) });
        id
    }

    /// Whether there was one.
    pub(crate) fn delete(&mut self, id: &str) -> bool {
        self.channels.remove(id).is_some()
    }

    /// All of them, in the order of their numbers, which is that of their creation.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels.iter().map(|(id, channel)| (id.as_str(), channel))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Channel> {
        self.channels.get(id)
    }

    /// All of them, by id.
    pub(crate) fn snapshots(&self) -> Map<String, Value> {
        self.channels.keys().filter_map(|id| Some((id.clone(), self.snapshot(id)?))).collect()
    }

    pub(crate) fn snapshot(&self, id: &str) -> Option<Value> {
        let channel = self.channels.get(id)?;
        let (conditions, roles): (Vec<_>, Vec<_>) =
            (channel.conditions.values().collect(), channel.roles.values().collect());
        Some(json!({
            "channelId": id, "scene": channel.scene, "basicSetting": channel.basic,
            "authSettings": conditions, "roles": roles,
        }))
    }

    pub(crate) fn role_snapshot(&self, id: &str, account: &str) -> Option<Value> {
        self.channels.get(id)?.roles.get(account).cloned().map(Value::Object)
    }
}
