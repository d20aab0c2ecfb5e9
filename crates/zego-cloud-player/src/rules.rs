//! Rules that several operations share; their ids are tabulated in the crate's documentation.

use livecloud_core::Checks;
use livecloud_core::wire::Url;

use crate::account::Account;

/// Z03: one media address.
pub(crate) fn url(checks: &mut Checks<'_, Account>, path: &str, url: Option<&str>) {
    checks.http_url("Z03", path, url);
    checks.max_bytes("Z03", path, url, 1024);
}

/// Z03, Z04, Z05: the source's three fields.
pub(crate) fn source(
    checks: &mut Checks<'_, Account>,
    single: Option<&Url>,
    list: Option<&[Url]>,
    backup: Option<&Url>,
) {
    url(checks, "StreamUrl", single.map(Url::as_str));
    // The documented samples send an empty backup address.
    url(checks, "BackupStreamUrl", backup.map(Url::as_str).filter(|url| !url.is_empty()));
    if let Some(list) = list {
        playlist(checks, list);
    }
    if single.is_some() && list.is_some() {
        checks.refuse("Z05", "StreamUrlList", "cannot be combined with StreamUrl");
    }
}

fn playlist(checks: &mut Checks<'_, Account>, list: &[Url]) {
    if !(1..=100).contains(&list.len()) {
        checks.refuse_value("Z04", "StreamUrlList", "must have 1..=100 items", list.len());
        return;
    }
    let bytes: usize = list.iter().map(|url| url.len()).sum();
    if bytes > 50_000 {
        checks.refuse_value("Z04", "StreamUrlList", "must have at most 50000 bytes in all", bytes);
    }
    for (index, url) in list.iter().enumerate() {
        checks.http_url("Z04", format_args!("StreamUrlList[{index}]"), Some(url));
        if url.len() > 1024 {
            checks.warn("Z04", format_args!("StreamUrlList[{index}]"), "is longer than a single source may be");
        }
    }
}

/// Z07, Z08, Z10, Z15: the picture's size.
pub(crate) fn size(checks: &mut Checks<'_, Account>, width: Option<u32>, height: Option<u32>, short_edge: Option<u32>) {
    for (path, side) in [("VideoOptions.Width", width), ("VideoOptions.Height", height)] {
        checks.range("Z07", path, side, 1..=3000);
        if let Some(odd) = side.filter(|side| checks.is_strict() && (3..3000).contains(side) && side % 2 == 1) {
            checks.refuse_value("Z07", path, "must be 1 (audio only) or even", odd);
        }
    }
    if width.is_some() != height.is_some() {
        checks.warn("Z08", "VideoOptions", "has one side only: what becomes of the other is not settled");
    }
    checks.range("Z10", "VideoOptions.ShortEdge", short_edge, 0..=2160);
    if short_edge.is_some() && (width.is_some() || height.is_some()) {
        checks.warn("Z15", "VideoOptions.ShortEdge", "has no effect beside Width and Height");
    }
}

/// Z09.
pub(crate) fn video_bitrate(checks: &mut Checks<'_, Account>, kbps: Option<u32>) {
    checks.range("Z09", "VideoOptions.VideoBitrate", kbps, 1..=50_000);
}

/// Z11, Z12.
pub(crate) fn sound(checks: &mut Checks<'_, Account>, bitrate: Option<u32>, volume: Option<u32>) {
    checks.range("Z11", "AudioOptions.AudioBitrate", bitrate, 1..=192);
    checks.range("Z12", "AudioOptions.Volume", volume, 0..=200);
}

/// Z27, Z29: a number out of a documented list.
pub(crate) fn one_of(
    checks: &mut Checks<'_, Account>,
    id: &'static str,
    path: &str,
    value: Option<i64>,
    known: &'static [i64],
) {
    if let Some(unknown) = value.filter(|value| !known.contains(value)) {
        checks.refuse_value(id, path, format!("must be one of {known:?}"), unknown);
    }
}

/// Z28: how many entries a page has.
pub(crate) fn page_size(checks: &mut Checks<'_, Account>, size: Option<u32>) {
    checks.range("Z28", "PageSize", size, 1..=50);
}

/// A limit that the vendor raises on request: refused under Strict, warned about under Relaxed.
pub(crate) fn soft(checks: &mut Checks<'_, Account>, id: &'static str, path: &str, holds: bool, rule: &'static str) {
    match (holds, checks.is_strict()) {
        (true, _) => {}
        (false, true) => checks.refuse(id, path, rule),
        (false, false) => checks.warn(id, path, rule),
    }
}
