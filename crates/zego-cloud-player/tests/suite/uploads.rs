use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, TransportErrorKind};
use serde_json::{Value, json};
use zego_cloud_player::{
    CancelUploadTask, ContentMd5, CreateUploadTask, Delivery, DescribeUploadTasks, ErrorKind, UpdatePlayer,
    UploadTaskStatus, codes,
};

use super::{answered, body_of, client};

const URL: &str = "https://xxx.com/video/test.mp4";
const CREATED: &str = r#"{"Code":0,"Message":"succeed","RequestId":"955607951583870294","Data":{"UploadTaskId":"upload_task_1","CreateTime":1681221508}}"#;
const LISTED: &str = r#"{"Code":0,"Message":"succeed","RequestId":"abcd123","Data":{"TotalSize":1,"NextPageToken":"","UploadTasks":[{"UploadTaskId":"upload_task_1","StreamUrl":"https://xxx.com/video/test.mp4","Title":"your-title.mp4","Status":4,"RetryCount":0,"ExpiresAt":1742989076,"CreateTime":1735213076,"UploadStreamUrl":"https://xxx.com/video/your-title.mp4","InternalUploadStreamUrl":"https://xxx.com/video/your-title.mp4"}]}}"#;

fn upload() -> CreateUploadTask {
    CreateUploadTask::new("your-title.mp4", URL)
}

#[tokio::test]
async fn the_documented_upload_is_produced_exactly() {
    let all = upload().retention_days(3).content_md5("0uyh0doi++pDCwZkI0VEfA==");
    let expected = json!({
        "Title": "your-title.mp4", "StreamUrl": URL, "RetentionDays": 3, "ContentMd5": "0uyh0doi++pDCwZkI0VEfA=="
    });
    assert_eq!(body_of(all.clone()).await, expected);
    assert_eq!(serde_json::from_value::<CreateUploadTask>(expected).unwrap(), all);
    assert_eq!(body_of(upload()).await, json!({"Title": "your-title.mp4", "StreamUrl": URL}));
}

