use std::borrow::Cow;

use super::encoder::Encoder;
use super::scalars::fraction;
use crate::descriptors::{MessageSchema, Shape};
use crate::error::{Error, code};
use crate::plan_bytes::packed;
use crate::refusal::{Checked, DEEPEST, Refusal, shown};
use crate::value::{Value, Values};

const FIRST_SECOND: i128 = -62_135_596_800; // 0001-01-01T00:00:00Z
const LAST_SECOND: i128 = 253_402_300_799; // 9999-12-31T23:59:59Z
const LONGEST_SECONDS: u128 = 315_576_000_000;
const NANOS_OF_SECOND: i128 = 1_000_000_000;

/// Whether a message is of Spark or of google.
pub(crate) fn is_foreign(name: &str) -> bool {
    name.starts_with("google.protobuf.") || name.starts_with("spark.connect.")
}

/// Whether a message only wraps a value.
pub(crate) fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "google.protobuf.DoubleValue"
            | "google.protobuf.FloatValue"
            | "google.protobuf.Int64Value"
            | "google.protobuf.UInt64Value"
            | "google.protobuf.Int32Value"
            | "google.protobuf.UInt32Value"
            | "google.protobuf.BoolValue"
            | "google.protobuf.StringValue"
            | "google.protobuf.BytesValue"
    )
}

