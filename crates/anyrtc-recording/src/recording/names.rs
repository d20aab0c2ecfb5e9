//! Names that files will probably have.

use super::snapshot::{Begun, Reservation};

/// `<folders/><sid>_<cname>.<suffix>`.
fn mixed(folders: &[String], sid: &str, cname: &str, suffix: &str) -> String {
    format!("{}{sid}_{cname}.{suffix}", path(folders))
}

/// `<folders/><sid>_<cname>__uid_s_<uid>__uid_e_<track>.m3u8`.
pub(super) fn individual(reservation: &Reservation, begun: &Begun, uid: &str, track: &str) -> String {
    let (folders, sid, cname) = (path(&begun.terms.file_name_prefix), &begun.sid, &reservation.cname);
    format!("{folders}{sid}_{cname}__uid_s_{uid}__uid_e_{track}.m3u8")
}

fn path(folders: &[String]) -> String {
    folders.iter().flat_map(|folder| [folder.as_str(), "/"]).collect()
}

/// All files of a mix.
pub(super) fn predicted(reservation: &Reservation, begun: &Begun) -> Vec<String> {
    let name = |suffix: &String| mixed(&begun.terms.file_name_prefix, &begun.sid, &reservation.cname, suffix);
    begun.terms.suffixes.iter().map(name).collect()
}
