//! The operations about channels as a whole, and all of this group against the simulator.

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::wire::{CommaList, UnixMillis, YesNo};
use livecloud_core::{Category, NoRetry, Operation, Pages, TransportErrorKind, Validation};
use livecloud_sim::{Simulator, Vendor, demo};
use polyv_live::{
    Account, AddChannelAccount, BatchCreateChannelAccounts, BatchCreateChannels, BatchDeleteChannels, ChannelBasic,
    ChannelOrder, Client, CreateChannel, CreateRoleAccount, CreatedChannel, DeleteChannel, DeleteChannelAccount,
    Delivery, ErrorKind, GetChannel, GetChannelAccount, ListChannelAccounts, ListChannelBasics, NewAccount, NewChannel,
    Page, Purview, PurviewCode, REGISTRY, RelayType, Role, Scene, Template, UpdateChannelSettings, UpdateRoleAccount,
    WatchStatus,
};
use serde_json::{Value, json};

use super::checks::{assert_broken, broken, warned};
use super::roles::{pairs, wire};
use super::{account, client, failure};

fn channel(name: &str) -> NewChannel {
    NewChannel::new(name, Scene::TopClass, Template::Ppt)
}

fn full() -> NewChannel {
    channel("n")
        .channel_passwd("a12345")
        .seminar_host_password("b12345")
        .seminar_attendee_password("c12345")
        .pure_rtc_enabled(true)
        .kind(RelayType::Transmit)
        .double_teacher_type(RelayType::Receive)
        .cn_and_en_live_enabled(false)
        .splash_img("https://i/s.png")
        .link_mic_limit(-1)
        .category_id("345134")
        .start_time(1_557_888_134_000)
        .end_time(UnixMillis(1_557_891_734_000))
        .sub_account("sub@example.com")
        .custom_teacher_id("t-1")
        .label_data(["7", "zpmz3640wkxpj267"])
        .client_alone_template_background_url("https://i/c.png")
        .live_cdn_background_url("https://i/l.png")
        .h5_low_latency_flv_enabled(true)
}

fn full_json() -> Value {
    json!({
        "name": "n", "newScene": "topclass", "template": "ppt", "channelPasswd": "a12345",
        "seminarHostPassword": "b12345", "seminarAttendeePassword": "c12345", "pureRtcEnabled": "Y",
        "type": "transmit", "doubleTeacherType": "receive", "cnAndEnLiveEnabled": "N", "splashImg": "https://i/s.png",
        "linkMicLimit": -1, "categoryId": 345_134, "startTime": 1_557_888_134_000_u64,
        "endTime": 1_557_891_734_000_u64, "subAccount": "sub@example.com", "customTeacherId": "t-1",
        "labelData": [7, "zpmz3640wkxpj267"], "clientAloneTemplateBackgroundUrl": "https://i/c.png",
        "liveCdnBackgroundUrl": "https://i/l.png", "h5LowLatencyFlvEnabled": "Y"
    })
}

#[test]
fn a_channel_is_created_alone_from_an_object_and_with_others_from_a_bare_list() {
    let short = json!({"name": "n", "newScene": "topclass", "template": "ppt"});
    let (line, query, body) = wire(CreateChannel::new(channel("n")));
    assert_eq!((&*line, query, body), ("POST /live/v4/channel/create", vec![], short.clone()));
    assert_eq!(wire(CreateChannel::new(full())).2, full_json());
    let (line, query, body) = wire(BatchCreateChannels::new([channel("n"), full()]));
    assert_eq!((&*line, query), ("POST /live/v4/channel/create-batch", vec![]));
    assert_eq!(body, json!([short, full_json()]));
    let read: CreateChannel = serde_json::from_value(full_json()).unwrap();
    assert_eq!(read, CreateChannel::new(full()));
}

