//! How the views are written in JSON: names as text, whole numbers that do not fit a double as
//! decimal strings, variants as words in camelCase.

use serde::{
	de::{Error, Unexpected, Visitor},
	Serialize, Serializer,
};
use std::fmt::{self, Debug};

/// Bytes that are text on chain (a name, a place).
pub fn text<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&String::from_utf8_lossy(bytes))
}

/// [`text`] of something that may be absent.
pub fn text_or_null<S: Serializer>(
	bytes: &Option<Vec<u8>>,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	bytes.as_ref().map(|bytes| String::from_utf8_lossy(bytes)).serialize(serializer)
}

/// The name of a variant without fields, first letter small.
pub fn word<T: Debug, S: Serializer>(variant: &T, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&camel(variant))
}

/// [`word`] of something that may be absent.
pub fn word_or_null<T: Debug, S: Serializer>(
	variant: &Option<T>,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	variant.as_ref().map(camel).serialize(serializer)
}

fn camel<T: Debug>(variant: &T) -> String {
	let name = format!("{variant:?}");
	let mut letters = name.chars();
	letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Reads an amount as it is written, a decimal string, or as a number that is exact.
pub struct WholeNumber;

impl Visitor<'_> for WholeNumber {
	type Value = u128;

	fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		formatter.write_str("a whole number, or one in a string of decimal digits")
	}

	fn visit_u64<E: Error>(self, number: u64) -> Result<u128, E> {
		Ok(number.into())
	}

	fn visit_str<E: Error>(self, text: &str) -> Result<u128, E> {
		// `parse` takes a plus sign, which nothing writes.
		let digits = text.bytes().all(|byte| byte.is_ascii_digit());
		let number = digits.then(|| text.parse().ok()).flatten();
		number.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
	}
}
