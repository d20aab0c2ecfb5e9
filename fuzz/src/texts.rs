//! The building blocks: open enums and other forms of values, structs as parameters.

use livecloud::{anyrtc_recording as anyrtc, polyv_live as live, polyv_vod as vod, zego_cloud_player as zego};
use livecloud_core::test_util::{ManualClock, ReplayTransport};
use livecloud_core::wire::{BeijingTime, CommaList, UnixMillis, Url, YesNo};
use livecloud_core::{Body, Client, Draft, Method, RawCall};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) fn open_enums(data: &[u8]) {
    comes_back::<zego::callback::EventKind>(data);
    comes_back::<vod::callback::EventKind>(data);
    comes_back::<anyrtc::callback::EventKind>(data);
    comes_back::<anyrtc::Mode>(data);
    comes_back::<anyrtc::RecordingStatus>(data);
    comes_back::<live::AuthType>(data);
    comes_back::<live::Rank>(data);
    comes_back::<YesNo>(data);
    comes_back::<BeijingTime>(data);
    // A list with a blank entry, or with a comma in one, reads as another list: every rule about lists refuses it. And
    // blanks around an entry are sent, but not read: vendors write them behind commas.
    let is_trimmed = |list: &CommaList| list.0.iter().all(|entry| entry.trim() == entry);
    if serde_json::from_slice::<CommaList>(data).is_ok_and(|list| !list.is_ambiguous() && is_trimmed(&list)) {
        comes_back::<CommaList>(data);
    }
    comes_back::<UnixMillis>(data);
    comes_back::<Url>(data);
}

/// What can be read is written so that it reads the same.
fn comes_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(json) else { return };
    let written = serde_json::to_string(&value).expect("a value that was read can be written");
    let again: T = serde_json::from_str(&written).expect("a value that was written can be read");
    assert_eq!(value, again, "{}", std::any::type_name::<T>());
}

/// Any JSON as the fields of a form: refused, or on the wire as it was.
pub(crate) fn flatten(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(data) else { return };
    let mut draft = Draft::new(Method::Post);
    if draft.form(&value).is_err() {
        assert!(draft.query_fields(&value).is_err(), "a form refuses what a query takes");
        return;
    }
    let given: Vec<_> = draft.params().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let members = value.as_object().map_or(0, serde_json::Map::len);
    assert!(given.len() <= members, "{} parameters of {members} members", given.len());

    let client = Client::builder(anyrtc::Account::new("app", "id", "secret"))
        .transport(ReplayTransport::new([]))
        .clock(ManualClock::at(0))
        .build()
        .expect("a client over a replay needs nothing");
    let Body::Form(form) = draft.body else { panic!("a form is a form") };
    let request = client.prepare(RawCall::new((), Method::Post, "/path").body(Body::Form(form))).expect("a form");
    let text = std::str::from_utf8(request.body()).expect("a form is ASCII");
    assert!(text.is_ascii());
    let decode = |text: &str| percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned();
    let sent: Vec<_> = text
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').expect("every parameter has its mark"))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    assert_eq!(given, sent, "what is sent is not what was given");
}
