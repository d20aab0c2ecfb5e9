//! A request before it is signed: decoded parameters, body, path.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::error::Error;
use crate::file::FilePart;
use crate::flatten;
use crate::meta::Method;
use crate::params::{self, Params};

/// One part of a multipart body. `Debug` shows name and size only.
#[derive(Clone)]
pub struct Part {
    name: Cow<'static, str>,
    /// A part without one is a text field, and its content UTF-8.
    file_name: Option<String>,
    content_type: Option<HeaderValue>,
    content: Bytes,
}

impl Part {
    /// A text field.
    #[must_use]
    pub fn text(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        Self { name: name.into(), file_name: None, content_type: None, content: Bytes::from(value.into()) }
    }

    /// Sets a file's media type; `application/octet-stream` without it.
    #[must_use]
    pub fn content_type(mut self, content_type: HeaderValue) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// The field's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a text field; none for a file.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if self.file_name.is_some() { None } else { std::str::from_utf8(&self.content).ok() }
    }

    /// A file.
    #[must_use]
    pub fn file(name: impl Into<Cow<'static, str>>, file_name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), file_name: Some(file_name.into()), content_type: None, content: content.into() }
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.content.len())
    }
}

/// What goes into the body. `Debug` shows no content.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// `application/x-www-form-urlencoded`
    Form(Params),
    /// JSON, already written.
    Json(Bytes),
    /// `multipart/form-data`
    Multipart(Vec<Part>),
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Form(params) => write!(f, "Form({params:?})"),
            Self::Json(json) => write!(f, "Json({} bytes)", json.len()),
            Self::Multipart(parts) => write!(f, "Multipart({parts:?})"),
        }
    }
}

/// An unsigned request whose parameters are still decoded; signers work on it, then it is encoded once.
/// `Debug` shows names, not values.
#[derive(Clone)]
#[non_exhaustive]
pub struct Draft {
    /// The HTTP method.
    pub method: Method,
    path: Cow<'static, str>,
    /// Parameters of the URL.
    pub query: Params,
    /// Headers beyond `Content-Type`, which follows the body unless it is set here.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}

impl Draft {
    /// A draft to `/` with nothing in it.
    #[must_use]
    pub fn new(method: Method) -> Self {
        Self { method, path: Cow::Borrowed("/"), query: Params::new(), headers: HeaderMap::new(), body: Body::Empty }
    }

    /// A copy to be signed.
    pub(crate) fn copy(&self) -> Self {
        let Self { method, ref path, ref query, ref headers, ref body } = *self;
        let body = match body {
            Body::Form(form) => Body::Form(form.copy_with_room()),
            other => other.clone(),
        };
        Self { method, path: path.clone(), query: query.copy_with_room(), headers: headers.clone(), body }
    }

    /// The path, already encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Sets a fixed path, written as it goes on the wire.
    pub fn fixed_path(&mut self, path: &'static str) {
        self.path = Cow::Borrowed(path);
    }

    /// Sets the path from segments, each percent-encoded; `names` tells which field an unusable segment came from.
    ///
    /// An empty segment, `.` and `..` are refused under every profile: they would address something else.
    pub fn segments<'s>(&mut self, segments: impl IntoIterator<Item = (&'static str, &'s str)>) -> Result<(), Error> {
        let mut path = String::with_capacity(96);
        for (field, segment) in segments {
            if matches!(segment, "" | "." | "..") {
                return Err(Error::invalid_field(field, "must be usable as part of the path", "path"));
            }
            path.push('/');
            params::encode_onto(segment, &mut path);
        }
        self.path = Cow::Owned(path);
        Ok(())
    }

