//! The operations about assistants and guests.

use livecloud_core::test_util::{ManualClock, ReplayTransport, Step};
use livecloud_core::wire::{UnixMillis, YesNo};
use livecloud_core::{NoTransport, Operation, Validation};
use polyv_live::{
    Account, AddChannelAccount, BatchCreateChannelAccounts, ChannelAccount, Client, CreateRoleAccount,
    DeleteChannelAccount, GetChannelAccount, ListChannelAccounts, NewAccount, Purview, PurviewCode, Role,
    UpdateRoleAccount,
};
use serde_json::{Value, json};

use super::checks::{assert_broken, broken, warned};
use super::{NOW_MS, account, client};

/// Method, path, parameters without the common ones, and body of what an operation sends.
pub(super) fn wire(op: impl Operation<Vendor = Account>) -> (String, Vec<(String, String)>, Value) {
    let client = Client::builder(account().user_id("1b448be323")).transport(NoTransport).clock(ManualClock::at(NOW_MS));
    let request = client.validation(Validation::Off).build().unwrap().prepare(op).unwrap();
    let is_form = request.headers().get("content-type").is_some_and(|kind| kind.as_bytes().ends_with(b"UTF-8"));
    let body = std::str::from_utf8(request.body()).unwrap().to_owned();
    let text = if is_form { body.clone() } else { request.uri().query().unwrap_or_default().to_owned() };
    let decode = |text: &str| percent_decode(&text.replace('+', " "));
    let mut pairs: Vec<_> = text.split('&').filter_map(|pair| pair.split_once('=')).collect();
    pairs.retain(|(name, _)| !["appId", "timestamp", "sign"].contains(name));
    let pairs = pairs.into_iter().map(|(name, value)| (name.to_owned(), decode(value))).collect();
    let json = if is_form || body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() };
    (format!("{} {}", request.method(), request.uri().path()), pairs, json)
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes().iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [*rest.next().unwrap(), *rest.next().unwrap()];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).unwrap()
}

pub(super) fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn assistant() -> NewAccount {
    NewAccount::new(Role::Assistant, "n", "234567")
}

#[test]
fn roles_are_asked_for_by_channel_and_number() {
    let (line, query, body) = wire(GetChannelAccount::new("21", "0052"));
    assert_eq!((&*line, body), ("GET /live/v2/channelAccount/21/account", Value::Null));
    assert_eq!(query, pairs(&[("account", "0052")]));
    let (line, query, body) = wire(ListChannelAccounts::new("21"));
    assert_eq!((&*line, body), ("GET /live/v2/channelAccount/21/accounts", Value::Null));
    assert_eq!(query, []);
    let (line, form, body) = wire(DeleteChannelAccount::new("21", "0052"));
    assert_eq!((&*line, body), ("POST /live/v2/channelAccount/21/delete", Value::Null));
    assert_eq!(form, pairs(&[("account", "0052")]));
}

#[test]
fn a_role_is_added_by_a_form() {
    let (line, form, _) = wire(AddChannelAccount::new("21"));
    assert_eq!((&*line, form), ("POST /live/v2/channelAccount/21/add", vec![]));
    let all =
        AddChannelAccount::new("21").role(Role::Guest).nickname("陈").password("p w").actor("a").avatar("https://i/");
    let expected =
        [("role", "Guest"), ("nickname", "陈"), ("password", "p w"), ("actor", "a"), ("avatar", "https://i/")];
    assert_eq!(wire(all).1, pairs(&expected));
}

#[test]
fn several_roles_are_a_bare_list_beside_a_signed_channel() {
    let full = assistant().actor("a").avatar("https://i/");
    let (line, query, body) = wire(BatchCreateChannelAccounts::new("21", [assistant(), full]));
    assert_eq!((&*line, query), ("POST /live/v3/channel/account/batch-create", pairs(&[("channelId", "21")])));
    let short = json!({"role": "Assistant", "nickname": "n", "passwd": "234567"});
    let long = json!({"role": "Assistant", "nickname": "n", "passwd": "234567", "actor": "a", "avatar": "https://i/"});
    assert_eq!(body, json!([short, long]));
}

