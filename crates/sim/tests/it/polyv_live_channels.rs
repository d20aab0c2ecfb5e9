//! POLYV Live: channels and their roles, created, listed, changed and deleted.

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    client::{Reply, encode_pairs, send},
    polyv_vod::sandwich,
};

const USER: (&str, &str) = ("userId", demo::POLYV_LIVE_USER_ID);

async fn start() -> Simulator {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    Simulator::builder().only(Vendor::PolyvLive).clock(clock).start().await.unwrap()
}

fn signed(fields: &[(&str, &str)]) -> String {
    let now = NOW_MILLIS.to_string();
    let mut pairs = vec![("appId", demo::POLYV_LIVE_APP_ID), ("timestamp", &now)];
    pairs.extend_from_slice(fields);
    let sign = sandwich(&pairs, demo::POLYV_LIVE_APP_SECRET);
    pairs.push(("sign", &sign));
    encode_pairs(&pairs)
}

async fn get(sim: &Simulator, path: &str, fields: &[(&str, &str)]) -> Reply {
    let target = format!("{path}?{}", signed(fields));
    send(sim.base_url(Vendor::PolyvLive), "GET", &target, &[], "").await.unwrap()
}

async fn form(sim: &Simulator, path: &str, fields: &[(&str, &str)]) -> Reply {
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    send(sim.base_url(Vendor::PolyvLive), "POST", path, &form, &signed(fields)).await.unwrap()
}

async fn post(sim: &Simulator, path: &str, fields: &[(&str, &str)], body: Value) -> Reply {
    let target = format!("{path}?{}", signed(fields));
    let json = [("Content-Type", "application/json")];
    send(sim.base_url(Vendor::PolyvLive), "POST", &target, &json, &body.to_string()).await.unwrap()
}

fn data(reply: &Reply) -> Value {
    let mut answer = reply.json();
    assert_eq!(answer["code"], 200, "{answer}");
    answer["data"].take()
}

fn message(reply: &Reply) -> String {
    let answer = reply.json();
    let text = if answer["error"].is_null() { &answer["message"] } else { &answer["error"]["desc"] };
    text.as_str().unwrap().to_owned()
}

fn class(name: &str) -> Value {
    json!({"name": name, "newScene": "topclass", "template": "ppt"})
}