#[test]
fn channels_are_asked_for_in_the_query() {
    let (line, query, body) = wire(GetChannel::new("21"));
    let expected = ("GET /live/v4/channel/basic/get", pairs(&[("channelId", "21")]), Value::Null);
    assert_eq!((&*line, query, body), expected);
    let (line, query, _) = wire(ListChannelBasics::new());
    assert_eq!((&*line, query), ("GET /live/v4/channel/basic/list", vec![]));
    let all = ListChannelBasics::new()
        .category_ids(["1", "2"])
        .channel_ids(["21", "22"])
        .watch_status(WatchStatus::UnStart)
        .start_time(1_557_888_134_000)
        .end_time(1_557_891_734_000)
        .page_number(2)
        .page_size(1000)
        .order_by(ChannelOrder::StartTimeDesc);
    let expected = [
        ("categoryIds", "1,2"),
        ("channelIds", "21,22"),
        ("watchStatus", "unStart"),
        ("startTime", "1557888134000"),
        ("endTime", "1557891734000"),
        ("pageNumber", "2"),
        ("pageSize", "1000"),
        ("orderBy", "startTimeDesc"),
    ];
    assert_eq!(wire(all).1, pairs(&expected));
}

#[test]
fn channels_are_changed_and_deleted_as_their_pages_say() {
    let (line, query, body) = wire(UpdateChannelSettings::new("21"));
    let expected = ("POST /live/v4/channel/update", pairs(&[("channelId", "21")]), json!({}));
    assert_eq!((&*line, query, body), expected);
    let all = UpdateChannelSettings::new("21")
        .name("n")
        .publisher("p")
        .start_time(0)
        .end_time(1_557_891_734_000)
        .cover_img("c")
        .splash_img("s")
        .desc("d")
        .publishing_region("r")
        .password("a12345");
    let expected = json!({
        "name": "n", "publisher": "p", "startTime": 0, "endTime": 1_557_891_734_000_u64, "coverImg": "c",
        "splashImg": "s", "desc": "d", "publishingRegion": "r", "password": "a12345"
    });
    assert_eq!(wire(all).2, expected);
    let (line, form, _) = wire(DeleteChannel::new("21"));
    assert_eq!((&*line, form), ("POST /live/v2/channels/21/delete", pairs(&[("userId", "1b448be323")])));
    // numbers where they are ones, and no other form of them
    let (line, query, body) = wire(BatchDeleteChannels::new(["21", "022"]));
    assert_eq!((&*line, query), ("POST /live/v3/channel/basic/batch-delete", vec![]));
    assert_eq!(body, json!({"channelIds": [21, "022"]}));
    let read: BatchDeleteChannels = serde_json::from_value(json!({"channelIds": [21, "022"]})).unwrap();
    assert_eq!(read, BatchDeleteChannels::new(["21", "022"]));
}

#[tokio::test]
async fn without_a_user_id_nothing_is_deleted() {
    let transport = ReplayTransport::always(Step::json("{}"));
    let error = client(&transport).call(DeleteChannel::new("21")).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Config, Delivery::NotSent));
    assert!(error.to_string().contains("POLYV_LIVE_USER_ID"), "{error}");
    assert_eq!(transport.requests().len(), 0);
}

fn answer(data: &Value) -> Step {
    let body = json!({"code": 200, "status": "success", "requestId": "r", "success": true, "data": data});
    Step::json(body.to_string())
}

async fn answered<O: Operation<Vendor = Account> + 'static>(
    op: O,
    data: Value,
) -> Result<O::Output, polyv_live::Error> {
    client(&ReplayTransport::always(answer(&data))).call(op).await
}

