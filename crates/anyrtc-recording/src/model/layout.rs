//! The canvas of a mix: size, layout, regions.

#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};

livecloud_core::open_enum! {
    /// How the pictures of a mix are arranged. At most 17 are shown; someone who sends only sound takes a place too.
    pub enum MixedVideoLayout: i64 {
        /// The first user fills the canvas, the others float above in up to four rows of four, from the bottom up. The
        /// default.
        Floating = 0,
        /// A grid of equal pictures.
        BestFit = 1,
        /// One big picture on the left, up to two columns of eight on the right.
        Vertical = 2,
        /// As `layoutConfig` says.
        Custom = 3,
    }
}

livecloud_core::open_enum! {
    /// How a picture is put into its region.
    pub enum RenderMode: i64 {
        /// Fills the region; what sticks out is cut off. The default.
        Crop = 0,
        /// Shows the whole picture, with bars.
        Fit = 1,
    }
}

/// A whole layout: what [`TranscodingConfig`] starts with and [`UpdateLayout`](crate::UpdateLayout) replaces.
///
/// What is left out goes back to the vendor's default, not to the value before: an update without a background colour
/// turns the canvas black.
///
/// ```
/// use anyrtc_recording::{Layout, LayoutRegion};
/// let halves = Layout::custom([LayoutRegion::new(0.0, 0.0, 0.5, 1.0), LayoutRegion::new(0.5, 0.0, 0.5, 1.0)]);
/// let speaker = Layout::vertical("527842").background_color("#202020");
/// # assert_eq!((halves.layout_config.unwrap().len(), speaker.max_resolution_uid.unwrap().as_str()), (2, "527842"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Layout {
    /// The user in the big picture; only the vertical layout has one.
    #[serde(default, deserialize_with = "livecloud_core::wire::opt_text", skip_serializing_if = "Option::is_none")]
    pub max_resolution_uid: Option<String>,
    /// The arrangement; absent means floating.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed_video_layout: Option<MixedVideoLayout>,
    /// The canvas: `#` and six hex digits; absent means `#000000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background_color: Option<String>,
    /// The regions of the custom layout, 1..=17 (Relaxed: 50, which a newer page speaks of).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout_config: Option<Vec<LayoutRegion>>,
}

impl Layout {
    fn of(arrangement: MixedVideoLayout) -> Self {
        Self { mixed_video_layout: Some(arrangement), ..Self::default() }
    }

    /// The first user fills the canvas, the others float above.
    #[must_use]
    pub fn floating() -> Self {
        Self::of(MixedVideoLayout::Floating)
    }

    /// A grid of equal pictures.
    #[must_use]
    pub fn best_fit() -> Self {
        Self::of(MixedVideoLayout::BestFit)
    }

    /// This user big on the left, the others small on the right.
    #[must_use]
    pub fn vertical(uid: impl Into<String>) -> Self {
        Self { max_resolution_uid: Some(uid.into()), ..Self::of(MixedVideoLayout::Vertical) }
    }

    /// These regions.
    #[must_use]
    pub fn custom(regions: impl IntoIterator<Item = LayoutRegion>) -> Self {
        Self { layout_config: Some(regions.into_iter().collect()), ..Self::of(MixedVideoLayout::Custom) }
    }

    livecloud_core::__setters! {
        /// Sets the canvas colour: `#` and six hex digits.
        into background_color: String,
    }
}

/// Where one picture goes. Coordinates are parts of the canvas, 0.0..=1.0, from the upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[non_exhaustive]
pub struct LayoutRegion {
    /// Whose picture, 1 to 48 characters; without one, users take the regions in the order in which they join.
    #[serde(default, deserialize_with = "livecloud_core::wire::opt_text", skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Left edge.
    #[serde(serialize_with = "finite")]
    pub x_axis: f64,
    /// Upper edge.
    #[serde(serialize_with = "finite")]
    pub y_axis: f64,
    /// Width.
    #[serde(serialize_with = "finite")]
    pub width: f64,
    /// Height.
    #[serde(serialize_with = "finite")]
    pub height: f64,
    /// 0.0 is transparent, 1.0 opaque; absent means 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "opt_finite")]
    pub alpha: Option<f64>,
    /// How the picture is put in; absent means cropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub render_mode: Option<RenderMode>,
}

impl LayoutRegion {
    /// A region by its upper left corner and size.
    #[must_use]
    pub const fn new(x_axis: f64, y_axis: f64, width: f64, height: f64) -> Self {
        Self { uid: None, x_axis, y_axis, width, height, alpha: None, render_mode: None }
    }

    livecloud_core::__setters! {
        /// Gives the region to one user.
        into uid: String,
        /// Sets how opaque the picture is.
        alpha: f64,
        /// Sets how the picture is put in.
        render_mode: RenderMode,
    }
}

/// JSON has no NaN and no infinity; written as `null` they would lose a field in silence.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn finite<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.is_finite() { serializer.serialize_f64(*number) } else { Err(S::Error::custom("not a finite number")) }
}

#[expect(clippy::ref_option, reason = "serde's signature")]
fn opt_finite<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => finite(number, serializer),
        None => serializer.serialize_none(),
    }
}

/// The mixed picture: size, rate and layout. Only in mix mode; width, height, fps and bitrate go together.
///
/// The size cannot change while recording; the layout can, with [`UpdateLayout`](crate::UpdateLayout).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TranscodingConfig {
    /// Width in pixels, 1..=1920; width times height at most 1920 * 1080. Without this object the vendor takes 360.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels, as `width`. Without this object the vendor takes 640.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Frames a second; the vendor's default is 15. By analogy with Agora only 1, 7, 10, 15, 24, 30 and 60 take effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps: Option<u32>,
    /// Bitrate in kbps; the vendor's default is 500. By analogy with Agora more than 6500 is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<u32>,
    /// As [`Layout::max_resolution_uid`].
    #[serde(default, deserialize_with = "livecloud_core::wire::opt_text", skip_serializing_if = "Option::is_none")]
    pub max_resolution_uid: Option<String>,
    /// As [`Layout::mixed_video_layout`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed_video_layout: Option<MixedVideoLayout>,
    /// As [`Layout::background_color`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background_color: Option<String>,
    /// As [`Layout::layout_config`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout_config: Option<Vec<LayoutRegion>>,
}

impl TranscodingConfig {
    /// A canvas of that many pixels, at that many frames a second and kbps.
    #[must_use]
    pub fn new(width: u32, height: u32, fps: u32, bitrate: u32) -> Self {
        Self { width: Some(width), height: Some(height), fps: Some(fps), bitrate: Some(bitrate), ..Self::default() }
    }

    /// Sets the whole layout; its members lie beside the size on the wire.
    #[must_use]
    pub fn layout(mut self, layout: Layout) -> Self {
        self.max_resolution_uid = layout.max_resolution_uid;
        self.mixed_video_layout = layout.mixed_video_layout;
        self.background_color = layout.background_color;
        self.layout_config = layout.layout_config;
        self
    }
}
