//! Replies and classes.

use anyrtc_recording::{Class, Error, ErrorIds, ErrorKind, FileList, Mode, ServerResponse};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Any, of_kind, offline, text};

/// What came of a reply, whatever the operation.
struct Read {
    status: u16,
    resource_id: Option<String>,
    sid: Option<String>,
    response: ServerResponse,
}

/// Reads a reply the way a client does, and keeps the effective status.
fn read(method: &str, status: u16, body: &str) -> Result<Read, Error> {
    let client = offline(crate::account());
    let reply = || {
        let mut reply = http::Response::new(Bytes::from(body.to_owned()));
        *reply.status_mut() = http::StatusCode::from_u16(status).unwrap();
        reply
    };
    let nothing = ServerResponse::default;
    let any = Any::new(method, "r", "s", Mode::Mix);
    let (resource_id, sid, response) = match &any {
        Any::Acquire(op) => client.interpret(op, reply()).map(|out| (Some(out.resource_id), None, nothing())),
        Any::Start(op) => client.interpret(op, reply()).map(|out| (out.resource_id, Some(out.sid), nothing())),
        Any::Update(op) => client.interpret(op, reply()).map(|out| (out.resource_id, out.sid, nothing())),
        Any::UpdateLayout(op) => client.interpret(op, reply()).map(|out| (out.resource_id, out.sid, nothing())),
        Any::Query(op) => client.interpret(op, reply()).map(|out| (out.resource_id, out.sid, out.server_response)),
        Any::Stop(op) => client.interpret(op, reply()).map(|out| (out.resource_id, out.sid, out.server_response)),
    }?;
    Ok(Read { status: effective_status(&any, reply()), resource_id, sid, response })
}

fn effective_status(any: &Any, reply: http::Response<Bytes>) -> u16 {
    use livecloud_core::{Operation as _, Reply, Vendor as _};
    let meta = match any {
        Any::Acquire(op) => op.meta(),
        Any::Start(op) => op.meta(),
        Any::Update(op) => op.meta(),
        Any::UpdateLayout(op) => op.meta(),
        Any::Query(op) => op.meta(),
        Any::Stop(op) => op.meta(),
    };
    match crate::account().open(meta, (), &reply).unwrap() {
        Reply::Ok { status, .. } => status.as_u16(),
        Reply::Fault(fault) => fault.status.as_u16(),
    }
}

fn files(list: &FileList) -> Value {
    match list {
        FileList::None => json!({"kind": "none"}),
        FileList::Name(name) => json!({"kind": "name", "name": name}),
        FileList::Items(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|file| {
                    let mut item = json!({"name": file.name});
                    let members = [
                        ("track_type", json!(file.track_type)),
                        ("uid", json!(file.uid)),
                        ("mixed_all_user", json!(file.mixed_all_user)),
                        ("is_playable", json!(file.is_playable)),
                        ("slice_start_time_ms", json!(file.slice_start_time_ms)),
                    ];
                    for (name, value) in members.into_iter().filter(|(_, value)| !value.is_null()) {
                        item[name] = value;
                    }
                    item
                })
                .collect();
            json!({"kind": "list", "items": items})
        }
        other => panic!("{other:?}"),
    }
}

fn extensions(response: &ServerResponse) -> Value {
    let videos = |payload: &anyrtc_recording::ExtensionPayload| -> Vec<_> {
        let video =
            |video: &anyrtc_recording::VodVideo| json!({"file_name": video.file_name, "video_id": video.video_id});
        payload.video_info.iter().map(video).collect()
    };
    let services = response.extension_service_state.iter().map(|service| {
        json!({
            "service_name": service.service_name, "state": service.payload.state, "videos": videos(&service.payload),
        })
    });
    services.collect()
}

#[test]
fn replies_read_as_recorded() {
    let vectors = of_kind("response");
    assert_eq!(vectors.len(), 44);
    for vector in vectors {
        let (name, input, expected) = (&vector.name, &vector.input, &vector.expected);
        let status = u16::try_from(input["http_status"].as_u64().unwrap()).unwrap();
        let outcome = read(text(input, "method"), status, text(input, "body"));
        if expected["outcome"] == "success" {
            let read = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(json!(read.status), expected["status"], "{name}");
            for (given, key) in [(&read.resource_id, "resource_id"), (&read.sid, "sid")] {
                assert_eq!(json!(given), expected[key], "{name} {key}");
            }
            let response = &read.response;
            let members = [
                ("files", files(&response.file_list)),
                ("recording_status", json!(response.status)),
                ("slice_start_time_ms", json!(response.slice_start_time_ms)),
                ("uploading_status", json!(response.uploading_status)),
                ("extensions", extensions(response)),
                ("sub_services", json!(response.sub_service_status)),
            ];
            for (key, given) in members {
                if let Some(expected) = expected.get(key) {
                    assert_eq!(&given, expected, "{name} {key}");
                }
            }
        } else {
            failed(name, expected, &outcome.err().unwrap_or_else(|| panic!("{name} succeeded")));
        }
    }
}

fn failed(name: &str, expected: &Value, error: &Error) {
    let wanted = &expected["error"];
    let class = Class::of(error).unwrap();
    assert_eq!(class.as_str(), text(wanted, "class"), "{name}");
    assert_eq!(json!(error.code().and_then(livecloud_core::Code::as_i64)), wanted["code"], "{name}");
    assert_eq!(json!(error.http_status().unwrap().as_u16()), expected["status"], "{name}");
    // Where the vendor says nothing about an incomplete success, the client says what is missing.
    if class == Class::Unexpected {
        assert!(error.message().unwrap().starts_with("the reply has no"), "{name}: {error}");
    } else {
        assert_eq!(json!(error.message()), wanted["message"], "{name}");
    }
    let ids = ErrorIds::of(error);
    assert_eq!(json!(ids.resource_id), expected["resource_id"], "{name}");
    assert_eq!(json!(ids.sid), expected["sid"], "{name}");
    assert_eq!(error.category(), Some(class.category()), "{name}");
    assert_eq!(error.kind(), ErrorKind::Api, "{name}");
    assert!(error.advice().is_some(), "{name}");
}

#[test]
fn failures_are_classed_by_method_code_text_and_status() {
    let vectors = of_kind("classify");
    assert_eq!(vectors.len(), 37);
    for vector in vectors {
        let input = &vector.input;
        let status = u16::try_from(input["http_status"].as_u64().unwrap()).unwrap();
        let mut body = json!({});
        for (from, to) in [("code", "code"), ("message", "message")] {
            if !input[from].is_null() {
                body[to] = input[from].clone();
            }
        }
        let wrapped = json!({"Code": status, "Body": body});
        for body in [body, wrapped] {
            let error = read(text(input, "method"), status, &body.to_string()).err().unwrap();
            let class = Class::of(&error).unwrap();
            assert_eq!(class.as_str(), text(&vector.expected, "class"), "{} {body}", vector.name);
            assert_eq!(error.category(), Some(class.category()), "{}", vector.name);
        }
    }
}