#[tokio::test]
async fn a_channel_is_read_whatever_types_its_fields_come_in() {
    let data = json!({
        "channelId": 2_191_569, "name": "n", "publisher": "p", "startTime": "1557888134000", "pageView": 5, "likes": "6",
        "coverImg": "//i/c.png", "splashImg": "https://i/s.png", "splashEnabled": "Y", "desc": "<p>", "maxViewer": 0,
        "watchUrl": "https://w/21?token=WATCH-TOKEN", "watchStatus": "playback", "watchStatusText": "回放",
        "onlineNum": 7, "bgImg": null, "videoList": [{"videoId": 1, "videoPoolId": "v", "duration": "00:01:00"}],
        "categoryId": 345_134, "scene": "ppt", "newScene": "topclass", "template": "wide", "streamType": "client"
    });
    let channel = answered(GetChannel::new("21"), data.clone()).await.unwrap();
    assert_eq!((channel.channel_id.as_deref(), channel.name.as_deref()), (Some("2191569"), Some("n")));
    assert_eq!((channel.publisher.as_deref(), channel.desc.as_deref()), (Some("p"), Some("<p>")));
    assert_eq!((channel.start_time, channel.max_viewer), (Some(UnixMillis(1_557_888_134_000)), Some(0)));
    assert_eq!((channel.page_view, channel.likes, channel.online_num), (Some(5), Some(6), Some(7)));
    assert_eq!((channel.cover_img.as_deref(), channel.splash_enabled), (Some("//i/c.png"), Some(YesNo::Yes)));
    assert_eq!((channel.splash_img.as_deref(), channel.bg_img.as_ref()), (Some("https://i/s.png"), None));
    assert_eq!(
        (channel.watch_status.clone(), channel.watch_status_text.as_deref()),
        (Some(WatchStatus::Playback), Some("回放"))
    );
    let video = &channel.video_list[0];
    assert_eq!((video.video_id.as_deref(), video.video_pool_id.as_deref()), (Some("1"), Some("v")));
    assert_eq!((video.duration.as_deref(), channel.category_id.as_deref()), (Some("00:01:00"), Some("345134")));
    assert_eq!((channel.scene.as_deref(), channel.stream_type.as_deref()), (Some("ppt"), Some("client")));
    assert_eq!(
        (channel.new_scene.clone(), channel.template.clone()),
        (Some(Scene::TopClass), Some(Template::Other("wide".into())))
    );
    assert!(!format!("{channel:?}").contains("WATCH-TOKEN"));

    let page = json!({"pageNumber": 1, "pageSize": "10", "totalPages": 3, "totalItems": 21, "contents": [data]});
    let page = answered(ListChannelBasics::new(), page).await.unwrap();
    assert_eq!(
        (page.page_number, page.page_size, page.total_pages, page.total_items),
        (Some(1), Some(10), Some(3), Some(21))
    );
    assert_eq!(page.contents, [channel]);
    let empty: Page<ChannelBasic> = answered(ListChannelBasics::new(), json!({"contents": null})).await.unwrap();
    assert_eq!(empty.contents, []);
    let bare = answered(GetChannel::new("21"), json!({"videoList": null})).await.unwrap();
    assert_eq!(bare, ChannelBasic::default());
}

