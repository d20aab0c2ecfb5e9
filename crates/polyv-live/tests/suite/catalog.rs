//! Every typed operation against the vendor's catalogue: method, path, place, name and required flag of every parameter.

use std::collections::BTreeSet;

use livecloud_core::Validation;
use polyv_live::{Client, OPERATIONS, REGISTRY};
use serde_json::{Value, json};

use super::{account, ok};

/// With all parameters, and with the required ones alone. Values do not matter here; path fields are 1.
fn inputs(operation: &str) -> (Value, Value) {
    match operation {
        "UpdateChannelAccount" => (
            json!({"channelId": "1", "account": "2", "nickname": "x", "password": "x", "avatar": "x", "actor": "x",
                "pageTurnEnabled": "Y", "notifyEnabled": "Y"}),
            json!({"channelId": "1", "account": "2"}),
        ),
        "UpdateChannelBasic" => (
            json!({"channelId": "1", "basicSetting": {
                "name": "x", "channelPasswd": "x", "publisher": "x", "startTime": 1, "endTime": 1, "pageView": 1,
                "likes": 1, "coverImg": "x", "splashImg": "x", "splashEnabled": "Y", "desc": "x",
                "consultingMenuEnabled": "Y", "maxViewerRestrict": "Y", "maxViewer": 1, "categoryId": 1,
                "linkMicLimit": 1, "operation": "Y", "receiveChannelIds": "1", "closeDanmu": "Y",
                "showDanmuInfoEnabled": "Y", "pureRtcEnabled": "Y", "customTeacherId": "x", "labelData": ["x"]
            }, "authSettings": [{
                "rank": 1, "enabled": "Y", "authType": "pay", "payAuthTips": "x", "price": 1.5, "watchEndTime": "x",
                "validTimePeriod": 1, "authCode": "x", "qcodeTips": "x", "qcodeImg": "x", "authTips": "x",
                "whiteListEntryText": "x", "whiteListInputTips": "x", "expectedArrivalEnabled": "Y",
                "infoAuthTips": "x", "infoDesc": "x", "infoEntryText": "x", "externalKey": "x", "externalUri": "x",
                "externalRedirectUri": "x", "customKey": "x", "customUri": "x", "directKey": "x",
                "infoFields": [{"name": "x", "type": "text", "options": "x", "placeholder": "x", "sms": "Y"}]
            }]}),
            json!({"channelId": "1"}),
        ),
        other => panic!("{other} has no input here"),
    }
}

/// Common parameters and the rows of the catalogue's table that are not in the path.
fn names<'a>(params: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    let name = |param: &Value| format!("{} {}", param["in"].as_str().unwrap(), param["name"].as_str().unwrap());
    params.filter(|param| param["in"] != "path").map(name).collect()
}

#[tokio::test]
async fn every_operation_agrees_with_the_catalogue() {
    let catalog: Vec<Value> = serde_json::from_str(include_str!("catalog.json")).unwrap();
    assert_eq!(catalog.len(), OPERATIONS.len(), "every typed operation has its row");
    for row in &catalog {
        let operation = row["operation"].as_str().unwrap();
        let entry = REGISTRY.iter().find(|entry| entry.meta().name == operation).unwrap();
        let params = row["params"].as_array().unwrap();
        let (all, required) = inputs(operation);
        // A required member of an optional object is required only where the object is.
        let nested = |param: &&Value| param["name"].as_str().unwrap().contains(['.', '[']);
        let expected = [
            (all, names(params.iter())),
            (required, names(params.iter().filter(|param| param["required"] == true && !nested(param)))),
        ];
        for (input, expected) in expected {
            let transport = ok();
            let client = Client::builder(account()).transport(transport.clone());
            let client = client.validation(Validation::Off).build().unwrap();
            entry.call(&client, input).await.unwrap();
            let sent = &transport.requests()[0];
            assert_eq!(sent.names(), expected, "{operation}");
            assert_eq!(sent.request().method().as_str(), row["method"], "{operation}");
            assert_eq!(sent.path(), row["path"].as_str().unwrap().replace("{channelId}", "1"), "{operation}");
        }
    }
}
