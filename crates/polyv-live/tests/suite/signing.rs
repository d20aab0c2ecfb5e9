use livecloud_core::signing::Sorted;
use livecloud_core::test_util::ManualClock;
use livecloud_core::{Body, Method, NoTransport, Params, Part, Validation};
use md5::{Digest as _, Md5};
use polyv_live::{Account, Client, Error, ErrorKind, Profile, RawCall, UpdateChannelAccount, UpdateChannelBasic};
use proptest::prelude::*;
use serde_json::Value;
use sha2::Sha256;

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

/// The vendor's package forces SHA-256 without saying so in the request: no server would take that, but the digest is
/// one over the same text.
#[test]
fn the_published_digest_that_is_no_request_comes_out_of_the_same_text() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("digests.json")).unwrap();
    for vector in &vectors {
        let params = vector["params"].as_object().unwrap();
        let pairs = params.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap()));
        let mut text = Vec::new();
        let sorted = Sorted::new(pairs).unwrap();
        sorted.feed_between(vector["secret"].as_str().unwrap(), |piece| text.extend_from_slice(piece));
        assert_eq!(String::from_utf8(text.clone()).unwrap(), vector["string_to_sign"]);
        assert_eq!(hex::encode_upper(Sha256::digest(&text)), vector["expected"]);
    }
    assert_eq!(vectors.len(), 1);
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
        assert_eq!(request.uri().query(), None, "the signature is one of the parts");
        multipart(&request).0
    };
    assert_eq!(sign(body("one", "t")), sign(body("two", "t")));
    let signed = sign(body("one", "t"));
    assert_eq!(signed[0], ("title".to_owned(), "t".to_owned()));
    assert_eq!(value_of(&signed, "sign"), expected_sign(&signed, SECRET));
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

    #[test]
    fn text_parts_and_query_are_signed_whatever_files_and_nonce_go_with_them(
        values in prop::collection::btree_map("[a-zA-Z_][a-zA-Z0-9_]{0,6}", "[ ]{0,2}|\\PC{0,12}|[ +&=%#?0-]{0,6}", 0..7),
        file in prop::collection::vec(any::<u8>(), 0..40),
        into_query in any::<u8>(),
        one_time in any::<bool>(),
    ) {
        let account = if one_time { account().one_time() } else { account() };
        let own = |name: &str| !matches!(name, "sign" | "appId" | "timestamp" | "signatureNonce" | "file");
        let values: Vec<_> = values.into_iter().filter(|(name, _)| own(name)).collect();
        let call = |file: &[u8]| {
            let mut call = RawCall::new(Profile::Api, Method::Post, "/live/v3/x");
            let mut parts = vec![Part::file("file", "a.png", file.to_vec())];
            for (index, (name, value)) in values.iter().enumerate() {
                if into_query & (1 << index) == 0 {
                    parts.push(Part::text(name.clone(), value.clone()));
                } else {
                    call = call.query(name.clone(), value.clone());
                }
            }
            call.body(Body::Multipart(parts))
        };
        let request = offline(account, NOW_MS).prepare(call(&file)).unwrap();
        let (texts, files) = multipart(&request);
        prop_assert_eq!(files, vec![file]);
        let mut all = [decoded(request.uri().query().unwrap_or_default()), texts].concat();
        prop_assert_eq!(value_of(&all, "sign"), expected_sign(&all, SECRET));
        prop_assert_eq!(all.iter().any(|(name, _)| name == "signatureNonce"), one_time);
        all.retain(|(name, _)| own(name));
        all.sort();
        let wanted: Pairs = values.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        prop_assert_eq!(all, wanted);
    }

    #[test]
    fn a_json_body_changes_no_signature(name in "[a-zA-Z_]{1,6}", value in "\\PC{0,12}") {
        let signed = |body: &Value| {
            let call = RawCall::new(Profile::Api, Method::Post, "/live/v4/x").query("channelId", "1").json(body).unwrap();
            decoded(offline(account(), NOW_MS).prepare(call).unwrap().uri().query().unwrap())
        };
        let query = signed(&serde_json::json!({ name: value }));
        prop_assert_eq!(value_of(&query, "sign"), expected_sign(&query, SECRET));
        prop_assert_eq!(query, signed(&serde_json::json!([])));
    }
}

/// Text parts and files of a multipart body.
fn multipart(request: &http::Request<bytes::Bytes>) -> (Pairs, Vec<Vec<u8>>) {
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = format!("\r\n--{}", content_type.split_once("boundary=").unwrap().1);
    let body = [&b"\r\n"[..], request.body()].concat();
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    let mut rest = split(&body, boundary.as_bytes()).unwrap().1;
    while let Some((part, after)) = split(rest, boundary.as_bytes()) {
        let (head, content) = split(&part[2..], b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(head).unwrap();
        let name = head.split('"').nth(1).unwrap().to_owned();
        if head.contains("filename=") {
            files.push(content.to_vec());
        } else {
            texts.push((name, String::from_utf8(content.to_vec()).unwrap()));
        }
        rest = after;
    }
    assert_eq!(rest, b"--\r\n");
    (texts, files)
}

fn split<'b>(bytes: &'b [u8], at: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let start = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..start], &bytes[start + at.len()..]))
}
