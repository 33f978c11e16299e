use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::descriptors::{Descriptors, Field, Kind, Shape};
use crate::error::code;
use crate::refusal::{Checked, Refusal, shown};
use crate::value::Value;

/// The value that the text of a default stands for, as a user would give it.
pub(super) fn default_value(descriptors: &Descriptors, field: &Field) -> Checked<Value> {
    parsed(descriptors, field).ok_or_else(|| {
        Refusal::new(
            code::DESCRIPTORS_INVALID,
            format!(
                "has the default '{}', which no value of its type is; give a value yourself",
                shown(&field.default_text)
            ),
        )
    })
}

fn parsed(descriptors: &Descriptors, field: &Field) -> Option<Value> {
    if field.shape != Shape::Single {
        return None;
    }
    let text = field.default_text.as_str();
    match &field.kind {
        Kind::Bool => text.parse().ok().map(Value::Bool),
        Kind::String => Some(Value::String(text.to_owned())),
        Kind::Bytes => STANDARD
            .decode(text)
            .ok()
            .map(|bytes| Value::Bytes(bytes.into())),
        Kind::Double => text.parse().ok().map(Value::Float),
        // Not through a double, which would round twice.
        Kind::Float => text
            .parse::<f32>()
            .ok()
            .filter(|number| {
                number.is_finite() || !text.contains(|each: char| each.is_ascii_digit())
            })
            .map(|number| Value::Float(number.into())),
        Kind::Enum(name)
            if descriptors
                .enumeration(name)
                .is_some_and(|schema| schema.numbers.contains_key(text)) =>
        {
            Some(Value::String(text.to_owned()))
        }
        Kind::Message(_) | Kind::Group(_) => None,
        _ => text.parse().ok().map(Value::Int),
    }
}
