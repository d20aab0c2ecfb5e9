use httpmock::prelude::*;
use polyv_live::{Client, Delivery};

use super::{APP_ID, OK, OK_BASIC, account, channel_sample, role_sample};

#[tokio::test]
async fn the_documented_requests_go_over_a_socket() {
    let server = MockServer::start_async().await;
    let role = server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/live/v2/channelAccount/2191541/update")
                .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .form_urlencoded_tuple("appId", APP_ID)
                .form_urlencoded_tuple("account", "0052191541")
                .form_urlencoded_tuple("nickname", "陈老师")
                .form_urlencoded_tuple("password", "123456")
                .form_urlencoded_tuple("pageTurnEnabled", "Y")
                .form_urlencoded_tuple_exists("timestamp")
                .form_urlencoded_tuple_exists("sign");
            then.status(200).header("content-type", "application/json;charset=UTF-8").body(OK);
        })
        .await;
    let channel = server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/live/v3/channel/basic/update")
                .query_param("appId", APP_ID)
                .query_param("channelId", "2191569")
                .query_param_exists("timestamp")
                .query_param_exists("sign")
                .header("content-type", "application/json")
                .json_body_includes(r#"{"basicSetting": {"categoryId": 345134, "labelData": ["zpmz3640wkxpj267"]}}"#);
            then.status(200).header("content-type", "application/json;charset=UTF-8").body(OK_BASIC);
        })
        .await;
    let client = Client::builder(account()).base_url(server.base_url()).build().unwrap();
    client.call(role_sample()).await.unwrap();
    client.call(channel_sample()).await.unwrap();
    role.assert_async().await;
    channel.assert_async().await;
}

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    // Bound and closed again: nothing listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client =
        Client::builder(account()).base_url(format!("http://{free}")).retry(livecloud_core::NoRetry).build().unwrap();
    let error = client.call(role_sample()).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 1));
    assert!(!format!("{error:#} {error:?}").contains(&free.to_string()), "{error:#}");
}
