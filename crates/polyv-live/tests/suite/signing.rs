use livecloud_core::test_util::ManualClock;
use livecloud_core::{Body, Method, NoTransport, Params, Part, Validation};
use md5::{Digest as _, Md5};
use polyv_live::{Account, Client, Error, ErrorKind, Profile, RawCall, UpdateChannelAccount, UpdateChannelBasic};
use proptest::prelude::*;
use serde_json::Value;

use super::{NOW_MS, SECRET, account};

type Pairs = Vec<(String, String)>;

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

fn offline(account: Account, now: u64) -> Client {
    let builder = Client::builder(account).transport(NoTransport).clock(ManualClock::at(now));
    builder.validation(Validation::Off).build().unwrap()
}

fn decoded(encoded: &str) -> Pairs {
    let text = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'%' => {
                    let hex = [rest.next().unwrap(), rest.next().unwrap()];
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
                }
                byte => bytes.push(byte),
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    let pairs = encoded.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap()).map(|(name, value)| (text(name), text(value))).collect()
}

/// Query and form of what would be sent.
fn sent(client: &Client, call: RawCall) -> Result<(Pairs, Pairs), Error> {
    let request = client.prepare(call)?;
    let form = std::str::from_utf8(request.body()).unwrap();
    Ok((decoded(request.uri().query().unwrap_or_default()), decoded(form)))
}

/// The documented recipe, written down once more: the secret, names and values in byte order, the secret.
fn expected_sign(pairs: &Pairs, secret: &str) -> String {
    let mut pairs: Vec<_> = pairs.iter().filter(|(name, _)| name != "sign").collect();
    pairs.sort();
    let text: String = pairs.into_iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
    hex::encode_upper(Md5::digest(format!("{secret}{text}{secret}")))
}

fn value_of<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    &pairs.iter().find(|(key, _)| key == name).unwrap().1
}

/// The vectors' numbers and flags as they are sent; null is absent.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[test]
fn every_golden_signature_is_reproduced() {
    let mut checked = 0;
    for vector in vectors().iter().filter(|vector| vector["verified"] == true) {
        let (name, params) = (vector["name"].as_str().unwrap(), vector["params"].as_object().unwrap());
        let value = |name: &str| as_text(&params[name]).unwrap();
        let mut account = Account::new(value("appId"), vector["secret"].as_str().unwrap());
        if vector["method"] == "sandwich_sha256_upper" {
            account = account.sha256();
        }
        let client = offline(account, value("timestamp").parse().unwrap());
        let empty = Body::Form(Params::new());
        let mut call = RawCall::new(Profile::Api, Method::Post, "/live/v3/x").body(empty);
        let own = |name: &str| !matches!(name, "appId" | "timestamp" | "signatureMethod");
        for (name, value) in params.iter().filter(|(name, _)| own(name)) {
            if let Some(value) = as_text(value) {
                call = call.form(name.clone(), value);
            }
        }
        let (query, form) = sent(&client, call).unwrap();
        assert_eq!(value_of(&form, "sign"), vector["expected"], "{name}");
        assert_eq!(query, [], "{name}: a form takes the signature");
        checked += 1;
    }
    assert_eq!(checked, 28);
}

/// Printed on the vendor's pages without the secret that made them: only their shape can be used.
#[test]
fn the_published_signatures_that_nobody_can_check_are_these() {
    let unverified: Vec<_> =
        vectors().iter().filter(|vector| vector["verified"] != true).map(|vector| vector["name"].clone()).collect();
    assert_eq!(unverified, ["seed002_channel_account_update", "seed004_channel_basic_update"]);
}

#[test]
fn the_operations_themselves_give_the_golden_signatures() {
    let expected =
        |name: &str| vectors().into_iter().find(|vector| vector["name"] == name).unwrap()["expected"].clone();

    let request = offline(account(), 1_621_841_976_967).prepare(super::role_sample()).unwrap();
    let form = decoded(std::str::from_utf8(request.body()).unwrap());
    assert_eq!(value_of(&form, "sign"), expected("live_md5_seed002_form_raw_unicode"));

    let request = offline(account(), 1_621_840_356_767).prepare(super::channel_sample()).unwrap();
    let query = decoded(request.uri().query().unwrap());
    assert_eq!(value_of(&query, "sign"), expected("live_md5_seed004_query_only_json_body_excluded"));
}

