use httpmock::prelude::*;
use polyv_vod::{Client, Delivery, UpdateVideoInfoV3};

use super::{APP_ID, OK, VID, account, documented_sample};

#[tokio::test]
async fn the_documented_request_goes_over_a_socket() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/v3/video/update-info")
                .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .form_urlencoded_tuple("appId", APP_ID)
                .form_urlencoded_tuple("title", "标题")
                .form_urlencoded_tuple("publishUrl", "外链地址")
                .form_urlencoded_tuple_exists("timestamp")
                .form_urlencoded_tuple_exists("sign");
            then.status(200).header("content-type", "application/json;charset=UTF-8").body(OK);
        })
        .await;
    let client = Client::builder(account()).base_url(server.base_url()).build().unwrap();
    let answer = client.call(documented_sample()).with_info().await.unwrap();
    assert_eq!(answer.info.request_id.as_deref(), Some("5ede3d23-45f0-4661-99be-e95d07daf049"));
    mock.assert_async().await;
}

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    // Bound and closed again: nothing listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client =
        Client::builder(account()).base_url(format!("http://{free}")).retry(livecloud_core::NoRetry).build().unwrap();
    let error = client.call(UpdateVideoInfoV3::new(VID).title("x")).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 1));
    assert!(!format!("{error:#} {error:?}").contains(&free.to_string()), "{error:#}");
}
