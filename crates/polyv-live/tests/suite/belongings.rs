//! The account, its channels' numbers, banned words, lists and pictures.

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::wire::Url;
use livecloud_core::{ErrorKind, FilePart, Validation};
use polyv_live::{
    AddBadwords, Client, DownloadWhiteList, Error, GetUserInfo, ImageType, ListChannelIds, Rank, UploadImage,
};
use serde_json::json;

use super::{account, client};

fn answers(data: &serde_json::Value) -> ReplayTransport {
    ReplayTransport::always(Step::json(json!({"code": 200, "status": "success", "data": data}).to_string()))
}

fn with_user(transport: &ReplayTransport, validation: Validation) -> Client {
    let builder = Client::builder(account().user_id("1b448be323")).transport(transport.clone());
    builder.validation(validation).build().unwrap()
}

fn rules(error: &Error) -> Vec<(&str, &'static str)> {
    error.violations().iter().map(|found| (found.path.as_str(), found.id)).collect()
}

#[tokio::test]
async fn the_account_tells_its_user_id_and_its_room_for_channels() {
    let data =
        json!({"userId": "1b448be323", "email": "a@b", "maxChannels": "5", "totalChannels": 3, "availableChannels": 2});
    let transport = answers(&data);
    let info = client(&transport).call(GetUserInfo::new()).await.unwrap();
    assert_eq!(
        (info.user_id.as_deref(), info.max_channels, info.available_channels),
        (Some("1b448be323"), Some(5), Some(2))
    );
    assert_eq!((transport.requests()[0].path(), info.email.as_deref()), ("/live/v3/user/get-info", Some("a@b")));
}

#[tokio::test]
async fn channel_numbers_are_texts_whatever_the_vendor_writes() {
    let transport = answers(&json!({"channels": [2_191_541, "2191569"]}));
    let list = ListChannelIds::new().category_id("7").keyword("公开 课").label_id("l");
    assert_eq!(client(&transport).call(list).await.unwrap().channels, ["2191541", "2191569"]);
    let sent = &transport.requests()[0];
    let filter = ["categoryId", "keyword", "labelId"].map(|name| sent.query(name).unwrap());
    assert_eq!(filter, ["7", "公开 课", "l"]);
    for none in [json!({}), json!({"channels": null}), json!({"channels": []})] {
        assert!(client(&answers(&none)).call(ListChannelIds::new()).await.unwrap().channels.is_empty());
    }
    let error = client(&transport).prepare(ListChannelIds::new().keyword(" ")).unwrap_err();
    assert_eq!(rules(&error), [("keyword", "L03")]);
}

#[tokio::test]
async fn banned_words_travel_as_json_in_a_signed_form() {
    let transport = answers(&json!({"count": 2, "userId": "1b448be323"}));
    let client = with_user(&transport, Validation::Strict);
    let added = client.call(AddBadwords::new(["坏话", "a,b"]).channel_id("7")).await.unwrap();
    assert_eq!((added.count, added.user_id.as_deref()), (Some(2), Some("1b448be323")));
    let sent = &transport.requests()[0];
    assert_eq!(sent.path(), "/live/v2/chat/1b448be323/addBadWords");
    assert_eq!(sent.form("words").as_deref(), Some(r#"["坏话","a,b"]"#));
    assert_eq!((sent.form("channelId").as_deref(), sent.form("userId")), (Some("7"), None));

    let (none, blank) = (AddBadwords::new([""; 0]), AddBadwords::new(["x", " "]));
    for words in [none, blank] {
        assert_eq!(rules(&client.prepare(&words).unwrap_err()), [("words", "L69")]);
        assert!(with_user(&transport, Validation::Off).prepare(words).is_ok());
    }
    let error = client.prepare(AddBadwords::new(["x"]).channel_id("")).unwrap_err();
    assert_eq!(rules(&error), [("channelId", "L01")]);
    let lost = ReplayTransport::always(Step::reply(502, ""));
    assert_eq!(with_user(&lost, Validation::Strict).call(AddBadwords::new(["x"])).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_white_list_comes_as_a_file() {
    let file = &b"\xd0\xcf\x11\xe0{}"[..];
    let transport = ReplayTransport::always(Step::reply(200, file));
    let list = client(&transport).call(DownloadWhiteList::new(Rank::Secondary).channel_id("7")).await.unwrap();
    assert_eq!(list.content, file);
    let sent = &transport.requests()[0];
    assert_eq!((sent.query("rank").as_deref(), sent.query("channelId").as_deref()), (Some("2"), Some("7")));
    let error = client(&transport).prepare(DownloadWhiteList::new(Rank::Other(3)).channel_id("x")).unwrap_err();
    assert_eq!(rules(&error), [("rank", "L15"), ("channelId", "L01")]);
    // larger than what other operations may answer with
    let large = ReplayTransport::always(Step::reply(200, vec![b'x'; 9 << 20]));
    assert_eq!(client(&large).call(DownloadWhiteList::new(Rank::Primary)).await.unwrap().content.len(), 9 << 20);
}

#[tokio::test]
async fn pictures_go_up_with_their_kind_among_the_signed_parts() {
    let transport = answers(&json!(["https://h/1.png", "https://h/2.png"]));
    let files = [FilePart::new("1.png", "one"), FilePart::new("2.png", "two")];
    let addresses = client(&transport).call(UploadImage::new(ImageType::Splash, files)).await.unwrap();
    assert_eq!(addresses.iter().map(Url::as_str).collect::<Vec<_>>(), ["https://h/1.png", "https://h/2.png"]);
    let sent = &transport.requests()[0];
    let parts: Vec<_> = sent.parts().into_iter().map(|(name, _)| name).collect();
    assert_eq!(parts, ["type", "appId", "timestamp", "sign", "file", "file"]);
    assert_eq!((sent.part("type").as_deref(), sent.part("file").as_deref()), (Some("splashImage"), Some("one")));
    assert_eq!(sent.request().uri().query(), None);
}

#[test]
fn pictures_are_held_against_their_limits() {
    let transport = answers(&json!([]));
    let (strict, off) = (with_user(&transport, Validation::Strict), with_user(&transport, Validation::Off));
    let of_size = |size: usize| FilePart::new("a.png", vec![b'x'; size]);
    let upload = |files: Vec<FilePart>| UploadImage::new(ImageType::Cover, files);
    assert!(strict.prepare(upload(vec![of_size(2 << 20); 6])).is_ok());
    for (operation, expected) in [
        (upload(vec![]), vec![("file", "L71")]),
        (upload(vec![of_size(1); 7]), vec![("file", "L71")]),
        (upload(vec![of_size(1), FilePart::new("", "x")]), vec![("file[1]", "L72")]),
        (upload(vec![of_size(0)]), vec![("file[0]", "L73")]),
        (upload(vec![of_size((2 << 20) + 1)]), vec![("file[0]", "L73")]),
        (UploadImage::new(ImageType::Other("poster".into()), [of_size(1)]), vec![("type", "L70")]),
    ] {
        let error = strict.prepare(&operation).unwrap_err();
        assert_eq!((error.kind(), rules(&error)), (ErrorKind::Invalid, expected));
        assert!(off.prepare(operation).is_ok());
    }
}
