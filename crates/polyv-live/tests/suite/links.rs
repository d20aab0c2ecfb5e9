use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use md5::{Digest as _, Md5};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use polyv_live::callback::{CallbackError, Inbound, Staleness};
use polyv_live::links::{CustomAuth, CustomRequest, DirectAuth, DirectLink, ExternalAnswer, ExternalAuth, Viewer};
use polyv_live::{Error, ErrorKind};
use serde_json::{Value, json};

const KEY: &str = "demoKey123";
const NOW: u64 = 1_700_000_000_000;
const PAGE: &str = "https://live.polyv.cn/watch/2191569";

fn at(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis)
}

fn viewer() -> Viewer {
    Viewer::new("user_01", "陈老师").avatar("https://h/a.png?x=1")
}

fn inbound<'a>(uri: &'a str, headers: &'a HeaderMap) -> Inbound<'a> {
    Inbound { uri, headers, body: b"" }
}

fn sign(id: &str, ts: u64) -> String {
    hex::encode(Md5::digest(format!("{KEY}{id}{KEY}{ts}")))
}

fn rule(error: &Error) -> (&str, &'static str) {
    (&error.violations()[0].path, error.violations()[0].id)
}

#[test]
fn every_golden_signature_is_made_or_accepted() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("links.json")).unwrap();
    for vector in &vectors {
        let key = vector["secret"].as_str().unwrap();
        let part = |index: usize| vector["params"]["parts"][index].as_str().unwrap();
        let (id, ts, expected) = (part(1), part(3), vector["expected"].as_str().unwrap());
        let now = at(ts.parse().unwrap());
        match vector["name"].as_str().unwrap() {
            "live_watch_direct_or_external_auth" => {
                let direct = DirectAuth::new(key).link(&DirectLink::new(PAGE, Viewer::new(id, "n")), now).unwrap();
                let external = ExternalAuth::new(key).link(PAGE, id, now).unwrap();
                for link in [direct, external] {
                    assert!(link.contains(&format!("userid={id}&ts={ts}&sign={expected}")), "{}", link.as_str());
                }
            }
            "live_custom_auth_inbound" => {
                let uri = format!("/auth?id={id}&ts={ts}&sign={expected}&url=https%3A%2F%2Flive.polyv.cn%2Fw");
                let headers = HeaderMap::new();
                let request = CustomAuth::new(key, "live.polyv.cn").verify(inbound(&uri, &headers), now).unwrap();
                assert_eq!((request.channel_id.as_str(), request.back.as_str()), (id, "https://live.polyv.cn/w"));
            }
            other => panic!("{other} is not exercised"),
        }
    }
    assert_eq!(vectors.len(), 2);
}

#[test]
fn a_direct_link_has_every_parameter_in_its_documented_form() {
    let link = DirectLink::new(PAGE, viewer())
        .vid("v 1")
        .param4("统计?")
        .param5("5")
        .param("failRedirectUrl", "https://h/no?a=b");
    let address = DirectAuth::new(KEY).link(&link, at(NOW)).unwrap();
    assert_eq!(
        address.as_str(),
        format!(
            "{PAGE}?userid=user_01&ts={NOW}&sign=e0127afe5b289c2be56fc3872e4d20a2&nickname=6ZmI6ICB5biI\
             &avatar=https%3A%2F%2Fh%2Fa.png%3Fx%3D1&vid=v%201&param4=57uf6K6hPw%3D%3D&param5=NQ%3D%3D\
             &failRedirectUrl=https%3A%2F%2Fh%2Fno%3Fa%3Db"
        )
    );
}

#[test]
fn a_page_keeps_its_own_query_and_fragment() {
    let link = |page: &str| ExternalAuth::new(KEY).link(page, "u", at(NOW)).map(|url| url.as_str().to_owned());
    let tail = format!("userid=u&ts={NOW}&sign={}", sign("u", NOW));
    for (page, expected) in [
        ("https://h/w", format!("https://h/w?{tail}")),
        ("https://h/w?", format!("https://h/w?{tail}")),
        ("https://h/w?a=1&", format!("https://h/w?a=1&{tail}")),
        ("https://h/w?a=1#top?", format!("https://h/w?a=1&{tail}#top?")),
        ("https://h/w#top", format!("https://h/w?{tail}#top")),
    ] {
        assert_eq!(link(page).unwrap(), expected);
    }
    for page in ["live.polyv.cn/watch", "", "javascript:alert(1)", "https://h/w?sign=old", "https://h/w?%75serid=x"] {
        assert_eq!(rule(&link(page).unwrap_err()), ("page", "W02"), "{page}");
    }
}

