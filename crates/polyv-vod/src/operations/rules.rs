//! Rules of several operations.

use livecloud_core::Checks;
use livecloud_core::wire::{CommaList, UnixMillis};

use super::upload::UploadLine;
use crate::account::Account;

/// A video's id: not blank; anything unlike the ids seen is only warned about, since the vendor has the last word.
pub(super) fn vid(checks: &mut Checks<'_, Account>, path: &str, vid: &str) {
    if vid.trim().is_empty() {
        checks.refuse("V01", path, "must not be blank");
    } else if !looks_like_vid(vid) {
        checks.warn("V02", path, "is not 32 characters, `_` and the first character again");
    }
    if checks.account().user_id().is_some_and(|user_id| !vid.starts_with(user_id)) {
        checks.warn("V02", path, "does not begin with the account's userid");
    }
}

/// Ids of videos that travel as one text.
pub(super) fn vids(checks: &mut Checks<'_, Account>, path: &str, vids: &CommaList, most: usize) {
    if list(checks, path, vids, most) {
        for id in &vids.0 {
            vid(checks, path, id);
        }
    }
}

/// Entries that travel as one text: at least one, none blank or with a comma. Returns whether that is so.
pub(super) fn list(checks: &mut Checks<'_, Account>, path: &str, list: &CommaList, most: usize) -> bool {
    if list.0.is_empty() || list.is_ambiguous() {
        checks.refuse("V05", path, "must be one or more entries without a comma, and none blank");
        return false;
    }
    if list.0.len() > most {
        checks.refuse_value("V05", path, format!("must be at most {most} entries"), list.0.len());
    }
    true
}

/// The parts of a video that a reply may have.
pub(super) fn parts(checks: &mut Checks<'_, Account>, path: &str, parts: Option<&CommaList>) {
    const PARTS: [&str; 4] = ["basicInfo", "metaData", "transcodeInfo", "snapshotInfo"];
    let Some(parts) = parts else { return };
    if list(checks, path, parts, usize::MAX) {
        let other = parts.0.iter().find(|part| !PARTS.contains(&part.as_str()));
        word(checks, path, other.map(String::as_str), "basicInfo, metaData, transcodeInfo, snapshotInfo");
    }
}

/// One of the vendor's words. `other` is what is none of them.
pub(super) fn word(checks: &mut Checks<'_, Account>, path: &str, other: Option<&str>, words: &str) {
    if let Some(other) = other
        && checks.is_strict()
    {
        checks.refuse_value("V08", path, format!("must be one of {words}"), format_args!("{other:?}"));
    }
}

/// Texts that may be left out, but not blank: the signature leaves a blank one out, so it says nothing.
pub(super) fn optional_texts(checks: &mut Checks<'_, Account>, texts: &[(&str, &Option<String>)]) {
    for (path, text) in texts {
        checks.not_blank("V03", path, text.as_deref());
    }
}

/// Moments in milliseconds. Strict wants 13 digits.
pub(super) fn times(checks: &mut Checks<'_, Account>, times: &[(&str, Option<UnixMillis>)]) {
    for (path, time) in times {
        let Some(time) = time else { continue };
        if time.0 < 0 {
            checks.refuse_value("V07", path, "must not be negative", time.0);
        } else if checks.is_strict() && !time.has_13_digits() {
            checks.refuse_value("V07", path, "must be milliseconds since 1970, 13 digits", time.0);
        }
    }
}

/// Number and size of a page.
pub(super) fn page(checks: &mut Checks<'_, Account>, page: Option<u32>, page_size: Option<u32>) {
    checks.range("V06", "page", page, 1..=u32::MAX);
    checks.range("V06", "pageSize", page_size, 1..=1000);
}

/// Number and size of the pages of a whole list, as the vendor's SDK always sends them: pages and SDK differ on what the
/// server does without them.
pub(super) fn whole_pages(page: &mut Option<u32>, page_size: &mut Option<u32>) {
    page.get_or_insert(1);
    page_size.get_or_insert(20);
}

/// What a cover is for.
pub(super) fn covered(checks: &mut Checks<'_, Account>, of: Option<&CommaList>, cataids: Option<&CommaList>) {
    match (of, cataids) {
        (None, None) => checks.refuse("V10", "vids", "must be there where there are no cataids"),
        (Some(_), Some(_)) => checks.warn("V10", "cataids", "do not count beside vids"),
        _ => {}
    }
    if let Some(of) = of {
        vids(checks, "vids", of, usize::MAX);
    }
    if let Some(cataids) = cataids {
        list(checks, "cataids", cataids, usize::MAX);
    }
}

/// Where an upload goes.
pub(super) fn upload_line(checks: &mut Checks<'_, Account>, line: Option<&UploadLine>) {
    let other = if let Some(UploadLine::Other(other)) = line { Some(&**other) } else { None };
    word(checks, "uploadLine", other, "line1, line2, auto");
}

/// The form of every id seen.
fn looks_like_vid(vid: &str) -> bool {
    let in_alphabet = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    match vid.split_once('_') {
        Some((body, last)) => {
            body.len() == 32 && body.as_bytes().iter().all(in_alphabet) && last.len() == 1 && body.starts_with(last)
        }
        None => false,
    }
}
