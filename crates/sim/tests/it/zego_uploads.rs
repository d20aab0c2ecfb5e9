//! ZEGO upload tasks.

use std::time::Duration;

use livecloud_sim::demo;
use serde_json::{Value, json};

use crate::zego::{call, expect, start};

async fn task(sim: &livecloud_sim::Simulator, id: &str) -> Value {
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
