use std::fmt::Write as _;

use anyrtc_recording::{AliyunRegion, AliyunVod, ChannelType, DecryptionMode, StartMix, StorageConfig, VideoData};
use livecloud_core::TransportErrorKind;
use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};

use super::{CNAME, CUSTOMER, SECRET, UID, account, client, query};

const TOKEN: &str = "t0ken-of-the-channel";
const ACCESS: &str = "acc3ss-key";
const KEY: &str = "s3cret-key";
const SIGNATURE: &str = "s1gnature";
const PASSWORD: &str = "channel-passw0rd";

fn start() -> StartMix {
    let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", ACCESS, KEY);
    StartMix::new(ChannelType::Live, storage).token(TOKEN).decryption(DecryptionMode::Aes128Xts, PASSWORD)
}

fn vod() -> StartMix {
    let video = VideoData::new("title").cover_url(format!("https://c0ver-user@host/a.jpg?key={SIGNATURE}"));
    let vod = AliyunVod::new("cn-shanghai", ACCESS, KEY, video);
    StartMix::new(ChannelType::Live, vod).token(TOKEN)
}

#[test]
fn no_secret_authorization_address_or_body_is_ever_printed() {
    let transport = ReplayTransport::new([
        Step::fail(TransportErrorKind::Connect),
        Step::reply(400, r#"{"code":2,"reason":"m","echo":"REPLY-BODY"}"#),
        Step::reply(500, "<html>PAGE-BODY</html>"),
        Step::json(r#"{"sid":{"a":"REPLY-BODY"}}"#),
        Step::json(r#"{"Code":200,"Body":{"sid":"","echo":"REPLY-BODY"}}"#),
    ]);
    let client = client(&transport);
    let (errors, mut printed) = capture_logs(|| async {
        let refused = client.call(start().on("r-1", CNAME, UID)).await.unwrap_err();
        let unreadable = client.call(query()).await.unwrap_err();
        let incomplete = client.call(vod().on("r-1", CNAME, UID)).await.unwrap_err();
        // Broken rules of secret fields, and a warning about one.
        let mut broken = start().decryption(DecryptionMode::None, PASSWORD).on("r-1", CNAME, UID);
        broken.cname = String::new();
        let storage = broken.client_request.storage_config.as_mut().unwrap();
        storage.access_key = Some("".into());
        [refused, unreadable, incomplete, client.call(broken).await.unwrap_err()]
    });
    assert!(printed.contains("attempt failed") && printed.contains("has no effect"), "{printed}");
    let call = client.call(start().on("r-1", CNAME, UID));
    let _ = write!(printed, "{:?} {client:?} {call:?} {transport:?} {:#?} {:?}", account(), start(), vod());
    let own = StorageConfig::private(format!("http://c0ver-user@host/upload?key={SIGNATURE}"));
    let _ = write!(printed, "{:?} {:?} {own:?}", start().on("r-1", CNAME, UID), vod().on("r-1", CNAME, UID));
    for error in &errors {
        let _ = write!(printed, "{error} {error:#} {error:?} {error:#?}");
    }
    let sent = transport.requests();
    assert_eq!(sent.len(), 5);
    for request in &sent {
        assert!(request.request().headers()["authorization"].is_sensitive());
    }
    let authorization = sent[0].header("authorization").unwrap();
    let hidden = [
        SECRET,
        CUSTOMER,
        TOKEN,
        ACCESS,
        KEY,
        PASSWORD,
        SIGNATURE,
        "c0ver-user",
        authorization.strip_prefix("Basic ").unwrap(),
        "agrtc.cn",
        "/cloud_recording/",
        "PAGE-BODY",
        "REPLY-BODY",
    ];
    for text in hidden {
        assert!(!printed.contains(text), "{text} in {printed}");
    }
    // And yet they are sent.
    let body = String::from_utf8(sent[0].request().body().to_vec()).unwrap();
    assert!([TOKEN, ACCESS, KEY, PASSWORD].iter().all(|text| body.contains(text)));
}
