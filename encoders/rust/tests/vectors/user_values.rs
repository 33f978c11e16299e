use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use graft_connect::{
    Duration, Empty, Expression, IntoValue, Plan, Relation, Timestamp, Value, Values,
};
use prost_types::FieldDescriptorProto;
use prost_types::field_descriptor_proto::Type;
use serde_json::{Number, Value as Json, value::Map};

use crate::types::{FieldType, Types};

/// Makes what a user would give of the JSON of a vector; what does not fit stays as it is.
pub struct UserValues {
    types: Types,
}

impl UserValues {
    pub fn of(descriptors: &[u8]) -> Self {
        Self {
            types: Types::of(descriptors),
        }
    }

    pub fn values(&self, message: &str, values: &Map<String, Json>) -> Values {
        let mut result = Values::new();
        for (name, json) in values {
            let value = match self.types.field(message, name) {
                None => plain(json),
                Some(field) => self.field(&field, holds(name), json),
            };
            result.set(name.clone(), value);
        }
        result
    }

    fn field(&self, field: &FieldType<'_>, holds: Option<Held>, json: &Json) -> Value {
        match (field, json) {
            (FieldType::Map { key, value }, Json::Object(entries)) => Value::Map(
                entries
                    .iter()
                    .map(|(text, json)| (user_key(key, text), self.single(value, holds, json)))
                    .collect(),
            ),
            (FieldType::List(field), Json::Array(elements)) => Value::List(
                elements
                    .iter()
                    .map(|element| self.single(field, holds, element))
                    .collect(),
            ),
            (FieldType::Map { value: field, .. } | FieldType::List(field), json)
                if !matches!(json, Json::Object(_)) =>
            {
                self.single(field, holds, json)
            }
            (FieldType::Single(field), json) => self.single(field, holds, json),
            _ => plain(json),
        }
    }

    fn single(&self, field: &FieldDescriptorProto, holds: Option<Held>, json: &Json) -> Value {
        match (field.r#type(), json) {
            (_, Json::String(text)) if holds.is_some() => input(holds, text),
            (Type::Bytes, Json::String(text)) => unbase64(text),
            (
                Type::Int64 | Type::Sint64 | Type::Sfixed64 | Type::Uint64 | Type::Fixed64,
                Json::String(text),
            ) => text.parse().map_or_else(|_| plain(json), Value::Int),
            (Type::Float, Json::Number(number)) => nearest(number),
            (Type::Double, Json::Number(number)) => Value::Float(double(number)),
            (Type::Float | Type::Double, Json::String(text))
                if ["NaN", "Infinity", "-Infinity"].contains(&text.as_str()) =>
            {
                Value::Float(text.parse().expect("a float"))
            }
            (Type::Message, json) => self.message(field.type_name().trim_start_matches('.'), json),
            _ => plain(json),
        }
    }

    fn message(&self, name: &str, json: &Json) -> Value {
        match (name, json) {
            ("spark.connect.Relation", Json::String(text)) => input(Some(Held::Relation), text),
            ("spark.connect.Expression", Json::String(text)) => input(Some(Held::Expression), text),
            ("spark.connect.Plan", Json::String(text)) => input(Some(Held::Plan), text),
            ("google.protobuf.Timestamp", Json::String(text)) => {
                let moment: Timestamp = text.parse().expect("a time");
                moment.into_value()
            }
            ("google.protobuf.Duration", Json::String(text)) => {
                let duration: Duration = text.parse().expect("a duration");
                duration.into_value()
            }
            ("google.protobuf.FieldMask", Json::String(text)) => {
                let paths = text.split(',').filter(|path| !path.is_empty());
                paths.map(snake).collect::<Vec<String>>().into_value()
            }
            ("google.protobuf.Empty", Json::Object(_)) => Empty.into_value(),
            ("google.protobuf.Any", Json::Object(fields)) => {
                let text = |name: &str| fields.get(name).and_then(Json::as_str);
                Values::new()
                    .with("type_url", text("type_url"))
                    .with("value", text("value").map(unbase64))
                    .into_value()
            }
            (
                "google.protobuf.Struct" | "google.protobuf.Value" | "google.protobuf.ListValue",
                _,
            ) => json_value(json),
            _ => match (wrapped(name), json) {
                (Some(kind), _) => {
                    let mut field = FieldDescriptorProto::default();
                    field.set_type(kind);
                    self.single(&field, None, json)
                }
                (None, Json::Object(fields)) => Value::Message(self.values(name, fields)),
                _ => plain(json),
            },
        }
    }
}

