use anyrtc_recording::{Client, Delivery};
use httpmock::prelude::*;

use super::vectors::sample_recording;
use super::{APP, OK, account, query};

#[tokio::test]
async fn the_documented_request_goes_over_a_socket() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path(format!("/v1/apps/{APP}/cloud_recording/resourceid/r/mode/mix/start"))
                .header("content-type", "application/json;charset=utf-8")
                .header("authorization", "Basic Y3VzdG9tZXJJZDpjdXN0b21lclNlY3JldA==")
                .json_body_includes(r#"{"cname": "httpClient463224", "uid": "527841"}"#);
            then.status(201).header("content-type", "application/json").header("x-request-id", "q-1").body(OK);
        })
        .await;
    let client = Client::builder(account()).base_url(server.base_url()).build().unwrap();
    let answer = client.call(sample_recording()).with_info().await.unwrap();
    assert_eq!(answer.info.request_id.as_deref(), Some("q-1"));
    assert_eq!(answer.output.sid, "s-1");
    mock.assert_async().await;
}

#[tokio::test]
async fn a_query_is_a_get_with_the_content_type_of_the_other_calls() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(GET)
                .path(format!("/v1/apps/{APP}/cloud_recording/resourceid/r-1/sid/s-1/mode/mix/query"))
                .header("content-type", "application/json;charset=utf-8");
            then.status(200).body(OK);
        })
        .await;
    let client = Client::builder(account()).base_url(server.base_url()).build().unwrap();
    client.call(query()).await.unwrap();
    mock.assert_async().await;
}

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    // Bound and closed again: nothing listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::builder(account())
        .base_url(format!("http://{free}"))
        .retry(livecloud_core::StandardRetry::attempts(2))
        .build()
        .unwrap();
    let error = client.call(super::start()).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 2));
    assert!(!format!("{error:#} {error:?}").contains(&free.to_string()), "{error:#}");
}