    /// Sets the path from a template such as `/v2/channels/{channelId}/delete`. A placeholder's value comes from
    /// `values`, else from the account's own, by name.
    ///
    /// A blank value is refused under every profile, as the broken rule `rule`: it would address something else.
    pub fn template<'s>(
        &mut self,
        template: &'static str,
        values: &[(&'static str, &'s str)],
        own: &dyn Fn(&'static str) -> Result<&'s str, Error>,
        rule: &'static str,
    ) -> Result<(), Error> {
        if !template.contains('{') {
            self.fixed_path(template);
            return Ok(());
        }
        let segments = template.split('/').skip(1).map(|segment| {
            let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
                return Ok(("", segment));
            };
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => Ok((name, not_blank(name, value, rule)?)),
                None => own(name).map(|value| (name, value)),
            }
        });
        self.segments(segments.collect::<Result<Vec<_>, Error>>()?)
    }

    /// Appends an id to the query. A blank one is refused under every profile, as the broken rule `rule`: without it
    /// the vendor would take the call to mean something else, such as the whole account.
    pub fn query_id(&mut self, name: &'static str, id: &str, rule: &'static str) -> Result<(), Error> {
        self.query.push(name, not_blank(name, id, rule)?.to_owned());
        Ok(())
    }

    pub(crate) fn raw_path(&mut self, path: &str) -> Result<(), Error> {
        if !path.starts_with('/') || raw_path_is_ambiguous(path) {
            return Err(Error::invalid_field(
                "path",
                "must start with / and be percent-encoded, without ? and #",
                "path",
            ));
        }
        self.path = Cow::Owned(path.to_owned());
        Ok(())
    }

    /// Writes the fields of a flat struct as form parameters, absent ones left out.
    pub fn form(&mut self, fields: &impl Serialize) -> Result<(), Error> {
        self.body = Body::Form(flatten::params(fields)?);
        Ok(())
    }

    /// Writes the fields of a flat struct as query parameters, absent ones left out.
    pub fn query_fields(&mut self, fields: &impl Serialize) -> Result<(), Error> {
        flatten::append(fields, &mut self.query)
    }

    /// Writes a value as the JSON body.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Error> {
        let mut buffer = Vec::with_capacity(256);
        // The message of serde_json's error could quote a value.
        serde_json::to_writer(&mut buffer, value).map_err(|_| Error::encode("a value has no JSON form"))?;
        self.body = Body::Json(Bytes::from(buffer));
        Ok(())
    }

    /// Writes the fields of a flat struct as the text parts of a multipart body, absent ones left out, and the files
    /// after them.
    pub fn multipart(&mut self, fields: &impl Serialize, files: &[(&'static str, &[FilePart])]) -> Result<(), Error> {
        let texts = flatten::params(fields)?;
        let texts = texts.into_iter().map(|(name, value)| Part::text(name, value));
        let files = files.iter().flat_map(|(name, files)| files.iter().map(|file| file.to_part(name)));
        self.body = Body::Multipart(texts.chain(files).collect());
        Ok(())
    }

    /// Keeps the parameters of query, form and text parts for which `keep` says so.
    pub fn retain_params(&mut self, mut keep: impl FnMut(&str, &str) -> bool) {
        self.query.retain(&mut keep);
        match &mut self.body {
            Body::Form(form) => form.retain(keep),
            Body::Multipart(parts) => parts.retain(|part| part.as_text().is_none_or(|text| keep(&part.name, text))),
            Body::Empty | Body::Json(_) => {}
        }
    }

    /// All parameters that are sent outside a JSON body and outside files: query, then form or text parts.
    pub fn params(&self) -> impl Iterator<Item = (&str, &str)> {
        let (form, parts) = match &self.body {
            Body::Form(form) => (Some(form), &[][..]),
            Body::Multipart(parts) => (None, &parts[..]),
            Body::Empty | Body::Json(_) => (None, &[][..]),
        };
        let texts = parts.iter().filter_map(|part| Some((&*part.name, part.as_text()?)));
        self.query.iter().chain(form.into_iter().flat_map(Params::iter)).chain(texts)
    }

    /// Where further parameters belong: the form if the body is one, else the query.
    pub fn params_mut(&mut self) -> &mut Params {
        match &mut self.body {
            Body::Form(form) => form,
            _ => &mut self.query,
        }
    }

    /// Adds a parameter to the form, to the text parts of a multipart body (before its files), or else to the query.
    pub fn add_param(&mut self, name: &'static str, value: impl Into<String>) {
        match &mut self.body {
            Body::Multipart(parts) => {
                let files = parts.iter().position(|part| part.file_name.is_some()).unwrap_or(parts.len());
                parts.insert(files, Part::text(name, value));
            }
            _ => self.params_mut().push(name, value.into()),
        }
    }

    /// Sets a header whose name and value are constants.
    pub fn header(&mut self, name: HeaderName, value: &'static str) {
        self.headers.insert(name, HeaderValue::from_static(value));
    }

    /// Encodes the signed draft; `boundary` separates multipart parts and must be random.
    pub(crate) fn encode(
        mut self,
        base_url: &str,
        user_agent: &HeaderValue,
        boundary: impl FnOnce() -> Result<String, Error>,
    ) -> Result<http::Request<Bytes>, Error> {
        let base = base_url.trim_end_matches('/');
        let mut url = String::with_capacity(base.len() + self.path.len() + self.query.encoded_len_hint() + 1);
        url.push_str(base);
        url.push_str(&self.path);
        if !self.query.is_empty() {
            url.push('?');
            self.query.encode_onto(&mut url);
        }
        let (body, content_type) = match self.body {
            Body::Empty => (Bytes::new(), None),
            Body::Form(params) => {
                let mut text = String::with_capacity(params.encoded_len_hint());
                params.encode_onto(&mut text);
                let form = HeaderValue::from_static("application/x-www-form-urlencoded; charset=UTF-8");
                (Bytes::from(text), Some(form))
            }
            Body::Json(json) => (json, Some(HeaderValue::from_static("application/json"))),
            Body::Multipart(parts) => {
                let boundary = boundary()?;
                let body = encode_multipart(&parts, &boundary);
                let multipart = HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}"))
                    .map_err(|_| Error::encode("the multipart boundary is not a header value"))?;
                (body, Some(multipart))
            }
        };
        if let Some(content_type) = content_type {
            self.headers.entry(CONTENT_TYPE).or_insert(content_type);
        }
        self.headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());

        let uri = http::Uri::try_from(url).map_err(|_| Error::encode("the address is too long or not a URL"))?;
        let mut request = http::Request::new(body);
        *request.method_mut() = self.method.into();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

fn not_blank<'s>(field: &'static str, text: &'s str, rule: &'static str) -> Result<&'s str, Error> {
    if text.trim().is_empty() { Err(Error::invalid_field(field, "must not be blank", rule)) } else { Ok(text) }
}

