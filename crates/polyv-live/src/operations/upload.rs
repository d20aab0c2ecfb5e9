//! Files for the watch page.

pub(super) mod upload_image;

pub use upload_image::ImageType;
