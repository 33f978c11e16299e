use std::borrow::Borrow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use prost_types::Any;

use crate::answer::Answer;
use crate::decoding::{Decoder, EnumForm};
use crate::descriptors::{Descriptors, MessageSchema};
use crate::encoding::Encoder;
use crate::error::{Error, Result, code};
use crate::node::{Command, Expression, Relation, SessionKey};
use crate::plan_bytes;
use crate::refusal::shown;
use crate::value::{FromValues, Message, Values};

/// The messages of a descriptor set, ready to be filled with values. Linking a set takes some milliseconds, so keep them.
#[derive(Debug)]
pub struct Operations {
    descriptors: Descriptors,
}

impl Operations {
    /// Reads a serialised `google.protobuf.FileDescriptorSet`, its files in any order. It may leave out files of protobuf, of
    /// Spark and `graft/annotations.proto`, and may come from a server.
    ///
    /// # Errors
    /// `GRAFT_DESCRIPTORS_INVALID` if it is none, or its files do not fit together.
    pub fn read(descriptor_set: &[u8]) -> Result<Self> {
        Ok(Self {
            descriptors: Descriptors::read(descriptor_set)?,
        })
    }

    /// Does what [`read`](Self::read) does with base64, for descriptors that are part of the program.
    ///
    /// # Panics
    /// If they are damaged.
    #[must_use]
    pub fn embedded(descriptor_set: &str) -> Self {
        let bytes = STANDARD
            .decode(descriptor_set)
            .unwrap_or_else(|failure| panic!("the descriptors are not base64: {failure}"));
        Self::read(&bytes).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The full names of the messages that their authors have marked as extensions, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .descriptors
            .own_messages()
            .filter(|message| message.is_marked)
            .map(|message| message.name.as_ref())
            .collect();
        names.sort_unstable();
        names
    }

    /// Serialises a message: equal values give equal bytes, in every language's encoder.
    ///
    /// # Errors
    /// `GRAFT_MESSAGE_UNKNOWN`, `GRAFT_FIELD_…`, `GRAFT_SESSION_MISMATCH`, and the errors that inputs hold.
    pub fn encode(&self, message: &str, values: impl Borrow<Values>) -> Result<Vec<u8>> {
        Ok(self.encoded(message, values.borrow())?.0)
    }

    /// Serialises a message and packs it.
    ///
    /// # Errors
    /// As [`encode`](Self::encode) says.
    pub fn pack(&self, message: &str, values: impl Borrow<Values>) -> Result<Any> {
        Ok(Any {
            type_url: [plan_bytes::TYPE_URL_PREFIX, message].concat(),
            value: self.encode(message, values)?,
        })
    }

    /// The relation that a message stands for. It belongs to the session of the message's inputs, if one of them has one.
    ///
    /// # Errors
    /// As [`encode`](Self::encode) says.
    pub fn relation(&self, message: &str, values: impl Borrow<Values>) -> Result<Relation> {
        let (bytes, session) = self.encoded(message, values.borrow())?;
        let node = plan_bytes::relation(message, &bytes);
        Ok(Relation::of_session(node, session))
    }

    /// The expression that a message stands for. It belongs to the session of the message's inputs, if one of them has one.
    ///
    /// # Errors
    /// As [`encode`](Self::encode) says.
    pub fn expression(&self, message: &str, values: impl Borrow<Values>) -> Result<Expression> {
        let (bytes, session) = self.encoded(message, values.borrow())?;
        let node = plan_bytes::expression(message, &bytes);
        Ok(Expression::of_session(node, session))
    }

    /// The command that a message asks for. It belongs to the session of the message's inputs, if one of them has one.
    ///
    /// # Errors
    /// As [`encode`](Self::encode) says.
    pub fn command(&self, message: &str, values: impl Borrow<Values>) -> Result<Command> {
        let (bytes, session) = self.encoded(message, values.borrow())?;
        let node = plan_bytes::command(message, &bytes);
        let command = Command::of_session(node, session);
        let promises_rows = self.message(message)?.promises_rows;
        Ok(if promises_rows {
            command.promising_rows(message)
        } else {
            command
        })
    }

    /// Reads a message. Enums come by name, or as a number where it has no name; messages of google as the values that
    /// [`Value`](crate::Value) says. Fields without presence that are zero are left out, and so are empty lists and maps, and
    /// fields that are not known.
    ///
    /// # Errors
    /// `GRAFT_MESSAGE_UNKNOWN`, and `GRAFT_BYTES_INVALID` if the bytes are no such message, or nested more than 250 levels
    /// deep.
    pub fn decode(&self, message: &str, bytes: &[u8]) -> Result<Values> {
        self.decoded(message, bytes, EnumForm::Name)
    }

    /// Reads the message that a command has answered with.
    ///
    /// # Errors
    /// `GRAFT_ANSWER_UNEXPECTED` if the answer is no message of that name, and as [`decode`](Self::decode) says.
    pub fn reply<R: Message + FromValues>(&self, answer: Answer) -> Result<R> {
        let unexpected = |what: &str| {
            Error::new(
                code::ANSWER_UNEXPECTED,
                format!("The server answered without {}, but with {what}", R::NAME),
            )
        };
        let message = match answer {
            Answer::Message(message) => message,
            Answer::Rows(_) => return Err(unexpected("rows")),
            Answer::Nothing => return Err(unexpected("nothing")),
        };
        let name = message.type_url.rsplit('/').next().unwrap_or_default();
        if name != R::NAME {
            return Err(unexpected(&format!("a message '{}'", shown(name))));
        }
        self.decoded(R::NAME, &message.value, EnumForm::Number)
            .map(R::from_values)
    }

    fn encoded(&self, message: &str, values: &Values) -> Result<(Vec<u8>, Option<SessionKey>)> {
        let schema = self.message(message)?;
        let mut encoder = Encoder::new(&self.descriptors);
        let bytes = encoder
            .message(schema, values, 0)
            .map_err(|refusal| refusal.error(message))?;
        Ok((bytes, encoder.session))
    }

    fn decoded(&self, message: &str, bytes: &[u8], enums: EnumForm) -> Result<Values> {
        let decoder = Decoder {
            descriptors: &self.descriptors,
            enums,
        };
        decoder
            .message(self.message(message)?, bytes, 0)
            .map_err(|why| {
                let text = format!("The bytes are no message {message}: {why}");
                Error::new(code::BYTES_INVALID, text)
            })
    }

    fn message(&self, name: &str) -> Result<&MessageSchema> {
        self.descriptors.own_message(name).ok_or_else(|| {
            let mut known = self.names();
            if known.is_empty() {
                known.extend(
                    self.descriptors
                        .own_messages()
                        .map(|each| each.name.as_ref()),
                );
                known.sort_unstable();
            }
            let text = format!(
                "The descriptors have no message '{}'. Extensions in them: {}.",
                shown(name),
                known.join(", ")
            );
            Error::new(code::MESSAGE_UNKNOWN, text)
        })
    }
}
