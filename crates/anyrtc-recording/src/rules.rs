//! The documented rules, checked before sending. Their ids are tabulated in the crate's documentation.

mod layout;
mod start;
mod subscription;

use livecloud_core::Checks;

use crate::account::Account;
use crate::model::Mode;

pub(crate) use layout::layout;
pub(crate) use start::start;
pub(crate) use subscription::stream_subscribe;

/// Longest channel name, in bytes; "within 64 bytes" is read as 64 and less.
const CNAME_BYTES: usize = 64;
/// Longest user id, in characters.
const UID_CHARS: usize = 48;

/// Channel and recorder: they are in every body.
pub(crate) fn recorder(checks: &mut Checks<'_, Account>, cname: &str, uid: &str) {
    checks.not_empty("R01", "cname", cname);
    checks.max_bytes("R01", "cname", Some(cname), CNAME_BYTES);
    if let Some(wrong) = cname.chars().find(|c| !is_cname_char(*c)) {
        let rule = "must consist of letters, digits, blanks and !#$%&()+-:;<=.>?@[]^_{}|~,";
        checks.refuse_value("R01", "cname", rule, format_args!("{wrong:?}"));
    }
    user(checks, "uid", uid);
}

/// The 89 documented characters.
const fn is_cname_char(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '*' | '/' | '\\' | '`') || c == ' '
}

/// A user id, the recorder's or another.
fn user(checks: &mut Checks<'_, Account>, path: impl std::fmt::Display + Copy, uid: &str) {
    checks.not_empty("R02", path, uid);
    checks.max_chars("R02", path, Some(uid), UID_CHARS);
}

/// The resource id is part of the path.
pub(crate) fn resource_id(checks: &mut Checks<'_, Account>, id: &str) {
    segment(checks, "E05", "resourceid", id);
}

/// So is the sid.
pub(crate) fn sid(checks: &mut Checks<'_, Account>, id: &str) {
    segment(checks, "E06", "sid", id);
}

fn segment(checks: &mut Checks<'_, Account>, rule: &'static str, path: &'static str, id: &str) {
    checks.not_empty(rule, path, id);
    if matches!(id, "." | "..") {
        checks.refuse_value(rule, path, "must be usable as part of the path", id);
    }
}

/// The mode is part of the path: an unknown one would be an unknown address.
pub(crate) fn mode(checks: &mut Checks<'_, Account>, mode: &Mode) {
    if let Mode::Other(other) = mode {
        checks.refuse_value("E01", "mode", "must be individual or mix", format_args!("{other:?}"));
    }
}
