use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::descriptors::MessageSchema;
use crate::encoding::is_wrapper;
use crate::value::{Value, Values};
use crate::wire::Malformed;

const LONGEST_SECONDS: u128 = 315_576_000_000;
const NANOS_OF_SECOND: u128 = 1_000_000_000;

/// What there is for a message whose fields were decoded; the fields themselves if nothing.
pub(super) fn native(schema: &MessageSchema, mut values: Values) -> Result<Value, Malformed> {
    let name = schema.name.as_ref();
    if is_wrapper(name) {
        let value = values.take_optional("value");
        return Ok(value.unwrap_or_else(|| zero(name)));
    }
    Ok(match name {
        "google.protobuf.FieldMask" => Value::List(values.take("paths")),
        "google.protobuf.ListValue" => Value::List(values.take("values")),
        "google.protobuf.Struct" => {
            let fields: BTreeMap<String, Value> = values.take("fields");
            Value::Map(
                fields
                    .into_iter()
                    .map(|(name, value)| (Value::String(name), value))
                    .collect(),
            )
        }
        "google.protobuf.Value" => json(values),
        "google.protobuf.Duration" => duration(values)?,
        "google.protobuf.Timestamp" => named("google.protobuf.Timestamp", values),
        "google.protobuf.Any" => named("google.protobuf.Any", values),
        "google.protobuf.Empty" => named("google.protobuf.Empty", values),
        _ => Value::Message(values),
    })
}

fn named(name: &'static str, values: Values) -> Value {
    Value::Message(Values {
        message: Some(name),
        fields: values.fields,
    })
}

fn duration(values: Values) -> Result<Value, Malformed> {
    let number = |field: &str| match values.get(field) {
        Some(Value::Int(number)) => *number,
        _ => 0,
    };
    let (seconds, nanos) = (number("seconds"), number("nanos"));
    if seconds.unsigned_abs() > LONGEST_SECONDS
        || nanos.unsigned_abs() >= NANOS_OF_SECOND
        || seconds.signum() * nanos.signum() < 0
    {
        return Err("a Duration is out of range");
    }
    Ok(named("google.protobuf.Duration", values))
}

fn json(values: Values) -> Value {
    values
        .fields
        .into_iter()
        .find(|(name, _)| *name != Cow::Borrowed("null_value"))
        .map_or(Value::Null, |(_, value)| value)
}

fn zero(wrapper: &str) -> Value {
    match wrapper {
        "google.protobuf.DoubleValue" | "google.protobuf.FloatValue" => Value::Float(0.0),
        "google.protobuf.BoolValue" => Value::Bool(false),
        "google.protobuf.StringValue" => Value::String(String::new()),
        "google.protobuf.BytesValue" => Value::Bytes(bytes::Bytes::new()),
        _ => Value::Int(0),
    }
}
