//! What is not shown unless asked for: signatures, authorization, and the secrets that requests carry.

use serde_json::Value;

use crate::faithful;
use crate::rendering::decoded;

/// Stands where something is not shown.
pub(crate) const REDACTED: &str = "[redacted]";

/// Names that hold something secret, letters and digits only, in lower case.
const NAMES: [&str; 6] = ["sign", "authorization", "proxyauthorization", "cookie", "authcode", "pwd"];
/// How the others end: `SignatureNonce`, `channelPasswd`, `writetoken`, `externalKey`, `clientSecret`.
const ENDINGS: [&str; 7] = ["signature", "nonce", "secret", "token", "password", "passwd", "key"];

/// Whether what goes by this name is a secret.
///
/// Rather one name too many: what is hidden can be revealed, what was shown stays shown.
pub(crate) fn is_secret(name: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    NAMES.contains(&&*name) || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Replaces every member of a secret name, at any depth.
pub(crate) fn members(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (name, member) in object {
                if !is_secret(name) {
                    members(member);
                } else if !member.is_null() {
                    *member = REDACTED.into();
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(members),
        Value::String(content) => {
            if let Some(shown) = text(content) {
                *content = shown;
            }
        }
        _ => {}
    }
}

/// A text without what is secret in it: members of the JSON that it holds, the query of an address. None if there is
/// nothing of the kind.
fn text(content: &str) -> Option<String> {
    if content.trim_start().starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(content)
    {
        // A member that stands twice is read once: the other one is not known.
        if faithful::check(content).is_err() {
            return Some(REDACTED.to_owned());
        }
        let mut shown = value.clone();
        members(&mut shown);
        return (shown != value).then(|| shown.to_string());
    }
    let address = content.find("://")?;
    let query = address + content.get(address..)?.find('?')?;
    Some(format!("{}?{REDACTED}", content.get(..query)?))
}

/// Replaces the signature among the fields of a callback, and nothing else.
pub(crate) fn signature(fields: &mut Value) {
    for (name, member) in fields.as_object_mut().into_iter().flatten() {
        if name.eq_ignore_ascii_case("sign") || name.eq_ignore_ascii_case("signature") {
            *member = REDACTED.into();
        }
    }
}

/// Replaces the values of parameters in an address that are secret by name, or hold something that is.
pub(crate) fn url(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let shown: Vec<_> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) if is_secret(&decoded(name)) || text(&decoded(value)).is_some() => {
                format!("{name}={REDACTED}")
            }
            _ => pair.to_owned(),
        })
        .collect();
    format!("{path}?{}", shown.join("&"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_vendors_secrets_are_known_by_name() {
        for name in [
            "Signature",
            "sign",
            "SignatureNonce",
            "nonce",
            "Authorization",
            "password",
            "channelPasswd",
            "authCode",
            "externalKey",
            "customKey",
            "directKey",
            "secretKey",
            "accessKey",
            "token",
            "secret",
            "writetoken",
            "access_key",
            "X-Api-Key",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["AppId", "appId", "timestamp", "SignatureVersion", "signatureMethod", "design", "authType", "uid"]
        {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn secrets_go_at_every_depth_and_nothing_else_does() {
        let mut value = json!({"a": [{"secretKey": "s", "bucket": "b"}], "token": {"x": 1}, "password": null});
        members(&mut value);
        assert_eq!(value, json!({"a": [{"secretKey": REDACTED, "bucket": "b"}], "token": REDACTED, "password": null}));
    }

    #[test]
    fn secrets_inside_texts_go_too() {
        let mut value = json!({
            "json": r#"[{"secretKey":"s","list":["rtmp://h/a?txTime=s"],"n":1}]"#,
            "plain": "{ \"a\" : 1 }", "broken": "{password: s", "question": "why? see http://h/a",
            "twice": r#"{"token":"s","token":null}"#, "media": "see https://h/a.m3u8?auth=s&x=1#f",
        });
        members(&mut value);
        let text = value["json"].as_str().unwrap();
        let inner: Value = serde_json::from_str(text).unwrap();
        assert_eq!(inner, json!([{"secretKey": REDACTED, "list": ["rtmp://h/a?[redacted]"], "n": 1}]));
        assert_eq!(value["plain"], "{ \"a\" : 1 }");
        assert_eq!((&value["broken"], &value["question"]), (&json!("{password: s"), &json!("why? see http://h/a")));
        assert_eq!(value["twice"], REDACTED);
        assert_eq!(value["media"], "see https://h/a.m3u8?[redacted]");
    }

    #[test]
    fn of_an_address_only_secret_parameters_go() {
        assert_eq!(url("https://h/p?appId=1&sign=AB&x"), "https://h/p?appId=1&sign=[redacted]&x");
        assert_eq!(url("https://h/sign=1"), "https://h/sign=1");
        assert_eq!(url("https://h/p?si%67n=AB"), "https://h/p?si%67n=[redacted]");
        let nested = "https://h/p?a=%7B%22password%22%3A%22s%22%7D&b=http%3A%2F%2Fh%2Fx%3Fauth%3Ds&c=%7B%22d%22%3A1%7D";
        assert_eq!(url(nested), "https://h/p?a=[redacted]&b=[redacted]&c=%7B%22d%22%3A1%7D");
    }
}