#[tokio::test]
async fn a_created_channel_is_listed_and_a_deleted_one_is_gone() {
    let sim = start().await;
    let created = data(&post(&sim, "/live/v4/channel/create", &[], class("a")).await);
    assert!(created["channelId"].is_u64(), "{created}");
    assert_eq!((&created["userId"], &created["channelPasswd"]), (&json!(demo::POLYV_LIVE_USER_ID), &json!("123456")));
    let id = &*created["channelId"].to_string();
    let listed = data(&get(&sim, "/live/v4/channel/basic/list", &[("channelIds", id)]).await);
    assert_eq!((&listed["totalItems"], &listed["contents"][0]["name"]), (&json!(1), &json!("a")));
    let change =
        post(&sim, "/live/v4/channel/update", &[("channelId", id)], json!({"name": "b", "password": "p"})).await;
    assert_eq!(data(&change), json!({}));
    assert_eq!(data(&get(&sim, "/live/v4/channel/basic/get", &[("channelId", id)]).await)["name"], "b");
    assert_eq!(sim.channel(id).unwrap()["basicSetting"]["channelPasswd"], "p");

    let path = format!("/live/v2/channels/{id}/delete");
    assert_eq!(message(&form(&sim, &path, &[("userId", "x")]).await), "userId is error");
    assert_eq!(data(&form(&sim, &path, &[USER]).await), "success");
    assert_eq!(message(&form(&sim, &path, &[USER]).await), "channel not found");
    let gone = get(&sim, "/live/v4/channel/basic/get", &[("channelId", id)]).await;
    assert_eq!(gone.status, 404);
    let answer = gone.json();
    assert_eq!((&answer["success"], &answer["error"]["code"]), (&json!(false), &json!(30005)));
    assert!(answer["requestId"].is_string() && answer.get("data").is_none(), "{answer}");
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_paged() {
    let sim = start().await;
    let entries: Vec<_> = (1..=3)
        .map(|number| {
            let mut class = class(&format!("c{number}"));
            class["startTime"] = json!(1_700_000_000_000_u64 + number % 2);
            class["categoryId"] = json!(7);
            class
        })
        .collect();
    data(&post(&sim, "/live/v4/channel/create-batch", &[], json!(entries)).await);
    let names = async |fields: &[(&str, &str)]| {
        let page = data(&get(&sim, "/live/v4/channel/basic/list", fields).await);
        page["contents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|channel| channel["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let mine = ("categoryIds", "7");
    assert_eq!(names(&[mine]).await, ["c1", "c2", "c3"]);
    assert_eq!(names(&[mine, ("orderBy", "channelCreatedTimeDesc")]).await, ["c3", "c2", "c1"]);
    assert_eq!(names(&[mine, ("orderBy", "startTimeAsc")]).await, ["c2", "c1", "c3"]);
    assert_eq!(names(&[mine, ("orderBy", "startTimeDesc")]).await, ["c1", "c3", "c2"]);
    assert_eq!(names(&[mine, ("pageSize", "2"), ("pageNumber", "2")]).await, ["c3"]);
    assert_eq!(names(&[mine, ("endTime", "1700000000000")]).await, ["c2"]);
    assert_eq!(names(&[mine, ("startTime", "1700000000001")]).await, ["c1", "c3"]);
    assert_eq!(names(&[mine, ("watchStatus", "live")]).await, [""; 0]);
    assert_eq!(names(&[mine, ("watchStatus", "unStart")]).await.len(), 3);
}

#[tokio::test]
async fn what_the_vendor_does_not_take_is_refused_and_changes_nothing() {
    let sim = start().await;
    let mut long = class(&"字".repeat(101));
    for (body, wanted) in [
        (json!({"newScene": "topclass", "template": "ppt"}), "param should not be empty: name"),
        (long.take(), "param length is incorrect: name"),
        (json!({"name": "n", "newScene": "x", "template": "ppt"}), "param validate error: newScene"),
        (json!({"name": "n", "newScene": "train", "template": "ppt", "channelPasswd": "12345"}), "param"),
        (
            json!({"name": "n", "newScene": "double", "template": "ppt", "doubleTeacherType": "normal"}),
            "param validate",
        ),
    ] {
        let reply = post(&sim, "/live/v4/channel/create", &[], body).await;
        assert!(message(&reply).starts_with(wanted), "{}", reply.text());
    }
    for body in [json!([]), json!(vec![class("n"); 31]), json!({"channels": [class("n")]}), json!([{"name": "n"}])] {
        assert_eq!(post(&sim, "/live/v4/channel/create-batch", &[], body).await.status, 400);
    }
    for body in
        [json!({"channelIds": []}), json!({"channelIds": vec![1; 101]}), json!({"channelIds": ["99"]}), json!([1])]
    {
        assert_eq!(post(&sim, "/live/v3/channel/basic/batch-delete", &[], body).await.status, 400);
    }
    assert!(sim.requests().iter().all(|request| !request.applied));
    let seeded = json!({"channelIds": [2_191_541, "2191569"]});
    assert_eq!(data(&post(&sim, "/live/v3/channel/basic/batch-delete", &[], seeded).await), "success");
    assert!(sim.channel("2191541").is_none() && sim.channel("2191569").is_none());
}

#[tokio::test]
async fn an_account_has_room_for_a_hundred_channels() {
    let sim = start().await;
    for _ in 0..3 {
        data(&post(&sim, "/live/v4/channel/create-batch", &[], json!(vec![class("n"); 30])).await);
    }
    let reply = post(&sim, "/live/v4/channel/create-batch", &[], json!(vec![class("n"); 30])).await;
    assert_eq!(message(&reply), "cannot create more than 100 channels");
    data(&post(&sim, "/live/v4/channel/create-batch", &[], json!(vec![class("n"); 6])).await);
    let reply = post(&sim, "/live/v4/channel/create", &[], class("n")).await;
    assert_eq!(message(&reply), "cannot create more than 100 channels");
}

#[tokio::test]
async fn roles_are_added_listed_changed_and_deleted() {
    let sim = start().await;
    let path = |what: &str| format!("/live/v2/channelAccount/{}/{what}", demo::POLYV_LIVE_PLAIN_CHANNEL);
    let id = ("channelId", demo::POLYV_LIVE_PLAIN_CHANNEL);
    let guest = data(&form(&sim, &path("add"), &[("role", "Guest"), ("nickname", "g")]).await);
    let account = guest["account"].as_str().unwrap();
    assert!(account.starts_with("00") && account.ends_with(demo::POLYV_LIVE_PLAIN_CHANNEL), "{account}");
    let found = data(&get(&sim, &path("account"), &[("account", account)]).await);
    assert_eq!((&found, &found["passwd"]), (&guest, &json!("234567")));
    let entry = json!({"role": "Assistant", "nickname": "n", "passwd": "p12345"});
    let several = data(&post(&sim, "/live/v3/channel/account/batch-create", &[id], json!([entry, entry])).await);
    assert_eq!((&several[0]["passwd"], several.as_array().unwrap().len()), (&json!("p12345"), 2));
    assert_eq!(data(&get(&sim, &path("accounts"), &[]).await).as_array().unwrap().len(), 4);

    let right = |code: &str| json!([{"code": code, "enabled": "Y"}]);
    let body = json!({"role": "Assistant", "purviewList": right("monitorEnabled")});
    let created = data(&post(&sim, "/live/v4/channel/account/create", &[id], body).await);
    assert_eq!((&created["monitorEnabled"], created["channelId"].is_u64()), (&json!("Y"), true));
    let update = "/live/v4/channel/account/update";
    let body = json!({"account": several[0]["account"], "nickName": "m", "purviewList": right("monitorEnabled")});
    let changed = data(&post(&sim, update, &[id], body).await);
    assert_eq!((&changed["nickname"], &changed["monitorEnabled"]), (&json!("m"), &json!("Y")));
    let first = sim.role(id.1, created["account"].as_str().unwrap()).unwrap();
    assert_eq!(first["monitorEnabled"], "N", "one assistant of a channel monitors");

    for body in [
        json!({"account": account, "purviewList": right("chatListEnabled")}),
        json!({"account": several[0]["account"], "purviewList": right("chatWhenBannedEnabled")}),
        json!({"account": account, "nickName": "字".repeat(16)}),
        json!({"account": account, "actor": ""}),
        json!({"account": account, "passwd": "12345"}),
        json!({"account": "99"}),
        json!({"purviewList": []}),
    ] {
        assert_eq!(post(&sim, update, &[id], body.clone()).await.status, 400, "{body}");
    }
    assert_eq!(data(&form(&sim, &path("delete"), &[("account", account)]).await), "success");
    assert_eq!(message(&form(&sim, &path("delete"), &[("account", account)]).await), "account not found");
    assert_eq!(message(&get(&sim, &path("account"), &[("account", account)]).await), "account not found");
}

#[tokio::test]
async fn a_channel_that_is_not_there_has_no_roles() {
    let sim = start().await;
    let channel = ("channelId", "99");
    for reply in [
        get(&sim, "/live/v2/channelAccount/99/accounts", &[]).await,
        get(&sim, "/live/v2/channelAccount/99/account", &[("account", "1")]).await,
        form(&sim, "/live/v2/channelAccount/99/add", &[]).await,
        form(&sim, "/live/v2/channelAccount/99/delete", &[("account", "1")]).await,
        post(&sim, "/live/v3/channel/account/batch-create", &[channel], json!([])).await,
        post(&sim, "/live/v4/channel/account/create", &[channel], json!({"role": "Guest"})).await,
        post(&sim, "/live/v4/channel/account/update", &[channel], json!({"account": "1"})).await,
        post(&sim, "/live/v4/channel/update", &[channel], json!({})).await,
    ] {
        assert_eq!((reply.status, message(&reply)), (404, "channel not found".to_owned()), "{}", reply.text());
    }
}
