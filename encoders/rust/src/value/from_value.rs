use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use bytes::Bytes;
use prost_types::{Any, Duration, Timestamp};

use super::{Empty, Value, Values};
use crate::node::{Expression, Plan, Relation};

/// What the value of a decoded field can be made into.
pub trait FromValue: Sized {
    /// `None` where the value is of another type, or absent.
    fn from_value(value: Value) -> Option<Self>;
}

/// A message that a generated client reads out of what a command has answered.
pub trait FromValues: Sized {
    /// What is not among the fields is zero, or `None`.
    fn from_values(values: Values) -> Self;
}

impl<M: FromValues> FromValues for Box<M> {
    fn from_values(values: Values) -> Self {
        Box::new(M::from_values(values))
    }
}

impl<M: FromValues> FromValue for M {
    fn from_value(value: Value) -> Option<Self> {
        Values::from_value(value).map(M::from_values)
    }
}

impl FromValue for Value {
    fn from_value(value: Value) -> Option<Self> {
        (!value.is_absent()).then_some(value)
    }
}

macro_rules! from_value {
    ($($type:ty { $($pattern:pat => $made:expr,)* })*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    $($pattern => $made,)*
                    _ => None,
                }
            }
        }
    )*};
}

from_value! {
    bool { Value::Bool(truth) => Some(truth), }
    i32 { Value::Int(number) => number.try_into().ok(), }
    i64 { Value::Int(number) => number.try_into().ok(), }
    u32 { Value::Int(number) => number.try_into().ok(), }
    u64 { Value::Int(number) => number.try_into().ok(), }
    f64 { Value::Float(number) => Some(number), }
    f32 { Value::Float(number) => Some(nearest(number)), }
    String { Value::String(text) => Some(text), }
    Bytes { Value::Bytes(bytes) => Some(bytes), }
    Vec<u8> { Value::Bytes(bytes) => Some(bytes.into()), }
    Values { Value::Message(values) => Some(values), }
    Relation {
        Value::Relation(relation) => Some(relation),
        Value::Plan(plan) => Some(plan.root()),
    }
    Expression { Value::Expression(expression) => Some(expression), }
    Plan { Value::Plan(plan) => Some(plan), }
    Empty { Value::Message(_) => Some(Empty), }
    Any {
        Value::Message(mut values) => Some(Any {
            type_url: values.take("type_url"),
            value: values.take("value"),
        }),
    }
    Timestamp {
        Value::Message(mut values) => Some(Timestamp {
            seconds: values.take("seconds"),
            nanos: values.take("nanos"),
        }),
    }
    Duration {
        Value::Message(mut values) => Some(Duration {
            seconds: values.take("seconds"),
            nanos: values.take("nanos"),
        }),
    }
}

/// A field of type float gives what a float holds.
#[expect(clippy::cast_possible_truncation)]
fn nearest(number: f64) -> f32 {
    number as f32
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::List(elements) => elements.into_iter().map(T::from_value).collect(),
            _ => None,
        }
    }
}

impl<K: FromValue + Ord, V: FromValue> FromValue for BTreeMap<K, V> {
    fn from_value(value: Value) -> Option<Self> {
        entries(value)?.collect()
    }
}

impl<K: FromValue + Eq + Hash, V: FromValue, S: BuildHasher + Default> FromValue
    for HashMap<K, V, S>
{
    fn from_value(value: Value) -> Option<Self> {
        entries(value)?.collect()
    }
}

fn entries<K: FromValue, V: FromValue>(
    value: Value,
) -> Option<impl Iterator<Item = Option<(K, V)>>> {
    match value {
        Value::Map(entries) => Some(
            entries
                .into_iter()
                .map(|(key, value)| Some((K::from_value(key)?, V::from_value(value)?))),
        ),
        _ => None,
    }
}
