use std::collections::HashMap;
use std::sync::Arc;

/// What a relation, an expression or a plan inside a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputType {
    Relation,
    Expression,
    Plan,
}

/// The type of one value: of a field, of a list's element, of a map's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Double,
    Float,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Sint32,
    Sint64,
    Fixed32,
    Fixed64,
    Sfixed32,
    Sfixed64,
    Bool,
    String,
    Bytes,
    /// By its full name.
    Enum(Arc<str>),
    /// By its full name.
    Message(Arc<str>),
    /// A message by its full name, between two tags rather than behind its length.
    Group(Arc<str>),
}

impl Kind {
    /// The full name of a message.
    pub fn message(&self) -> Option<&Arc<str>> {
        match self {
            Self::Message(name) | Self::Group(name) => Some(name),
            _ => None,
        }
    }
}

/// How many values a field has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Single,
    List { packed: bool },
    Map { key: Kind },
}

/// A field as encoding and decoding want it.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub name: String,
    pub number: u32,
    pub shape: Shape,
    /// Of a map, its values'.
    pub kind: Kind,
    /// Of a map, its values'.
    pub input: Option<InputType>,
    /// Whether absent and zero are different.
    pub presence: bool,
    /// Must be given, and not be empty.
    pub required: bool,
    /// proto2's own: must be given.
    pub legacy_required: bool,
    /// The text of the value that is sent where none is given; empty if there is none.
    pub default_text: String,
    /// Its position among [`MessageSchema::oneofs`].
    pub oneof: Option<usize>,
}

/// A message as encoding and decoding want it.
#[derive(Debug)]
pub(crate) struct MessageSchema {
    pub name: Arc<str>,
    /// In ascending order of numbers.
    pub fields: Vec<Field>,
    /// Positions among the fields.
    pub by_name: HashMap<String, usize>,
    /// The oneofs of the source, with the positions of their members.
    pub oneofs: Vec<(String, Vec<usize>)>,
    /// The fields' names as the source has them in order.
    pub names: Vec<String>,
    /// Whether its author has marked it as an extension.
    pub is_marked: bool,
    /// Whether its author promises that the command answers with rows.
    pub promises_rows: bool,
}

impl MessageSchema {
    pub fn by_number(&self, number: u32) -> Option<&Field> {
        self.fields
            .binary_search_by_key(&number, |field| field.number)
            .ok()
            .map(|position| &self.fields[position])
    }
}

/// An enum as encoding and decoding want it.
#[derive(Debug, Default)]
pub(crate) struct EnumSchema {
    /// In the order of the source.
    pub names: Vec<String>,
    pub numbers: HashMap<String, i32>,
    /// The first of several names for a number.
    pub first_names: HashMap<i32, String>,
    /// Whether only its own numbers may be used.
    pub closed: bool,
}
