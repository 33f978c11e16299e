use std::borrow::Cow;
use std::cmp::Ordering;

use crate::descriptors::{Descriptors, EnumSchema, Kind};
use crate::refusal::{Checked, Refusal};
use crate::value::Value;
use crate::wire::{WireType, put_group, put_tag, put_varint};

/// A checked value: a number's bits, or the bytes of a text or a message.
#[derive(Clone, Debug)]
pub(super) enum Scalar<'a> {
    Bits(u64),
    Bytes(Cow<'a, [u8]>),
}

impl Scalar<'_> {
    /// Whether a field without presence leaves the value out; -0.0 is not zero.
    pub fn is_zero(&self) -> bool {
        match self {
            Self::Bits(bits) => *bits == 0,
            Self::Bytes(bytes) => bytes.is_empty(),
        }
    }

    /// Writes the value as a field.
    pub fn put(&self, to: &mut Vec<u8>, number: u32, kind: &Kind) {
        if let (Kind::Group(_), Self::Bytes(bytes)) = (kind, self) {
            put_group(to, number, bytes);
        } else {
            put_tag(to, number, wire_type(kind));
            self.put_alone(to, kind);
        }
    }

    /// Writes the value without a tag.
    pub fn put_alone(&self, to: &mut Vec<u8>, kind: &Kind) {
        match self {
            Self::Bytes(bytes) => {
                put_varint(to, bytes.len() as u64);
                to.extend_from_slice(bytes);
            }
            Self::Bits(bits) => match wire_type(kind) {
                WireType::Fixed64 => to.extend_from_slice(&bits.to_le_bytes()),
                WireType::Fixed32 => to.extend_from_slice(&bits.to_le_bytes()[..4]),
                _ if matches!(kind, Kind::Sint32 | Kind::Sint64) => {
                    let number = bits.cast_signed();
                    put_varint(to, (number << 1 ^ number >> 63).cast_unsigned());
                }
                _ => put_varint(to, *bits),
            },
        }
    }

    /// The order of a map's entries: by value, unsigned where the type is, texts by their bytes.
    pub fn compare(&self, other: &Self, kind: &Kind) -> Ordering {
        match (self, other) {
            (Self::Bits(one), Self::Bits(other)) if is_signed(kind) => {
                one.cast_signed().cmp(&other.cast_signed())
            }
            (Self::Bits(one), Self::Bits(other)) => one.cmp(other),
            (Self::Bytes(one), Self::Bytes(other)) => one.cmp(other),
            (Self::Bits(_), Self::Bytes(_)) => Ordering::Less,
            (Self::Bytes(_), Self::Bits(_)) => Ordering::Greater,
        }
    }
}

fn is_signed(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Int32 | Kind::Int64 | Kind::Sint32 | Kind::Sint64 | Kind::Sfixed32 | Kind::Sfixed64
    )
}

/// How values of a kind are laid out.
pub(crate) fn wire_type(kind: &Kind) -> WireType {
    match kind {
        Kind::Fixed32 | Kind::Sfixed32 | Kind::Float => WireType::Fixed32,
        Kind::Fixed64 | Kind::Sfixed64 | Kind::Double => WireType::Fixed64,
        Kind::String | Kind::Bytes | Kind::Message(_) => WireType::Bytes,
        Kind::Group(_) => WireType::Group,
        _ => WireType::Varint,
    }
}

/// Checks a value that is no message.
pub(super) fn checked_scalar<'a>(
    descriptors: &Descriptors,
    kind: &Kind,
    value: &'a Value,
) -> Checked<Scalar<'a>> {
    let bits = match kind {
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => whole::<i32>(value, "a signed 32-bit")?,
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => whole::<i64>(value, "a signed 64-bit")?,
        Kind::Uint32 | Kind::Fixed32 => whole::<u32>(value, "an unsigned 32-bit")?,
        Kind::Uint64 | Kind::Fixed64 => whole::<u64>(value, "an unsigned 64-bit")?,
        Kind::Double => double(value)?,
        Kind::Float => float(value)?,
        Kind::Bool => match value {
            Value::Bool(truth) => u64::from(*truth),
            _ => return Err(Refusal::wrong_type("true or false", value)),
        },
        Kind::String => {
            return match value {
                Value::String(text) => Ok(Scalar::Bytes(Cow::Borrowed(text.as_bytes()))),
                _ => Err(Refusal::wrong_type("a text", value)),
            };
        }
        Kind::Bytes => {
            return match value {
                Value::Bytes(bytes) => Ok(Scalar::Bytes(Cow::Borrowed(bytes))),
                _ => Err(Refusal::wrong_type("bytes", value)),
            };
        }
        Kind::Enum(name) => match descriptors.enumeration(name) {
            Some(schema) => enum_number(schema, value)?,
            None => whole::<i32>(value, "a signed 32-bit")?,
        },
        Kind::Message(_) | Kind::Group(_) => return Err(Refusal::wrong_type("no message", value)),
    };
    Ok(Scalar::Bits(bits))
}

/// The bits of a whole number, sign-extended.
fn whole<T: TryFrom<i128> + Into<i128>>(value: &Value, sort: &str) -> Checked<u64> {
    let wanted = || format!("{sort} whole number");
    let Value::Int(number) = value else {
        return Err(Refusal::wrong_type(wanted(), value));
    };
    let fitting = T::try_from(*number).map_err(|_| Refusal::out_of_range(wanted(), value))?;
    let number: i128 = fitting.into();
    Ok(u64::try_from(number)
        .unwrap_or_else(|_| i64::try_from(number).unwrap_or_default().cast_unsigned()))
}

/// A number as a double.
#[expect(clippy::cast_precision_loss)] // The nearest is wanted.
pub(super) fn fraction(value: &Value) -> Checked<f64> {
    match value {
        Value::Float(number) => Ok(*number),
        Value::Int(number) => Ok(*number as f64),
        _ => Err(Refusal::wrong_type("a number", value)),
    }
}

/// Bits of a NaN say nothing, and differ between machines.
fn double(value: &Value) -> Checked<u64> {
    let number = fraction(value)?;
    Ok(if number.is_nan() {
        0x7ff8_0000_0000_0000
    } else {
        number.to_bits()
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // The nearest is wanted.
fn float(value: &Value) -> Checked<u64> {
    let number = fraction(value)?;
    if number.is_nan() {
        return Ok(0x7fc0_0000);
    }
    let rounded = match value {
        Value::Int(whole) => *whole as f32, // Through a double it would be rounded twice.
        _ => number as f32,
    };
    if rounded.is_infinite() && !number.is_infinite() {
        return Err(Refusal::out_of_range(
            "a number that a float can hold",
            value,
        ));
    }
    Ok(rounded.to_bits().into())
}

fn enum_number(schema: &EnumSchema, value: &Value) -> Checked<u64> {
    let names = || format!("one of {}", schema.names.join(", "));
    let number = match value {
        Value::String(name) => schema
            .numbers
            .get(name)
            .copied()
            .ok_or_else(|| Refusal::out_of_range(names(), value))?,
        Value::Int(number) => i32::try_from(*number)
            .map_err(|_| Refusal::out_of_range("a signed 32-bit whole number", value))?,
        _ => {
            return Err(Refusal::wrong_type(
                "the name or the number of an enum's value",
                value,
            ));
        }
    };
    if schema.closed && !schema.first_names.contains_key(&number) {
        return Err(Refusal::out_of_range(names(), value));
    }
    Ok(i64::from(number).cast_unsigned())
}
