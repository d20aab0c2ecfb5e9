//! Reading `multipart/form-data`, strictly: what a lenient reader lets through would hide a client's mistake.

use bytes::Bytes;

use crate::wire::{Malformed, Pairs};

/// A file of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The field's name.
    pub(crate) field: String,
    /// The file's own name.
    pub(crate) name: String,
    pub(crate) content: Bytes,
}

/// Text parts and files of a body; parts with a file name are files.
pub(crate) fn read(content_type: &str, body: &Bytes) -> Result<(Pairs, Vec<Upload>), Malformed> {
    let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty()).ok_or(Malformed)?;
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    let mark = format!("\r\n--{boundary}");
    // the first mark has no line before it
    let mut at = 0;
    let first = &mark.as_bytes()[2..];
    if !body.starts_with(first) {
        return Err(Malformed);
    }
    at += first.len();
    loop {
        match body.get(at..at + 2) {
            Some(b"--") => return Ok((Pairs(texts), files)),
            Some(b"\r\n") => at += 2,
            _ => return Err(Malformed),
        }
        let head_end = at + find(&body[at..], b"\r\n\r\n").ok_or(Malformed)?;
        let content_start = head_end + 4;
        let content_end = content_start + find(&body[content_start..], mark.as_bytes()).ok_or(Malformed)?;
        let (name, file_name) = disposition(&body[at..head_end])?;
        let content = body.slice(content_start..content_end);
        match file_name {
            Some(file_name) => files.push(Upload { field: name, name: file_name, content }),
            None => texts.push((name, String::from_utf8(content.to_vec()).map_err(|_| Malformed)?)),
        }
        at = content_end + mark.len();
    }
}

/// Name and file name of a part's head.
fn disposition(head: &[u8]) -> Result<(String, Option<String>), Malformed> {
    let head = std::str::from_utf8(head).map_err(|_| Malformed)?;
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let mut of = lines.filter(|(name, _)| name.eq_ignore_ascii_case("Content-Disposition"));
    let (Some((_, value)), None) = (of.next(), of.next()) else { return Err(Malformed) };
    if !value.trim_start().starts_with("form-data") {
        return Err(Malformed);
    }
    Ok((parameter(value, "name").ok_or(Malformed)?, parameter(value, "filename")))
}

/// A parameter of a header, quoted or not. A browser's escapes stay as they are.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => {
                let (value, next) = quoted.split_once('"')?;
                (value, next.split_once(';').map(|(_, next)| next))
            }
            None => after.split_once(';').map_or((after, None), |(value, next)| (value, Some(next))),
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value.trim().to_owned());
        }
        rest = next?;
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; charset=utf-8; boundary=\"B\"";

    fn read_text(body: &str) -> Result<(Pairs, Vec<Upload>), Malformed> {
        read(TYPE, &Bytes::from(body.to_owned()))
    }

    #[test]
    fn parts_with_a_file_name_are_files_and_others_texts() {
        let body = "--B\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n封面\r\n\
            --B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a;b=.png\"\r\nContent-Type: image/png\r\n\r\n\
            \r\n--C\r\n\r\n--B\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--B--\r\n";
        let (texts, files) = read_text(body).unwrap();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(texts.0, [pair("type", "封面"), pair("empty", "")]);
        let content = Bytes::from("\r\n--C\r\n");
        assert_eq!(files, [Upload { field: "file".to_owned(), name: "a;b=.png".to_owned(), content }]);
        assert_eq!(read_text("--B--").unwrap(), (Pairs::default(), Vec::new()));
    }

    #[test]
    fn what_is_broken_is_refused() {
        let part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
        assert!(read_text(&format!("{part}--B--")).is_ok());
        for broken in [
            String::new(),
            part.to_owned(),
            format!("{part}--B"),
            format!("\r\n{part}--B--"),
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nx\r\n--B--".to_owned(),
            "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--".to_owned(),
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--".to_owned(),
            "--B\r\n\r\nx\r\n--B--".to_owned(),
        ] {
            assert_eq!(read_text(&broken), Err(Malformed), "{broken:?}");
        }
        let not_utf8 = [part.replace('x', "").as_bytes(), b"--B--"].concat();
        assert!(read(TYPE, &Bytes::from(not_utf8)).is_ok());
        let bytes = part.as_bytes().iter().map(|byte| if *byte == b'x' { 0xff } else { *byte });
        let body: Vec<u8> = bytes.chain(*b"--B--").collect();
        assert_eq!(read(TYPE, &Bytes::from(body)), Err(Malformed));
        assert_eq!(read("multipart/form-data", &Bytes::from("--B--")), Err(Malformed));
    }
}
