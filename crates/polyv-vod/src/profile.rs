//! Which host, credentials, signature and envelope an operation has.

/// Operations that share host, credentials, signature and envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// `/v3/...` at `api.polyv.net`: calls of a sub-account. MD5 over everything that is sent, between two copies of its
    /// secret.
    V3,
    /// `/v2/...` at `api.polyv.net`: calls of the main account. SHA-1 over everything that is sent, before its
    /// `secretkey`. The `userid` in the path takes no part.
    V2,
    /// The same host and envelope for the operations of which the vendor signs certain fields only.
    V2Fixed(FixedFields),
    /// Uploads as the vendor's browser client signs them: two MD5 digests, over the time and the `secretkey`, and over
    /// the time and the `writetoken`. Nothing else of the request is covered, so prefer [`V2`](Self::V2), which the same
    /// operations take; only `POST /v2/uploadvideo/direct/{userid}/init` knows no other way.
    UploadMd5,
    /// `hls.videocc.net`: tokens for playback, signed for the main account; the time lives ten minutes.
    Playsafe,
    /// The same for a sub-account.
    PlaysafeSub,
    /// The oldest interface, at `v.polyv.net`, for what reads: the main account's `readtoken` goes along, and SHA-1 over
    /// everything but `method` and `format` where the account has a `secretkey`.
    V1Read,
    /// The same for what writes, with the `writetoken`.
    V1Write,
}

/// The fields that an operation of [`Profile::V2Fixed`] signs: `userid`, `ptime` and these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FixedFields {
    /// `POST /v2/video/{userid}/cataJson`: nothing else.
    ListCategories,
    /// `POST /v2/video/{userid}/changeCata`: `cataid`, `vids`.
    MoveVideos,
    /// `POST /v2/video/{userid}/deleteCata`: `cataid`.
    DeleteCategory,
    /// `POST /v2/video/{userid}/updateCata`: `cataid`, `cataname`.
    RenameCategory,
    /// `POST /v2/video/{userid}/saveKeyFrame`: `vid`.
    SaveKeyFrames,
    /// `GET /v2/data/{userid}/viewlog`: `day`.
    ViewLogByDay,
}

impl FixedFields {
    /// The names that are signed beside `userid` and `ptime`.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::ListCategories => &[],
            Self::MoveVideos => &["cataid", "vids"],
            Self::DeleteCategory => &["cataid"],
            Self::RenameCategory => &["cataid", "cataname"],
            Self::SaveKeyFrames => &["vid"],
            Self::ViewLogByDay => &["day"],
        }
    }
}