/// Whether a path has anything that an HTTP library may rewrite: then what is sent would not be what is written here.
pub(crate) fn raw_path_is_ambiguous(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
    let mut escapes = path.split('%').skip(1);
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    !path.bytes().all(is_plain) || !escapes.all(is_escape) || decoded.split('/').any(|part| matches!(part, "." | ".."))
}

fn encode_multipart(parts: &[Part], boundary: &str) -> Bytes {
    let size = parts.iter().map(|part| part.content.len() + boundary.len() + 160).sum::<usize>();
    let mut out = Vec::with_capacity(size);
    for part in parts {
        out.extend_from_slice(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"").as_bytes());
        out.extend_from_slice(quoted(&part.name).as_bytes());
        if let Some(file_name) = &part.file_name {
            out.extend_from_slice(b"\"; filename=\"");
            out.extend_from_slice(quoted(file_name).as_bytes());
            let content_type =
                part.content_type.as_ref().map_or(&b"application/octet-stream"[..], HeaderValue::as_bytes);
            out.extend_from_slice(b"\"\r\nContent-Type: ");
            out.extend_from_slice(content_type);
            out.extend_from_slice(b"\r\n\r\n");
        } else {
            out.extend_from_slice(b"\"\r\n\r\n");
        }
        out.extend_from_slice(&part.content);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Bytes::from(out)
}