#[tokio::test]
async fn a_created_upload_is_told_by_its_id() {
    let (client, _) = answered(CREATED);
    let created = client.call(upload()).await.unwrap();
    assert_eq!((created.upload_task_id.as_str(), created.create_time), ("upload_task_1", Some(1_681_221_508)));
    let (client, _) = answered(r#"{"Code":0,"Data":{"UploadTaskId":8,"CreateTime":"1681221508"}}"#);
    let created = client.call(upload()).await.unwrap();
    assert_eq!((created.upload_task_id.as_str(), created.create_time), ("8", Some(1_681_221_508)));
    let (client, transport) = answered(r#"{"Code":0,"RequestId":"r1","Data":null}"#);
    let error = client.call(upload()).await.unwrap_err();
    assert_eq!((error.kind(), error.request_id(), transport.requests().len()), (ErrorKind::Decode, Some("r1"), 1));
}

#[tokio::test(start_paused = true)]
async fn an_upload_whose_answer_was_lost_is_not_repeated() {
    for lost in [Step::fail(TransportErrorKind::Timeout), Step::json(r#"{"Code":350010000,"Message":"m"}"#)] {
        let transport = ReplayTransport::always(lost);
        let error = client(&transport).call(upload()).await.unwrap_err();
        assert_eq!((error.delivery(), transport.requests().len()), (Delivery::Unknown, 1));
    }
}

#[tokio::test]
async fn too_many_unfinished_uploads_are_a_matter_of_the_account() {
    let (client, _) = answered(r#"{"Code":350006010,"Message":"m","RequestId":"r"}"#);
    let error = client.call(upload()).await.unwrap_err();
    assert!(error.is_code(codes::UPLOAD_QUOTA));
    assert_eq!(error.category(), Some(Category::Account));
}

#[tokio::test]
async fn a_cancellation_names_the_task_and_is_accepted_whatever_its_content() {
    let cancel = CancelUploadTask::new("XXXXXXXXXXXX");
    assert_eq!(body_of(cancel.clone()).await, json!({"UploadTaskId": "XXXXXXXXXXXX"}));
    for data in [r#","Data":null"#, "", r#","Data":{"UploadTaskId":"x"}"#, r#","Data":"""#] {
        let reply = format!(r#"{{"Code":0,"Message":"succeed","RequestId":"3433376152562619"{data}}}"#);
        let (client, _) = answered(&reply);
        let answer = client.call(&cancel).with_info().await.unwrap();
        assert!(!answer.output.already_requested, "{data}");
        assert_eq!(answer.info.request_id.as_deref(), Some("3433376152562619"));
    }
}

#[tokio::test]
async fn to_cancel_twice_is_to_have_cancelled() {
    let again = r#"{"Code":350006011,"Message":"m","RequestId":"r"}"#;
    let (client, transport) = answered(again);
    let answer = client.call(CancelUploadTask::new("t")).with_info().await.unwrap();
    assert!(answer.output.already_requested);
    assert_eq!((answer.info.request_id.as_deref(), transport.requests().len()), (Some("r"), 1));
    assert_eq!(serde_json::to_value(answer.output).unwrap(), json!({"AlreadyRequested": true}));
    // Elsewhere the code means nothing of the kind.
    let error = client.call(UpdatePlayer::new("p", 1).pause()).await.unwrap_err();
    assert!(error.is_code(codes::CANCEL_ALREADY_REQUESTED));
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_whose_answer_was_lost_is_repeated() {
    let transport = ReplayTransport::new([
        Step::fail(TransportErrorKind::Timeout),
        Step::json(r#"{"Code":350006011,"Message":"m","RequestId":"r"}"#),
    ]);
    assert!(client(&transport).call(CancelUploadTask::new("t")).await.unwrap().already_requested);
}

#[tokio::test]
async fn a_refused_cancellation_says_so() {
    let (client, _) = answered(r#"{"Code":350006003,"Message":"no such task","RequestId":"r"}"#);
    let error = client.call(CancelUploadTask::new("t")).await.unwrap_err();
    assert_eq!((error.category(), error.message()), (Some(Category::InvalidArgument), Some("no such task")));
}

#[tokio::test]
async fn the_documented_list_of_uploads_is_asked_for_exactly() {
    let describe = DescribeUploadTasks::new().page_size(10).page_token("").status(UploadTaskStatus::Waiting);
    let expected = json!({"PageSize": 10, "PageToken": "", "Status": 1});
    assert_eq!(body_of(describe.clone()).await, expected);
    assert_eq!(serde_json::from_value::<DescribeUploadTasks>(expected).unwrap(), describe);
    assert_eq!(body_of(DescribeUploadTasks::new()).await, json!({}));
    let all = describe.upload_task_id("t").page_token("2");
    assert_eq!(body_of(all).await, json!({"UploadTaskId": "t", "PageSize": 10, "PageToken": "2", "Status": 1}));
}

#[tokio::test]
async fn the_documented_list_of_uploads_is_read_whole() {
    let (client, _) = answered(LISTED);
    let page = client.call(DescribeUploadTasks::new()).await.unwrap();
    assert_eq!((page.total_size, page.next_page_token, page.upload_tasks.len()), (Some(1), None, 1));
    let task = &page.upload_tasks[0];
    assert_eq!(task.upload_task_id.as_deref(), Some("upload_task_1"));
    assert_eq!((&task.stream_url, task.title.as_deref()), (&Some(URL.into()), Some("your-title.mp4")));
    assert_eq!((task.status, task.retry_count), (Some(UploadTaskStatus::Succeeded), Some(0)));
    assert_eq!((task.expires_at, task.create_time), (Some(1_742_989_076), Some(1_735_213_076)));
    let stored = Some("https://xxx.com/video/your-title.mp4".into());
    assert_eq!((&task.upload_stream_url, &task.internal_upload_stream_url), (&stored, &stored));
}

#[tokio::test]
async fn lists_of_uploads_survive_older_spellings_numbers_as_text_nulls_and_news() {
    let (client, _) = answered(
        r#"{"Code":0,"Data":{"TotoalSize":"1","NextPageToken":"n","UploadTask":[
            {"UploadTaskId":6,"Status":"3","RetryCount":"2","ExpiresAt":"5","UploadStreamUrl":null,"New":1},
            {"Status":8}]}}"#,
    );
    let page = client.call(DescribeUploadTasks::new()).await.unwrap();
    assert_eq!((page.total_size, page.next_page_token.as_deref()), (Some(1), Some("n")));
    let task = &page.upload_tasks[0];
    assert_eq!(task.upload_task_id.as_deref(), Some("6"));
    assert_eq!((task.status, task.retry_count), (Some(UploadTaskStatus::WaitingForRetry), Some(2)));
    assert_eq!((task.expires_at, &task.upload_stream_url), (Some(5), &None));
    assert_eq!(page.upload_tasks[1].status, Some(UploadTaskStatus::Other(8)));
}

#[tokio::test(start_paused = true)]
async fn a_list_of_uploads_is_asked_for_again_after_a_lost_answer() {
    let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Timeout), Step::json(LISTED)]);
    client(&transport).call(DescribeUploadTasks::new()).await.unwrap();
    let (client, transport) = answered(r#"{"Code":350006006,"Message":"m"}"#);
    let error = client.call(DescribeUploadTasks::new()).await.unwrap_err();
    assert_eq!((error.category(), transport.requests().len()), (Some(Category::Account), 1));
}

#[test]
fn check_sums_are_base64_of_the_raw_digest() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let mut checked = 0;
    for vector in vectors.iter().filter(|vector| vector["kind"] == "content_md5") {
        let expected = vector["expected"].as_str().unwrap();
        let digest = hex::decode(vector["md5_hex"].as_str().unwrap()).unwrap();
        let md5 = ContentMd5::from_digest(digest.try_into().unwrap());
        assert_eq!(md5.as_str(), expected, "{}", vector["name"]);
        assert_eq!(md5, ContentMd5::from(expected));
        if let Some(content) = vector["input_utf8"].as_str() {
            assert_eq!(ContentMd5::of(content).to_string(), expected);
        }
        checked += 1;
    }
    assert_eq!(checked, 3);
}
