//! The building block of signatures over sorted parameters; each vendor crate owns digest, letter case and placement.

use crate::error::Error;

/// Parameters with a value, sorted by name in byte order, ready to be fed to a digest.
#[derive(Clone)]
pub struct Sorted<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Sorted<'a> {
    /// Sorts; parameters without a value take no part, name included.
    ///
    /// A name that occurs twice has no defined place in such a signature: that is a sign error.
    pub fn new(params: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let mut pairs: Vec<_> = params.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        pairs.sort_unstable();
        if let Some((name, _)) = pairs.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0]) {
            return Err(Error::sign(format!("parameter {name} is given twice")));
        }
        Ok(Self(pairs))
    }

    /// Names and values in signing order.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().copied()
    }

    /// Feeds `secret`, then every name and value, then `secret` again, with nothing between them.
    ///
    /// Piece by piece, so that no text that holds the secret is ever built.
    pub fn feed_between(&self, secret: &str, mut feed: impl FnMut(&[u8])) {
        feed(secret.as_bytes());
        for (name, value) in self.iter() {
            feed(name.as_bytes());
            feed(value.as_bytes());
        }
        feed(secret.as_bytes());
    }

    /// Feeds `name=value` pairs with `&` between them, then `secret` right behind the last one.
    pub fn feed_joined(&self, secret: &str, mut feed: impl FnMut(&[u8])) {
        for (index, (name, value)) in self.iter().enumerate() {
            if index > 0 {
                feed(b"&");
            }
            feed(name.as_bytes());
            feed(b"=");
            feed(value.as_bytes());
        }
        feed(secret.as_bytes());
    }
}

impl std::fmt::Debug for Sorted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(pairs: &[(&'static str, &'static str)]) -> Result<String, Error> {
        let mut text = Vec::new();
        Sorted::new(pairs.iter().copied())?.feed_between("S", |piece| text.extend_from_slice(piece));
        Ok(String::from_utf8(text).unwrap())
    }

    #[test]
    fn names_sort_by_byte_and_empty_values_vanish() {
        let pairs = [("b", "1"), ("a10", "2"), ("B", "3"), ("_", "4"), ("a1", "5"), ("empty", ""), ("a", "6")];
        assert_eq!(fed(&pairs).unwrap(), "SB3_4a6a15a102b1S");
    }

    #[test]
    fn joined_pairs_have_marks_between_them_and_the_secret_has_none() {
        let joined = |pairs: &[(&'static str, &'static str)]| {
            let mut text = Vec::new();
            Sorted::new(pairs.iter().copied()).unwrap().feed_joined("S", |piece| text.extend_from_slice(piece));
            String::from_utf8(text).unwrap()
        };
        assert_eq!(joined(&[("vid", "v"), ("ptime", "1"), ("empty", "")]), "ptime=1&vid=vS");
        assert_eq!(joined(&[]), "S");
    }

    #[test]
    fn a_name_given_twice_is_refused() {
        assert!(fed(&[("a", "1"), ("b", "2"), ("a", "3")]).unwrap_err().to_string().contains("parameter a"));
    }
}
