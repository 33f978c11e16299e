use std::sync::Arc;

use super::features::{Features, FieldPresence, Place};
use super::link::{FoundMessage, FoundType, Linker, invalid};
use super::options::{Argument, Options};
use super::proto::FieldDescriptor;
use super::schema::{Field, InputType, Kind, Shape};
use crate::error::Result;
use crate::refusal::shown;

const GREATEST_NUMBER: u32 = (1 << 29) - 1;

const LABEL_REQUIRED: i32 = 2;
const LABEL_REPEATED: i32 = 3;

const TYPE_UNSAID: i32 = 0;
const TYPE_GROUP: i32 = 10;
const TYPE_MESSAGE: i32 = 11;
const TYPE_ENUM: i32 = 14;

const PACKED: u32 = 2;

/// Reads the fields of a message.
pub(super) struct FieldReader<'a> {
    pub linker: &'a Linker<'a>,
    pub message: &'a FoundMessage,
}

/// A type, and where it is the type of a map's entries these.
struct Typed<'a> {
    kind: Kind,
    entry: Option<&'a FoundMessage>,
}

impl FieldReader<'_> {
    pub fn read(&self, descriptor: &FieldDescriptor) -> Result<Field> {
        let features = self
            .message
            .features
            .with(&descriptor.options, Place::Field);
        let number = u32::try_from(descriptor.number)
            .ok()
            .filter(|number| (1..=GREATEST_NUMBER).contains(number))
            .ok_or_else(|| self.invalid(descriptor, "has a number out of range"))?;
        if descriptor.name.is_empty() {
            return Err(self.invalid(descriptor, "has no name"));
        }
        let typed = self.typed(descriptor, features)?;
        let is_repeated = descriptor.label == LABEL_REPEATED;
        let (shape, kind) = match typed.entry {
            Some(entry) if is_repeated => self.map(descriptor, entry)?,
            Some(_) => return Err(self.invalid(descriptor, "is a map that is not repeated")),
            None if is_repeated => {
                let packed = is_packed(descriptor, features, &typed.kind);
                (Shape::List { packed }, typed.kind)
            }
            None => (Shape::Single, typed.kind),
        };
        let argument = Argument::of(&descriptor.options);
        Ok(Field {
            name: descriptor.name.clone(),
            number,
            input: input(&kind, &argument),
            presence: shape == Shape::Single && has_presence(descriptor, features, &kind),
            required: argument.required,
            legacy_required: descriptor.label == LABEL_REQUIRED
                || shape == Shape::Single && features.presence == FieldPresence::LegacyRequired,
            default_text: argument.default_text,
            oneof: self.oneof(descriptor)?,
            shape,
            kind,
        })
    }

    fn typed(&self, descriptor: &FieldDescriptor, features: Features) -> Result<Typed<'_>> {
        if !matches!(
            descriptor.kind,
            TYPE_UNSAID | TYPE_GROUP | TYPE_MESSAGE | TYPE_ENUM
        ) {
            let kind = scalar(descriptor.kind).ok_or_else(|| {
                self.invalid(descriptor, "has a type that protobuf does not know")
            })?;
            return Ok(Typed { kind, entry: None });
        }
        let found = self
            .linker
            .resolve(&descriptor.type_name, &self.message.name)?;
        let mut entry = None;
        let kind = match (descriptor.kind, found) {
            (TYPE_GROUP, FoundType::Message(name, _)) => Kind::Group(Arc::clone(name)),
            (TYPE_GROUP, FoundType::Missing) => Kind::Group(absolute(&descriptor.type_name)),
            (TYPE_MESSAGE | TYPE_UNSAID, FoundType::Message(name, found)) => {
                entry = found.filter(|found| found.is_map_entry);
                // Maps are never delimited, nor is what they hold.
                if features.delimited && entry.is_none() && !self.message.is_map_entry {
                    Kind::Group(Arc::clone(name))
                } else {
                    Kind::Message(Arc::clone(name))
                }
            }
            (TYPE_ENUM | TYPE_UNSAID, FoundType::Enum(name)) => Kind::Enum(Arc::clone(name)),
            (TYPE_ENUM, FoundType::Missing) => Kind::Enum(absolute(&descriptor.type_name)),
            (TYPE_MESSAGE, FoundType::Missing) => Kind::Message(absolute(&descriptor.type_name)),
            _ => return Err(self.invalid(descriptor, "has the name of another kind of type")),
        };
        Ok(Typed { kind, entry })
    }

    fn map(&self, descriptor: &FieldDescriptor, entry: &FoundMessage) -> Result<(Shape, Kind)> {
        let member = |number: i32| {
            entry
                .descriptor
                .field
                .iter()
                .find(|field| field.number == number && field.label != LABEL_REPEATED)
                .ok_or_else(|| self.invalid(descriptor, "is a map without keys or values"))
        };
        let reader = FieldReader {
            linker: self.linker,
            message: entry,
        };
        let (key, value) = (member(1)?, member(2)?);
        let key = reader.typed(key, entry.features)?.kind;
        let typed = reader.typed(value, entry.features)?;
        let is_key = !matches!(
            key,
            Kind::Double
                | Kind::Float
                | Kind::Bytes
                | Kind::Enum(_)
                | Kind::Message(_)
                | Kind::Group(_)
        );
        if !is_key || typed.entry.is_some() {
            return Err(self.invalid(
                descriptor,
                "is a map with keys or values that maps cannot have",
            ));
        }
        Ok((Shape::Map { key }, typed.kind))
    }

    fn oneof(&self, descriptor: &FieldDescriptor) -> Result<Option<usize>> {
        let Some(index) = descriptor.oneof_index else {
            return Ok(None);
        };
        let index = usize::try_from(index)
            .ok()
            .filter(|index| *index < self.message.descriptor.oneof_decl.len())
            .ok_or_else(|| self.invalid(descriptor, "is a member of a oneof that is not there"))?;
        // A oneof that is made for one optional field is none of the source's.
        Ok((!descriptor.proto3_optional).then_some(index))
    }

    fn invalid(&self, descriptor: &FieldDescriptor, what: &str) -> crate::Error {
        invalid(format!(
            "the field '{}' of {} {what}",
            shown(&descriptor.name),
            shown(&self.message.name)
        ))
    }
}