#[tokio::test]
async fn what_was_created_is_read_and_its_passwords_are_not_printed() {
    let data = json!({
        "channelId": 2_191_569, "userId": "1b448be323", "scene": "ppt", "channelPasswd": "CHANNEL-PASSWD",
        "seminarHostPassword": "HOST-PASSWORD", "seminarAttendeePassword": null
    });
    let created = answered(CreateChannel::new(channel("n")), data.clone()).await.unwrap();
    assert_eq!((created.channel_id.as_deref(), created.user_id.as_deref()), (Some("2191569"), Some("1b448be323")));
    assert_eq!((created.scene.as_deref(), created.seminar_attendee_password.as_ref()), (Some("ppt"), None));
    assert_eq!(created.channel_passwd.as_ref().unwrap().expose(), "CHANNEL-PASSWD");
    assert_eq!(created.seminar_host_password.as_ref().unwrap().expose(), "HOST-PASSWORD");
    let several = answered(BatchCreateChannels::new([channel("n")]), json!([data, {}])).await.unwrap();
    assert_eq!(several, [created.clone(), CreatedChannel::default()]);
    let secret = channel("n").channel_passwd("CHANNEL-PASSWD").seminar_host_password("HOST-PASSWORD");
    let update = UpdateChannelSettings::new("21").password("CHANNEL-PASSWD");
    let (alone, many) = (CreateChannel::new(secret.clone()), BatchCreateChannels::new([secret]));
    let printed = format!("{created:?} {created:#?} {alone:?} {many:?} {update:?}");
    for secret in ["CHANNEL-PASSWD", "HOST-PASSWORD"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

#[tokio::test]
async fn the_fields_of_a_channel_up_to_every_boundary_pass_and_one_step_beyond_is_refused() {
    let strict = Validation::Strict;
    let create = |channel: NewChannel| CreateChannel::new(channel);
    for legal in [
        channel(&"字".repeat(100)),
        channel("n").channel_passwd("123456"),
        channel("n").channel_passwd("1".repeat(16)),
        channel("n").custom_teacher_id("t".repeat(32)),
        channel("n").start_time(0).end_time(1_000_000_000_000),
    ] {
        assert_eq!(broken(create(legal), strict).await, []);
    }
    let seminar = || NewChannel::new("n", Scene::Seminar, Template::Seminar);
    for (illegal, path, rule) in [
        (channel(""), "name", "L40"),
        (channel(" "), "name", "L40"),
        (channel(&"字".repeat(101)), "name", "L40"),
        (channel("n").channel_passwd("12345"), "channelPasswd", "L41"),
        (channel("n").channel_passwd("1".repeat(17)), "channelPasswd", "L41"),
        (seminar().seminar_host_password("12345"), "seminarHostPassword", "L41"),
        (seminar().seminar_attendee_password("1".repeat(17)), "seminarAttendeePassword", "L41"),
        (channel("n").custom_teacher_id("t".repeat(33)), "customTeacherId", "L13"),
        (channel("n").start_time(-1), "startTime", "L09"),
        (channel("n").start_time(1_557_888_134), "startTime", "L09"),
        (channel("n").end_time(0), "endTime", "L09"),
        (NewChannel::new("n", Scene::Other("x".into()), Template::Ppt), "newScene", "L44"),
        (NewChannel::new("n", Scene::Alone, Template::Other("x".into())), "template", "L44"),
        (channel("n").kind(RelayType::Other("x".into())), "type", "L44"),
        (channel("n").double_teacher_type(RelayType::Other("x".into())), "doubleTeacherType", "L44"),
        (channel("n").double_teacher_type(RelayType::Normal), "doubleTeacherType", "L44"),
    ] {
        assert_broken(create(illegal.clone()), path, rule).await;
        let several = BatchCreateChannels::new([channel("n"), illegal]);
        if rule == "L44" {
            assert_eq!(broken(several, Validation::Relaxed).await, []);
        } else {
            assert_broken(several, &format!("[1].{path}"), rule).await;
        }
    }
    let normal = BatchCreateChannels::new([channel("n").double_teacher_type(RelayType::Normal)]);
    assert_eq!(broken(normal, strict).await, [], "documented for channels created together");
}

#[tokio::test]
async fn lists_have_as_many_entries_as_the_vendor_takes() {
    let strict = Validation::Strict;
    let several = |count| BatchCreateChannels::new(vec![channel("n"); count]);
    assert_eq!(broken(several(30), strict).await, []);
    for count in [0, 31] {
        assert_broken(several(count), "channels", "L45").await;
    }
    let delete = |count| BatchDeleteChannels::new(vec!["21"; count]);
    assert_eq!(broken(delete(100), strict).await, []);
    assert_eq!(broken(delete(101), Validation::Relaxed).await, []);
    for count in [0, 101] {
        assert_broken(delete(count), "channelIds", "L50").await;
    }
    assert_broken(BatchDeleteChannels::new(["21", "x"]), "channelIds[1]", "L01").await;

    let categories = |count| ListChannelBasics::new().category_ids(CommaList(vec!["1".to_owned(); count]));
    assert_eq!(broken(categories(200), strict).await, []);
    for count in [0, 201] {
        assert_broken(categories(count), "categoryIds", "L46").await;
    }
    for blank in ["", "1,2"] {
        assert_broken(ListChannelBasics::new().channel_ids([blank]), "channelIds", "L46").await;
    }
    assert_broken(ListChannelBasics::new().channel_ids(["x"]), "channelIds", "L01").await;
}

#[tokio::test]
async fn a_list_is_asked_for_within_the_vendors_bounds() {
    let list = ListChannelBasics::new;
    for legal in [list().page_size(1), list().page_size(1000).page_number(1)] {
        assert_eq!(broken(legal, Validation::Strict).await, []);
    }
    for (illegal, path, rule) in [
        (list().page_size(0), "pageSize", "L48"),
        (list().page_size(1001), "pageSize", "L48"),
        (list().page_number(0), "pageNumber", "L48"),
        (list().watch_status(WatchStatus::Other("x".into())), "watchStatus", "L47"),
        (list().order_by(ChannelOrder::Other("x".into())), "orderBy", "L47"),
        (list().start_time(0), "startTime", "L09"),
        (list().end_time(-1), "endTime", "L09"),
    ] {
        assert_broken(illegal, path, rule).await;
    }
    assert_broken(GetChannel::new("x"), "channelId", "L01").await;
    assert_broken(UpdateChannelSettings::new("x").name("n"), "channelId", "L01").await;
    assert_broken(UpdateChannelSettings::new("1").start_time(1), "startTime", "L09").await;
    let client = Client::builder(account().user_id("u")).transport(ReplayTransport::always(Step::hang()));
    let error = client.build().unwrap().call(DeleteChannel::new("x")).await.unwrap_err();
    assert_eq!((error.violations()[0].id, error.delivery()), ("L01", Delivery::NotSent));
}

#[test]
fn what_only_another_page_says_is_warned_about_and_sent() {
    let strict = Validation::Strict;
    let create = |channel| warned(CreateChannel::new(channel), strict);
    assert_eq!(create(channel("n").seminar_host_password("123456")), ["L42"]);
    assert_eq!(create(channel("n").link_mic_limit(17)), ["L43"]);
    assert_eq!(create(channel("n").custom_teacher_id("教师")), ["L43"]);
    assert_eq!(create(channel("n").link_mic_limit(16)), [""; 0]);
    let update = || UpdateChannelSettings::new("1");
    assert_eq!(warned(update().name("字".repeat(101)), strict), ["L49"]);
    assert_eq!(warned(update().password("12345"), strict), ["L49"]);
    assert_eq!(warned(update(), strict), ["L06"]);
    assert_eq!(warned(BatchDeleteChannels::new(vec!["21"; 101]), Validation::Relaxed), ["L50"]);
}

/// The operations of this group: what they are called with, what they answer, whether a lost answer may be repeated.
fn group() -> Vec<(&'static str, Value, Value, bool)> {
    let new = json!({"name": "n", "newScene": "topclass", "template": "ppt"});
    let entry = json!({"role": "Guest", "nickname": "n", "passwd": "234567"});
    let role = json!({"channelId": "1", "account": "2"});
    let id = json!({"channelId": "1"});
    vec![
        ("GetChannelAccount", role.clone(), json!({}), true),
        ("ListChannelAccounts", id.clone(), json!([]), true),
        ("AddChannelAccount", id.clone(), json!({}), false),
        ("DeleteChannelAccount", role.clone(), json!("success"), true),
        ("BatchCreateChannelAccounts", json!({"channelId": "1", "accounts": [entry]}), json!([]), false),
        ("CreateRoleAccount", json!({"channelId": "1", "role": "Guest"}), json!({}), false),
        ("UpdateRoleAccount", role, json!({}), true),
        ("CreateChannel", new.clone(), json!({}), false),
        ("BatchCreateChannels", json!({"channels": [new]}), json!([]), false),
        ("GetChannel", id.clone(), json!({}), true),
        ("ListChannelBasics", json!({}), json!({}), true),
        ("UpdateChannelSettings", id.clone(), json!({}), true),
        ("DeleteChannel", id, json!("success"), true),
        ("BatchDeleteChannels", json!({"channelIds": ["1"]}), json!("success"), true),
    ]
}

fn call(name: &str, transport: &ReplayTransport, input: Value) -> livecloud_core::registry::DynamicCall {
    let client = Client::builder(account().user_id("1b448be323")).transport(transport.clone());
    let client = client.clock(livecloud_core::test_util::ManualClock::at(super::NOW_MS).ticking()).build().unwrap();
    REGISTRY.iter().find(|entry| entry.meta().name == name).unwrap().call(&client, input)
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_repeated_or_reported() {
    for (name, input, data, is_repeated) in group() {
        let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Timeout), answer(&data)]);
        let outcome = call(name, &transport, input).await;
        if is_repeated {
            assert_eq!(outcome.unwrap().info.attempts, 2, "{name}");
        } else {
            let error = outcome.unwrap_err();
            assert_eq!((error.delivery(), transport.requests().len()), (Delivery::Unknown, 1), "{name}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_channel_of_another_account_is_not_found_in_either_envelope() {
    for (name, input, _, _) in group() {
        let newer = json!({
            "code": 400, "status": "error", "requestId": "r", "success": false,
            "error": {"code": 30005, "desc": "存在非法频道ID"}
        });
        for step in [failure(404, 404, "channel not found"), Step::reply(400, newer.to_string())] {
            let error = call(name, &ReplayTransport::always(step), input.clone()).await.unwrap_err();
            assert_eq!((error.category(), error.attempts()), (Some(Category::NotFound), 1), "{name}");
        }
    }
}

async fn simulator() -> (Simulator, Client) {
    let sim = Simulator::builder().only(Vendor::PolyvLive).start().await.unwrap();
    let account = Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET).user_id(demo::POLYV_LIVE_USER_ID);
    // nothing here waits for a retry: time is real
    let client = Client::builder(account).base_url(sim.base_url(Vendor::PolyvLive)).retry(NoRetry);
    let client = client.build().unwrap();
    (sim, client)
}

#[tokio::test]
async fn a_channel_lives_from_its_creation_to_its_deletion() {
    let (_sim, client) = simulator().await;
    let created = client.call(CreateChannel::new(channel("公开课").start_time(1_557_888_134_000))).await.unwrap();
    let id = &*created.channel_id.unwrap();
    let newest = ListChannelBasics::new().order_by(ChannelOrder::ChannelCreatedTimeDesc).page_size(1);
    let page = client.call(newest).await.unwrap();
    assert_eq!((page.contents[0].channel_id.as_deref(), page.contents[0].name.as_deref()), (Some(id), Some("公开课")));
    client.call(UpdateChannelSettings::new(id).name("改名").publisher("陈老师")).await.unwrap();
    let found = client.call(GetChannel::new(id)).await.unwrap();
    assert_eq!((found.name.as_deref(), found.publisher.as_deref()), (Some("改名"), Some("陈老师")));
    assert_eq!((found.watch_status, found.template), (Some(WatchStatus::UnStart), Some(Template::Ppt)));

    client.call(DeleteChannel::new(id)).await.unwrap();
    let gone = client.call(GetChannel::new(id)).await.unwrap_err();
    assert_eq!(gone.category(), Some(Category::NotFound));
    let again = client.call(DeleteChannel::new(id)).await.unwrap_err();
    assert_eq!(again.category(), Some(Category::NotFound));
}

#[tokio::test]
async fn the_roles_of_a_channel_are_added_changed_and_deleted() {
    let (_sim, client) = simulator().await;
    let created = client.call(CreateChannel::new(channel("c"))).await.unwrap();
    let id = &*created.channel_id.unwrap();
    assert_eq!(client.call(ListChannelAccounts::new(id)).await.unwrap().0, []);
    let guest =
        client.call(AddChannelAccount::new(id).role(Role::Guest).nickname("g").password("p12345")).await.unwrap();
    let entry = NewAccount::new(Role::Assistant, "a", "234567").actor("t");
    let several = client.call(BatchCreateChannelAccounts::new(id, [entry.clone(), entry])).await.unwrap();
    let rights = [Purview::new(PurviewCode::PageTurnEnabled, true)];
    let teacher = CreateRoleAccount::new(id, Role::Assistant).nick_name("b").purview_list(rights.clone());
    let teacher = client.call(teacher).await.unwrap();
    assert_eq!((teacher.nickname.as_deref(), teacher.page_turn_enabled), (Some("b"), Some(YesNo::Yes)));

    let listed = client.call(ListChannelAccounts::new(id)).await.unwrap().0;
    let numbers: Vec<_> = listed.iter().map(|role| role.account.clone()).collect();
    assert_eq!(
        numbers,
        [guest.account.clone(), several[0].account.clone(), several[1].account.clone(), teacher.account.clone()]
    );
    assert!(numbers.iter().flatten().all(|number| number.starts_with("00")));

    // the right to turn pages moves from one assistant to the other
    let other = several[0].account.clone().unwrap();
    client.call(UpdateRoleAccount::new(id, &*other).nick_name("改").purview_list(rights)).await.unwrap();
    let of = async |account: &str| client.call(GetChannelAccount::new(id, account)).await;
    let changed = of(&other).await.unwrap();
    assert_eq!((changed.nickname.as_deref(), changed.page_turn_enabled), (Some("改"), Some(YesNo::Yes)));
    assert_eq!(of(&teacher.account.unwrap()).await.unwrap().page_turn_enabled, Some(YesNo::No));
    let guest = guest.account.unwrap();
    let monitor = UpdateRoleAccount::new(id, &*guest).purview_list([Purview::new(PurviewCode::MonitorEnabled, true)]);
    assert_eq!(client.call(monitor).await.unwrap_err().category(), Some(Category::InvalidArgument));

    client.call(DeleteChannelAccount::new(id, &*guest)).await.unwrap();
    assert_eq!(of(&guest).await.unwrap_err().category(), Some(Category::Account));
    assert_eq!(client.call(ListChannelAccounts::new(id)).await.unwrap().0.len(), 3);
}

#[tokio::test]
async fn many_channels_are_created_listed_page_by_page_and_deleted() {
    let (sim, client) = simulator().await;
    let before = client.call(ListChannelBasics::new()).await.unwrap().total_items.unwrap();
    let names: Vec<_> = (0..25).map(|number| format!("c{number}")).collect();
    let created = client.call(BatchCreateChannels::new(names.iter().map(|name| channel(name)))).await.unwrap();
    let ids: Vec<_> = created.into_iter().map(|created| created.channel_id.unwrap()).collect();
    let mine = ListChannelBasics::new().channel_ids(ids.clone());
    sim.clear_requests();
    let listed = Pages::new(&client, mine).items().collect().await.unwrap();
    assert_eq!(sim.requests().len(), 3);
    let listed: Vec<_> = listed.into_iter().map(|channel| channel.name.unwrap()).collect();
    assert_eq!(listed, names);

    // all or none, in the simulator
    let foreign = BatchDeleteChannels::new(ids.iter().cloned().chain(["99".to_owned()]));
    assert_eq!(client.call(foreign).await.unwrap_err().category(), Some(Category::NotFound));
    client.call(BatchDeleteChannels::new(ids)).await.unwrap();
    assert_eq!(client.call(ListChannelBasics::new()).await.unwrap().total_items, Some(before));

    let thirty = BatchCreateChannels::new(vec![channel("n"); 30]);
    let mut outcome = Ok(Vec::new());
    for _ in 0..4 {
        outcome = client.call(&thirty).await;
    }
    assert_eq!(outcome.unwrap_err().category(), Some(Category::Account));
}

#[tokio::test]
async fn a_role_that_does_not_exist_and_a_user_id_that_is_not_the_accounts_are_refused() {
    let (sim, client) = simulator().await;
    for error in [
        client.call(GetChannelAccount::new(demo::POLYV_LIVE_CHANNEL, "99")).await.unwrap_err(),
        client.call(DeleteChannelAccount::new(demo::POLYV_LIVE_CHANNEL, "99")).await.unwrap_err(),
        client.call(UpdateRoleAccount::new(demo::POLYV_LIVE_CHANNEL, "99").actor("a")).await.unwrap_err(),
    ] {
        assert_eq!((error.category(), error.delivery()), (Some(Category::Account), Delivery::Answered), "{error}");
    }
    let other = Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET).user_id("0000000000");
    let other = Client::builder(other).base_url(sim.base_url(Vendor::PolyvLive)).retry(NoRetry).build().unwrap();
    let error = other.call(DeleteChannel::new(demo::POLYV_LIVE_CHANNEL)).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Account));
    assert!(sim.channel(demo::POLYV_LIVE_CHANNEL).is_some());
}