/// What bytes or a message hold.
#[derive(Clone, Copy)]
enum Held {
    Relation,
    Expression,
    Plan,
}

fn holds(field: &str) -> Option<Held> {
    let held = field
        .strip_prefix("optional_")
        .unwrap_or(field)
        .strip_prefix("held_")?;
    Some(if held.starts_with("expression") {
        Held::Expression
    } else if held.starts_with("plan") {
        Held::Plan
    } else {
        Held::Relation
    })
}

fn input(held: Option<Held>, text: &str) -> Value {
    let Value::Bytes(bytes) = unbase64(text) else {
        return text.into_value();
    };
    match held {
        Some(Held::Relation) => Relation::from_bytes(bytes).into_value(),
        Some(Held::Expression) => Expression::from_bytes(bytes).into_value(),
        Some(Held::Plan) => Plan::from_bytes(bytes).into_value(),
        None => Value::Bytes(bytes),
    }
}

fn wrapped(name: &str) -> Option<Type> {
    Some(match name.strip_prefix("google.protobuf.")? {
        "DoubleValue" => Type::Double,
        "FloatValue" => Type::Float,
        "Int64Value" => Type::Int64,
        "UInt64Value" => Type::Uint64,
        "Int32Value" => Type::Int32,
        "UInt32Value" => Type::Uint32,
        "BoolValue" => Type::Bool,
        "StringValue" => Type::String,
        "BytesValue" => Type::Bytes,
        _ => return None,
    })
}

fn user_key(key: &FieldDescriptorProto, text: &str) -> Value {
    match key.r#type() {
        Type::String => text.into_value(),
        Type::Bool => text.parse().map_or_else(|_| text.into_value(), Value::Bool),
        _ => text.parse().map_or_else(|_| text.into_value(), Value::Int),
    }
}

/// JSON without a descriptor.
fn plain(json: &Json) -> Value {
    match json {
        Json::Number(number) => number
            .to_string()
            .parse()
            .map_or_else(|_| Value::Float(double(number)), Value::Int),
        Json::Array(elements) => Value::List(elements.iter().map(plain).collect()),
        Json::Object(fields) => {
            let mut values = Values::new();
            for (name, value) in fields {
                values.set(name.clone(), plain(value));
            }
            Value::Message(values)
        }
        _ => json_value(json),
    }
}

/// JSON for fields that hold JSON.
fn json_value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Float(double(number)),
        Json::String(text) => text.into_value(),
        Json::Array(elements) => Value::List(elements.iter().map(json_value).collect()),
        Json::Object(fields) => Value::Map(
            fields
                .iter()
                .map(|(name, value)| (name.into_value(), json_value(value)))
                .collect(),
        ),
    }
}

fn double(number: &Number) -> f64 {
    number.to_string().parse().expect("a number")
}

/// What a user would have in an `f32`, if there is one.
fn nearest(number: &Number) -> Value {
    let single: f32 = number.to_string().parse().expect("a number");
    if single.is_finite() {
        single.into_value()
    } else {
        Value::Float(double(number))
    }
}

fn unbase64(text: &str) -> Value {
    STANDARD
        .decode(text)
        .map_or_else(|_| text.into_value(), IntoValue::into_value)
}

fn snake(path: &str) -> String {
    let mut name = String::new();
    for each in path.chars() {
        if each.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(each.to_ascii_lowercase());
    }
    name
}