fn absolute(name: &str) -> Arc<str> {
    name.trim_start_matches('.').into()
}

fn scalar(number: i32) -> Option<Kind> {
    Some(match number {
        1 => Kind::Double,
        2 => Kind::Float,
        3 => Kind::Int64,
        4 => Kind::Uint64,
        5 => Kind::Int32,
        6 => Kind::Fixed64,
        7 => Kind::Fixed32,
        8 => Kind::Bool,
        9 => Kind::String,
        12 => Kind::Bytes,
        13 => Kind::Uint32,
        15 => Kind::Sfixed32,
        16 => Kind::Sfixed64,
        17 => Kind::Sint32,
        18 => Kind::Sint64,
        _ => return None,
    })
}

fn is_packed(descriptor: &FieldDescriptor, features: Features, kind: &Kind) -> bool {
    let can_be = !matches!(
        kind,
        Kind::String | Kind::Bytes | Kind::Message(_) | Kind::Group(_)
    );
    let said = Options::new(&descriptor.options).varint(PACKED);
    can_be && said.map_or(features.packed, |value| value != 0)
}

fn has_presence(descriptor: &FieldDescriptor, features: Features, kind: &Kind) -> bool {
    kind.message().is_some()
        || descriptor.oneof_index.is_some()
        || descriptor.proto3_optional
        || features.presence != FieldPresence::Implicit
}

fn input(kind: &Kind, argument: &Argument) -> Option<InputType> {
    match kind {
        Kind::Message(name) | Kind::Group(name) => match name.as_ref() {
            "spark.connect.Relation" => Some(InputType::Relation),
            "spark.connect.Expression" => Some(InputType::Expression),
            "spark.connect.Plan" => Some(InputType::Plan),
            _ => None,
        },
        Kind::Bytes => match argument.holds {
            Some(InputType::Relation) if argument.plan => Some(InputType::Plan),
            holds => holds,
        },
        _ => None,
    }
}
