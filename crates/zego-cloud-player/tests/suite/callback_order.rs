//! Details of events, and their order.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};
use zego_cloud_player::callback::{
    CancelRefusal, Detail, Event, EventKind, Inbound, PlayerTrouble, Progress, Standing, UploadFailure, UploadProgress,
    UploadTrouble, Verifier, sign_for_test,
};
use zego_cloud_player::{DestroyReason, PlayerStatus, UploadTaskStatus};

const SENT: u64 = 1_681_221_510;

fn event(kind: i64, time: Option<i64>, detail: Value) -> Event {
    let now = UNIX_EPOCH + Duration::from_secs(SENT);
    let body = json!({"EventType": kind, "EventTime": time, "PlayerId": "p", "Detail": detail});
    let request = sign_for_test("s", body, now, "n");
    let inbound = Inbound { uri: "/", headers: request.headers(), body: request.body() };
    Verifier::new("s").verify(inbound, now).unwrap().event().unwrap()
}

fn detail(kind: i64, detail: Value) -> Detail {
    event(kind, Some(1), detail).typed_detail()
}

#[test]
fn every_kind_of_event_has_its_detail() {
    let created = json!({"CreateTime": 1, "PlayTime": "2", "MaxIdleTime": 30, "StreamUrl": "https://h/a%2Fb"});
    let Detail::PlayerCreated { create_time, play_time, max_idle_time, stream_url, .. } = detail(1, created) else {
        panic!("created")
    };
    assert_eq!((create_time, play_time, max_idle_time), (Some(1), Some(2), Some(30)), "numbers may come as texts");
    assert_eq!(stream_url.as_deref(), Some("https://h/a%2Fb"), "escapes in an address mean something");

    let Detail::PlayerDestroyed { play_time, reason, .. } = detail(2, json!({"PlayTime": 5, "Reason": 2})) else {
        panic!("destroyed")
    };
    assert_eq!((play_time, reason), (Some(5), Some(DestroyReason::Idle)));
    let Detail::UploadFailed { reason, .. } = detail(10002, json!({"Reason": 3})) else { panic!("failed") };
    assert_eq!(reason, Some(UploadFailure::TooLarge));
    let Detail::CancelFailed { reason, .. } = detail(10004, json!({"Reason": 1})) else { panic!("not cancelled") };
    assert_eq!(reason, Some(CancelRefusal::Uploading));
    let Detail::UploadException { code, .. } = detail(10005, json!({"Code": "2"})) else { panic!("trouble") };
    assert_eq!(code, Some(UploadTrouble::Store));
    assert_eq!(detail(10001, json!({})), Detail::FileUploaded);
    assert_eq!(detail(10006, Value::Null), Detail::FileExpired);
    assert_eq!(detail(77, json!({"x": 1})), Detail::Other(json!({"x": 1})));
}

#[test]
fn an_items_index_counts_only_where_the_vendor_says_so() {
    for status in 1..=8 {
        let Detail::PlayerStatusChanged { status: read, play_index, .. } =
            detail(3, json!({"Status": status, "PlayIndex": 2}))
        else {
            panic!("status")
        };
        assert_eq!(read, Some(PlayerStatus::from(status)));
        assert_eq!(play_index, (status == 4 || status == 5).then_some(2));
    }
    for code in [-7, -1, 1, 6, 7, 99] {
        let Detail::PlayerException { code: read, play_index, .. } = detail(4, json!({"Code": code, "PlayIndex": 0}))
        else {
            panic!("exception")
        };
        assert_eq!(read, Some(PlayerTrouble::from(code)));
        assert_eq!(play_index, (code == 7).then_some(0));
    }
}

#[test]
fn the_number_three_of_an_upload_is_cancelled_here_and_a_wait_in_the_list() {
    let Detail::UploadStatusChanged { status, .. } = detail(10003, json!({"Status": 3})) else { panic!("status") };
    assert_eq!(status, Some(UploadProgress::Cancelled));
    assert_ne!(UploadTaskStatus::from(3), UploadTaskStatus::Cancelled);
}

#[test]
fn what_cannot_be_read_in_a_detail_is_nothing_and_what_is_unknown_is_kept() {
    let Detail::PlayerDestroyed { reason, .. } = detail(2, json!({"Reason": {"a": 1}})) else { panic!("destroyed") };
    assert_eq!(reason, None);
    let Detail::PlayerDestroyed { reason, .. } = detail(2, json!({"Reason": 99})) else { panic!("destroyed") };
    assert_eq!(reason.map(DestroyReason::as_i64), Some(99));
    let Detail::PlayerDestroyed { play_time, .. } = detail(2, Value::Null) else { panic!("destroyed") };
    assert_eq!(play_time, None);
}

fn takes(events: &[(i64, Option<i64>)]) -> (Vec<Standing>, Progress) {
    let mut progress = Progress::new();
    let standings = events.iter().map(|(kind, time)| progress.take(&event(*kind, *time, json!({})))).collect();
    (standings, progress)
}

#[test]
fn older_changes_of_state_are_late_and_equal_ones_unclear() {
    use Standing::{Counts, Late, Unclear};
    let (standings, progress) = takes(&[(3, Some(20)), (1, Some(10)), (3, Some(20)), (3, None), (3, Some(21))]);
    assert_eq!(standings, [Counts, Late, Unclear, Unclear, Counts]);
    assert_eq!((progress.latest(), progress.end()), (Some(21), None));
}

#[test]
fn a_final_event_counts_however_late_and_nothing_after_it() {
    use Standing::{Counts, Late};
    for end in [2, 10002, 10006] {
        let (standings, progress) =
            takes(&[(3, Some(20)), (end, Some(10)), (3, Some(30)), (4, Some(40)), (end, Some(50))]);
        assert_eq!(standings, [Counts, Counts, Late, Late, Late], "{end}");
        assert_eq!((progress.latest(), progress.end()), (Some(20), Some(EventKind::from(end))));
    }
    let (standings, _) =
        takes(&[(10003, Some(1)), (10001, Some(2)), (10003, Some(3)), (10006, Some(4)), (10001, Some(2))]);
    assert_eq!(standings, [Counts, Counts, Late, Counts, Late], "a file that was uploaded can only expire");
}

#[test]
fn trouble_changes_no_state_and_counts_until_the_end() {
    use Standing::{Counts, Late};
    let (standings, progress) =
        takes(&[(3, Some(20)), (4, Some(10)), (10004, None), (10005, Some(5)), (2, None), (4, Some(99))]);
    assert_eq!(standings, [Counts, Counts, Counts, Counts, Counts, Late]);
    assert_eq!(progress.latest(), Some(20));
}

#[test]
fn progress_can_be_stored() {
    let (_, progress) = takes(&[(3, Some(20)), (2, Some(30))]);
    assert_eq!(Progress::from_parts(progress.latest(), progress.end()), progress);
}
