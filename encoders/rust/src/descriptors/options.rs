use super::schema::InputType;
use crate::wire::{WireField, WireReader, WireType};

/// The number of both extensions in `graft/annotations.proto`.
const ANNOTATION: u32 = 58174;

const KIND_RELATION: u64 = 1;
const KIND_EXPRESSION: u64 = 2;

/// Serialised options, or a message in them. They end at what is no field.
#[derive(Clone, Copy)]
pub(super) struct Options<'a>(&'a [u8]);

impl<'a> Options<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn fields(self) -> impl Iterator<Item = WireField<'a>> {
        let mut reader = WireReader::new(self.0);
        std::iter::from_fn(move || reader.next_field().ok().flatten())
    }

    /// The fields of that number that are messages.
    pub fn messages(self, number: u32) -> impl Iterator<Item = &'a [u8]> {
        self.fields()
            .filter(move |field| field.number == number && field.wire_type == WireType::Bytes)
            .map(|field| field.bytes)
    }

    /// Numbers and values of the fields that are varints.
    pub fn varints(self) -> impl Iterator<Item = (u32, u64)> {
        self.fields()
            .filter(|field| field.wire_type == WireType::Varint)
            .map(|field| (field.number, field.bits))
    }

    /// The last value of a varint.
    pub fn varint(self, number: u32) -> Option<u64> {
        self.varints()
            .filter(|(found, _)| *found == number)
            .map(|(_, value)| value)
            .last()
    }

    /// Whether a message's author has marked it as an extension.
    pub fn is_marked(self) -> bool {
        self.messages(ANNOTATION).next().is_some()
    }
}

/// Whether the author of a command promises that it answers with rows.
pub(super) fn promises_rows(options: &[u8]) -> bool {
    Options::new(options)
        .messages(ANNOTATION)
        .filter_map(|said| Options::new(said).varint(5))
        .last()
        .is_some_and(|rows| rows != 0)
}

/// What the author of a message says about a field.
#[derive(Debug, Default)]
pub(super) struct Argument {
    pub required: bool,
    pub default_text: String,
    /// What a field of type bytes holds.
    pub holds: Option<InputType>,
    /// Whether those bytes are a plan around the relation.
    pub plan: bool,
}

impl Argument {
    pub fn of(options: &[u8]) -> Self {
        let mut argument = Self::default();
        let annotations = Options::new(options).messages(ANNOTATION);
        for field in annotations.flat_map(|said| Options::new(said).fields()) {
            match (field.number, field.wire_type) {
                (1, WireType::Varint) => argument.required = field.bits != 0,
                (2, WireType::Bytes) => {
                    argument.default_text = String::from_utf8_lossy(field.bytes).into_owned();
                }
                (3, WireType::Varint) => {
                    argument.holds = match field.bits {
                        KIND_RELATION => Some(InputType::Relation),
                        KIND_EXPRESSION => Some(InputType::Expression),
                        _ => None,
                    };
                }
                (4, WireType::Varint) => argument.plan = field.bits != 0,
                _ => {}
            }
        }
        argument
    }
}
