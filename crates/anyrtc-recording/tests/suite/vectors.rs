//! The recorded vectors, all of them: each kind is checked.
//!
//! A vector with `verified: false` is recommended behaviour where the vendor is silent. Those run like the others and
//! are counted here.

mod bodies;
mod replies;
mod requests;
mod rules;

pub(crate) use bodies::sample_recording;

use std::collections::BTreeMap;

use anyrtc_recording::{
    Acquire, Client, Mode, Query, Recording, Resumed, Start, StartRequest, Stop, Update, UpdateLayout,
};
use livecloud_core::NoTransport;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Vector {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) input: Value,
    pub(crate) expected: Value,
    pub(crate) verified: bool,
}

fn all() -> Vec<Vector> {
    #[derive(Deserialize)]
    struct File {
        vectors: Vec<Vector>,
    }
    serde_json::from_str::<File>(include_str!("vectors.json")).unwrap().vectors
}

pub(crate) fn of_kind(kind: &str) -> Vec<Vector> {
    all().into_iter().filter(|vector| vector.kind == kind).collect()
}

pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

#[test]
fn every_vector_is_counted_and_recommended_ones_are_told_apart() {
    let mut counts = BTreeMap::<String, (usize, usize)>::new();
    for vector in all() {
        let (documented, recommended) = counts.entry(vector.kind).or_default();
        if vector.verified { *documented += 1 } else { *recommended += 1 }
    }
    let counts: Vec<_> = counts.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(
        counts,
        [
            ("basic_auth", (10, 0)),
            ("callback_parse", (1, 3)),
            ("callback_signature", (3, 0)),
            ("classify", (0, 37)),
            ("file_name", (2, 1)),
            ("headers", (1, 0)),
            ("request_body", (11, 0)),
            ("response", (16, 28)),
            ("url", (12, 0)),
            ("validate_field", (69, 0)),
            ("validate_start", (46, 6)),
            ("validate_update", (4, 3)),
            ("validate_update_layout", (6, 0)),
        ]
    );
}

#[test]
fn every_recommended_vector_is_listed_in_the_documentation() {
    let docs = include_str!("../../src/docs.md");
    let section = docs.split("## Recommended behaviour").nth(1).unwrap().split("\n## ").next().unwrap();
    for Vector { name, kind, verified, .. } in all() {
        let listed = section.contains(&format!("`{name}`")) || kind == "classify" && section.contains("`classify.*`");
        assert_eq!(listed, !verified, "{name}");
    }
}

#[tokio::test]
async fn file_names_are_predicted() {
    let vectors = of_kind("file_name");
    assert_eq!(vectors.len(), 3);
    for Vector { name, input, expected, .. } in vectors {
        let snapshot = serde_json::json!({
            "reservation": {
                "appId": crate::APP, "cname": input["cname"], "uid": "1", "resourceId": "r", "acquiredMs": 1,
            },
            "started": {"sid": input["sid"], "startedMs": 1, "terms": {
                "mode": input["mode"], "streamTypes": 2, "fileNamePrefix": input["prefix"], "suffixes": [input["ext"]],
            }},
        });
        let client = crate::client(&crate::ok());
        let resumed = Recording::resume(&client, serde_json::from_value(snapshot).unwrap()).await.unwrap();
        let Resumed::Mix(recording) = resumed else { panic!("{name} is a mix") };
        assert_eq!(recording.predicted_names(), [text(&expected, "name")], "{name}");
    }
}

/// A client that only prepares and interprets.
fn offline(account: anyrtc_recording::Account) -> Client {
    Client::builder(account).transport(NoTransport).build().unwrap()
}

/// One operation of each kind, by the method's name on the wire; only ids and mode matter.
#[expect(clippy::large_enum_variant, reason = "a handful of them, in tests")]
enum Any {
    Acquire(Acquire),
    Start(Start),
    Update(Update),
    UpdateLayout(UpdateLayout),
    Query(Query),
    Stop(Stop),
}

impl Any {
    fn new(method: &str, resource_id: &str, sid: &str, mode: Mode) -> Self {
        let (cname, uid) = (crate::CNAME, crate::UID);
        match method {
            "acquire" => Self::Acquire(Acquire::new(cname, uid)),
            "start" => Self::Start(Start::new(resource_id, mode, cname, uid, StartRequest::default())),
            "update" => {
                let lists = anyrtc_recording::StreamSubscribe::default();
                Self::Update(Update::new(resource_id, sid, mode, cname, uid, lists))
            }
            "updateLayout" => {
                let layout = anyrtc_recording::Layout::default();
                let mut update = UpdateLayout::new(resource_id, sid, cname, uid, layout);
                update.mode = mode;
                Self::UpdateLayout(update)
            }
            "query" => Self::Query(Query::new(resource_id, sid, mode)),
            "stop" => Self::Stop(Stop::new(resource_id, sid, mode, cname, uid)),
            other => panic!("no method {other}"),
        }
    }
}
