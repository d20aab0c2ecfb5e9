//! What is not shown unless asked for: signatures, authorization, and the secrets that requests carry.

use serde_json::Value;

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
        _ => {}
    }
}

/// Replaces the signature among the fields of a callback, and nothing else.
pub(crate) fn signature(fields: &mut Value) {
    for (name, member) in fields.as_object_mut().into_iter().flatten() {
        if name.eq_ignore_ascii_case("sign") || name.eq_ignore_ascii_case("signature") {
            *member = REDACTED.into();
        }
    }
}

/// Replaces the values of secret parameters in an address.
pub(crate) fn url(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let shown: Vec<_> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, _)) if is_secret(name) => format!("{name}={REDACTED}"),
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
    fn of_an_address_only_secret_parameters_go() {
        assert_eq!(url("https://h/p?appId=1&sign=AB&x"), "https://h/p?appId=1&sign=[redacted]&x");
        assert_eq!(url("https://h/sign=1"), "https://h/sign=1");
    }
}
