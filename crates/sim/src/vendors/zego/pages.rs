//! Ids, and lists of what has them, one page at a time.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use super::envelope::{BAD_PARAMETER, failure, success_with};
use crate::{answer::Answer, call::Call};

/// The page a call asks for of the items that fit. `kind` is the list's name; its tokens are for no other list.
///
/// A token says where the items end that have been looked at: they may change between two pages and none comes twice.
pub(super) fn page<T>(
    call: &Call,
    kind: &'static str,
    items: &[T],
    fits: impl Fn(&T) -> bool,
    listed: impl Fn(&T) -> Value,
) -> Answer {
    let start = match call.text("PageToken") {
        "" => 0,
        token => match position(kind, token).filter(|start| *start <= items.len()) {
            Some(start) => start,
            None => return failure(call, BAD_PARAMETER, "PageToken was not issued for this list"),
        },
    };
    let size = call.json.get("PageSize").and_then(Value::as_u64).unwrap_or(50);
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let total = items.iter().filter(|item| fits(item)).count();
    let mut rest = items.iter().enumerate().skip(start).filter(|(_, item)| fits(item));
    let shown: Vec<_> = rest.by_ref().take(size).map(|(_, item)| listed(item)).collect();
    let next = rest.next().map_or_else(String::new, |(at, _)| token(kind, at));
    success_with(call, &json!({"TotalSize": total, "NextPageToken": next, kind: shown}))
}

/// An id for something new.
pub(super) fn made_up(kind: &str, serial: usize) -> String {
    hex::encode(&Md5::digest(format!("{kind} {serial}"))[..12])
}

fn token(kind: &str, position: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{kind} {position}"))
}

fn position(kind: &str, token: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (of, position) = std::str::from_utf8(&bytes).ok()?.split_once(' ')?;
    position.parse().ok().filter(|_| of == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_for_its_own_list_only() {
        assert_eq!(position("Players", &token("Players", 17)), Some(17));
        assert_eq!(position("UploadTasks", &token("Players", 17)), None);
        for broken in ["17", "!", "UGxheWVycw"] {
            assert_eq!(position("Players", broken), None, "{broken}");
        }
    }
}
