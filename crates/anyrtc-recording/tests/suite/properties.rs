use anyrtc_recording::{
    AliyunVod, ChannelType, FileList, IndividualOutput, Layout, MixSink, SnapshotConfig, Start, StartIndividual,
    StartMix, StorageConfig, StreamSubscribe, Subscription, TranscodingConfig, UidGroup, Uids, Validation, VideoData,
};
use livecloud_core::{Checks, Operation as _};
use proptest::prelude::*;
use serde_json::Value;

use super::{CNAME, UID};

fn uids() -> impl Strategy<Value = Uids> {
    let list = || proptest::collection::vec("[a-z0-9]{1,4}", 1..5);
    prop_oneof![Just(Uids::Everyone), list().prop_map(Uids::Only), list().prop_map(Uids::Except)]
}

fn subscription() -> impl Strategy<Value = Subscription> {
    prop_oneof![
        uids().prop_map(Subscription::Audio),
        uids().prop_map(Subscription::Video),
        (uids(), uids()).prop_map(|(audio, video)| Subscription::both(audio, video)),
    ]
}

fn sink() -> impl Strategy<Value = MixSink> {
    prop_oneof![
        Just(MixSink::Storage(StorageConfig::private("http://host/upload"))),
        Just(MixSink::AliyunVod(AliyunVod::new("cn-shanghai", "a", "s", VideoData::new("t")))),
    ]
}

fn layout() -> impl Strategy<Value = Layout> {
    prop_oneof![
        Just(Layout::floating()),
        Just(Layout::best_fit()),
        Just(Layout::vertical("1")),
        (1_usize..=17)
            .prop_map(|count| { Layout::custom(vec![anyrtc_recording::LayoutRegion::new(0.0, 0.0, 1.0, 1.0); count]) }),
    ]
}

fn mix() -> impl Strategy<Value = StartMix> {
    let files = proptest::option::of(any::<bool>());
    (sink(), proptest::option::of(subscription()), proptest::option::of(layout()), files).prop_map(
        |(sink, subscription, layout, files)| {
            let mut mix = StartMix::new(ChannelType::Live, sink);
            if let Some(subscription) = subscription {
                mix = mix.subscription(subscription);
            }
            if let Some(layout) = layout {
                mix = mix.transcoding(TranscodingConfig::new(360, 640, 15, 500).layout(layout));
            }
            match files {
                Some(true) => mix.mp4(),
                Some(false) => mix.hls(),
                None => mix,
            }
        },
    )
}

fn individual() -> impl Strategy<Value = StartIndividual> {
    let output = prop_oneof![
        Just(IndividualOutput::Files),
        (5_u32..=3600).prop_map(|seconds| IndividualOutput::Snapshots(SnapshotConfig::new().capture_interval(seconds))),
    ];
    (output, 0_i64..=3, proptest::option::of(subscription())).prop_map(|(output, group, subscription)| {
        let storage = StorageConfig::private("http://host/upload");
        let group = UidGroup::from(group);
        let start = StartIndividual::new(ChannelType::Communication, group, output, storage);
        match subscription {
            Some(subscription) => start.subscription(subscription),
            None => start,
        }
    })
}

