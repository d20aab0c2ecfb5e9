//! Reading what came over the wire, without trusting anybody's encoder.

use std::fmt;

/// Name-value pairs of a query or a form, decoded, in the order they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pairs(pub(crate) Vec<(String, String)>);

impl Pairs {
    /// The first value of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value of that name unless it is missing or empty; the vendors treat the two alike.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The bytes are not a percent-encoded UTF-8 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken percent-encoding or not UTF-8")
    }
}

/// Reads `a=1&b=2`. A plus sign is a space, as forms have it.
pub(crate) fn pairs(encoded: &[u8]) -> Result<Pairs, Malformed> {
    let parts = encoded.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    let pair = |part: &[u8]| {
        let split = part.iter().position(|byte| *byte == b'=');
        let (name, value) = split.map_or((part, &b""[..]), |at| (&part[..at], &part[at + 1..]));
        Ok((decode(name, true)?, decode(value, true)?))
    };
    parts.map(pair).collect::<Result<_, _>>().map(Pairs)
}

/// Reads the segments of a path; a segment may hold an encoded slash. An empty last segment is kept.
pub(crate) fn segments(path: &str) -> Result<Vec<String>, Malformed> {
    path.trim_start_matches('/').split('/').map(|segment| decode(segment.as_bytes(), false)).collect()
}

/// Undoes percent-encoding and refuses what a lenient decoder would let through: that would hide a client's mistake.
fn decode(encoded: &[u8], plus_is_space: bool) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => 16 * hex_digit(rest.next())? + hex_digit(rest.next())?,
            b'+' if plus_is_space => b' ',
            plain => plain,
        });
    }
    String::from_utf8(bytes).map_err(|_| Malformed)
}

fn hex_digit(byte: Option<u8>) -> Result<u8, Malformed> {
    match byte {
        Some(digit @ b'0'..=b'9') => Ok(digit - b'0'),
        Some(digit @ b'a'..=b'f') => Ok(digit - b'a' + 10),
        Some(digit @ b'A'..=b'F') => Ok(digit - b'A' + 10),
        _ => Err(Malformed),
    }
}

/// Writes `a=1&b=2`; everything but unreserved characters is percent-encoded.
pub(crate) fn encode_pairs(pairs: &[(String, String)]) -> String {
    let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&hex::encode_upper([byte]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(encoded: &str) -> Vec<(String, String)> {
        pairs(encoded.as_bytes()).unwrap().0
    }

    #[test]
    fn a_form_is_decoded_once() {
        let expected = [("a", "1 2"), ("b", "+"), ("名", "师&="), ("empty", ""), ("bare", "")];
        let expected: Vec<_> = expected.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        assert_eq!(read("a=1+2&b=%2B&%E5%90%8D=%e5%b8%88%26%3D&empty=&bare"), expected);
        assert_eq!(read("a=%2520")[0].1, "%20");
        assert_eq!(read(""), []);
    }

    #[test]
    fn broken_escapes_and_bytes_that_are_not_utf8_are_refused() {
        for broken in ["a=%", "a=%4", "a=%zz", "a=%+1", "%ff=1"] {
            assert_eq!(pairs(broken.as_bytes()), Err(Malformed), "{broken}");
        }
    }

    #[test]
    fn a_path_keeps_encoded_slashes_and_plus_signs_inside_a_segment() {
        assert_eq!(segments("/a/b%2Fc%3D/d+e/").unwrap(), ["a", "b/c=", "d+e", ""]);
    }

    #[test]
    fn what_is_encoded_is_decoded_to_itself() {
        let given = [("名 &=+%", "a/b?c~-_."), ("empty", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let encoded = encode_pairs(&given);
        assert_eq!(encoded, "%E5%90%8D%20%26%3D%2B%25=a%2Fb%3Fc~-_.&empty=");
        assert_eq!(read(&encoded), given);
    }
}