#[test]
fn a_viewer_who_would_become_another_one_is_refused() {
    let link = |viewer: Viewer| DirectAuth::new(KEY).link(&DirectLink::new(PAGE, viewer), at(NOW));
    let (fits, long) = ("u".repeat(64), "u".repeat(65));
    assert!(link(Viewer::new(fits, "n")).is_ok());
    for id in ["", " ", "a-b", "用户", "a b", &long] {
        assert_eq!(rule(&link(Viewer::new(id, "n")).unwrap_err()), ("userid", "W01"), "{id}");
    }
    assert_eq!(rule(&link(Viewer::new("u", " ")).unwrap_err()), ("nickname", "W03"));
    assert_eq!(rule(&link(Viewer::new("u", "n").avatar("")).unwrap_err()), ("avatar", "W03"));
    assert_eq!(rule(&link(Viewer::new("u", "n").actor("t")).unwrap_err()), ("actor", "W04"));
    let twice = DirectLink::new(PAGE, Viewer::new("u", "n")).param("sign", "x");
    assert_eq!(rule(&DirectAuth::new(KEY).link(&twice, at(NOW)).unwrap_err()), ("sign", "W02"));
}

#[test]
fn an_empty_key_signs_nothing_and_accepts_nothing() {
    let headers = HeaderMap::new();
    let empty = hex::encode(Md5::digest(format!("u{NOW}")));
    let link = DirectAuth::new("").link(&DirectLink::new(PAGE, Viewer::new("u", "n")), at(NOW)).unwrap_err();
    assert_eq!(link.kind(), ErrorKind::Config);
    assert_eq!(ExternalAuth::new("").link(PAGE, "u", at(NOW)).unwrap_err().kind(), ErrorKind::Config);
    let uri = format!("/?userid=u&ts={NOW}&token={empty}");
    let outcome = ExternalAuth::new("").verify(inbound(&uri, &headers), at(NOW));
    assert_eq!(outcome.unwrap_err(), CallbackError::Mismatch);
}

#[test]
fn the_external_question_is_checked_and_answered() {
    let headers = HeaderMap::new();
    let auth = ExternalAuth::new(KEY);
    let uri = format!("/ask?userid=user_01&ts={NOW}&channelId=2191569&token={}", sign("user_01", NOW).to_uppercase());
    let request = auth.verify(inbound(&uri, &headers), at(NOW)).unwrap();
    assert_eq!((request.user_id.as_str(), request.channel_id.as_deref()), ("user_01", Some("2191569")));
    assert_eq!(request.ts.0, 1_700_000_000_000);
    let again = uri.replace("channelId=2191569", "channelId=1").replace("token=", "own=1&token=");
    let again = auth.verify(inbound(&again, &headers), at(NOW)).unwrap();
    assert_eq!(request.replay_key, again.replay_key, "one signature counts once, whatever stands beside it");

    let answer = ExternalAnswer::admit(&viewer().actor("教师").actor_f_color("#fff").actor_bg_color("#000")).unwrap();
    assert_eq!(
        serde_json::to_value(&answer).unwrap(),
        json!({"status": 1, "userid": "user_01", "nickname": "陈老师", "avatar": "https://h/a.png?x=1",
            "actor": "教师", "actorFColor": "#fff", "actorBgColor": "#000"})
    );
    let refusal = serde_json::to_value(ExternalAnswer::refuse("user_01")).unwrap();
    assert_eq!(refusal, json!({"status": 0, "userid": "user_01"}));
    assert_eq!(rule(&ExternalAnswer::admit(&Viewer::new("u", "n")).unwrap_err()), ("avatar", "W03"));
}

