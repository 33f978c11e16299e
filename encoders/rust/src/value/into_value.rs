use std::collections::{BTreeMap, HashMap};
use std::time::SystemTime;

use bytes::Bytes;
use prost_types::{Any, Duration, Timestamp};

use super::{Empty, Value, Values};
use crate::node::{Expression, Plan, Relation};

/// What can be given to a field.
pub trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

/// A message as a generated client has it.
pub trait Message {
    /// The message's full name, such as `acme.frames.v1.TopK`.
    const NAME: &'static str;

    /// The message's fields.
    fn into_values(self) -> Values;
}

impl<M: Message> Message for Box<M> {
    const NAME: &'static str = M::NAME;

    fn into_values(self) -> Values {
        (*self).into_values()
    }
}

impl<M: Message> IntoValue for M {
    fn into_value(self) -> Value {
        let mut values = self.into_values();
        values.message = Some(M::NAME);
        Value::Message(values)
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

macro_rules! into_value {
    ($($type:ty => |$value:ident| $made:expr;)*) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Value {
                let $value = self;
                $made
            }
        }
    )*};
}

into_value! {
    bool => |value| Value::Bool(value);
    i8 => |value| Value::Int(value.into());
    i16 => |value| Value::Int(value.into());
    i32 => |value| Value::Int(value.into());
    i64 => |value| Value::Int(value.into());
    i128 => |value| Value::Int(value);
    u16 => |value| Value::Int(value.into());
    u32 => |value| Value::Int(value.into());
    u64 => |value| Value::Int(value.into());
    f32 => |value| Value::Float(value.into());
    f64 => |value| Value::Float(value);
    &str => |value| Value::String(value.to_owned());
    &String => |value| Value::String(value.clone());
    String => |value| Value::String(value);
    &[u8] => |value| Value::Bytes(Bytes::copy_from_slice(value));
    Vec<u8> => |value| Value::Bytes(value.into());
    Bytes => |value| Value::Bytes(value);
    Values => |value| Value::Message(value);
    Relation => |value| Value::Relation(value);
    &Relation => |value| Value::Relation(value.clone());
    Expression => |value| Value::Expression(value);
    &Expression => |value| Value::Expression(value.clone());
    Plan => |value| Value::Plan(value);
    &Plan => |value| Value::Plan(value.clone());
    Empty => |_value| Value::Message(Values::of_message("google.protobuf.Empty"));
    Any => |value| Value::Message(
        Values::of_message("google.protobuf.Any").with("type_url", value.type_url).with("value", value.value)
    );
    Timestamp => |value| Value::Message(
        Values::of_message("google.protobuf.Timestamp").with("seconds", value.seconds).with("nanos", value.nanos)
    );
    Duration => |value| Value::Message(
        Values::of_message("google.protobuf.Duration").with("seconds", value.seconds).with("nanos", value.nanos)
    );
    SystemTime => |value| Timestamp::from(value).into_value();
    std::time::Duration => |value| Value::Message(
        Values::of_message("google.protobuf.Duration").with("seconds", value.as_secs()).with("nanos", value.subsec_nanos())
    );
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, IntoValue::into_value)
    }
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(IntoValue::into_value).collect())
    }
}

impl<T: IntoValue, const N: usize> IntoValue for [T; N] {
    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(IntoValue::into_value).collect())
    }
}

impl<K: IntoValue, V: IntoValue> IntoValue for BTreeMap<K, V> {
    fn into_value(self) -> Value {
        map(self)
    }
}

impl<K: IntoValue, V: IntoValue, S> IntoValue for HashMap<K, V, S> {
    fn into_value(self) -> Value {
        map(self)
    }
}

fn map<K: IntoValue, V: IntoValue>(entries: impl IntoIterator<Item = (K, V)>) -> Value {
    Value::Map(
        entries
            .into_iter()
            .map(|(key, value)| (key.into_value(), value.into_value()))
            .collect(),
    )
}
