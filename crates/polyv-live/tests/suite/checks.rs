use livecloud_core::Operation;
use livecloud_core::test_util::capture_logs;
use polyv_live::{
    Account, AuthSetting, AuthType, BasicSetting, Delivery, ErrorKind, InfoField, InfoType, Rank, UpdateChannelAccount,
    UpdateChannelBasic, Validation,
};

use super::{channel_sample, client, ok, role_sample};

/// Rules that warn, at least in some case.
const WARNINGS: [&str; 14] =
    ["L05", "L06", "L12", "L14", "L16", "L22", "L24", "L29", "L32", "L34", "L42", "L43", "L49", "L50"];

const RANK: Rank = Rank::Primary;

/// `(path, rule id)` of every violation; empty when the request was sent.
pub(super) async fn broken<O>(op: O, validation: Validation) -> Vec<(String, &'static str)>
where
    O: Operation<Vendor = Account> + 'static,
{
    let transport = ok();
    let outcome = client(&transport).call(op).validation(validation).await;
    let sent = transport.requests().len();
    match outcome {
        Ok(_) => {
            assert_eq!(sent, 1);
            Vec::new()
        }
        // that reply does not fit every operation: here the request counts
        Err(error) if error.kind() == ErrorKind::Decode => {
            assert_eq!(sent, 1);
            Vec::new()
        }
        Err(error) => {
            assert_eq!((sent, error.kind(), error.delivery()), (0, ErrorKind::Invalid, Delivery::NotSent));
            error.violations().iter().map(|violation| (violation.path.clone(), violation.id)).collect()
        }
    }
}

pub(super) async fn assert_broken<O>(op: O, path: &str, rule: &'static str)
where
    O: Operation<Vendor = Account> + Clone + std::fmt::Debug + 'static,
{
    assert_eq!(broken(op.clone(), Validation::Strict).await, [(path.to_owned(), rule)], "{op:?}");
    assert_eq!(broken(op, Validation::Off).await, [], "{path} {rule} under Off");
}

/// What is logged while the update is sent.
pub(super) fn warned<O: Operation<Vendor = Account> + 'static>(op: O, validation: Validation) -> Vec<&'static str> {
    let (outcome, log) = capture_logs(|| async { client(&ok()).call(op).validation(validation).await.map(drop) });
    // that reply does not fit every operation: here the request counts
    assert!(outcome.is_ok() || outcome.is_err_and(|error| error.kind() == ErrorKind::Decode));
    let warnings: String = log.lines().filter(|line| line.contains("WARN")).collect();
    WARNINGS.into_iter().filter(|id| warnings.contains(id)).collect()
}

fn role() -> UpdateChannelAccount {
    UpdateChannelAccount::new("2191541", "0052191541").actor("a")
}

fn basic(setting: BasicSetting) -> UpdateChannelBasic {
    UpdateChannelBasic::new("1").basic_setting(setting)
}

fn auth(condition: impl Into<AuthSetting>) -> UpdateChannelBasic {
    UpdateChannelBasic::new("1").auth(condition)
}

fn of_type(auth_type: AuthType) -> AuthSetting {
    let mut setting = AuthSetting::new(RANK, true);
    setting.auth_type = Some(auth_type);
    setting
}

fn until(watch_end_time: &str) -> UpdateChannelBasic {
    let mut pay = AuthSetting::from(AuthSetting::pay(RANK, 1.0));
    pay.watch_end_time = Some(watch_end_time.to_owned());
    auth(pay)
}

fn form(field: InfoField) -> UpdateChannelBasic {
    auth(AuthSetting::info(RANK, [field]))
}

fn relaying<'a>(channels: impl IntoIterator<Item = &'a str>) -> UpdateChannelBasic {
    basic(BasicSetting::new().operation(true).receive_channel_ids(channels))
}

fn channels(count: usize) -> UpdateChannelBasic {
    relaying(vec!["2191541"; count])
}

fn text(kind: InfoType) -> InfoField {
    InfoField::new(kind)
}

#[tokio::test]
async fn the_documented_samples_pass_without_a_warning() {
    assert_eq!(broken(role_sample(), Validation::Strict).await, []);
    assert_eq!(broken(channel_sample(), Validation::Strict).await, []);
    // The page's code sample names other ids, and a password of ten letters.
    let code_sample = UpdateChannelAccount::new("2149710", "0062149710").nickname("王老师").password("aB3dE6gH9j");
    assert_eq!(broken(code_sample, Validation::Strict).await, []);
}

#[test]
fn the_documented_samples_are_not_warned_about() {
    assert!(warned(role_sample(), Validation::Strict).is_empty());
    assert!(warned(channel_sample(), Validation::Strict).is_empty());
}

#[tokio::test]
async fn legal_roles_up_to_every_boundary_pass() {
    for role in [
        role().avatar("图".repeat(200)),
        role().avatar("//s1.videocc.net/a.png"),
        UpdateChannelAccount::new("0", "0"),
        role().nickname("长".repeat(500)).password("1"),
    ] {
        assert_eq!(broken(role.clone(), Validation::Strict).await, [], "{role:?}");
    }
}

#[tokio::test]
async fn legal_channels_up_to_every_boundary_pass() {
    for update in [
        basic(BasicSetting::new().name("名".repeat(100)).channel_passwd("密".repeat(16))),
        basic(BasicSetting::new().name("").channel_passwd("").desc("")),
        basic(BasicSetting::new().start_time(0)),
        basic(BasicSetting::new().start_time(1_000_000_000_000).end_time(9_999_999_999_999)),
        basic(BasicSetting::new().link_mic_limit(-1)),
        basic(BasicSetting::new().link_mic_limit(0)),
        basic(BasicSetting::new().link_mic_limit(16)),
        basic(BasicSetting::new().custom_teacher_id("~!".repeat(16))),
        basic(BasicSetting::new().custom_teacher_id("")),
        channels(500),
        auth(AuthSetting::pay(RANK, 0.0)),
        until("1557888134000"),
        until(""),
        auth(AuthSetting::pay(RANK, 1.0).valid_time_period(30).for_ever()),
        form(text(InfoType::Name).name("八".repeat(8)).placeholder("八".repeat(8))),
        form(InfoField::choice(vec!["选".repeat(8); 8])),
        auth(AuthSetting::info(RANK, vec![text(InfoType::Text); 6])),
        auth(AuthSetting::off(RANK)).auth(AuthSetting::off(Rank::Secondary)),
        auth(AuthSetting::direct(RANK, "k")).auth(AuthSetting::code(Rank::Secondary, "c")),
        auth(AuthSetting::direct(RANK, "k")).auth(AuthSetting::direct(Rank::Secondary, "k").disabled()),
        auth(AuthSetting::code(Rank::Secondary, "c")),
        auth(AuthSetting::new(RANK, true)),
        UpdateChannelBasic::new("1"),
    ] {
        assert_eq!(broken(update.clone(), Validation::Strict).await, [], "{update:?}");
    }
}

#[tokio::test]
async fn one_step_beyond_every_boundary_of_a_role_is_refused() {
    for (role, path, rule) in [
        (UpdateChannelAccount::new("2191541x", "1"), "channelId", "L01"),
        (UpdateChannelAccount::new("１", "1"), "channelId", "L01"),
        (UpdateChannelAccount::new("1", ""), "account", "L02"),
        (UpdateChannelAccount::new("1", "00-1"), "account", "L02"),
        (role().nickname(""), "nickname", "L03"),
        (role().password(" "), "password", "L03"),
        (role().avatar("\t"), "avatar", "L03"),
        (role().actor("\u{3000}"), "actor", "L03"),
        (role().avatar("图".repeat(201)), "avatar", "L04"),
    ] {
        assert_broken(role, path, rule).await;
    }
}

#[tokio::test]
async fn one_step_beyond_every_boundary_of_a_channel_is_refused() {
    for (update, path, rule) in [
        (UpdateChannelBasic::new("a"), "channelId", "L01"),
        (basic(BasicSetting::new().name("名".repeat(101))), "basicSetting.name", "L07"),
        (basic(BasicSetting::new().channel_passwd("密".repeat(17))), "basicSetting.channelPasswd", "L08"),
        (basic(BasicSetting::new().start_time(-1)), "basicSetting.startTime", "L09"),
        (basic(BasicSetting::new().start_time(999_999_999_999)), "basicSetting.startTime", "L09"),
        (basic(BasicSetting::new().start_time(10_000_000_000_000)), "basicSetting.startTime", "L09"),
        (basic(BasicSetting::new().end_time(-1)), "basicSetting.endTime", "L09"),
        (basic(BasicSetting::new().end_time(0)), "basicSetting.endTime", "L09"),
        (basic(BasicSetting::new().link_mic_limit(-2)), "basicSetting.linkMicLimit", "L10"),
        (basic(BasicSetting::new().link_mic_limit(17)), "basicSetting.linkMicLimit", "L10"),
        (channels(501), "basicSetting.receiveChannelIds", "L11"),
        (relaying(["2191541,2191569"]), "basicSetting.receiveChannelIds", "L11"),
        (relaying(["2191541", "", "x"]), "basicSetting.receiveChannelIds", "L11"),
        (relaying([" 2191541"]), "basicSetting.receiveChannelIds", "L11"),
        (basic(BasicSetting::new().custom_teacher_id("x".repeat(33))), "basicSetting.customTeacherId", "L13"),
        (basic(BasicSetting::new().custom_teacher_id("a b")), "basicSetting.customTeacherId", "L13"),
        (basic(BasicSetting::new().custom_teacher_id("é")), "basicSetting.customTeacherId", "L13"),
    ] {
        assert_broken(update, path, rule).await;
    }
}

#[tokio::test]
async fn one_step_beyond_every_boundary_of_a_condition_is_refused() {
    let at = |field: &str| format!("authSettings[0].{field}");
    for (update, field, rule) in [
        (auth(AuthSetting::off(Rank::Other(0))), "rank", "L15"),
        (auth(AuthSetting::off(Rank::Other(3))), "rank", "L15"),
        (auth(of_type(AuthType::Other("lottery".into()))), "authType", "L16"),
        (auth(of_type(AuthType::Public)), "authType", "L16"),
        (auth(of_type(AuthType::Wx)), "authType", "L16"),
        (auth(of_type(AuthType::Pay)), "price", "L17"),
        (auth(AuthSetting::pay(RANK, -0.01)), "price", "L17"),
        (auth(of_type(AuthType::Code)), "authCode", "L18"),
        (auth(AuthSetting::code(RANK, " ")), "authCode", "L18"),
        (auth(AuthSetting::external(RANK, "", "u")), "externalKey", "L19"),
        (auth(AuthSetting::external(RANK, "k", "")), "externalUri", "L19"),
        (auth(AuthSetting::custom(RANK, "", "u")), "customKey", "L20"),
        (auth(AuthSetting::custom(RANK, "k", "")), "customUri", "L20"),
        (auth(of_type(AuthType::Direct)), "directKey", "L21"),
        (auth(AuthSetting::direct(RANK, "")), "directKey", "L21"),
        (until("155788813400"), "watchEndTime", "L23"),
        (until("15578881340000"), "watchEndTime", "L23"),
        (until("2019-05-15 10:42"), "watchEndTime", "L23"),
        (until(" "), "watchEndTime", "L23"),
        (form(text(InfoType::Other(String::new()))), "infoFields[0].type", "L25"),
        (form(text(InfoType::Name).name("九".repeat(9))), "infoFields[0].name", "L26"),
        (form(text(InfoType::Name).placeholder("九".repeat(9))), "infoFields[0].placeholder", "L27"),
        (form(InfoField::choice(["a"; 9])), "infoFields[0].options", "L28"),
        (form(InfoField::choice(["a".to_owned(), "选".repeat(9)])), "infoFields[0].options", "L28"),
        (form(InfoField::choice(["a", "b,c"])), "infoFields[0].options", "L28"),
    ] {
        assert_broken(update, &at(field), rule).await;
    }
    // Both are missing, and both are named.
    for (auth_type, rule) in [(AuthType::External, "L19"), (AuthType::Custom, "L20")] {
        let found = broken(auth(of_type(auth_type.clone())), Validation::Strict).await;
        assert_eq!(found, [(at(&format!("{auth_type}Key")), rule), (at(&format!("{auth_type}Uri")), rule)]);
    }
    // JSON cannot hold it, so Off does not send it either.
    assert_eq!(broken(auth(AuthSetting::pay(RANK, f64::NAN)), Validation::Strict).await, [(at("price"), "L17")]);
}

#[tokio::test]
async fn conditions_that_cannot_stand_together_are_refused() {
    let (first, second) = (Rank::Primary, Rank::Secondary);
    for (update, path, rule) in [
        (auth(AuthSetting::off(first)).auth(AuthSetting::off(first)), "authSettings[1].rank", "L15"),
        (auth(AuthSetting::off(first)).auth(AuthSetting::phone(second)), "authSettings[1].enabled", "L14"),
        (auth(AuthSetting::phone(second)).auth(AuthSetting::off(first)), "authSettings[0].enabled", "L14"),
        (auth(AuthSetting::phone(first)).auth(AuthSetting::phone(second)), "authSettings[1].authType", "L14"),
    ] {
        assert_broken(update, path, rule).await;
    }
}

#[tokio::test]
async fn relaxed_also_takes_what_newer_pages_have_and_nothing_more() {
    for update in [
        until("2019-05-15 10:42"),
        until(""),
        auth(of_type(AuthType::Public)),
        auth(of_type(AuthType::Wx)),
        auth(AuthSetting::info(RANK, vec![text(InfoType::Text); 6])),
        auth(AuthSetting::phone(RANK)).auth(AuthSetting::phone(Rank::Secondary)),
        basic(BasicSetting::new().start_time(1).end_time(0)),
    ] {
        assert_eq!(broken(update.clone(), Validation::Relaxed).await, [], "{update:?}");
    }
    for update in [
        until("2019-05-15"),
        until("2019-05-15T10:42"),
        until("2019-05-15 10:4x"),
        until(" "),
        auth(of_type(AuthType::Other("lottery".into()))),
        basic(BasicSetting::new().end_time(-1)),
        channels(501),
    ] {
        assert_eq!(broken(update.clone(), Validation::Relaxed).await.len(), 1, "{update:?}");
    }
}

#[test]
fn what_is_legal_but_doubtful_is_warned_about_and_sent() {
    use Validation::{Relaxed, Strict};
    assert_eq!(warned(role().nickname("长".repeat(16)), Strict), ["L05"]);
    assert_eq!(warned(role().password("12345"), Strict), ["L05"]);
    assert_eq!(warned(role().actor("长".repeat(11)), Strict), ["L05"]);
    assert_eq!(warned(UpdateChannelAccount::new("1", "2"), Strict), ["L06"]);
    assert_eq!(warned(UpdateChannelBasic::new("1"), Strict), ["L06"]);
    assert_eq!(warned(basic(BasicSetting::new()), Strict), ["L06"]);
    assert_eq!(warned(UpdateChannelBasic::new("1").auth_settings(Vec::<AuthSetting>::new()), Strict), ["L06"]);
    assert_eq!(warned(basic(BasicSetting::new()).auth_settings(Vec::<AuthSetting>::new()), Strict), ["L06"]);
    assert!(warned(basic(BasicSetting::new()).auth(AuthSetting::off(RANK)), Strict).is_empty());
    assert!(warned(basic(BasicSetting::new().likes(0)), Strict).is_empty());
    assert_eq!(warned(basic(BasicSetting::new().operation(true)), Strict), ["L12"]);
    assert_eq!(warned(basic(BasicSetting::new().receive_channel_ids(["1"])), Strict), ["L12"]);
    assert_eq!(warned(auth(AuthSetting::phone(RANK)).auth(AuthSetting::phone(Rank::Secondary)), Relaxed), ["L14"]);
    assert_eq!(warned(auth(AuthSetting::new(RANK, true)), Strict), ["L16"]);
    let mut mixed = of_type(AuthType::Phone);
    mixed.price = Some(1.0);
    assert_eq!(warned(auth(mixed), Strict), ["L22"]);
    for validation in [Strict, Relaxed] {
        assert_eq!(warned(auth(AuthSetting::info(RANK, vec![text(InfoType::Text); 6])), validation), ["L24"]);
        assert!(warned(auth(AuthSetting::info(RANK, vec![text(InfoType::Text); 5])), validation).is_empty());
    }
    assert_eq!(warned(form(text(InfoType::Option)), Strict), ["L29"]);
    assert_eq!(warned(form(InfoField::choice(Vec::<String>::new())), Strict), ["L29"]);
    assert_eq!(warned(form(text(InfoType::Text).sms(true)), Strict), ["L29"]);
}

#[tokio::test]
async fn all_broken_rules_come_back_at_once_and_secrets_without_their_value() {
    let setting = BasicSetting::new().channel_passwd("hunter2-hunter2-hunter2").link_mic_limit(17);
    let update = UpdateChannelBasic::new("x")
        .basic_setting(setting)
        .auth(of_type(AuthType::Pay))
        .auth(AuthSetting::external(Rank::Secondary, "hunter3", ""));
    let error = client(&ok()).call(update).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "polyv-live UpdateChannelBasic: invalid request: channelId must be one or more digits, given \"x\" [L01]; \
         basicSetting.channelPasswd must have at most 16 characters [L08]; \
         basicSetting.linkMicLimit must be in -1..=16, given 17 [L10]; \
         authSettings[0].price is required by this authType [L17]; \
         authSettings[1].externalUri is required by this authType [L19]"
    );
}
