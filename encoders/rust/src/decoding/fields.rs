use std::collections::BTreeMap;

use crate::descriptors::{Descriptors, Field, Kind, MessageSchema, Shape};
use crate::encoding::wire_type;
use crate::wire::{Malformed, WireField, WireReader, WireType};

/// What was found of a field's values: numbers' bits; of texts and messages the bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Raw<'a> {
    Bits(u64),
    Bytes(&'a [u8]),
}

impl<'a> Raw<'a> {
    pub fn bits(self) -> u64 {
        match self {
            Self::Bits(bits) => bits,
            Self::Bytes(_) => 0,
        }
    }

    pub fn bytes(self) -> &'a [u8] {
        match self {
            Self::Bits(_) => &[],
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// The values of each field of a message that were found, by the field's number.
pub(super) type Found<'a> = BTreeMap<u32, Vec<Raw<'a>>>;

/// Reads the fields of a message that its descriptor knows.
pub(super) fn read<'a>(
    descriptors: &Descriptors,
    schema: &MessageSchema,
    bytes: &'a [u8],
) -> Result<Found<'a>, Malformed> {
    let mut found = Found::new();
    let mut reader = WireReader::new(bytes);
    while let Some(read) = reader.next_field()? {
        let Some(field) = schema.by_number(read.number) else {
            continue;
        };
        let wanted = match field.shape {
            Shape::Map { .. } => WireType::Bytes,
            _ => wire_type(&field.kind),
        };
        if read.wire_type == wanted {
            forget_other_members(&mut found, schema, field);
            add(descriptors, &mut found, field, raw(&read));
        } else if read.wire_type == WireType::Bytes
            && matches!(field.shape, Shape::List { .. })
            && field.kind.message().is_none()
        {
            let mut packed = WireReader::new(read.bytes);
            while !packed.is_at_end() {
                let bits = match wanted {
                    WireType::Fixed32 => packed.fixed32()?.into(),
                    WireType::Fixed64 => packed.fixed64()?,
                    _ => packed.varint()?,
                };
                add(descriptors, &mut found, field, Raw::Bits(bits));
            }
        }
    }
    Ok(found)
}

fn raw<'a>(read: &WireField<'a>) -> Raw<'a> {
    match read.wire_type {
        WireType::Bytes | WireType::Group => Raw::Bytes(read.bytes),
        _ => Raw::Bits(read.bits),
    }
}

fn forget_other_members(found: &mut Found<'_>, schema: &MessageSchema, field: &Field) {
    if let Some(oneof) = field.oneof {
        for position in &schema.oneofs[oneof].1 {
            let other = schema.fields[*position].number;
            if other != field.number {
                found.remove(&other);
            }
        }
    }
}

fn add<'a>(descriptors: &Descriptors, found: &mut Found<'a>, field: &Field, raw: Raw<'a>) {
    if let (Kind::Enum(name), false) = (&field.kind, matches!(field.shape, Shape::Map { .. })) {
        let is_unknown = descriptors.enumeration(name).is_some_and(|schema| {
            schema.closed
                && !schema
                    .first_names
                    .contains_key(&low_half(raw.bits()).cast_signed())
        });
        if is_unknown {
            return; // A closed enum's unknown numbers are unknown fields.
        }
    }
    let values = found.entry(field.number).or_default();
    // Pieces of a message are merged; of other values the last one counts.
    if field.shape == Shape::Single && field.kind.message().is_none() {
        values.clear();
    }
    values.push(raw);
}

/// Of longer varints the upper bits do not count.
pub(super) fn low_half(bits: u64) -> u32 {
    let [a, b, c, d, ..] = bits.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