#[test]
fn the_newer_operations_send_json_beside_a_signed_channel() {
    let (line, query, body) = wire(CreateRoleAccount::new("21", Role::Guest));
    assert_eq!((&*line, query), ("POST /live/v4/channel/account/create", pairs(&[("channelId", "21")])));
    assert_eq!(body, json!({"role": "Guest"}));
    let (line, query, body) = wire(UpdateRoleAccount::new("21", "0052"));
    assert_eq!((&*line, query), ("POST /live/v4/channel/account/update", pairs(&[("channelId", "21")])));
    assert_eq!(body, json!({"account": "0052"}));
    let rights = [Purview::new(PurviewCode::ChatListEnabled, true), Purview::new(PurviewCode::MonitorEnabled, false)];
    let rights_json = json!([{"code": "chatListEnabled", "enabled": "Y"}, {"code": "monitorEnabled", "enabled": "N"}]);
    let details = json!({
        "actor": "a", "nickName": "n", "avatar": "i", "passwd": "234567", "purviewList": rights_json,
    });
    let create = CreateRoleAccount::new("21", Role::Assistant).actor("a").nick_name("n").avatar("i").passwd("234567");
    let mut expected = details.clone();
    expected["role"] = json!("Assistant");
    assert_eq!(wire(create.purview_list(rights.clone())).2, expected);
    let update = UpdateRoleAccount::new("21", "0052").actor("a").nick_name("n").avatar("i").passwd("234567");
    let mut expected = details;
    expected["account"] = json!("0052");
    assert_eq!(wire(update.purview_list(rights)).2, expected);
}

/// Every field of the vendor's tables, in the types they come in.
fn reply() -> Value {
    json!({
        "account": "0052191541", "userId": "1b448be323", "channelId": 2_191_541, "passwd": 234_567, "nickname": "陈",
        "stream": "STREAM-KEY", "status": "Y", "createdTime": 1_557_888_134_000_u64, "lastModified": "1557888134001",
        "sort": "2", "avatar": "https://i/a.png", "actor": "助教", "role": "Guest", "pageTurnEnabled": "Y",
        "notifyEnabled": "N", "checkinEnabled": "", "voteEnabled": null, "lotteryEnabled": "maybe",
        "chatListEnabled": "Y", "chatAuditEnabled": "N", "chatInteractionEnabled": "Y", "monitorEnabled": true,
        "roundTourEnabled": "Y", "watchLockEnabled": "N", "loginUrl": "https://live.example/login?token=LOGIN-TOKEN",
        "pushUrl": "rtmp://push.example/live/PUSH-KEY?auth=x", "new": {}
    })
}

async fn answered<O: Operation<Vendor = Account> + 'static>(
    op: O,
    data: Value,
) -> Result<O::Output, polyv_live::Error> {
    let body = json!({"code": 200, "status": "success", "message": "", "data": data});
    client(&ReplayTransport::always(Step::json(body.to_string()))).call(op).await
}

