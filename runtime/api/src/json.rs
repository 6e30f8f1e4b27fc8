//! How the views are written in JSON: names as text, whole numbers that do not fit a double as
//! decimal strings, variants as words in camelCase.

use serde::{Serialize, Serializer};
use std::fmt::Debug;

/// Bytes that are text on chain (a name, a place).
pub fn text<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&String::from_utf8_lossy(bytes))
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
