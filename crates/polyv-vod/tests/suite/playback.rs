use std::time::{Duration, SystemTime, UNIX_EPOCH};

use polyv_vod::playback::{AuthPlayAnswer, AuthPlayQuestion, H5Play};
use polyv_vod::{Account, ErrorKind};
use serde_json::{Value, json};

use super::{NOW_MS, SECRET_KEY, USER_ID, VID};

fn account() -> Account {
    Account::main(USER_ID, SECRET_KEY)
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(NOW_MS)
}

#[test]
fn every_answer_of_the_vectors_is_signed_alike() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let mut checked = 0;
    for vector in vectors.iter().filter(|vector| vector["method"] == "auth_play_md5") {
        let text = |name: &str| vector["params"][name].as_str().unwrap();
        let query = format!("vid={}&code={}&t={}", text("vid"), text("code"), text("t"));
        let question = AuthPlayQuestion::parse(&query).unwrap();
        let account = Account::main(USER_ID, vector["secret"].as_str().unwrap());
        let answer = match text("status") {
            "1" => AuthPlayAnswer::allow(&account, &question, text("username")),
            _ => AuthPlayAnswer::deny(&account, &question, text("username")),
        };
        let answer = answer.unwrap();
        assert_eq!(answer.sign, vector["expected"], "{}", vector["name"]);
        let body: Value = serde_json::from_str(&question.body(&answer)).unwrap();
        let expected =
            json!({"status": text("status").parse::<u8>().unwrap(), "username": text("username"), "sign": answer.sign});
        assert_eq!(body, expected);
        checked += 1;
    }
    assert_eq!(checked, 4);
}

#[test]
fn a_question_is_decoded_once_and_bad_ones_are_refused_by_name() {
    let question = AuthPlayQuestion::parse("vid=v&code=%E4%B8%AD+a%2525&t=1&callback=jQuery.cb_1").unwrap();
    assert_eq!((&*question.code, question.callback.as_deref()), ("中 a%25", Some("jQuery.cb_1")));
    let answer = AuthPlayAnswer::deny(&account(), &question, "").unwrap();
    let body = question.body(&answer);
    assert!(body.starts_with("jQuery.cb_1({\"status\":0,") && body.ends_with("})"), "{body}");
    assert_eq!(AuthPlayQuestion::parse("vid=v&code=&t=1&callback=").unwrap().callback, None);

    for (query, rule, field) in [
        ("code=c&t=1", "V61", "vid"),
        ("vid=%20&code=c&t=1", "V61", "vid"),
        ("vid=v&code=c", "V61", "t"),
        ("vid=v&t=1", "V61", "code"),
        ("vid=v&code=c&t=1&vid=w", "V61", "vid"),
        ("vid=%FF&code=c&t=1", "V61", "vid"),
        ("vid=v&code=c&t=1&callback=alert(1)//", "V62", "callback"),
    ] {
        let error = AuthPlayQuestion::parse(query).unwrap_err();
        let violation = &error.violations()[0];
        assert_eq!((violation.id, &*violation.path), (rule, field), "{query}");
    }
}

#[test]
fn the_h5_player_gets_time_and_signature_of_the_main_account_only() {
    let play = H5Play::new(&account(), VID, now()).unwrap();
    assert_eq!((&*play.ts, &*play.sign), ("1700000000123", "fc917e9453b7a4dc89cdc6226f54b372"));
    assert_eq!(H5Play::new(&account(), " ", now()).unwrap_err().violations()[0].id, "V60");
    let sub = Account::sub("app", "secret");
    assert_eq!(H5Play::new(&sub, VID, now()).unwrap_err().kind(), ErrorKind::Config);
}

#[test]
fn neither_signatures_nor_codes_are_printed() {
    let play = H5Play::new(&account(), VID, now()).unwrap();
    let question = AuthPlayQuestion::parse("vid=v&code=CODE-TEXT&t=1").unwrap();
    let answer = AuthPlayAnswer::allow(&account(), &question, "NAME").unwrap();
    let printed = format!("{play:?} {question:?} {answer:?}");
    for hidden in [&*play.sign, &*answer.sign, "CODE-TEXT", "NAME", SECRET_KEY] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}
