//! POLYV VOD: videos, categories and tokens of one account.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::demo;

/// When the first of the demo videos was made; each other one a minute later.
const FIRST_MILLIS: i64 = 1_622_000_000_000;
/// Ids of categories made here count up from this one.
const FIRST_CATEGORY: u64 = 1_700_000_000_001;
/// The category that every account has.
pub(crate) const ROOT: &str = "1";

/// The videos of the account, its categories, and who may play.
#[derive(Debug)]
pub(crate) struct Videos {
    all: BTreeMap<String, Video>,
    pub(crate) categories: Vec<Category>,
    pub(crate) tokens: Vec<PlayToken>,
    /// Uploads begun here.
    begun: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Video {
    pub(crate) uploading: bool,
    /// `title`, `describ`, `tag`, `publishUrl`.
    pub(crate) info: Map<String, Value>,
    pub(crate) category: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) bytes: u64,
    pub(crate) cover: String,
    /// In the recycle bin.
    pub(crate) in_trash: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Category {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) parent: String,
    /// Settings of its own.
    pub(crate) profile: Map<String, Value>,
    pub(crate) cover: String,
}

/// A token for one viewer and one video.
#[derive(Debug, Clone)]
pub(crate) struct PlayToken {
    pub(crate) token: String,
    /// Video, viewer, address and kind: equal ones share a token.
    pub(crate) of: [String; 4],
    pub(crate) created: i64,
    pub(crate) expires: i64,
}

impl Video {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.info.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The vendor's number for its state.
    pub(crate) fn status(&self) -> i64 {
        match (self.in_trash, self.uploading) {
            (true, _) => -1,
            (false, true) => 10,
            (false, false) => 61,
        }
    }

    fn new(title: &str, created: i64, uploading: bool) -> Self {
        let info = [("title", title), ("describ", ""), ("tag", ""), ("publishUrl", "")];
        Self {
            uploading,
            info: info.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect(),
            category: ROOT.to_owned(),
            created,
            updated: created,
            bytes: 5_242_880,
            cover: "https://img.example/first.png".to_owned(),
            in_trash: false,
        }
    }
}

impl Videos {
    pub(crate) fn seeded() -> Self {
        let mut all = BTreeMap::new();
        let known = [demo::POLYV_VOD_VIDEO, demo::POLYV_VOD_OTHER_VIDEO];
        let more = (1..=5).map(|number| format!("{}{number:022x}_a", demo::POLYV_VOD_USER_ID));
        let ids = known.into_iter().map(str::to_owned).chain(more).chain([demo::POLYV_VOD_UPLOADING_VIDEO.to_owned()]);
        for (id, created) in ids.zip((FIRST_MILLIS..).step_by(60_000)) {
            let uploading = id == demo::POLYV_VOD_UPLOADING_VIDEO;
            all.insert(id, Video::new("untitled", created, uploading));
        }
        let category = |id: &str, name: &str, parent: &str| Category {
            id: id.to_owned(),
            name: name.to_owned(),
            parent: parent.to_owned(),
            profile: Map::new(),
            cover: String::new(),
        };
        let categories = vec![
            category(ROOT, "默认分类", "0"),
            category(demo::POLYV_VOD_CATEGORY, "公开课", ROOT),
            category(demo::POLYV_VOD_CHILD_CATEGORY, "第一季", demo::POLYV_VOD_CATEGORY),
        ];
        Self { all, categories, tokens: Vec::new(), begun: 0 }
    }

    /// A video that is not deleted.
    pub(crate) fn get(&self, vid: &str) -> Option<&Video> {
        self.all.get(vid).filter(|video| !video.in_trash)
    }

    /// A video that is not deleted.
    pub(crate) fn get_mut(&mut self, vid: &str) -> Option<&mut Video> {
        self.all.get_mut(vid).filter(|video| !video.in_trash)
    }

    /// All that are not deleted, oldest first.
    pub(crate) fn living(&self) -> Vec<(&str, &Video)> {
        let mut living: Vec<_> =
            self.all.iter().filter(|(_, video)| !video.in_trash).map(|(id, video)| (id.as_str(), video)).collect();
        living.sort_by_key(|(id, video)| (video.created, *id));
        living
    }

    /// Into the recycle bin, or for good.
    pub(crate) fn delete(&mut self, vid: &str, for_good: bool) {
        if for_good {
            self.all.remove(vid);
        } else if let Some(video) = self.all.get_mut(vid) {
            video.in_trash = true;
        }
    }

    /// A new video that waits for its file.
    pub(crate) fn begin(&mut self, title: &str, now: i64) -> (String, &mut Video) {
        self.begun += 1;
        let vid = format!("{}{:022x}_a", demo::POLYV_VOD_USER_ID, 0xb000_0000 + self.begun);
        let video = self.all.entry(vid.clone()).or_insert_with(|| Video::new(title, now, true));
        (vid, video)
    }

    pub(crate) fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    pub(crate) fn category_mut(&mut self, id: &str) -> Option<&mut Category> {
        self.categories.iter_mut().find(|category| category.id == id)
    }

    pub(crate) fn add_category(&mut self, name: &str, parent: &str) -> u64 {
        let numbers = self.categories.iter().filter_map(|category| category.id.parse::<u64>().ok());
        let id = numbers.max().map_or(FIRST_CATEGORY, |most| FIRST_CATEGORY.max(most + 1));
        self.categories.push(Category {
            id: id.to_string(),
            name: name.to_owned(),
            parent: parent.to_owned(),
            profile: Map::new(),
            cover: String::new(),
        });
        id
    }

    /// With all below it; its videos go to the root.
    pub(crate) fn delete_category(&mut self, id: &str) {
        for gone in self.with_children(id) {
            self.categories.retain(|category| category.id != gone);
            for video in self.all.values_mut().filter(|video| video.category == gone) {
                ROOT.clone_into(&mut video.category);
            }
        }
    }

    /// A category's id and those of all below it.
    pub(crate) fn with_children(&self, id: &str) -> Vec<String> {
        let mut found = vec![id.to_owned()];
        let mut next = 0;
        while let Some(parent) = found.get(next).cloned() {
            let children = self.categories.iter().filter(|category| category.parent == parent);
            found.extend(children.map(|category| category.id.clone()));
            next += 1;
        }
        found
    }

    /// All of them, by id.
    pub(crate) fn snapshots(&self) -> Map<String, Value> {
        self.all.keys().filter_map(|id| Some((id.clone(), self.snapshot(id)?))).collect()
    }

    pub(crate) fn snapshot(&self, vid: &str) -> Option<Value> {
        let video = self.all.get(vid)?;
        let mut snapshot = video.info.clone();
        for (name, value) in [
            ("vid", json!(vid)),
            ("uploading", json!(video.uploading)),
            ("cateId", json!(video.category)),
            ("status", json!(video.status())),
            ("cover", json!(video.cover)),
        ] {
            snapshot.insert(name.to_owned(), value);
        }
        Some(Value::Object(snapshot))
    }
}
