use polyv_live::{AuthSetting, InfoField, InfoType, Rank, UpdateChannelBasic, Validation};
use serde_json::{Value, json};

use super::{client, ok};

/// What is sent for one condition that Strict accepts.
async fn sent(condition: impl Into<AuthSetting>) -> Value {
    let transport = ok();
    client(&transport).call(UpdateChannelBasic::new("1").auth(condition)).validation(Validation::Strict).await.unwrap();
    transport.requests()[0].json()["authSettings"][0].clone()
}

#[tokio::test]
async fn every_type_has_a_constructor_that_asks_for_what_it_needs() {
    let rank = Rank::Primary;
    assert_eq!(
        sent(AuthSetting::pay(rank, 9.9).pay_auth_tips("t").watch_end_time_ms(1_557_888_134_000).valid_time_period(30))
            .await,
        json!({
            "rank": 1, "enabled": "Y", "authType": "pay", "payAuthTips": "t", "price": 9.9,
            "watchEndTime": "1557888134000", "validTimePeriod": 30
        })
    );
    assert_eq!(
        sent(AuthSetting::pay(rank, 9.9).watch_end_time_ms(1).valid_time_period(30).for_ever()).await,
        json!({"rank": 1, "enabled": "Y", "authType": "pay", "price": 9.9, "watchEndTime": ""})
    );
    assert_eq!(
        sent(AuthSetting::code(rank, "c").qcode_tips("t").qcode_img("i")).await,
        json!({"rank": 1, "enabled": "Y", "authType": "code", "authCode": "c", "qcodeTips": "t", "qcodeImg": "i"})
    );
    assert_eq!(
        sent(
            AuthSetting::phone(rank)
                .auth_tips("t")
                .white_list_entry_text("e")
                .white_list_input_tips("i")
                .expected_arrival_enabled(true)
        )
        .await,
        json!({
            "rank": 1, "enabled": "Y", "authType": "phone", "authTips": "t", "whiteListEntryText": "e",
            "whiteListInputTips": "i", "expectedArrivalEnabled": "Y"
        })
    );
    let fields = [
        InfoField::new(InfoType::Mobile).name("手机").sms(true),
        InfoField::choice(["男", "女"]).name("性别"),
        InfoField::new(InfoType::Text).placeholder("公司"),
    ];
    assert_eq!(
        sent(AuthSetting::info(rank, fields).info_auth_tips("t").info_desc("d").info_entry_text("e")).await,
        json!({
            "rank": 1, "enabled": "Y", "authType": "info", "infoAuthTips": "t", "infoDesc": "d", "infoEntryText": "e",
            "infoFields": [
                {"type": "mobile", "name": "手机", "sms": "Y"},
                {"type": "option", "name": "性别", "options": "男,女"},
                {"type": "text", "placeholder": "公司"}
            ]
        })
    );
    assert_eq!(
        sent(AuthSetting::custom(rank, "k", "https://u")).await,
        json!({"rank": 1, "enabled": "Y", "authType": "custom", "customKey": "k", "customUri": "https://u"})
    );
    assert_eq!(
        sent(AuthSetting::external(rank, "k", "https://u").external_redirect_uri("https://r")).await,
        json!({
            "rank": 1, "enabled": "Y", "authType": "external", "externalKey": "k", "externalUri": "https://u",
            "externalRedirectUri": "https://r"
        })
    );
    assert_eq!(
        sent(AuthSetting::direct(rank, "k")).await,
        json!({"rank": 1, "enabled": "Y", "authType": "direct", "directKey": "k"})
    );
}

#[tokio::test]
async fn a_condition_can_be_kept_and_turned_off_or_just_turned_off() {
    assert_eq!(
        sent(AuthSetting::direct(Rank::Secondary, "k").disabled()).await,
        json!({"rank": 2, "enabled": "N", "authType": "direct", "directKey": "k"})
    );
    assert_eq!(sent(AuthSetting::off(Rank::Primary)).await, json!({"rank": 1, "enabled": "N"}));
}
