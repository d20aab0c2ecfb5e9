use httpmock::prelude::*;
use zego_cloud_player::{Client, Delivery, UpdatePlayer};

use super::{OK, account, documented_sample};

#[tokio::test]
async fn the_documented_request_goes_over_a_socket() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/")
                .query_param("Action", "UpdatePlayer")
                .query_param("AppId", "12345")
                .query_param("SignatureVersion", "2.0")
                .query_param_exists("Signature")
                .header("content-type", "application/json")
                .json_body_includes(r#"{"PlayerId": "player_1", "Sequence": 100, "BackupStreamUrl": ""}"#);
            then.status(200).header("content-type", "application/json").body(OK);
        })
        .await;
    let client = Client::builder(account()).base_url(server.base_url()).build().unwrap();
    let answer = client.call(documented_sample()).with_info().await.unwrap();
    assert_eq!(answer.info.request_id.as_deref(), Some("abcd123"));
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
    let error = client.call(UpdatePlayer::new("player_1", 1)).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 2));
    assert!(!format!("{error:#} {error:?}").contains(&free.to_string()), "{error:#}");
}
