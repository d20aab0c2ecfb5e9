//! POLYV VOD videos.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::demo;

/// The videos of the account.
#[derive(Debug)]
pub(crate) struct Videos(BTreeMap<String, Video>);

#[derive(Debug)]
pub(crate) struct Video {
    pub(crate) uploading: bool,
    pub(crate) info: Map<String, Value>,
}

impl Videos {
    pub(crate) fn seeded() -> Self {
        let ids = [
            (demo::POLYV_VOD_VIDEO, false),
            (demo::POLYV_VOD_OTHER_VIDEO, false),
            (demo::POLYV_VOD_UPLOADING_VIDEO, true),
        ];
        let video = |(id, uploading): (&str, bool)| {
            let info = [("title", "untitled"), ("describ", ""), ("tag", ""), ("publishUrl", "")];
            let info = info.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
            (id.to_owned(), Video { uploading, info })
        };
        Self(ids.into_iter().map(video).collect())
    }

    pub(crate) fn get_mut(&mut self, vid: &str) -> Option<&mut Video> {
        self.0.get_mut(vid)
    }

    /// All of them, by id.
    pub(crate) fn snapshots(&self) -> Map<String, Value> {
        self.0.keys().filter_map(|id| Some((id.clone(), self.snapshot(id)?))).collect()
    }

    pub(crate) fn snapshot(&self, vid: &str) -> Option<Value> {
        let video = self.0.get(vid)?;
        let mut snapshot = video.info.clone();
        snapshot.insert("vid".to_owned(), json!(vid));
        snapshot.insert("uploading".to_owned(), json!(video.uploading));
        Some(Value::Object(snapshot))
    }
}