#[tokio::test]
async fn a_role_is_read_whatever_types_its_fields_come_in() {
    let role = answered(GetChannelAccount::new("21", "0052"), reply()).await.unwrap();
    let text = |text: &Option<String>| text.clone().unwrap();
    assert_eq!((text(&role.account), text(&role.channel_id)), ("0052191541".to_owned(), "2191541".to_owned()));
    assert_eq!((text(&role.user_id), text(&role.nickname)), ("1b448be323".to_owned(), "陈".to_owned()));
    assert_eq!((text(&role.status), text(&role.actor)), ("Y".to_owned(), "助教".to_owned()));
    assert_eq!(role.passwd.as_ref().unwrap().expose(), "234567");
    assert_eq!(role.stream.as_ref().unwrap().expose(), "STREAM-KEY");
    assert!(role.push_url.as_ref().unwrap().expose().ends_with("PUSH-KEY?auth=x"));
    assert_eq!((role.created_time, role.sort), (Some(UnixMillis(1_557_888_134_000)), Some(2)));
    assert_eq!((role.last_modified, role.role.clone()), (Some(UnixMillis(1_557_888_134_001)), Some(Role::Guest)));
    assert_eq!((role.avatar.as_deref(), role.login_url.is_some()), (Some("https://i/a.png"), true));
    let (yes, no) = (Some(YesNo::Yes), Some(YesNo::No));
    assert_eq!((role.page_turn_enabled, role.notify_enabled, role.checkin_enabled), (yes, no, None));
    assert_eq!((role.vote_enabled, role.lottery_enabled, role.chat_list_enabled), (None, None, yes));
    assert_eq!((role.chat_audit_enabled, role.chat_interaction_enabled, role.monitor_enabled), (no, yes, yes));
    assert_eq!((role.round_tour_enabled, role.watch_lock_enabled), (yes, no));

    // every operation that returns a role returns this one
    assert_eq!(answered(ListChannelAccounts::new("21"), json!([reply()])).await.unwrap().0, vec![role.clone()]);
    assert_eq!(answered(AddChannelAccount::new("21"), reply()).await.unwrap(), role);
    let batch = BatchCreateChannelAccounts::new("21", [assistant()]);
    assert_eq!(answered(batch, json!([reply()])).await.unwrap(), vec![role.clone()]);
    assert_eq!(answered(CreateRoleAccount::new("21", Role::Guest), reply()).await.unwrap(), role);
    assert_eq!(answered(UpdateRoleAccount::new("21", "0052").actor("a"), reply()).await.unwrap(), role);

    assert_eq!(answered(GetChannelAccount::new("21", "0052"), json!({})).await.unwrap(), ChannelAccount::default());
    assert_eq!(answered(ListChannelAccounts::new("21"), Value::Null).await.unwrap().0, []);
    assert!(answered(GetChannelAccount::new("21", "0052"), json!("success")).await.is_err());
}

