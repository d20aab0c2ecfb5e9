//! A flat struct as ordered parameters: the order of the fields, absent ones left out, everything as text.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::error::Error;
use crate::params::Params;
use crate::wire::WRITTEN_NUMBER;

/// The parameters of a struct or map.
pub(crate) fn params(fields: &impl Serialize) -> Result<Params, Error> {
    let mut params = Params::new();
    append(fields, &mut params)?;
    Ok(params)
}

/// Appends the parameters of a struct or map.
pub(crate) fn append(fields: &impl Serialize, params: &mut Params) -> Result<(), Error> {
    fields.serialize(Fields { params, key: None }).map_err(|Unflat(what)| Error::encode(what))
}

/// Why a value has no parameter form. Never holds the value.
#[derive(Debug)]
struct Unflat(Cow<'static, str>);

impl fmt::Display for Unflat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Unflat {}
impl serde::ser::Error for Unflat {
    /// The message could quote a value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(Cow::Borrowed("a value has no parameter form"))
    }
}

const NESTED: Unflat = Unflat(Cow::Borrowed("a parameter must be a plain value, not a list or an object"));
const NOT_FIELDS: Unflat = Unflat(Cow::Borrowed("parameters come from a struct or a map"));

/// The outer level: a struct or map.
struct Fields<'p> {
    params: &'p mut Params,
    key: Option<Cow<'static, str>>,
}

impl Fields<'_> {
    fn push(&mut self, key: Cow<'static, str>, value: &(impl Serialize + ?Sized)) -> Result<(), Unflat> {
        if let Some(text) = value.serialize(Value)? {
            self.params.push(key, text);
        }
        Ok(())
    }
}

macro_rules! refuse {
    ($error:expr; $($name:ident($($type:ty),*);)*) => {
        $(fn $name(self, $(_: $type),*) -> Result<Self::Ok, Unflat> { Err($error) })*
    };
}

