//! Why a value is refused, and where it stands.

use std::fmt::Display;

use crate::descriptors::MessageSchema;
use crate::error::{Error, code};
use crate::value::Value;

/// Deeper messages are refused: reading and writing them takes a thread's stack.
pub(crate) const DEEPEST: usize = 250;

const SHOWN_CHARACTERS: usize = 60;

/// What checking a value gives.
pub(crate) type Checked<T> = Result<T, Refusal>;

/// An error on its way out of a message: each level puts its place in front.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Content>);

#[derive(Debug)]
struct Content {
    path: String,
    fault: Fault,
}

#[derive(Debug)]
enum Fault {
    /// Of the value at the path.
    Value { code: &'static str, text: String },
    /// Says everything itself.
    Whole(Error),
}

impl Refusal {
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self::of(Fault::Value {
            code,
            text: text.into(),
        })
    }

    pub fn whole(error: Error) -> Self {
        Self::of(Fault::Whole(error))
    }

    fn of(fault: Fault) -> Self {
        Self(Box::new(Content {
            path: String::new(),
            fault,
        }))
    }

    pub fn wrong_type(wanted: impl Display, value: &Value) -> Self {
        Self::new(
            code::FIELD_TYPE,
            format!("must be {wanted}, and {} was given", described(value)),
        )
    }

    pub fn out_of_range(wanted: impl Display, value: &Value) -> Self {
        Self::new(
            code::FIELD_RANGE,
            format!("must be {wanted}, and {} was given", described(value)),
        )
    }

    pub fn too_deep() -> Self {
        Self::whole(Error::new(
            code::FIELD_RANGE,
            format!("A message is nested more than {DEEPEST} levels deep"),
        ))
    }

    pub fn unknown_field(message: &MessageSchema, name: &str) -> Self {
        Self::whole(Error::new(
            code::FIELD_UNKNOWN,
            format!(
                "{} has no field '{}'. Its fields: {}.",
                message.name,
                shown(name),
                message.names.join(", ")
            ),
        ))
    }

    /// Puts a field's name in front.
    pub fn in_field(mut self, name: &str) -> Self {
        self.separate();
        self.0.path.insert_str(0, name);
        self
    }

    /// Puts the position in a list, or the key in a map, in front.
    pub fn in_element(mut self, position: impl Display) -> Self {
        self.separate();
        let position = format!("[{}]", shown(&position.to_string()));
        self.0.path.insert_str(0, &position);
        self
    }

    fn separate(&mut self) {
        if !self.0.path.is_empty() && !self.0.path.starts_with('[') {
            self.0.path.insert(0, '.');
        }
    }

    /// The refusal as the caller gets it, of the message that was to be encoded.
    pub fn error(self, message: &str) -> Error {
        match self.0.fault {
            Fault::Value { code, text } => {
                Error::new(code, format!("'{}' of {message} {text}", self.0.path))
            }
            Fault::Whole(error) => error,
        }
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::Absent => "nothing".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => format!("'{truth}' (bool)"),
        Value::Int(number) => format!("'{number}' (whole number)"),
        Value::Float(number) => format!("'{number}' (floating-point number)"),
        Value::String(text) => format!("'{}' (text)", shown(text)),
        Value::Bytes(_) => "bytes".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map".to_owned(),
        Value::Message(values) => values.message.map_or_else(
            || "the fields of a message".to_owned(),
            |name| format!("a message {name}"),
        ),
        Value::Encoded(message) => format!("a message {}", shown(message.name())),
        Value::Relation(_) => "a relation".to_owned(),
        Value::Expression(_) => "an expression".to_owned(),
        Value::Plan(_) => "a plan".to_owned(),
    }
}

/// A text that is short and has nothing in it that changes a terminal.
pub(crate) fn shown(text: &str) -> String {
    let mut clean = String::new();
    for (count, each) in text.chars().enumerate() {
        if count == SHOWN_CHARACTERS {
            clean.push('…');
            break;
        }
        // Also what turns the direction of text round, or takes no space.
        let changes = each.is_control()
            || matches!(each, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        clean.push(if changes { '·' } else { each });
    }
    clean
}