#[test]
fn a_wrong_missing_doubled_or_old_question_is_refused() {
    let headers = HeaderMap::new();
    let outcome = |query: String, now: u64| {
        let uri = format!("/ask?{query}");
        ExternalAuth::new(KEY).verify(inbound(&uri, &headers), at(now)).map(drop)
    };
    let good = format!("userid=u&ts={NOW}&token={}", sign("u", NOW));
    assert_eq!(outcome(good.clone(), NOW + 180_000), Ok(()));
    assert_eq!(outcome(good.clone(), NOW + 180_001), Err(CallbackError::Stale(Staleness::Old)));
    assert_eq!(outcome(good.clone(), NOW - 180_001), Err(CallbackError::Stale(Staleness::Future)));
    for (query, error) in [
        (good.replace("userid=u", "userid=v"), CallbackError::Mismatch),
        (good.replace("ts=17", "ts=18"), CallbackError::Mismatch),
        (good.replace("token=", "sign="), CallbackError::Missing("token")),
        (good.replace("userid=u", "userid="), CallbackError::Missing("userid")),
        (good.replace("ts=", "time="), CallbackError::Missing("ts")),
    ] {
        assert_eq!(outcome(query.clone(), NOW), Err(error), "{query}");
    }
    let doubled = outcome(format!("{good}&userid=v"), NOW);
    assert!(matches!(doubled, Err(CallbackError::Malformed(_))));
    let word = format!("userid=u&ts=soon&token={}", hex::encode(Md5::digest(format!("{KEY}u{KEY}soon"))));
    assert!(matches!(outcome(word, NOW), Err(CallbackError::Malformed(_))));
}

fn custom(url: &str) -> Result<CustomRequest, CallbackError> {
    let headers = HeaderMap::new();
    let url = utf8_percent_encode(url, NON_ALPHANUMERIC);
    let uri = format!("/auth?id=2191569&ts={NOW}&sign={}&url={url}", sign("2191569", NOW));
    let auth = CustomAuth::new(KEY, "live.polyv.cn").watch_host("Watch.Example");
    auth.verify(inbound(&uri, &headers), at(NOW))
}

#[test]
fn a_viewer_is_sent_back_signed() {
    let request = custom("https://live.polyv.cn/watch/2191569?from=a").unwrap();
    assert_eq!(request.channel_id, "2191569");
    let back =
        CustomAuth::new(KEY, "live.polyv.cn").redirect(&request, &viewer().actor("教师"), Some("v"), at(NOW + 5));
    let later = NOW + 5;
    assert_eq!(
        back.unwrap().as_str(),
        format!(
            "https://live.polyv.cn/watch/2191569?from=a&userid=user_01&nickname=%E9%99%88%E8%80%81%E5%B8%88\
             &avatar=https%3A%2F%2Fh%2Fa.png%3Fx%3D1&actor=%E6%95%99%E5%B8%88&vid=v&ts={later}&sign={}",
            sign("user_01", later)
        )
    );
    let unshown = Viewer::new("u", "n");
    let error = CustomAuth::new(KEY, "live.polyv.cn").redirect(&request, &unshown, None, at(NOW)).unwrap_err();
    assert_eq!(rule(&error), ("avatar", "W03"));
}

/// The address is not signed: a signed link for a viewer must not go to a host that someone else chose.
#[test]
fn the_way_back_leads_to_a_watch_page_or_nowhere() {
    for url in
        ["https://live.polyv.cn/w", "https://LIVE.polyv.cn:443/w", "http://watch.example", "https://watch.example?x"]
    {
        assert!(custom(url).is_ok(), "{url}");
    }
    for url in [
        "https://evil.example/live.polyv.cn",
        "https://live.polyv.cn.evil.example/",
        "https://live.polyv.cn@evil.example/",
        "https://evil.example#live.polyv.cn",
        "https://evil.example\\live.polyv.cn/",
        "https://live.polyv.cn\\@evil.example/",
        "//live.polyv.cn/w",
        "javascript:live.polyv.cn",
        "live.polyv.cn",
    ] {
        assert!(matches!(custom(url), Err(CallbackError::Malformed(_))), "{url}");
    }
    assert_eq!(custom("").unwrap_err(), CallbackError::Missing("url"));
}

#[test]
fn nothing_that_is_printed_holds_a_key_or_a_signature() {
    let link = DirectLink::new(format!("{PAGE}?token=TOKEN"), Viewer::new("u", "n")).param("p", "v");
    let address = DirectAuth::new(KEY).link(&link, at(NOW)).unwrap();
    let request = custom("https://live.polyv.cn/w?token=TOKEN").unwrap();
    let printed = format!(
        "{link:?} {address:?} {request:?} {:?} {:?} {:?}",
        DirectAuth::new(KEY),
        ExternalAuth::new(KEY),
        CustomAuth::new(KEY, "h")
    );
    for hidden in [KEY, "TOKEN", &sign("u", NOW), &sign("2191569", NOW)] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}