impl Serializer for Fields<'_> {
    type Ok = ();
    type Error = Unflat;
    type SerializeSeq = Impossible<(), Unflat>;
    type SerializeTuple = Impossible<(), Unflat>;
    type SerializeTupleStruct = Impossible<(), Unflat>;
    type SerializeTupleVariant = Impossible<(), Unflat>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Unflat>;

    refuse! { NOT_FIELDS;
        serialize_bool(bool); serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64);
        serialize_u8(u8); serialize_u16(u16); serialize_u32(u32); serialize_u64(u64); serialize_f32(f32);
        serialize_f64(f64); serialize_char(char); serialize_str(&str); serialize_bytes(&[u8]);
        serialize_unit_variant(&'static str, u32, &'static str);
    }
    fn serialize_none(self) -> Result<(), Unflat> {
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unflat> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Unflat> {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unflat> {
        Ok(())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unflat> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unflat> {
        Err(NOT_FIELDS)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Unflat> {
        Err(NOT_FIELDS)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unflat> {
        Err(NOT_FIELDS)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unflat> {
        Err(NOT_FIELDS)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unflat> {
        Err(NOT_FIELDS)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self, Unflat> {
        Ok(self)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unflat> {
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unflat> {
        Err(NOT_FIELDS)
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Unflat;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unflat> {
        self.push(Cow::Borrowed(key), value)
    }
    fn end(self) -> Result<(), Unflat> {
        Ok(())
    }
}

impl SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = Unflat;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unflat> {
        self.key = key.serialize(Value)?;
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unflat> {
        match self.key.take() {
            Some(key) => self.push(key, value),
            None => Err(NOT_FIELDS),
        }
    }
    fn end(self) -> Result<(), Unflat> {
        Ok(())
    }
}

/// The inner level: one value as text, or nothing.
struct Value;

type Text = Option<Cow<'static, str>>;

macro_rules! display {
    ($($name:ident($type:ty);)*) => {
        $(fn $name(self, value: $type) -> Result<Text, Unflat> { Ok(Some(value.to_string().into())) })*
    };
}

impl Serializer for Value {
    type Ok = Text;
    type Error = Unflat;
    type SerializeSeq = Impossible<Text, Unflat>;
    type SerializeTuple = Impossible<Text, Unflat>;
    type SerializeTupleStruct = Impossible<Text, Unflat>;
    type SerializeTupleVariant = Impossible<Text, Unflat>;
    type SerializeMap = Impossible<Text, Unflat>;
    type SerializeStruct = WrittenNumber;
    type SerializeStructVariant = Impossible<Text, Unflat>;

    display! {
        serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64); serialize_u8(u8);
        serialize_u16(u16); serialize_u32(u32); serialize_u64(u64); serialize_f32(f32); serialize_char(char);
        serialize_str(&str);
    }
    fn serialize_bool(self, value: bool) -> Result<Text, Unflat> {
        Ok(Some(Cow::Borrowed(if value { "true" } else { "false" })))
    }
    fn serialize_f64(self, value: f64) -> Result<Text, Unflat> {
        if !value.is_finite() {
            return Err(Unflat(Cow::Borrowed("a number is not finite")));
        }
        Ok(Some(value.to_string().into()))
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Text, Unflat> {
        Ok(Some(Cow::Borrowed(variant)))
    }
    fn serialize_none(self) -> Result<Text, Unflat> {
        Ok(None)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Text, Unflat> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Text, Unflat> {
        Ok(None)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Text, Unflat> {
        value.serialize(self)
    }
    refuse! { NESTED; serialize_bytes(&[u8]); serialize_unit_struct(&'static str); }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Text, Unflat> {
        Err(NESTED)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Unflat> {
        Err(NESTED)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unflat> {
        Err(NESTED)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unflat> {
        Err(NESTED)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unflat> {
        Err(NESTED)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unflat> {
        Err(NESTED)
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<WrittenNumber, Unflat> {
        if name == WRITTEN_NUMBER { Ok(WrittenNumber(None)) } else { Err(NESTED) }
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unflat> {
        Err(NESTED)
    }
}

/// A number as it was written.
struct WrittenNumber(Text);

impl SerializeStruct for WrittenNumber {
    type Ok = Text;
    type Error = Unflat;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Unflat> {
        self.0 = value.serialize(Value)?;
        Ok(())
    }
    fn end(self) -> Result<Text, Unflat> {
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Form {
        account: String,
        page_size: u32,
        price: f64,
        open: bool,
        absent: Option<String>,
        flag: Option<crate::wire::YesNo>,
    }

    #[test]
    fn fields_keep_their_order_and_absent_ones_vanish() {
        let form = Form {
            account: "0052191541".into(),
            page_size: 20,
            price: 9.5,
            open: true,
            absent: None,
            flag: Some(crate::wire::YesNo::No),
        };
        let params = params(&form).unwrap();
        let pairs: Vec<_> = params.iter().collect();
        assert_eq!(
            pairs,
            [("account", "0052191541"), ("pageSize", "20"), ("price", "9.5"), ("open", "true"), ("flag", "N")]
        );
    }

    #[test]
    fn a_number_may_arrive_as_it_was_written() {
        #[derive(serde::Serialize)]
        #[serde(rename = "$serde_json::private::Number")]
        struct Written {
            #[serde(rename = "$serde_json::private::Number")]
            text: &'static str,
        }
        let fields = std::collections::BTreeMap::from([("price", Written { text: "9.50" })]);
        assert_eq!(params(&fields).unwrap().iter().collect::<Vec<_>>(), [("price", "9.50")]);
    }

    #[test]
    fn maps_are_fields_too_and_nested_values_are_refused() {
        let value = serde_json::json!({"a": 1, "b": null, "c": "x"});
        assert_eq!(params(&value).unwrap().iter().collect::<Vec<_>>(), [("a", "1"), ("c", "x")]);
        assert!(params(&serde_json::json!({"a": [1]})).is_err());
        assert!(params(&serde_json::json!({"a": {"b": 1}})).is_err());
        assert!(params(&"text").is_err());
    }
}