#[test]
fn no_password_key_or_token_of_a_role_is_printed() {
    let role: ChannelAccount = serde_json::from_value(reply()).unwrap();
    let update = UpdateRoleAccount::new("21", "0052").passwd("ROLE-PASSWORD");
    let add = AddChannelAccount::new("21").password("ROLE-PASSWORD");
    let many = BatchCreateChannelAccounts::new("21", [NewAccount::new(Role::Guest, "n", "ROLE-PASSWORD")]);
    let create = CreateRoleAccount::new("21", Role::Guest).passwd("ROLE-PASSWORD");
    let printed = format!("{role:?} {role:#?} {update:?} {add:?} {many:?} {create:?}");
    for secret in ["234567", "STREAM-KEY", "PUSH-KEY", "LOGIN-TOKEN", "ROLE-PASSWORD"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    assert!(printed.contains("0052191541"), "{printed}");
}

#[tokio::test]
async fn roles_up_to_every_boundary_pass_and_one_step_beyond_is_refused() {
    let other = || Role::Other("Host".to_owned());
    for id in ["", "x", "1 "] {
        assert_eq!(broken(GetChannelAccount::new("1", id), Validation::Relaxed).await, [("account".into(), "L02")]);
        assert_broken_at(DeleteChannelAccount::new("1", id), "account", "L02").await;
        assert_broken_at(UpdateRoleAccount::new("1", id).actor("a"), "account", "L02").await;
    }
    assert_broken(AddChannelAccount::new("1").role(other()), "role", "L30").await;
    assert_broken(CreateRoleAccount::new("1", other()), "role", "L30").await;
    let entry =
        |role, name: &str, passwd: &str| BatchCreateChannelAccounts::new("1", [NewAccount::new(role, name, passwd)]);
    assert_broken(entry(other(), "n", "234567"), "[0].role", "L30").await;
    assert_broken(entry(Role::Guest, " ", "234567"), "[0].nickname", "L31").await;
    assert_broken(entry(Role::Guest, "n", ""), "[0].passwd", "L31").await;
    assert_broken(BatchCreateChannelAccounts::new("1", [] as [NewAccount; 0]), "accounts", "L35").await;
    for add in [AddChannelAccount::new("1").nickname(" "), AddChannelAccount::new("1").password("")] {
        assert_eq!(broken(add, Validation::Strict).await[0].1, "L03");
    }
    assert_broken(AddChannelAccount::new("1").avatar(""), "avatar", "L03").await;

    let update = || UpdateRoleAccount::new("1", "2");
    for length in [1, 15] {
        assert_eq!(broken(update().nick_name("字".repeat(length)), Validation::Strict).await, []);
    }
    for (update, path) in [
        (update().nick_name(""), "nickName"),
        (update().nick_name("字".repeat(16)), "nickName"),
        (update().actor(""), "actor"),
        (update().actor("字".repeat(11)), "actor"),
        (update().passwd("12345"), "passwd"),
        (update().passwd("1".repeat(17)), "passwd"),
    ] {
        assert_broken(update, path, "L36").await;
    }
    assert_eq!(broken(update().actor("字".repeat(10)).passwd("123456"), Validation::Strict).await, []);
    assert_eq!(broken(update().passwd("1".repeat(16)), Validation::Strict).await, []);
}

/// What no profile lets through, because the account's number would be blank or wrong.
async fn assert_broken_at<O>(op: O, path: &str, rule: &'static str)
where
    O: Operation<Vendor = Account> + Clone + std::fmt::Debug + 'static,
{
    for validation in [Validation::Strict, Validation::Relaxed] {
        assert_eq!(broken(op.clone(), validation).await, [(path.to_owned(), rule)], "{op:?}");
    }
}

#[tokio::test]
async fn rights_that_do_not_go_together_are_refused_where_that_is_documented() {
    use PurviewCode::{ChatListEnabled, ChatWhenBannedEnabled, MonitorEnabled, PageTurnEnabled};
    let update = |rights: &[(PurviewCode, bool)]| {
        let rights = rights.iter().map(|(code, enabled)| Purview::new(code.clone(), *enabled));
        UpdateRoleAccount::new("1", "2").purview_list(rights)
    };
    let unknown = || PurviewCode::Other("new".to_owned());
    assert_broken(update(&[(unknown(), true)]), "purviewList[0].code", "L32").await;
    assert_eq!(broken(update(&[(unknown(), true)]), Validation::Relaxed).await, []);
    assert_broken(update(&[(MonitorEnabled, true), (MonitorEnabled, false)]), "purviewList[1].code", "L33").await;
    for other in [PageTurnEnabled, ChatListEnabled, ChatWhenBannedEnabled] {
        assert_broken(update(&[(MonitorEnabled, true), (other.clone(), true)]), "purviewList", "L34").await;
        assert_eq!(broken(update(&[(MonitorEnabled, true), (other, false)]), Validation::Strict).await, []);
    }
    assert_eq!(broken(update(&[(PageTurnEnabled, true), (ChatListEnabled, true)]), Validation::Strict).await, []);
}

#[test]
fn what_only_another_page_says_is_warned_about_and_sent() {
    use PurviewCode::{ChatListEnabled, ChatWhenBannedEnabled, MonitorEnabled};
    let long = "字".repeat(16);
    let strict = Validation::Strict;
    assert_eq!(warned(AddChannelAccount::new("1").nickname(&*long), strict), ["L05"]);
    assert_eq!(warned(CreateRoleAccount::new("1", Role::Guest).actor(&*long), strict), ["L05"]);
    let with = |role, code| CreateRoleAccount::new("1", role).purview_list([Purview::new(code, true)]);
    assert_eq!(warned(with(Role::Guest, MonitorEnabled), strict), ["L34"]);
    assert_eq!(warned(with(Role::Assistant, ChatWhenBannedEnabled), strict), ["L34"]);
    assert_eq!(warned(with(Role::Assistant, PurviewCode::Other("new".into())), strict), ["L32"]);
    assert_eq!(warned(with(Role::Guest, ChatWhenBannedEnabled), strict), [""; 0]);
    let both = [Purview::new(MonitorEnabled, true), Purview::new(ChatListEnabled, true)];
    assert_eq!(warned(CreateRoleAccount::new("1", Role::Assistant).purview_list(both), strict), ["L34"]);
    assert_eq!(warned(UpdateRoleAccount::new("1", "2"), strict), ["L06"]);
    let short = BatchCreateChannelAccounts::new("1", [NewAccount::new(Role::Guest, "n", "12345")]);
    assert_eq!(warned(short, strict), ["L05"]);
}