/// Rules that a start breaks, and warnings about it.
fn findings(start: &Start) -> (Vec<&'static str>, Vec<&'static str>) {
    let account = super::account();
    let mut checks = Checks::new(&account, std::time::UNIX_EPOCH, Validation::Strict);
    start.check(&mut checks);
    let ids = |found: &[livecloud_core::Violation]| found.iter().map(|violation| violation.id).collect();
    (ids(checks.violations()), ids(checks.warnings()))
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // Eighths have a short decimal form, so that they are read as they were written.
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        ".{0,12}".prop_map(Value::from),
        Just(Value::from(r#"[{"filename":"a"}]"#)),
    ];
    leaf.prop_recursive(4, 48, 5, |inner| {
        let key = prop_oneof![
            Just("filename".to_owned()),
            Just("fileName".to_owned()),
            Just("uid".to_owned()),
            Just("trackType".to_owned()),
            Just("isPlayable".to_owned()),
            Just("sliceStartTime".to_owned()),
            Just("Code".to_owned()),
            Just("Body".to_owned()),
            Just("sid".to_owned()),
            Just("serverResponse".to_owned()),
            ".{0,4}",
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(key, inner, 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn a_typed_mix_breaks_no_rule_about_what_goes_together(mix in mix()) {
        let (broken, warned) = findings(&mix.on("r", CNAME, UID));
        prop_assert_eq!(broken, [""; 0]);
        prop_assert_eq!(warned, [""; 0]);
    }

    #[test]
    fn typed_individual_recordings_break_no_rule_about_what_goes_together(start in individual()) {
        let start = start.on("r", CNAME, UID);
        let snapshots = start.client_request.snapshot_config.is_some();
        let (broken, warned) = findings(&start);
        // Sound alone, or a list of speakers with none of pictures, makes no snapshots; that much is left to the check.
        prop_assert!(broken.iter().all(|rule| snapshots && ["R29", "R30"].contains(rule)), "{:?}", broken);
        prop_assert!(warned.iter().all(|rule| *rule == "R39"), "{:?}", warned);
    }

    #[test]
    fn an_update_from_a_subscription_fits_its_stream_types(subscription in subscription()) {
        let types = subscription.stream_types();
        let update = anyrtc_recording::Update::new(
            "r", "s", anyrtc_recording::Mode::Mix, CNAME, UID, StreamSubscribe::from(subscription),
        );
        let account = super::account();
        let mut checks = Checks::new(&account, std::time::UNIX_EPOCH, Validation::Strict);
        update.for_stream_types(types).check(&mut checks);
        prop_assert_eq!(checks.violations(), []);
        prop_assert_eq!(checks.warnings(), []);
    }

    #[test]
    fn any_json_is_a_file_list(value in json()) {
        let list: FileList = serde_json::from_value(value).unwrap();
        let names = list.names().count();
        if let FileList::Items(items) = &list {
            prop_assert_eq!(names, items.len());
        }
        let written = serde_json::to_value(&list).unwrap();
        prop_assert_eq!(serde_json::from_value::<FileList>(written).unwrap(), list);
    }

    #[test]
    fn any_reply_is_read_or_refused_without_panic(value in json(), status in 200_u16..600) {
        let client = livecloud_core::Client::builder(super::account())
            .transport(livecloud_core::NoTransport).build().unwrap();
        let reply = || {
            let mut reply = http::Response::new(bytes::Bytes::from(value.to_string()));
            *reply.status_mut() = http::StatusCode::from_u16(status).unwrap();
            reply
        };
        let started = client.interpret(super::start(), reply());
        if let Ok(started) = &started {
            prop_assert!(!started.sid.is_empty() && (200..300).contains(&status));
        }
        let stopped = client.interpret(super::stop(), reply());
        for error in [started.err(), stopped.err(), client.interpret(super::query(), reply()).err()].into_iter().flatten() {
            prop_assert!(anyrtc_recording::Class::of(&error).is_some());
            let _ = anyrtc_recording::ErrorIds::of(&error);
        }
    }

    #[test]
    fn every_legal_text_arrives_unchanged(cname in "[a-zA-Z0-9 !#$%&()+:;<=.>?@\\[\\]^_{}|~,-]{1,64}", uid in "\\PC{1,48}") {
        let client = livecloud_core::Client::builder(super::account())
            .transport(livecloud_core::NoTransport).build().unwrap();
        let request = client.prepare(anyrtc_recording::Acquire::new(&cname, &uid)).unwrap();
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        prop_assert_eq!((&body["cname"], &body["uid"]), (&Value::from(cname), &Value::from(uid)));
    }
}
