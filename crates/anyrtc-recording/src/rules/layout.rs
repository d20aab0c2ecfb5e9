//! Canvas and layout.

use std::fmt;

use livecloud_core::Checks;

use super::user;
use crate::account::Account;
use crate::model::{Layout, LayoutRegion, MixedVideoLayout, RenderMode, TranscodingConfig};

const MAX_SIDE: u32 = 1920;
const MAX_AREA: u64 = 1920 * 1080;

/// A layout's members, wherever they lie.
pub(crate) struct LayoutView<'a> {
    max_resolution_uid: Option<&'a str>,
    arrangement: Option<MixedVideoLayout>,
    background_color: Option<&'a str>,
    regions: Option<&'a [LayoutRegion]>,
}

impl<'a> From<&'a Layout> for LayoutView<'a> {
    fn from(layout: &'a Layout) -> Self {
        Self {
            max_resolution_uid: layout.max_resolution_uid.as_deref(),
            arrangement: layout.mixed_video_layout,
            background_color: layout.background_color.as_deref(),
            regions: layout.layout_config.as_deref(),
        }
    }
}

impl<'a> From<&'a TranscodingConfig> for LayoutView<'a> {
    fn from(config: &'a TranscodingConfig) -> Self {
        Self {
            max_resolution_uid: config.max_resolution_uid.as_deref(),
            arrangement: config.mixed_video_layout,
            background_color: config.background_color.as_deref(),
            regions: config.layout_config.as_deref(),
        }
    }
}

pub(super) fn transcoding(checks: &mut Checks<'_, Account>, parent: &str, config: &TranscodingConfig) {
    let members =
        [("width", config.width), ("height", config.height), ("fps", config.fps), ("bitrate", config.bitrate)];
    for (name, _) in members.iter().filter(|(_, value)| value.is_none()) {
        checks.refuse(
            "R12",
            format_args!("{parent}.{name}"),
            "is required: width, height, fps and bitrate go together",
        );
    }
    checks.range("R13", format_args!("{parent}.width"), config.width, 1..=MAX_SIDE);
    checks.range("R13", format_args!("{parent}.height"), config.height, 1..=MAX_SIDE);
    if let (Some(width @ ..=MAX_SIDE), Some(height @ ..=MAX_SIDE)) = (config.width, config.height) {
        let area = u64::from(width) * u64::from(height);
        if area > MAX_AREA {
            let given = format_args!("{width}x{height}");
            checks.refuse_value("R13", parent, format!("must have at most {MAX_AREA} pixels"), given);
        }
    }
    layout(checks, parent, &config.into());
}

pub(crate) fn layout(checks: &mut Checks<'_, Account>, parent: &str, layout: &LayoutView<'_>) {
    let arrangement = layout.arrangement.unwrap_or(MixedVideoLayout::Floating);
    if let MixedVideoLayout::Other(other) = arrangement {
        checks.refuse_value("R14", format_args!("{parent}.mixedVideoLayout"), "must be in 0..=3", other);
    }
    if let Some(color) = layout.background_color.filter(|color| !is_color(color)) {
        let path = format_args!("{parent}.backgroundColor");
        checks.refuse_value("R26", path, "must be # and six hex digits", format_args!("{color:?}"));
    }
    if let Some(uid) = layout.max_resolution_uid {
        let path = format_args!("{parent}.maxResolutionUid");
        user(checks, path, uid);
        if arrangement != MixedVideoLayout::Vertical {
            checks.warn("R38", path, "has no effect: only the vertical layout has a big picture");
        }
    }
    regions(checks, format_args!("{parent}.layoutConfig"), arrangement, layout.regions);
}

fn regions(
    checks: &mut Checks<'_, Account>,
    path: fmt::Arguments<'_>,
    arrangement: MixedVideoLayout,
    regions: Option<&[LayoutRegion]>,
) {
    let custom = arrangement == MixedVideoLayout::Custom;
    if custom && regions.is_none_or(<[_]>::is_empty) {
        checks.refuse("R14", path, "must have a region: mixedVideoLayout is 3");
    }
    let Some(regions) = regions else { return };
    if !custom {
        let rule = "is used with mixedVideoLayout 3 only";
        if checks.is_strict() { checks.refuse("R16", path, rule) } else { checks.warn("R16", path, rule) }
    }
    // The newer number is a vendor page's, which speaks of 50 pictures on the canvas.
    let most = if checks.is_strict() { 17 } else { 50 };
    if regions.len() > most {
        checks.refuse_value("R15", path, format!("must have at most {most} regions"), regions.len());
    }
    for (index, one) in regions.iter().enumerate() {
        region(checks, format_args!("{path}[{index}]"), one);
    }
}

fn region(checks: &mut Checks<'_, Account>, path: fmt::Arguments<'_>, region: &LayoutRegion) {
    if let Some(uid) = &region.uid {
        user(checks, format_args!("{path}.uid"), uid);
    }
    let numbers = [
        ("x_axis", Some(region.x_axis)),
        ("y_axis", Some(region.y_axis)),
        ("width", Some(region.width)),
        ("height", Some(region.height)),
        ("alpha", region.alpha),
    ];
    for (name, number) in numbers {
        // NaN lies in no range.
        checks.range("R17", format_args!("{path}.{name}"), number, 0.0..=1.0);
    }
    if let Some(RenderMode::Other(other)) = region.render_mode {
        checks.refuse_value("R17", format_args!("{path}.render_mode"), "must be 0 or 1", other);
    }
    // A hair of rounding is no overhang.
    let overhangs = |start: f64, length: f64| start + length > 1.0 + 1e-9;
    if overhangs(region.x_axis, region.width) || overhangs(region.y_axis, region.height) {
        checks.warn("R17", path, "reaches beyond the canvas");
    }
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}
