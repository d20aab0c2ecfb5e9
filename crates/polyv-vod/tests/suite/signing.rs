use livecloud_core::test_util::ManualClock;
use livecloud_core::{Body, Method, NoTransport, Params, Part, Validation};
use md5::{Digest as _, Md5};
use polyv_vod::{Account, Client, Error, ErrorKind, FixedFields, Profile, RawCall, UpdateVideoInfoV3};
use proptest::prelude::*;
use serde_json::Value;

use sha1::Sha1;

use super::{NOW_MS, SECRET, SECRET_KEY, USER_ID, VID, account};

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

/// What a client sends of a vector that is a whole request; none of one that is not, and so has no way through a client.
fn made_by_client(vector: &Value) -> Option<String> {
    let text = |name: &str| vector[name].as_str().unwrap();
    let params: Pairs = vector["params"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect::<std::collections::BTreeMap<_, _>>()
        .into_iter()
        .collect();
    let get = |name: &str| params.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let secret = text("secret");
    let (profile, account, own, time): (_, _, &[&str], _) = match text("method") {
        "v3_md5" => (Profile::V3, Account::sub(get("appId")?, secret), &["appId", "timestamp"], get("timestamp")?),
        "playsafe_md5" => (Profile::Playsafe, Account::main(get("userId")?, secret), &["userId", "ts"], get("ts")?),
        "playsafe_md5_sub" => (Profile::PlaysafeSub, Account::sub(get("appId")?, secret), &["appId", "ts"], get("ts")?),
        "v2_sha1" => (Profile::V2, Account::main(USER_ID, secret), &["ptime"], get("ptime")?),
        "v2_sha1_fixed" => {
            // each signs another set, so the names tell which
            let fields = match &*params
                .iter()
                .map(|(name, _)| &**name)
                .filter(|name| *name != "ptime")
                .collect::<Vec<_>>()
                .join(",")
            {
                "cataid,userid" => FixedFields::DeleteCategory,
                "userid" => FixedFields::ListCategories,
                "cataid,userid,vids" => FixedFields::MoveVideos,
                "cataid,cataname,userid" => FixedFields::RenameCategory,
                "userid,vid" => FixedFields::SaveKeyFrames,
                "day,userid" => FixedFields::ViewLogByDay,
                other => panic!("{other} is no set of fields"),
            };
            (Profile::V2Fixed(fields), Account::main(get("userid")?, secret), &["ptime", "userid"], get("ptime")?)
        }
        "upload_md5" if text("name") == "upload_md5_sign" => {
            (Profile::UploadMd5, Account::main(USER_ID, secret).write_token("w"), &["ptime"], get("ptime")?)
        }
        "upload_md5" => {
            (Profile::UploadMd5, Account::main(USER_ID, "k").write_token(secret), &["ptime"], get("ptime")?)
        }
        "legacy_rest_sha1" => {
            let account = Account::main(USER_ID, secret);
            match (get("readtoken"), get("writetoken")) {
                (Some(token), _) => (Profile::V1Read, account.read_token(token), &["readtoken"], NOW_MS.to_string()),
                (_, token) => (Profile::V1Write, account.write_token(token?), &["writetoken"], NOW_MS.to_string()),
            }
        }
        _ => return None,
    };
    // a blank value is never sent, whatever the digest would make of it
    if params.iter().any(|(_, value)| !value.is_empty() && value.trim().is_empty()) {
        return None;
    }
    let mut call = RawCall::new(profile, Method::Post, "/x").body(Body::Form(Params::new()));
    for (name, value) in params.into_iter().filter(|(name, _)| !own.contains(&name.as_str())) {
        call = call.form(name, value);
    }
    let (query, form) = sent(&offline(account, time.parse().ok()?), call).unwrap();
    assert_eq!(query, [], "a form takes the signature");
    let name = if text("name") == "upload_md5_hash" { "hash" } else { "sign" };
    Some(value_of(&form, name).to_owned())
}

#[test]
fn every_golden_signature_comes_out_of_a_whole_request() {
    let (mut checked, mut unverified) = (0, Vec::new());
    for vector in vectors() {
        let Some(made) = made_by_client(&vector) else { continue };
        if vector["verified"] == true {
            assert_eq!(made, vector["expected"], "{}", vector["name"]);
            checked += 1;
        } else {
            // the page's own rule gives another digest than the page
            assert_eq!(made, vector["computed"], "{}", vector["name"]);
            unverified.push(vector["name"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(unverified, ["published_delete_key_frame_by_time", "published_exam_log"]);
    assert_eq!(checked, 49);
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
fn text_parts_are_signed_in_a_text_part_and_files_are_not() {
    let sign = |file: &'static str, text: &'static str| {
        let parts = vec![Part::text("title", text), Part::text("blank", ""), Part::file("file", "a.png", file)];
        let call = RawCall::new(Profile::V2, Method::Post, "/v2/x").body(Body::Multipart(parts));
        let request = offline(Account::main(USER_ID, SECRET_KEY), NOW_MS).prepare(call).unwrap();
        assert_eq!(request.uri().query(), None);
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        assert!(!body.contains("blank"));
        body.split("name=\"sign\"\r\n\r\n").nth(1).unwrap()[..40].to_owned()
    };
    assert_eq!(sign("one", "t"), sign("two", "t"));
    assert_eq!(sign("one", "t"), expected_sha1(&[("ptime", "1700000000123"), ("title", "t")]));
}

/// The documented recipe of the main account, written down once more.
fn expected_sha1(sorted: &[(&str, &str)]) -> String {
    let text: Vec<_> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    hex::encode_upper(Sha1::digest(format!("{}{SECRET_KEY}", text.join("&"))))
}

#[test]
fn only_an_empty_password_is_sent_and_takes_no_part() {
    let client = offline(Account::main(USER_ID, SECRET_KEY), NOW_MS);
    let form = |name: &'static str, value: &'static str| {
        sent(&client, RawCall::new(Profile::V2, Method::Post, "/v2/x").form("a", "1").form(name, value)).unwrap().1
    };
    let bare = expected_sha1(&[("a", "1"), ("ptime", "1700000000123")]);
    for (name, value, is_sent) in [("password", "", true), ("password", " ", false), ("title", "", false)] {
        let form = form(name, value);
        assert_eq!(form.iter().any(|(key, _)| key == name), is_sent, "{name} {value:?}");
        assert_eq!(value_of(&form, "sign"), bare, "{name} {value:?}");
    }
    let given = form("password", "p");
    let signed = expected_sha1(&[("a", "1"), ("password", "p"), ("ptime", "1700000000123")]);
    assert_eq!(value_of(&given, "sign"), signed);
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
    fn the_main_account_signs_what_is_sent_and_a_fixed_set_its_fields(
        values in prop::collection::btree_map("[a-zA-Z_][a-zA-Z0-9_]{0,6}", "[ \\t]{0,2}|\\PC{0,12}|[ +&=%#?0]{0,6}", 0..7),
        cataid in "[0-9]{1,8}",
    ) {
        for profile in [Profile::V2, Profile::V2Fixed(FixedFields::DeleteCategory)] {
            let mut call = RawCall::new(profile, Method::Post, "/v2/x").form("cataid", cataid.clone());
            for (name, value) in &values {
                if !matches!(&**name, "sign" | "ptime" | "cataid" | "userid" | "password") {
                    call = call.form(name.clone(), value.clone());
                }
            }
            let (query, mut form) = sent(&offline(Account::main(USER_ID, SECRET_KEY), NOW_MS), call).unwrap();
            prop_assert_eq!(query, []);
            prop_assert!(form.iter().all(|(_, value)| !value.trim().is_empty()));
            let sign = value_of(&form, "sign").to_owned();
            form.retain(|(name, _)| name != "sign");
            if profile != Profile::V2 {
                form.retain(|(name, _)| matches!(&**name, "cataid" | "ptime"));
                form.push(("userid".to_owned(), USER_ID.to_owned()));
            }
            form.sort();
            let pairs: Vec<_> = form.iter().map(|(name, value)| (&**name, &**value)).collect();
            prop_assert_eq!(sign, expected_sha1(&pairs));
        }
    }

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
