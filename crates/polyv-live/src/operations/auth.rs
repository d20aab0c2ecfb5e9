//! Who may watch: the lists behind watch conditions.

pub(super) mod download_white_list;
