//! Reading a vendor's envelope member by member: one member of an unexpected type must not hide the others.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::Error;
use crate::payload::Payload;
use crate::wire;

/// A member as it came, or none. In an envelope's struct: `#[serde(borrow, default)]`.
pub type Member<'a> = Option<&'a RawValue>;

/// Reads the envelope; only an object is one, although serde would take a list for a struct too.
pub fn read<'a, T: Deserialize<'a>>(body: &'a Bytes) -> Result<T, Error> {
    let envelope = if is_object(body) { serde_json::from_slice(body).ok() } else { None };
    envelope.ok_or_else(|| Error::decode("it is not the vendor's envelope", body))
}

/// Reads a member that should be an object; nothing where it is absent or something else.
#[must_use]
pub fn object<'a, T: Deserialize<'a>>(member: Member<'a>) -> Option<T> {
    let json = member?.get();
    if is_object(json.as_bytes()) { serde_json::from_str(json).ok() } else { None }
}

/// A text, or a number as text; nothing where it is absent, empty or of another type.
#[must_use]
pub fn text(member: Member<'_>) -> Option<String> {
    let mut json = serde_json::Deserializer::from_str(member?.get());
    wire::opt_text(&mut json).ok().flatten().filter(|text| !text.is_empty())
}

/// An integer, also as text; nothing where it is absent or something else.
#[must_use]
pub fn integer(member: Member<'_>) -> Option<i64> {
    let mut json = serde_json::Deserializer::from_str(member?.get());
    wire::opt_i64(&mut json).ok().flatten()
}

/// The content of a successful reply, without copying it; null where there is none.
#[must_use]
pub fn payload(body: &Bytes, member: Member<'_>) -> Payload {
    member.map_or(Payload::null(), |content| Payload::Json(body.slice_ref(content.get().as_bytes())))
}

fn is_object(json: &[u8]) -> bool {
    json.trim_ascii_start().starts_with(b"{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Envelope<'a> {
        #[serde(borrow, default)]
        code: Member<'a>,
        #[serde(borrow, default)]
        data: Member<'a>,
    }

    #[test]
    fn one_odd_member_does_not_hide_the_others() {
        let body = Bytes::from_static(br#" {"code":"7","data":{"a":[1]},"code2":{}}"#);
        let envelope: Envelope<'_> = read(&body).unwrap();
        assert_eq!((integer(envelope.code), text(envelope.code)), (Some(7), Some("7".into())));
        assert_eq!((integer(envelope.data), text(envelope.data)), (None, None));
        assert!(object::<Envelope<'_>>(envelope.data).is_some() && object::<Envelope<'_>>(envelope.code).is_none());
        let Payload::Json(json) = payload(&body, envelope.data) else { panic!("JSON") };
        assert_eq!(json, r#"{"a":[1]}"#);
    }

    #[test]
    fn only_an_object_is_an_envelope() {
        for body in ["", "[7]", "7", "null", "\"x\"", "{", "{}x"] {
            assert!(read::<Envelope<'_>>(&Bytes::from(body)).is_err(), "{body}");
        }
    }
}
