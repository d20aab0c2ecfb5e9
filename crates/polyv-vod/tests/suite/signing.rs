use livecloud_core::test_util::ManualClock;
use livecloud_core::{Body, Method, NoTransport, Params, Part, Validation};
use md5::{Digest as _, Md5};
use polyv_vod::{Account, Client, Error, ErrorKind, Profile, RawCall, UpdateVideoInfoV3};
use proptest::prelude::*;
use serde_json::Value;

use super::{NOW_MS, SECRET, VID, account};

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

#[test]
fn every_golden_signature_is_reproduced() {
    let mut checked = 0;
    for vector in vectors() {
        let (name, params) = (vector["name"].as_str().unwrap(), vector["params"].as_object().unwrap());
        let value = |name: &str| params[name].as_str().unwrap().to_owned();
        let client = offline(
            Account::sub(value("appId"), vector["secret"].as_str().unwrap()),
            value("timestamp").parse().unwrap(),
        );
        let mut call = RawCall::new(Profile::V3, Method::Post, "/v3/video/update-info").body(Body::Form(Params::new()));
        for (name, value) in params.iter().filter(|(name, _)| !matches!(name.as_str(), "appId" | "timestamp")) {
            call = call.form(name.clone(), value.as_str().unwrap().to_owned());
        }
        let (query, form) = sent(&client, call).unwrap();
        assert_eq!(value_of(&form, "sign"), vector["expected"], "{name}");
        assert_eq!(query, [], "{name}: a form takes the signature");
        assert_eq!(vector["verified"], true, "{name}");
        checked += 1;
    }
    assert_eq!(checked, 10);
}

/// The vendor's page prints no signature for this operation, so there is none that nobody can check.
#[test]
fn no_vector_is_without_verification() {
    assert!(vectors().iter().all(|vector| vector["verified"] == true));
}

#[test]
fn the_operation_itself_gives_the_golden_signatures() {
    let update = UpdateVideoInfoV3::new(VID)
        .title("标题")
        .describ("描述")
        .tag("视频标签")
        .publish_url("https://example.com/a?b=1&c=2");
    for (name, update) in [
        ("v3_update_info_full", update),
        ("v3_update_info_minimal", UpdateVideoInfoV3::new(VID)),
        ("v3_update_info_empty_title_skipped", UpdateVideoInfoV3::new(VID).title("").tag("x")),
        ("v3_update_info_emoji", UpdateVideoInfoV3::new(VID).title("📹 é")),
        ("v3_special_characters_raw", UpdateVideoInfoV3::new(VID).title("a&b=c+d%20e").describ("x y\tz")),
    ] {
        let vector = vectors().into_iter().find(|vector| vector["name"] == name).unwrap();
        let request = offline(account(), NOW_MS).prepare(update).unwrap();
        let form = decoded(std::str::from_utf8(request.body()).unwrap());
        assert_eq!(value_of(&form, "sign"), vector["expected"], "{name}");
    }
}

#[test]
fn a_get_is_signed_in_its_query() {
    let call =
        RawCall::new(Profile::V3, Method::Get, "/v3/video/get-video-info").query("vids", VID).query("blank", " ");
    let (query, form) = sent(&offline(account(), NOW_MS), call).unwrap();
    assert_eq!(form, []);
    assert_eq!(query.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["vids", "appId", "timestamp", "sign"]);
    assert_eq!(value_of(&query, "sign"), expected_sign(&query, SECRET));
}

#[test]
fn a_json_body_takes_no_part() {
    let call = |body: &str| {
        let call = RawCall::new(Profile::V3, Method::Post, "/v3/x").query("a", "1").json(&body).unwrap();
        let request = offline(account(), NOW_MS).prepare(call).unwrap();
        decoded(request.uri().query().unwrap())
    };
    assert_eq!(call("one"), call("two"));
}

#[test]
fn text_parts_are_signed_and_files_are_not() {
    let body = |file: &'static str, text: &'static str| {
        let parts = vec![Part::text("title", text), Part::text("blank", ""), Part::file("file", "a.png", file)];
        RawCall::new(Profile::V3, Method::Post, "/v3/x").body(Body::Multipart(parts))
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
        let call = RawCall::new(Profile::V3, Method::Post, "/v3/x").form("a", "1").query(name, "2");
        assert_eq!(sent(&client, call).unwrap_err().kind(), ErrorKind::Sign, "{name}");
    }
    let call = RawCall::new(Profile::V3, Method::Post, "/v3/x").form("sign", "STALE");
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
        let mut call = RawCall::new(Profile::V3, Method::Post, "/v3/x").form("always", "here");
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
