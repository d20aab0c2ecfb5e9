//! ZEGO upload tasks.

use std::time::Duration;

use livecloud_sim::{Simulator, demo};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    zego::{call, expect, start},
};

async fn task(sim: &Simulator, id: &str) -> Value {
    call(sim, "DescribeUploadTasks", json!({"UploadTaskId": id})).await["Data"]["UploadTasks"][0].clone()
}

#[tokio::test]
async fn tasks_are_listed_by_id_and_status() {
    let (sim, clock) = start().await;
    let ids = [
        demo::ZEGO_WAITING_UPLOAD,
        demo::ZEGO_RUNNING_UPLOAD,
        demo::ZEGO_RETRYING_UPLOAD,
        demo::ZEGO_FINISHED_UPLOAD,
        demo::ZEGO_FAILED_UPLOAD,
        demo::ZEGO_CANCELLED_UPLOAD,
        demo::ZEGO_EXPIRED_UPLOAD,
    ];
    for (status, id) in (1..).zip(ids) {
        let answer = expect(&sim, "DescribeUploadTasks", json!({"Status": status}), 0).await;
        assert_eq!((&answer["Data"]["TotalSize"], &answer["Data"]["NextPageToken"]), (&json!(1), &json!("")));
        let task = &answer["Data"]["UploadTasks"][0];
        assert_eq!((&task["UploadTaskId"], &task["Status"]), (&json!(id), &json!(status)));
        assert_eq!(task["InternalUploadStreamUrl"] == "", ![4, 7].contains(&status));
        let other = json!({"UploadTaskId": id, "Status": status % 7 + 1});
        assert_eq!(call(&sim, "DescribeUploadTasks", other).await["Data"]["TotalSize"], 0);
    }
    clock.advance(Duration::from_secs(1));
    let (mut seen, mut token) = (0, json!(""));
    for shown in [3, 3, 1] {
        let body = json!({"PageSize": 3, "PageToken": token, "Status": 0});
        let answer = expect(&sim, "DescribeUploadTasks", body, 0).await;
        assert_eq!(answer["Data"]["UploadTasks"].as_array().unwrap().len(), shown);
        assert_eq!(answer["Data"]["TotalSize"], 7);
        token = answer["Data"]["NextPageToken"].clone();
        seen += shown;
    }
    assert_eq!((seen, token), (7, json!("")));
    assert_eq!(task(&sim, demo::ZEGO_FINISHED_UPLOAD).await["Status"], 4);
    for (field, body) in [
        ("Status", json!({"Status": 8})),
        ("PageSize", json!({"PageSize": 51})),
        ("PageToken", json!({"PageToken": "x"})),
        ("Title", json!({"Title": "x"})),
    ] {
        let answer = expect(&sim, "DescribeUploadTasks", body, 350_006_003).await;
        assert!(answer["Message"].as_str().unwrap().starts_with(&format!("{field} ")), "{answer}");
    }
}

#[tokio::test]
async fn only_a_waiting_task_is_cancelled_and_asking_twice_has_a_code() {
    let (sim, _) = start().await;
    for (id, after) in [
        (demo::ZEGO_WAITING_UPLOAD, 6),
        (demo::ZEGO_RUNNING_UPLOAD, 2),
        (demo::ZEGO_RETRYING_UPLOAD, 3),
        (demo::ZEGO_FINISHED_UPLOAD, 4),
    ] {
        let body = json!({"UploadTaskId": id});
        let answer = expect(&sim, "CancelUploadTask", body.clone(), 0).await;
        assert_eq!(answer.get("Data"), Some(&Value::Null));
        assert_eq!(task(&sim, id).await["Status"], after, "{id}");
        expect(&sim, "CancelUploadTask", body, 350_006_011).await;
    }
    expect(&sim, "CancelUploadTask", json!({"UploadTaskId": demo::ZEGO_CANCELLED_UPLOAD}), 350_006_011).await;
    expect(&sim, "CancelUploadTask", json!({"UploadTaskId": "nobody"}), 350_006_003).await;
    expect(&sim, "CancelUploadTask", json!({}), 350_006_003).await;
}

fn new(title: &str) -> Value {
    json!({"Title": title, "StreamUrl": "https://h/a.mp4"})
}

