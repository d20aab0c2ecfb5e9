//! Uploads and covers.

mod credentials;
pub(super) mod get_upload_token;
pub(super) mod init_upload;
pub(super) mod set_cover_image_url;
pub(super) mod upload_cover_image;

pub use credentials::{InitiatedUpload, ObsUpload, UploadCredentials, UploadLine};
