//! JSON as exports write it: a value may have this type or that.

use crate::{
    ListError,
    gather::{Gathering, shown},
    tags,
};
use chrono::{DateTime, Utc};
use domain::article::WebAddress;
use serde_json::Value;

/// The JSON of a text. Its depth is bounded by the parser.
pub(crate) fn parse(text: &str) -> Result<Value, ListError> {
    serde_json::from_str(text).map_err(|error| ListError::BrokenJson { cause: error.to_string() })
}

/// A text that is not empty; also of a number, and of the first entry of an array.
pub(crate) fn text(value: &Value, name: &str) -> Option<String> {
    let text = match value.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => all.iter().find_map(Value::as_str)?.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of an array; a text alone is one.
pub(crate) fn texts(value: &Value, name: &str) -> Vec<String> {
    match value.get(name) {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => text(value, name).into_iter().collect(),
    }
}

/// The entries of an array.
pub(crate) fn array<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether something is so: `true`, 1 or `"1"`.
pub(crate) fn holds(value: &Value, name: &str) -> bool {
    match value.get(name) {
        Some(Value::Bool(holds)) => *holds,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => ["1", "true"].contains(&text.as_str()),
        _ => false,
    }
}

/// Tags: an array of words or of objects with a name, or words with commas between them.
pub(crate) fn tags(value: &Value, name: &str) -> Vec<String> {
    match value.get(name) {
        Some(Value::String(text)) => tags::split(text, &[',']),
        Some(Value::Array(all)) => {
            let word = |tag: &Value| match tag {
                Value::String(word) => Some(word.clone()),
                Value::Number(number) => Some(number.to_string()),
                tag => text(tag, "label").or_else(|| text(tag, "name")),
            };
            tags::tidied(all.iter().filter_map(word).collect())
        }
        _ => Vec::new(),
    }
}

/// The address of a picture. One that is no address is left out.
pub(crate) fn picture(gathering: &mut Gathering, place: &str, value: &Value, name: &str) -> Option<WebAddress> {
    let text = text(value, name)?;
    let picture = WebAddress::parse(&text);
    if picture.is_none() {
        gathering.leave_out(place, format!("{} is not the address of a picture", shown(&text)));
    }
    picture
}

/// A date, as a text or as a number.
pub(crate) fn moment(gathering: &mut Gathering, place: &str, value: &Value, name: &str) -> Option<DateTime<Utc>> {
    text(value, name).and_then(|text| gathering.moment(place, &text))
}
