//! Values of messages by the names of their fields.

mod from_value;
mod into_value;

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;

pub use from_value::{FromValue, FromValues};
pub use into_value::{IntoValue, Message};

use crate::node::{Expression, Plan, Relation};

/// `google.protobuf.Empty`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Empty;

/// What a field of a message holds.
///
/// | a field of | takes |
/// |---|---|
/// | a whole number | `Int` within the range of the field's type |
/// | `float`, `double` | `Float` and `Int`; it is rounded to the nearest |
/// | `bool`, `string`, `bytes` | `Bool`, `String`, `Bytes` |
/// | an enum | the value's name, or its number |
/// | a message | `Message`; an `Encoded` one of that type |
/// | a list, a map | `List`, `Map` |
/// | a relation, also where bytes hold it | `Relation`, an `Encoded` `spark.connect.Relation`, its `Bytes` |
/// | a plan, also where bytes hold it | `Plan`, `Relation`, an `Encoded` one of either, its `Bytes` |
/// | an expression, also where bytes hold it | `Expression`, `String` for the column of that name, an `Encoded` one, its `Bytes` |
/// | `google.protobuf.FieldMask` | `List` of paths |
/// | a wrapper of `google.protobuf` | what it wraps |
/// | `google.protobuf.Struct`, `ListValue`, `Value` | `Map`, `List`; all that JSON has |
/// | `google.protobuf.Any` | `Encoded` and [`Message`] ones of other types, which it packs |
/// | other messages of Spark and google | also their `Bytes` |
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing, as if the field were not named.
    #[default]
    Absent,
    /// JSON's null, for a `google.protobuf.Value`.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number of any size.
    Int(i128),
    /// A fraction; may be infinite or not a number.
    Float(f64),
    /// A text.
    String(String),
    /// Bytes.
    Bytes(Bytes),
    /// Values in order; none of them [`Value::Absent`].
    List(Vec<Value>),
    /// Values by key; the order does not matter.
    Map(Vec<(Value, Value)>),
    /// A message by its fields.
    Message(Values),
    /// A serialised message.
    Encoded(EncodedMessage),
    /// Rows.
    Relation(Relation),
    /// A value of each row.
    Expression(Expression),
    /// A plan.
    Plan(Plan),
}

impl Value {
    /// A message of generated code: of Spark, of google, or of the plugin's own, made with prost's type names.
    pub fn of<M: prost::Message + prost::Name>(message: &M) -> Self {
        Self::Encoded(EncodedMessage {
            name: M::full_name(),
            bytes: message.encode_to_vec().into(),
        })
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// A serialised message with its name; [`Value::of`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedMessage {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

impl EncodedMessage {
    /// The message's full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The serialised message.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

/// The fields of a message, by their names in the `.proto` file.
///
/// ```
/// # use graft_connect::{Values, Value};
/// let values = Values::new().with("order_by", "price").with("k", 3);
/// assert_eq!(values.get("k"), Some(&Value::Int(3)));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    pub(crate) message: Option<&'static str>,
    pub(crate) fields: BTreeMap<Cow<'static, str>, Value>,
}

impl Values {
    /// No fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn of_message(name: &'static str) -> Self {
        Self {
            message: Some(name),
            fields: BTreeMap::new(),
        }
    }

    /// With a field; a value that it had is replaced. [`Value::Absent`] and `None` are the same as no value.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl IntoValue) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a field, as [`with`](Self::with) does.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl IntoValue) {
        self.fields.insert(name.into(), value.into_value());
    }

    /// A field's value, if it has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| !value.is_absent())
    }

    /// The fields that have values, in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields
            .iter()
            .filter(|(_, value)| !value.is_absent())
            .map(|(name, value)| (name.as_ref(), value))
    }

    /// Takes a field's value out; the type's default where the field has none, or one of another type.
    #[must_use]
    pub fn take<T: FromValue + Default>(&mut self, name: &str) -> T {
        self.take_optional(name).unwrap_or_default()
    }

    /// Takes a field's value out; `None` where the field has none, or one of another type.
    #[must_use]
    pub fn take_optional<T: FromValue>(&mut self, name: &str) -> Option<T> {
        self.fields.remove(name).and_then(T::from_value)
    }
}