/// The three characters that would end a quoted name, in the form that browsers use.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(draft: Draft) -> http::Request<Bytes> {
        let agent = HeaderValue::from_static("test");
        draft.encode("https://host/", &agent, || Ok("BOUNDARY".to_owned())).unwrap()
    }

    #[test]
    fn reserved_characters_are_encoded_everywhere() {
        let mut draft = Draft::new(Method::Post);
        draft.segments([("", "v1"), ("resourceid", "a/b+c= ?#"), ("", "stop")]).unwrap();
        draft.query.push("k", " +&=%#?/~-._陈");
        let request = encode(draft);
        assert_eq!(
            request.uri().to_string(),
            "https://host/v1/a%2Fb%2Bc%3D%20%3F%23/stop?k=%20%2B%26%3D%25%23%3F%2F~-._%E9%99%88"
        );
    }

    #[test]
    fn segments_that_change_the_address_are_refused() {
        for segment in ["", ".", ".."] {
            let error = Draft::new(Method::Get).segments([("sid", segment)]).unwrap_err();
            assert_eq!(error.violations()[0].path, "sid");
        }
        for path in [
            "v1",
            "/a/../b",
            "/a?b",
            "/a b",
            "/ä",
            "/%2e%2E/b",
            "/a/%2e",
            "/a\\..\\b",
            "/a{b}",
            "/a\"",
            "/%",
            "/%2",
            "/%zz",
        ] {
            assert!(Draft::new(Method::Get).raw_path(path).is_err(), "{path}");
        }
    }

    #[test]
    fn the_content_type_follows_the_body_unless_it_is_set() {
        let mut draft = Draft::new(Method::Post);
        draft.json(&serde_json::json!({"a": 1})).unwrap();
        assert_eq!(encode(draft.clone()).headers()[CONTENT_TYPE], "application/json");
        draft.header(CONTENT_TYPE, "application/json;charset=utf-8");
        let request = encode(draft);
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json;charset=utf-8");
        assert_eq!(&request.body()[..], br#"{"a":1}"#);
    }

    #[test]
    fn multipart_bodies_name_every_part_and_cannot_be_broken_by_a_file_name() {
        let mut draft = Draft::new(Method::Post);
        draft.body =
            Body::Multipart(vec![Part::text("type", "x"), Part::file("file", "a\"\r\nb.png", &b"\x89PNG"[..])]);
        let request = encode(draft);
        assert_eq!(request.headers()[CONTENT_TYPE], "multipart/form-data; boundary=BOUNDARY");
        assert_eq!(
            request.body().escape_ascii().to_string(),
            "--BOUNDARY\\r\\nContent-Disposition: form-data; name=\\\"type\\\"\\r\\n\\r\\nx\\r\\n\
             --BOUNDARY\\r\\nContent-Disposition: form-data; name=\\\"file\\\"; filename=\\\"a%22%0D%0Ab.png\\\"\\r\\n\
             Content-Type: application/octet-stream\\r\\n\\r\\n\\x89PNG\\r\\n--BOUNDARY--\\r\\n"
        );
    }

    #[test]
    fn a_template_is_filled_from_the_values_or_the_accounts_own() {
        let own = |name| match name {
            "userId" => Ok("1b4"),
            _ => Err(Error::config("unknown")),
        };
        let path = |template, id| {
            let mut draft = Draft::new(Method::Post);
            draft.template(template, &[("id", id)], &own, "L01").map(|()| draft.path().to_owned())
        };
        assert_eq!(path("/v2/{userId}/of/{id}", "a/b").unwrap(), "/v2/1b4/of/a%2Fb");
        assert_eq!(path("/v2/all", "").unwrap(), "/v2/all");
        assert!(path("/v2/{other}", "a").is_err());
        for blank in ["", " \t"] {
            let error = path("/v2/{id}", blank).unwrap_err();
            let violation = &error.violations()[0];
            assert_eq!((&*violation.path, violation.id), ("id", "L01"));
        }
        assert!(Draft::new(Method::Get).query_id("id", " ", "L01").is_err());
    }

    #[test]
    fn a_parameter_is_added_where_the_others_are() {
        let mut draft = Draft::new(Method::Post);
        draft.add_param("a", "1");
        draft.body = Body::Form(Params::new());
        draft.add_param("b", "2");
        assert_eq!(draft.params().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
        draft.body = Body::Multipart(vec![Part::text("c", "3"), Part::file("f", "f.png", "x")]);
        draft.add_param("d", "4");
        assert_eq!(draft.params().collect::<Vec<_>>(), [("a", "1"), ("c", "3"), ("d", "4")]);
        let Body::Multipart(parts) = &draft.body else { panic!("multipart") };
        assert_eq!(parts.last().map(Part::name), Some("f"));
    }

    #[test]
    fn texts_come_before_files_in_a_multipart_body() {
        #[derive(Serialize)]
        struct Fields {
            kind: &'static str,
            absent: Option<u8>,
        }
        let files = [FilePart::new("1.png", "one"), FilePart::new("2.png", "two")];
        let mut draft = Draft::new(Method::Post);
        draft.multipart(&Fields { kind: "cover", absent: None }, &[("file", files.as_ref())]).unwrap();
        let Body::Multipart(parts) = &draft.body else { panic!("multipart") };
        let parts: Vec<_> = parts.iter().map(|part| (part.name(), part.as_text())).collect();
        assert_eq!(parts, [("kind", Some("cover")), ("file", None), ("file", None)]);
    }

    #[test]
    fn debug_shows_names_but_no_values() {
        let mut draft = Draft::new(Method::Post);
        draft.query.push("sign", "SECRET");
        draft.header(http::header::AUTHORIZATION, "SECRET");
        draft.body = Body::Form({
            let mut form = Params::new();
            form.push("password", "SECRET");
            form
        });
        let debug = format!("{draft:?}");
        assert!(debug.contains("password") && debug.contains("authorization") && !debug.contains("SECRET"), "{debug}");
    }
}
