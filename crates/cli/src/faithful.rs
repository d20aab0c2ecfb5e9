//! What a JSON text says and a reader of JSON would lose without a word: members of one name, and long integers.

/// The path of the first place that a reader would change, and why.
pub(crate) type Loss = (String, &'static str);

/// Finds what would be lost of a text, which must be valid JSON.
pub(crate) fn check(text: &str) -> Result<(), Loss> {
    Scanner { text, at: 0 }.value("")
}

/// Walks over text that is known to be valid, so that it has to tell very little apart.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn value(&mut self, path: &str) -> Result<(), Loss> {
        match self.peek() {
            Some(b'{') => self.object(path),
            Some(b'[') => self.list(path),
            Some(b'"') => {
                self.string();
                Ok(())
            }
            _ => self.scalar(path),
        }
    }

    fn object(&mut self, path: &str) -> Result<(), Loss> {
        let mut names = std::collections::HashSet::new();
        self.at += 1;
        while self.peek() == Some(b'"') {
            let name = self.string();
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if !names.insert(name) {
                return Err((path, "stands twice in one object"));
            }
            self.skip(b':');
            self.value(&path)?;
            self.skip(b',');
        }
        self.skip(b'}');
        Ok(())
    }

    fn list(&mut self, path: &str) -> Result<(), Loss> {
        self.at += 1;
        let mut index = 0_usize;
        while !matches!(self.peek(), Some(b']') | None) {
            self.value(&format!("{path}[{index}]"))?;
            self.skip(b',');
            index += 1;
        }
        self.skip(b']');
        Ok(())
    }

    /// A name or text, without its escapes.
    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.byte() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        self.text.get(start..self.at).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    fn scalar(&mut self, path: &str) -> Result<(), Loss> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        if self.at == start {
            // Not valid after all; this ends the walk.
            self.at = self.text.len();
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let is_integer = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if is_integer && text.parse::<i64>().is_err() && text.parse::<u64>().is_err() {
            let path = if path.is_empty() { "input" } else { path };
            return Err((path.to_owned(), "is an integer beyond 64 bits"));
        }
        Ok(())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.byte()
    }

    fn skip(&mut self, expected: u8) {
        if self.peek() == Some(expected) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Option<String> {
        assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
        check(text).err().map(|(path, _)| path)
    }

    #[test]
    fn members_of_one_name_are_found_at_every_depth() {
        assert_eq!(path(r#"{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}"#), None);
        assert_eq!(path(r#"{"a":1,"a":1}"#).as_deref(), Some("a"));
        assert_eq!(path(r#" { "a" : [ 1 , {"b": {} , "\u0062" : null } ] } "#).as_deref(), Some("a[1].b"));
        assert_eq!(path(r#"{"a":"\",\"a\":","{}":[[],{}, "]"],"c":true}"#), None);
        assert_eq!(path(r#"{"c\\":"\\","d":[[{"片":1,"片":2}]]}"#).as_deref(), Some("d[0][0].片"));
    }

    #[test]
    fn integers_that_would_be_rounded_are_found() {
        for kept in
            ["[18446744073709551615,-9223372036854775808,-0,0]", "[1e30,-1.5,0.1E+2]", r#"["99999999999999999999"]"#]
        {
            assert_eq!(path(kept), None, "{kept}");
        }
        assert_eq!(path(r#"{"a":[0,18446744073709551616]}"#).as_deref(), Some("a[1]"));
        assert_eq!(path("-9223372036854775809").as_deref(), Some("input"));
    }
}
