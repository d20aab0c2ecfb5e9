//! What events say, typed.

use polyv_vod::callback::{
    CoursewareOutcome, Definition, DeletionKind, Details, ScanScene, ScanSource, ScanSuggestion, TranscodeOutcome,
};
use serde_json::{Value, json};

use super::callback::{VID, body_text, query_of, samples, verify};

fn details(fields: &[(&str, &str)], body: &Value) -> Details {
    let body = body_text(body);
    verify(&query_of(fields, &body), &body).unwrap().event().unwrap().details()
}

#[test]
fn every_documented_kind_is_typed_and_no_other() {
    for (kind, fields, body) in samples() {
        assert_ne!(details(&fields, &body), Details::Unknown, "{kind}");
    }
    assert_eq!(details(&[("type", "new_one"), ("vid", VID)], &Value::Null), Details::Unknown);
    assert_eq!(details(&[], &json!({"eventType": "NewOne", "vid": VID})), Details::Unknown);
}

#[test]
fn what_happened_to_uploads_imports_and_reviews_is_typed() {
    for kind in ["upload", "invalidVideo"] {
        let Details::Uploaded(upload) = details(&[("type", kind), ("vid", VID), ("state", "order-7")], &Value::Null)
        else {
            panic!("an upload")
        };
        assert_eq!((upload.vid.as_deref(), upload.state.as_deref()), (Some(VID), Some("order-7")));
    }
    let import = [("type", "async_upload"), ("fileUrl", "https://h/片.mp4?a=1"), ("title", "片头"), ("state", "")];
    let Details::ImportFailed(import) = details(&import, &Value::Null) else { panic!("an import") };
    assert_eq!(import.file_url.as_deref(), Some("https://h/片.mp4?a=1"));
    assert_eq!((import.title.as_deref(), import.state), (Some("片头"), None));
    for kind in ["videoSyncedFail", "pass", "nopass"] {
        let Details::Video(video) = details(&[("type", kind), ("vid", VID)], &Value::Null) else { panic!("{kind}") };
        assert_eq!(video.vid.as_deref(), Some(VID));
    }
}

#[test]
fn renditions_are_typed() {
    for kind in ["encode", "encode_failed"] {
        let fields = [("type", kind), ("format", "mp4"), ("vid", VID), ("df", "3")];
        let Details::Encoded(encoded) = details(&fields, &Value::Null) else { panic!("{kind}") };
        assert_eq!((encoded.vid.as_deref(), encoded.format.as_deref()), (Some(VID), Some("mp4")));
        assert_eq!(encoded.df, Some(Definition::FullHigh));
    }
    let rendition = json!({
        "status": "success", "format": "mp4", "df": 1, "bitrate": "250.5", "duration": 61, "size": "1024",
        "resolution": "640x360",
    });
    let odd = json!({"status": {"a": 1}, "df": "9", "bitrate": "fast", "size": -1, "format": [], "resolution": ""});
    let body =
        json!({"eventType": "TranscodeComplete", "status": "fail", "vid": VID, "videoInfos": [rendition, 5, odd]});
    let Details::Transcoded(all) = details(&[], &body) else { panic!("all renditions") };
    assert_eq!((all.status, all.vid.as_deref()), (Some(TranscodeOutcome::Fail), Some(VID)));
    let infos = all.video_infos.unwrap();
    assert_eq!(infos.len(), 2, "what is no object is left out");
    assert_eq!((&infos[0].status, infos[0].df), (&Some(TranscodeOutcome::Success), Some(Definition::Smooth)));
    assert_eq!((infos[0].bitrate, infos[0].duration, infos[0].size), (Some(250.5), Some(61.0), Some(1024)));
    assert_eq!((infos[0].format.as_deref(), infos[0].resolution.as_deref()), (Some("mp4"), Some("640x360")));
    let odd = &infos[1];
    assert_eq!((&odd.status, odd.df), (&None, Some(Definition::from(9))));
    assert_eq!((odd.bitrate, odd.size, &odd.format, &odd.resolution), (None, None, &None, &None));
}

#[test]
fn deletions_scans_courseware_and_snapshots_are_typed() {
    let body = json!({
        "eventType": "DeleteMediaComplete", "operateTime": 1_700_000_000_000_i64, "operator": "admin",
        "status": "success", "deleteType": "DeletePermanently", "vids": "a,b",
    });
    let Details::Deleted(deleted) = details(&[], &body) else { panic!("a deletion") };
    assert_eq!((deleted.operate_time.as_deref(), deleted.operator.as_deref()), (Some("1700000000000"), Some("admin")));
    assert_eq!(
        (deleted.status.as_deref(), deleted.delete_type),
        (Some("success"), Some(DeletionKind::DeletePermanently))
    );
    assert_eq!(deleted.vids, Some(["a", "b"].into_iter().collect()));

    let result =
        json!({"imageUrl": "https://i/1.png", "scene": "porn", "label": "l", "suggestion": "block", "rate": 99.5});
    let body = json!({"eventType": "AIContentScanNotPassed", "scanSource": "ppt", "vid": VID, "scanResults": [result]});
    let Details::Scanned(scan) = details(&[], &body) else { panic!("a scan") };
    assert_eq!((scan.scan_source, scan.vid.as_deref()), (Some(ScanSource::Slides), Some(VID)));
    let result = &scan.scan_results.unwrap()[0];
    assert_eq!((result.image_url.as_deref(), &result.scene), (Some("https://i/1.png"), &Some(ScanScene::Porn)));
    assert_eq!((result.label.as_deref(), &result.suggestion), (Some("l"), &Some(ScanSuggestion::Block)));
    assert_eq!(result.rate, Some(99.5));

    let page =
        json!({"pageNo": "1", "pageTitle": "封面", "pageImage": "https://i/p.png", "pageThumbnail": "https://i/t.png"});
    let body =
        json!({"eventType": "CoursewareConvertComplete", "status": "success", "vid": VID, "convertedImages": [page]});
    let Details::CoursewareConverted(courseware) = details(&[], &body) else { panic!("courseware") };
    assert_eq!((courseware.status, courseware.vid.as_deref()), (Some(CoursewareOutcome::Success), Some(VID)));
    let page = &courseware.converted_images.unwrap()[0];
    assert_eq!((page.page_no, page.page_title.as_deref()), (Some(1), Some("封面")));
    assert_eq!(page.page_image.as_deref(), Some("https://i/p.png"));
    assert_eq!(page.page_thumbnail.as_deref(), Some("https://i/t.png"));
    let body = json!({"eventType": "CoursewareConvertComplete", "status": "convertFailed", "vid": VID});
    let Details::CoursewareConverted(failed) = details(&[], &body) else { panic!("courseware") };
    assert_eq!((failed.status, failed.converted_images), (Some(CoursewareOutcome::ConvertFailed), None));

    let snapshot = json!({"offsetTime": "5", "imageUrl": "https://i/s.png"});
    let body = json!({"taskId": 5, "vid": VID, "status": "success", "snapshots": [snapshot]});
    let Details::SnapshotsTaken(taken) = details(&[], &body) else { panic!("snapshots") };
    assert_eq!((taken.task_id.as_deref(), taken.vid.as_deref()), (Some("5"), Some(VID)));
    assert_eq!(taken.status.as_deref(), Some("success"));
    let snapshot = &taken.snapshots.unwrap()[0];
    assert_eq!((snapshot.offset_time, snapshot.image_url.as_deref()), (Some(5.0), Some("https://i/s.png")));
}
