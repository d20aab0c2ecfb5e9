//! What the documented events say, typed, as the vendor's Java SDK describes them in `docs/vod/callBack.md` and
//! `docs/vod/screenshotService.md`.
//!
//! Every member may be missing: hardly any is signed, and one odd value must not hide the others. What could not be read
//! is `None`, and as it came in [`Event::fields`](super::Event::fields) or [`Event::body`](super::Event::body).

use livecloud_core::wire::or_none::{any, number, objects, text, whole};
use livecloud_core::wire::{CommaList, Url};

/// The content of an event by its [`kind`](super::Event::kind).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Details {
    /// An upload is done, or its file cannot be used.
    Uploaded(Uploaded),
    /// An import from an address failed.
    ImportFailed(ImportFailed),
    /// A video could not be copied to the centre, or was reviewed: nothing is said but which one.
    Video(VideoOnly),
    /// One rendition is done, or failed.
    Encoded(Encoded),
    /// All renditions are done.
    Transcoded(Transcoded),
    /// Videos were deleted.
    Deleted(Deleted),
    /// The content scan refused something.
    Scanned(Scanned),
    /// Courseware was converted, or not.
    CoursewareConverted(CoursewareConverted),
    /// Snapshots are taken.
    SnapshotsTaken(SnapshotsTaken),
    /// A kind that this version does not know: see [`Event::fields`](super::Event::fields) and
    /// [`Event::body`](super::Event::body).
    Unknown,
}

livecloud_core::open_enum! {
    /// Which rendition of a video.
    pub enum Definition: i64 {
        /// Smooth.
        Smooth = 1,
        /// High definition.
        High = 2,
        /// Full high definition.
        FullHigh = 3,
    }
}

livecloud_core::open_enum! {
    /// How transcoding went.
    pub enum TranscodeOutcome {
        /// It is done.
        Success = "success",
        /// It is not.
        Fail = "fail",
    }
}

livecloud_core::open_enum! {
    /// How videos were deleted.
    pub enum DeletionKind {
        /// They are in the recycle bin.
        MoveToTrash = "MoveToTrash",
        /// They are gone.
        DeletePermanently = "DeletePermanently",
    }
}

livecloud_core::open_enum! {
    /// What the content scan looked at.
    pub enum ScanSource {
        /// A video.
        Video = "video",
        /// Courseware.
        Slides = "ppt",
    }
}

livecloud_core::open_enum! {
    /// What the content scan looked for.
    pub enum ScanScene {
        /// Pornography.
        Porn = "porn",
        /// Terrorism.
        Terrorism = "terrorism",
    }
}

livecloud_core::open_enum! {
    /// What the content scan suggests.
    pub enum ScanSuggestion {
        /// A person should look at it.
        Review = "review",
        /// Not to be shown.
        Block = "block",
    }
}

livecloud_core::open_enum! {
    /// How a conversion of courseware went.
    pub enum CoursewareOutcome {
        /// It is done.
        Success = "success",
        /// It could not be converted.
        ConvertFailed = "convertFailed",
        /// It did not pass its review.
        AuditNotPassed = "auditNotPassed",
    }
}

livecloud_core::__details! {
    /// An upload is done, or its file cannot be used.
    Uploaded {
        /// The video. Signed.
        vid: String = "text",
        /// What the upload was begun with as its `state`.
        state: String = "text",
    }
}

livecloud_core::__details! {
    /// An import from an address failed.
    ImportFailed {
        /// The address. Signed.
        file_url: Url = "any",
        /// The title it was to have.
        title: String = "text",
        /// What the import was begun with as its `state`.
        state: String = "text",
    }
}

livecloud_core::__details! {
    /// An event that names its video and says nothing more.
    VideoOnly {
        /// The video. Signed.
        vid: String = "text",
    }
}

livecloud_core::__details! {
    /// One rendition is done, or failed. All three are signed.
    Encoded {
        /// The video.
        vid: String = "text",
        /// The kind of file.
        format: String = "text",
        /// Which rendition.
        df: Definition = "any",
    }
}

livecloud_core::__details! {
    /// All renditions are done.
    Transcoded {
        /// How it went as a whole.
        status: TranscodeOutcome = "any",
        /// The video. Signed, and nothing else is.
        vid: String = "text",
        /// The renditions.
        video_infos: Vec<Rendition> = "objects",
    }
}

livecloud_core::__details! {
    /// One rendition of a transcoded video. The vendor says no units here.
    Rendition {
        /// How it went.
        status: TranscodeOutcome = "any",
        /// The kind of file.
        format: String = "text",
        /// Which rendition.
        df: Definition = "any",
        /// Its bit rate.
        bitrate: f64 = "number",
        /// How long it is.
        duration: f64 = "number",
        /// How large its file is.
        size: u64 = "whole",
        /// Width and height as a text.
        resolution: String = "text",
    }
}

livecloud_core::__details! {
    /// Videos were deleted. **Nothing of it is signed.**
    Deleted {
        /// When. Its form is not documented.
        operate_time: String = "text",
        /// Who did it.
        operator: String = "text",
        /// How it went.
        status: String = "text",
        /// Into the recycle bin, or for good.
        delete_type: DeletionKind = "any",
        /// The videos.
        vids: CommaList = "any",
    }
}

livecloud_core::__details! {
    /// The content scan refused something. **Nothing of it is signed.**
    Scanned {
        /// What it looked at.
        scan_source: ScanSource = "any",
        /// The video, seen without the suffix of its id: [`Event::video_id`](super::Event::video_id) has it.
        vid: String = "text",
        /// What it found.
        scan_results: Vec<ScanResult> = "objects",
    }
}

livecloud_core::__details! {
    /// One picture that the content scan refused.
    ScanResult {
        /// Address of the picture.
        image_url: Url = "any",
        /// What it was looked at for.
        scene: ScanScene = "any",
        /// What it shows.
        label: String = "text",
        /// What to do.
        suggestion: ScanSuggestion = "any",
        /// How sure the scan is. The vendor does not say on which scale.
        rate: f64 = "number",
    }
}

livecloud_core::__details! {
    /// Courseware was converted, or not. **Nothing of it is signed.**
    CoursewareConverted {
        /// How it went.
        status: CoursewareOutcome = "any",
        /// The video it belongs to.
        vid: String = "text",
        /// Its pages. None where it failed.
        converted_images: Vec<ConvertedImage> = "objects",
    }
}

livecloud_core::__details! {
    /// One page of converted courseware.
    ConvertedImage {
        /// Its number.
        page_no: u64 = "whole",
        /// Its title.
        page_title: String = "text",
        /// Address of its picture.
        page_image: Url = "any",
        /// Address of a small picture.
        page_thumbnail: Url = "any",
    }
}

livecloud_core::__details! {
    /// Snapshots are taken.
    SnapshotsTaken {
        /// The task.
        task_id: String = "text",
        /// The video. Signed, and nothing else is.
        vid: String = "text",
        /// How it went.
        status: String = "text",
        /// The snapshots.
        snapshots: Vec<Snapshot> = "objects",
    }
}

livecloud_core::__details! {
    /// One snapshot.
    Snapshot {
        /// Where in the video. The vendor says no unit here.
        offset_time: f64 = "number",
        /// Address of the picture.
        image_url: Url = "any",
    }
}