async fn create(sim: &Simulator, body: Value) -> String {
    expect(sim, "CreateUploadTask", body, 0).await["Data"]["UploadTaskId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_task_waits_uploads_succeeds_and_expires() {
    let (sim, clock) = start().await;
    let sample = json!({"Title": "your-title.mp4", "StreamUrl": "https://xxx.com/video/test.mp4", "RetentionDays": 2,
        "ContentMd5": "0uyh0doi++pDCwZkI0VEfA=="});
    let answer = expect(&sim, "CreateUploadTask", sample, 0).await;
    assert_eq!(answer["Data"]["CreateTime"], NOW_MILLIS / 1000);
    let id = answer["Data"]["UploadTaskId"].as_str().unwrap();
    let status = || sim.upload(id).unwrap()["Status"].clone();
    assert_eq!((status(), &sim.upload(id).unwrap()["UploadStreamUrl"]), (json!(1), &json!("")));
    for expected in [1, 2, 2, 4, 4] {
        clock.advance(Duration::from_millis(100));
        assert_eq!(status(), expected);
    }
    let task = task(&sim, id).await;
    assert!(task["InternalUploadStreamUrl"].as_str().unwrap().ends_with("/your-title.mp4"));
    assert_eq!(task["ExpiresAt"], NOW_MILLIS / 1000 + 2 * 86_400);
    expect(&sim, "CancelUploadTask", json!({"UploadTaskId": id}), 0).await;
    clock.advance(Duration::from_secs(2 * 86_400));
    assert_eq!(status(), 7);
}

#[tokio::test]
async fn a_cancelled_task_stays_cancelled() {
    let (sim, clock) = start().await;
    let id = create(&sim, new("a.mp4")).await;
    expect(&sim, "CancelUploadTask", json!({"UploadTaskId": id}), 0).await;
    clock.advance(Duration::from_secs(10));
    assert_eq!(sim.upload(&id).unwrap()["Status"], 6);
}

#[tokio::test]
async fn an_equal_title_overwrites_the_file_and_keeps_its_end() {
    let (sim, clock) = start().await;
    let old = create(&sim, new("a.mp4")).await;
    clock.advance(Duration::from_secs(1));
    sim.set_clock_offset(livecloud_sim::Vendor::Zego, 1);
    let mut again = new("a.mp4");
    again["RetentionDays"] = json!(7);
    let new = create(&sim, again).await;
    clock.advance(Duration::from_secs(1));
    let (old, new) = (sim.upload(&old).unwrap(), sim.upload(&new).unwrap());
    assert_eq!((&new["Status"], &new["ExpiresAt"]), (&json!(4), &old["ExpiresAt"]));
    assert_eq!(new["UploadStreamUrl"], old["UploadStreamUrl"]);
}

#[tokio::test]
async fn ten_unfinished_tasks_are_the_most() {
    let (sim, clock) = start().await;
    for serial in 3..10 {
        create(&sim, new(&format!("{serial}.mp4"))).await;
    }
    expect(&sim, "CreateUploadTask", new("a.mp4"), 350_006_010).await;
    clock.advance(Duration::from_secs(1));
    create(&sim, new("a.mp4")).await;
}

#[tokio::test]
async fn a_bad_upload_is_named() {
    let (sim, _) = start().await;
    let title = |bytes: usize| format!("{}.mp4", "t".repeat(bytes - 4));
    for (field, value) in [
        ("Title", json!("")),
        ("Title", json!("a.m3u8")),
        ("Title", json!(title(101))),
        ("StreamUrl", json!("ftp://h/a.mp4")),
        ("RetentionDays", json!(0)),
        ("RetentionDays", json!(8)),
        ("ContentMd5", json!("d41d8cd98f00b204e9800998ecf8427e")),
        ("ContentMd5", json!("")),
        ("Name", json!("x")),
    ] {
        let mut body = new("a.mp4");
        body[field] = value;
        let answer = expect(&sim, "CreateUploadTask", body, 350_006_003).await;
        assert!(answer["Message"].as_str().unwrap().starts_with(&format!("{field} ")), "{answer}");
    }
    create(&sim, new(&title(100))).await;
    create(&sim, new("a.MP4")).await;
}
