//! Replies and refusals of the main account's interface, of playback tokens and of the oldest interface.

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Code, FilePart, Method, RawCall};
use polyv_vod::{
    Account, AddCategoryV3, Client, CreateChildPlaysafeToken, CreatePlaysafeToken, DeleteVideo, Error, GetUploadToken,
    GetVideo, GetVideoInfo, InitUpload, ListCategories, MoveVideosToCategory, Profile, SetCoverImageUrl,
    UploadCoverImage, VideoStatus, codes,
};
use serde_json::{Value, json};

use super::{USER_ID, VID, client_of, full_account, refusal};

fn client(step: Step) -> Client {
    client_of(full_account(), &ReplayTransport::always(step))
}

fn ok(data: &Value) -> Step {
    Step::json(json!({"code": 200, "status": "success", "message": "success", "data": data}).to_string())
}

async fn error_of(step: Step) -> Error {
    client(step).call(GetVideo::new(VID)).retry(livecloud_core::NoRetry).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn every_documented_text_has_its_category_whatever_code_it_comes_with() {
    for info in codes::TEXTS {
        for code in [400, 401, 500] {
            let error = error_of(refusal(code, &format!("{}.", info.pattern))).await;
            assert_eq!(error.category(), Some(info.category), "{} {code}", info.pattern);
            assert_eq!(error.advice(), Some(info.advice));
            assert_eq!(error.code().and_then(Code::as_i64), Some(code));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_known_text_the_code_decides() {
    for info in codes::v2::TABLE {
        let error = error_of(refusal(info.code, "something new")).await;
        assert_eq!((error.category(), error.message()), (Some(info.category), Some("something new")), "{}", info.code);
    }
    for (code, category) in [(404, Category::NotFound), (429, Category::Throttled), (599, Category::Transient)] {
        assert_eq!(error_of(refusal(code, "new")).await.category(), Some(category));
    }
    assert_eq!(error_of(refusal(12345, "new")).await.category(), Some(Category::Other));
    // neither is an authentication failure here
    assert!(!error_of(refusal(401, "vid为空.")).await.is_auth());
    assert!(!error_of(refusal(403, "用户的视频下找不到该视频.")).await.is_auth());
}

#[tokio::test]
async fn the_code_alone_says_success_and_data_may_be_anything() {
    for body in [
        r#"{"code":200,"status":"200","message":"3"}"#,
        r#"{"code":"200","status":"success","message":"","data":"success"}"#,
        r#"{"code":200,"data":null}"#,
        r#"{"code":200,"data":7}"#,
    ] {
        client(Step::json(body)).call(DeleteVideo::new([VID])).await.unwrap();
        client(Step::json(body)).call(SetCoverImageUrl::new("http://a/b.png").vids([VID])).await.unwrap();
    }
    for unreadable in ["[]", "callback({})", "<xml/>", r#"{"status":"success"}"#] {
        let error = client(Step::json(unreadable)).call(DeleteVideo::new([VID])).await.unwrap_err();
        assert_eq!(error.kind(), polyv_vod::ErrorKind::Decode, "{unreadable}");
    }
}

#[tokio::test]
async fn a_video_comes_in_a_list_that_is_empty_where_it_is_unknown() {
    let data = json!([{
        "swf_link": "https://p/a.swf", "tag": "a,b", "mp4": "https://p/a.mp4", "playerwidth": "600", "title": "t",
        "duration": "00:01:02", "filesize": [1, "2"], "first_image": "https://p/a.jpg", "times": "7", "context": "c",
        "original_definition": "1280x720", "images": ["https://p/1.jpg"], "playerheight": 337,
        "ptime": "2021-05-26 10:00:00", "vid": VID, "cataid": 1_602_300_731_843_i64, "df": 2, "hls": null, "seed": "0",
        "status": "61", "keepsource": 1, "uploader": {"email": "e", "name": "n", "role": "r"}, "hlsLevel": "open",
        "source_filesize": "5242880", "md5checksum": "m", "new_field": {},
    }]);
    let video = client(ok(&data)).call(GetVideo::new(VID)).await.unwrap().0.unwrap();
    assert_eq!((video.times, video.playerwidth, video.source_filesize), (Some(7), Some(600), Some(5_242_880)));
    assert_eq!(
        (video.status, video.seed, video.keepsource),
        (Some(VideoStatus::PublishedToo), Some(false), Some(true))
    );
    assert_eq!((video.cataid.as_deref(), video.hls.len(), video.images.len()), (Some("1602300731843"), 0, 1));
    let time = video.ptime.unwrap().time().unwrap();
    assert_eq!(livecloud_core::unix_millis(time), 1_621_994_400_000, "Beijing's time");
    for none in [json!([]), Value::Null] {
        assert_eq!(client(ok(&none)).call(GetVideo::new(VID)).await.unwrap().0, None);
    }
}

#[tokio::test]
async fn times_come_as_text_or_as_milliseconds() {
    let data = json!([
        {"vid": VID, "basicInfo": {"creationTime": "2021-05-26 10:00:00", "status": 60, "duration": 62.5, "cateId": 1}},
        {"vid": VID, "basicInfo": {"creationTime": 1_621_994_400_000_i64, "status": "-1", "uploader": null}},
        {"vid": VID, "basicInfo": {"creationTime": "soon", "status": 99}, "transcodeInfos": null},
    ]);
    let videos = client(ok(&data)).call(GetVideoInfo::new([VID])).await.unwrap().0;
    let info: Vec<_> = videos.into_iter().map(|video| video.basic_info.unwrap()).collect();
    let times: Vec<_> = info.iter().map(|info| info.creation_time.as_ref().unwrap().time()).collect();
    assert!(times[0].is_some() && times[0] == times[1] && times[2].is_none());
    let states: Vec<_> = info.into_iter().map(|info| info.status.unwrap()).collect();
    assert_eq!(states, [VideoStatus::Published, VideoStatus::Deleted, VideoStatus::Other(99)]);
}

#[tokio::test]
async fn categories_are_a_tree_and_new_ones_a_number_beyond_32_bits() {
    let data = json!([{"cataid": "1", "cataname": "默认分类", "videos": "3", "nodes": [{"cataid": 2, "nodes": []}]}]);
    let tree = client(ok(&data)).call(ListCategories::new()).await.unwrap().0;
    assert_eq!((tree[0].videos, tree[0].nodes[0].cataid.as_deref()), (Some(3), Some("2")));
    for id in [json!(1_602_300_731_843_i64), json!("1602300731843")] {
        let step = Step::json(json!({"code": 200, "error": null, "data": id}).to_string());
        assert_eq!(client(step).call(AddCategoryV3::new("n")).await.unwrap().0, "1602300731843");
    }
    for (data, moved) in [
        (json!(true), Some(true)),
        (json!(false), Some(false)),
        (json!("true"), Some(true)),
        (Value::Null, None),
        (json!(""), None),
        (json!("success"), None),
        (json!(3), None),
    ] {
        let outcome = client(ok(&data)).call(MoveVideosToCategory::new([VID], "2")).await.unwrap();
        assert_eq!(outcome.0, moved);
    }
}

#[tokio::test]
async fn an_uploads_credentials_decode_and_do_not_print() {
    let data = json!({
        "vid": VID, "dir": "d/", "bucketName": "b", "endpoint": "e", "domain": "h", "host": "b.e", "accessId": "STS.ID",
        "accessKey": "ACCESS-KEY", "token": "STS-TOKEN", "Expiration": "2030-01-01T00:00:00Z", "validityTime": "3600",
        "callback": "{\"callbackUrl\":\"https://CALLBACK-URL\"}", "encodedCallback": "ENCODED", "remainSpace": 7,
        "storageType": "hw", "hwObsInfo": {
            "bucketName": "o", "ak": "a", "sk": "OBS-SECRET", "securitytoken": "OBS-TOKEN", "endpoint": "e",
            "callbackUrl": "https://obs/?t=OBS-URL-TOKEN", "callbackBody": "OBS-BODY", "callbackBodyType": "t", "isCname": true
        },
    });
    let upload = client(ok(&data)).call(InitUpload::new(7)).await.unwrap();
    let credentials = &upload.credentials;
    assert_eq!((upload.remain_space, credentials.validity_time), (Some(7), Some(3600)));
    assert_eq!(credentials.access_key.as_ref().unwrap().expose(), "ACCESS-KEY");
    assert_eq!(credentials.hw_obs_info.as_ref().unwrap().sk.as_ref().unwrap().expose(), "OBS-SECRET");
    let token = client(ok(&data)).call(GetUploadToken::new()).await.unwrap();
    assert_eq!(&token, credentials);
    let step = ok(
        &json!({"token": "PLAY-TOKEN", "ttl": 600_000, "createdTime": "1700000000123", "iswxa": 0, "viewerIp": null}),
    );
    let playsafe = client(step).call(CreatePlaysafeToken::new(VID, "v")).await.unwrap();
    assert_eq!((playsafe.token.expose(), playsafe.ttl, playsafe.iswxa), ("PLAY-TOKEN", Some(600_000), Some(false)));
    let printed = format!("{upload:?} {token:?} {playsafe:?}");
    for hidden in ["ACCESS-KEY", "STS-TOKEN", "CALLBACK-URL", "ENCODED", "OBS-", "PLAY-TOKEN"] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_tokens_refusal_has_its_text_in_data_and_403_means_the_time() {
    let step = |code: u16, text: &str| {
        let body = json!({"code": code, "status": "error", "message": "fail", "data": text});
        Step::reply(code, body.to_string())
    };
    let unknown = client(step(400, "user_not_found")).call(CreatePlaysafeToken::new(VID, "v")).await.unwrap_err();
    assert_eq!((unknown.category(), unknown.message()), (Some(Category::Account), Some("user_not_found")));
    let ahead = step(403, "ts expired").header("date", "Tue, 14 Nov 2023 23:13:20 GMT");
    let late = client(ahead).call(CreateChildPlaysafeToken::new(VID, "v")).await.unwrap_err();
    assert_eq!((late.category(), late.attempts()), (Some(Category::ClockSkew), 2), "signed again once");
}

#[tokio::test(start_paused = true)]
async fn beginning_an_upload_is_not_repeated_unless_the_vendor_says_it_did_not_begin() {
    let transport = ReplayTransport::new([Step::fail(livecloud_core::TransportErrorKind::Interrupted)]);
    let error = client_of(full_account(), &transport).call(InitUpload::new(7)).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (polyv_vod::Delivery::Unknown, 1));
    let transport = ReplayTransport::new([refusal(405, "init failed"), ok(&json!({"vid": VID}))]);
    let begun = client_of(full_account(), &transport).call(InitUpload::new(7)).await.unwrap();
    assert_eq!(begun.vid.as_deref(), Some(VID));
}

#[tokio::test]
async fn a_cover_travels_beside_its_signed_text_parts() {
    let transport = ReplayTransport::always(ok(&Value::Null));
    let cover = UploadCoverImage::new(FilePart::new("c.png", &b"\x89PNG"[..])).vids([VID]);
    client_of(full_account(), &transport).call(cover).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!(sent.path(), format!("/v2/video/{USER_ID}/uploadCoverImage"));
    let body = String::from_utf8_lossy(sent.request().body()).into_owned();
    let at = |name: &str| body.find(&format!("name=\"{name}\"")).unwrap();
    assert!(at("vids") < at("image") && at("sign") < at("image"), "texts first: {body}");
}

#[tokio::test(start_paused = true)]
async fn the_oldest_interface_is_reached_by_raw_calls() {
    let account = Account::main(USER_ID, "DemoSecretKey01").read_token("0a1b2c3d-demo-read-token");
    let call = || {
        let call = RawCall::new(Profile::V1Read, Method::Get, "/uc/services/rest");
        call.query("method", "getById").query("vid", VID).safe()
    };
    let transport = ReplayTransport::new([Step::json(r#"{"error":"0","data":[{"vid":"v"}],"total":1}"#)]);
    let data = client_of(account.clone(), &transport).call(call()).await.unwrap();
    assert_eq!(data[0]["vid"], "v");
    let sent = &transport.requests()[0];
    assert_eq!(sent.query("sign").as_deref(), Some("c1e6197ee20127c2f993b799ef759caed4394735"));
    for info in codes::v1::TABLE {
        let transport = ReplayTransport::always(Step::json(format!(r#"{{"error":"{}","data":""}}"#, info.code)));
        let error = client_of(account.clone(), &transport).call(call()).await.unwrap_err();
        assert_eq!((error.category(), error.advice()), (Some(info.category), Some(info.advice)), "{}", info.code);
    }
    let transport = ReplayTransport::always(Step::json(r#"{"data":[]}"#));
    let error = client_of(account, &transport).call(call()).await.unwrap_err();
    assert_eq!(error.kind(), polyv_vod::ErrorKind::Decode);
}