impl Encoder<'_> {
    /// The bytes of a message that is a field's value.
    pub(super) fn nested<'v>(
        &mut self,
        name: &str,
        value: &'v Value,
        depth: usize,
    ) -> Checked<Cow<'v, [u8]>> {
        match value {
            Value::Encoded(message) if message.name == name => {
                return Ok(Cow::Borrowed(&message.bytes));
            }
            Value::Bytes(bytes) if is_foreign(name) && !is_wrapper(name) => {
                return Ok(Cow::Borrowed(bytes));
            }
            _ => {}
        }
        let wrong = || Refusal::wrong_type(format!("a message {name}, or its fields"), value);
        let Some(schema) = self.descriptors.message(name) else {
            return Err(wrong());
        };
        if let Some(bytes) = self.well_known(schema, value, depth)? {
            return Ok(Cow::Owned(bytes));
        }
        match value {
            Value::Message(values) if values.message.is_none_or(|given| given == name) => {
                check_time(name, values)?;
                self.message(schema, values, depth).map(Cow::Owned)
            }
            _ => Err(wrong()),
        }
    }

    /// The bytes of a message of google for which there are values of its own; none if it is not, or the value is none of
    /// these.
    fn well_known(
        &mut self,
        schema: &MessageSchema,
        value: &Value,
        depth: usize,
    ) -> Checked<Option<Vec<u8>>> {
        let name = schema.name.as_ref();
        match (name, value) {
            ("google.protobuf.FieldMask", Value::List(_)) => {
                self.only(schema, "paths", value, depth)
            }
            ("google.protobuf.Struct", Value::Map(_)) => self.only(schema, "fields", value, depth),
            ("google.protobuf.Struct", Value::Message(values)) if values.message.is_none() => {
                self.object(schema, values, depth)
            }
            ("google.protobuf.ListValue", Value::List(_)) => {
                self.only(schema, "values", value, depth)
            }
            ("google.protobuf.Value", _) => self.json(schema, value, depth),
            ("google.protobuf.Any", Value::Encoded(message)) => {
                Ok(Some(packed(&message.name, &message.bytes)))
            }
            ("google.protobuf.Any", Value::Message(values)) => match values.message {
                Some(given) if given != name => self.pack(given, values, depth).map(Some),
                _ => Ok(None),
            },
            _ if is_wrapper(name) && !matches!(value, Value::Message(_) | Value::Absent) => {
                self.only(schema, "value", value, depth)
            }
            _ => Ok(None),
        }
    }

    /// A message of which one field is given.
    fn only(
        &mut self,
        schema: &MessageSchema,
        field: &str,
        value: &Value,
        depth: usize,
    ) -> Checked<Option<Vec<u8>>> {
        if depth > DEEPEST {
            return Err(Refusal::too_deep());
        }
        let field = &schema.fields[schema.by_name[field]];
        let mut bytes = Vec::new();
        self.field(&mut bytes, field, value, depth)?;
        Ok(Some(bytes))
    }

    /// A Struct of named values.
    fn object(
        &mut self,
        schema: &MessageSchema,
        values: &Values,
        depth: usize,
    ) -> Checked<Option<Vec<u8>>> {
        if depth > DEEPEST {
            return Err(Refusal::too_deep());
        }
        let field = &schema.fields[schema.by_name["fields"]];
        let mut bytes = Vec::new();
        if let Shape::Map { key } = &field.shape {
            let entries = values
                .iter()
                .map(|(name, value)| (Cow::Owned(Value::String(name.to_owned())), value));
            self.entries(&mut bytes, field, key, entries, depth)?;
        }
        Ok(Some(bytes))
    }

    fn json(
        &mut self,
        schema: &MessageSchema,
        value: &Value,
        depth: usize,
    ) -> Checked<Option<Vec<u8>>> {
        match value {
            Value::Null => self.only(schema, "null_value", &Value::Int(0), depth),
            Value::Bool(_) => self.only(schema, "bool_value", value, depth),
            Value::String(_) => self.only(schema, "string_value", value, depth),
            Value::Int(_) | Value::Float(_) => {
                if !fraction(value)?.is_finite() {
                    return Err(Refusal::out_of_range(
                        "a finite number, as JSON has them",
                        value,
                    ));
                }
                self.only(schema, "number_value", value, depth)
            }
            Value::Map(_) => self.only(schema, "struct_value", value, depth),
            Value::Message(values) if values.message.is_none() => {
                self.only(schema, "struct_value", value, depth)
            }
            Value::Encoded(message) if message.name == "google.protobuf.Struct" => {
                self.only(schema, "struct_value", value, depth)
            }
            Value::Encoded(message) if message.name == "google.protobuf.ListValue" => {
                self.only(schema, "list_value", value, depth)
            }
            Value::List(_) => self.only(schema, "list_value", value, depth),
            _ => Err(Refusal::wrong_type(
                "what JSON can hold: null, true, a number, a text, a list, a map",
                value,
            )),
        }
    }

    /// An Any with a message of the descriptors in it.
    fn pack(&mut self, name: &str, values: &Values, depth: usize) -> Checked<Vec<u8>> {
        let Some(schema) = self.descriptors.message(name) else {
            return Err(Refusal::whole(Error::new(
                code::MESSAGE_UNKNOWN,
                format!("The descriptors have no message '{}'", shown(name)),
            )));
        };
        check_time(name, values)?;
        let bytes = self.message(schema, values, depth)?;
        Ok(packed(name, &bytes))
    }
}

/// Refuses times and durations that protobuf has none of.
fn check_time(name: &str, values: &Values) -> Checked<()> {
    let number = |field: &str| match values.get(field) {
        Some(Value::Int(number)) => *number,
        _ => 0,
    };
    let (seconds, nanos) = (number("seconds"), number("nanos"));
    let (fits, wanted) = match name {
        "google.protobuf.Timestamp" => (
            (FIRST_SECOND..=LAST_SECOND).contains(&seconds)
                && (0..NANOS_OF_SECOND).contains(&nanos),
            "a time of the years 1 to 9999, with nanos from 0 to 999999999",
        ),
        "google.protobuf.Duration" => (
            seconds.unsigned_abs() <= LONGEST_SECONDS
                && nanos.unsigned_abs() < NANOS_OF_SECOND.unsigned_abs()
                && seconds.signum() * nanos.signum() >= 0,
            "a duration of at most 315576000000 seconds, with nanos of the same sign",
        ),
        _ => return Ok(()),
    };
    if fits {
        Ok(())
    } else {
        Err(Refusal::new(
            code::FIELD_RANGE,
            format!("must be {wanted}, and {seconds} seconds with {nanos} nanos were given"),
        ))
    }
}