#[test]
fn sha_256_says_so_and_signs_that_too() {
    let client = offline(account().sha256(), NOW_MS);
    let request = client.prepare(UpdateChannelBasic::new("1")).unwrap();
    let query = decoded(request.uri().query().unwrap());
    assert_eq!(value_of(&query, "signatureMethod"), "SHA256");
    assert_eq!(value_of(&query, "sign").len(), 64);
    let request = client.prepare(UpdateChannelAccount::new("1", "2")).unwrap();
    let form = decoded(std::str::from_utf8(request.body()).unwrap());
    assert_eq!(value_of(&form, "signatureMethod"), "SHA256");
    assert_eq!(request.uri().query(), None);
}

#[test]
fn a_get_is_signed_in_its_query() {
    let call = RawCall::new(Profile::Api, Method::Get, "/live/v3/channel/basic/get")
        .query("channelId", "1")
        .query("blank", " ");
    let (query, form) = sent(&offline(account(), NOW_MS), call).unwrap();
    assert_eq!(form, []);
    assert_eq!(query.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["channelId", "appId", "timestamp", "sign"]);
    assert_eq!(value_of(&query, "sign"), expected_sign(&query, SECRET));
}

#[test]
fn a_json_body_takes_no_part() {
    let call = |body: &str| {
        let call = RawCall::new(Profile::Api, Method::Post, "/live/v4/x").query("a", "1").json(&body).unwrap();
        let request = offline(account(), NOW_MS).prepare(call).unwrap();
        decoded(request.uri().query().unwrap())
    };
    assert_eq!(call("one"), call("two"));
}

#[test]
fn text_parts_are_signed_and_files_are_not() {
    let body = |file: &'static str, text: &'static str| {
        let parts = vec![Part::text("title", text), Part::text("blank", ""), Part::file("file", "a.png", file)];
        RawCall::new(Profile::Api, Method::Post, "/live/v4/x").body(Body::Multipart(parts))
    };
    let sign = |call: RawCall| {
        let request = offline(account(), NOW_MS).prepare(call).unwrap();
        assert!(!request.body().windows(5).any(|window| window == b"blank"));
        decoded(request.uri().query().unwrap())
    };
    assert_eq!(sign(body("one", "t")), sign(body("two", "t")));
    let signed = sign(body("one", "t"));
    let mut all = signed.clone();
    all.push(("title".into(), "t".into()));
    assert_eq!(value_of(&signed, "sign"), expected_sign(&all, SECRET));
}

#[test]
fn a_parameter_given_twice_cannot_be_signed() {
    let client = offline(account(), NOW_MS);
    for name in ["a", "appId", "timestamp"] {
        let call = RawCall::new(Profile::Api, Method::Post, "/live/v4/x").form("a", "1").query(name, "2");
        assert_eq!(sent(&client, call).unwrap_err().kind(), ErrorKind::Sign, "{name}");
    }
    let call = RawCall::new(Profile::Api, Method::Post, "/live/v4/x").form("sign", "STALE");
    let (_, form) = sent(&client, call).unwrap();
    assert_eq!(form.iter().filter(|(name, _)| name == "sign").count(), 1);
    assert_ne!(value_of(&form, "sign"), "STALE");
}

proptest! {
    #[test]
    fn what_is_sent_is_what_is_signed_and_no_blank_is_sent(
        values in prop::collection::btree_map("[a-zA-Z_][a-zA-Z0-9_]{0,6}", "[ \\t]{0,2}|\\PC{0,12}|[ +&=%#?0]{0,6}", 0..7),
        into_query in any::<u8>(),
    ) {
        let mut call = RawCall::new(Profile::Api, Method::Post, "/live/v4/x").form("always", "here");
        let mut wanted = vec![("always".to_owned(), "here".to_owned())];
        for (index, (name, value)) in values.iter().enumerate() {
            if matches!(&**name, "sign" | "appId" | "timestamp" | "always") { continue }
            let (name, value) = (name.clone(), value.clone());
            if !value.trim().is_empty() { wanted.push((name.clone(), value.clone())) }
            call = if into_query & (1 << index) == 0 { call.form(name, value) } else { call.query(name, value) };
        }
        let (query, form) = sent(&offline(account(), NOW_MS), call).unwrap();
        let mut all = [query, form].concat();
        prop_assert_eq!(value_of(&all, "sign"), expected_sign(&all, SECRET));
        all.retain(|(name, _)| !matches!(&**name, "sign" | "appId" | "timestamp"));
        all.sort();
        wanted.sort();
        prop_assert_eq!(all, wanted);
    }
}
