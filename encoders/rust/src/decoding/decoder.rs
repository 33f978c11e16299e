use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;

use super::fields::{Raw, low_half, read};
use super::native::native;
use crate::descriptors::{Descriptors, Field, InputType, Kind, MessageSchema, Shape};
use crate::node::{Expression, Plan, Relation};
use crate::refusal::DEEPEST;
use crate::value::{Value, Values};
use crate::wire::{Malformed, WireReader, WireType};

/// What the values of enums are made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumForm {
    /// Their names; numbers where they have none.
    Name,
    /// Their numbers.
    Number,
}

/// Reads messages into values.
pub(crate) struct Decoder<'a> {
    pub descriptors: &'a Descriptors,
    pub enums: EnumForm,
}

impl Decoder<'_> {
    /// The fields of a message that stands `depth` levels inside another.
    pub fn message(
        &self,
        schema: &MessageSchema,
        bytes: &[u8],
        depth: usize,
    ) -> Result<Values, Malformed> {
        if depth > DEEPEST {
            return Err("messages are nested too deep");
        }
        let mut values = Values::new();
        for (number, raw) in read(self.descriptors, schema, bytes)? {
            if let Some(field) = schema.by_number(number) {
                let value = self.value(field, &raw, depth)?;
                if !value.is_absent() {
                    values.set(field.name.clone(), value);
                }
            }
        }
        Ok(values)
    }

    /// Absent if it is not to be among the values of a field without presence.
    fn value(&self, field: &Field, found: &[Raw<'_>], depth: usize) -> Result<Value, Malformed> {
        match &field.shape {
            Shape::Map { key } => self.entries(field, key, found, depth),
            Shape::List { .. } => found
                .iter()
                .map(|raw| self.single(&field.kind, field.input, *raw, depth))
                .collect::<Result<_, _>>()
                .map(Value::List),
            Shape::Single => {
                let whole = joined(&field.kind, found);
                let raw = match &whole {
                    Some(bytes) => Raw::Bytes(bytes),
                    None => *found.last().unwrap_or(&Raw::Bits(0)),
                };
                if !field.presence && is_zero(&field.kind, raw) {
                    return Ok(Value::Absent);
                }
                self.single(&field.kind, field.input, raw, depth)
            }
        }
    }

    fn entries(
        &self,
        field: &Field,
        key_kind: &Kind,
        found: &[Raw<'_>],
        depth: usize,
    ) -> Result<Value, Malformed> {
        // By the keys' order, so that a key that comes twice counts once, with its last value.
        let mut entries = BTreeMap::new();
        for entry in found {
            let (mut key, mut values) = (nothing(key_kind), Vec::new());
            let mut reader = WireReader::new(entry.bytes());
            while let Some(part) = reader.next_field()? {
                let raw = match part.wire_type {
                    WireType::Bytes => Raw::Bytes(part.bytes),
                    _ => Raw::Bits(part.bits),
                };
                if part.number == 1 && part.wire_type == crate::encoding::wire_type(key_kind) {
                    key = raw;
                } else if part.number == 2
                    && part.wire_type == crate::encoding::wire_type(&field.kind)
                {
                    values.push(raw);
                }
            }
            let key = self.single(key_kind, None, key, depth)?;
            let whole = joined(&field.kind, &values);
            let raw = match &whole {
                Some(bytes) => Raw::Bytes(bytes),
                None => values
                    .last()
                    .copied()
                    .unwrap_or_else(|| nothing(&field.kind)),
            };
            let value = self.single(&field.kind, field.input, raw, depth)?;
            entries.insert(Key::of(&key), (key, value));
        }
        Ok(Value::Map(entries.into_values().collect()))
    }

    fn single(
        &self,
        kind: &Kind,
        input: Option<InputType>,
        raw: Raw<'_>,
        depth: usize,
    ) -> Result<Value, Malformed> {
        let bytes = || Bytes::copy_from_slice(raw.bytes());
        match input {
            Some(InputType::Relation) => {
                return Ok(Value::Relation(Relation::from_bytes(bytes())));
            }
            Some(InputType::Expression) => {
                return Ok(Value::Expression(Expression::from_bytes(bytes())));
            }
            Some(InputType::Plan) => return Ok(Value::Plan(Plan::from_bytes(bytes()))),
            None => {}
        }
        let bits = raw.bits();
        let low = low_half(bits);
        Ok(match kind {
            Kind::Bool => Value::Bool(bits != 0),
            Kind::Int32 | Kind::Sfixed32 => Value::Int(low.cast_signed().into()),
            Kind::Sint32 => {
                Value::Int(((low >> 1).cast_signed() ^ -(low & 1).cast_signed()).into())
            }
            Kind::Uint32 | Kind::Fixed32 => Value::Int(low.into()),
            Kind::Int64 | Kind::Sfixed64 => Value::Int(bits.cast_signed().into()),
            Kind::Sint64 => {
                Value::Int(((bits >> 1).cast_signed() ^ -(bits & 1).cast_signed()).into())
            }
            Kind::Uint64 | Kind::Fixed64 => Value::Int(bits.into()),
            Kind::Float => Value::Float(f32::from_bits(low).into()),
            Kind::Double => Value::Float(f64::from_bits(bits)),
            Kind::String => Value::String(
                std::str::from_utf8(raw.bytes())
                    .map_err(|_| "a text is not UTF-8")?
                    .to_owned(),
            ),
            Kind::Bytes => Value::Bytes(bytes()),
            Kind::Enum(name) => self.enumeration(name, low.cast_signed()),
            Kind::Message(name) | Kind::Group(name) => match self.descriptors.message(name) {
                Some(schema) => native(schema, self.message(schema, raw.bytes(), depth + 1)?)?,
                None => Value::Bytes(bytes()),
            },
        })
    }

    fn enumeration(&self, name: &str, number: i32) -> Value {
        let named = match self.enums {
            EnumForm::Name => self
                .descriptors
                .enumeration(name)
                .and_then(|schema| schema.first_names.get(&number)),
            EnumForm::Number => None,
        };
        named.map_or(Value::Int(number.into()), |name| {
            Value::String(name.clone())
        })
    }
}

/// A map's key, in the order of its type.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Bool(bool),
    Number(i128),
    Text(String),
}

impl Key {
    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Int(number) => Self::Number(*number),
            Value::String(text) => Self::Text(text.clone()),
            _ => Self::Number(0),
        }
    }
}

fn nothing(kind: &Kind) -> Raw<'static> {
    match crate::encoding::wire_type(kind) {
        WireType::Bytes => Raw::Bytes(&[]),
        _ => Raw::Bits(0),
    }
}

/// The message that pieces of it make: merging them is what joining their bytes does.
fn joined<'a>(kind: &Kind, pieces: &[Raw<'a>]) -> Option<Cow<'a, [u8]>> {
    kind.message()?;
    Some(match pieces {
        [one] => Cow::Borrowed(one.bytes()),
        _ => Cow::Owned(
            pieces
                .iter()
                .flat_map(|piece| piece.bytes())
                .copied()
                .collect(),
        ),
    })
}

fn is_zero(kind: &Kind, raw: Raw<'_>) -> bool {
    match (kind, raw) {
        (Kind::Int32 | Kind::Uint32 | Kind::Sint32 | Kind::Enum(_), Raw::Bits(bits)) => {
            low_half(bits) == 0
        }
        (_, Raw::Bits(bits)) => bits == 0,
        (_, Raw::Bytes(bytes)) => bytes.is_empty(),
    }
}
