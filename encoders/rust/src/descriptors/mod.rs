//! Descriptor sets, and what encoding and decoding need to know of messages.

mod features;
mod fields;
mod link;
mod options;
mod proto;
mod schema;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

pub(crate) use schema::{EnumSchema, Field, InputType, Kind, MessageSchema, Shape};

use crate::error::Result;
use link::Linker;

/// protobuf's well-known types and Spark's messages, of which sets make use without bringing them along.
static KNOWN: LazyLock<Descriptors> = LazyLock::new(|| {
    Linker::link(include_bytes!("known.binpb"), None)
        .unwrap_or_else(|error| panic!("the crate's own descriptors are damaged: {error}"))
});

/// The messages and enums of a descriptor set, by their full names.
#[derive(Debug, Default)]
pub(crate) struct Descriptors {
    files: Vec<String>,
    messages: HashMap<Arc<str>, MessageSchema>,
    enums: HashMap<Arc<str>, EnumSchema>,
}

impl Descriptors {
    /// Reads a serialised `google.protobuf.FileDescriptorSet` that may come from anywhere.
    pub fn read(set: &[u8]) -> Result<Self> {
        Linker::link(set, Some(&KNOWN))
    }

    /// A message of the set itself.
    pub fn own_message(&self, name: &str) -> Option<&MessageSchema> {
        self.messages.get(name)
    }

    /// The messages of the set itself.
    pub fn own_messages(&self) -> impl Iterator<Item = &MessageSchema> {
        self.messages.values()
    }

    /// A message that a field refers to; none if its file is missing.
    pub fn message(&self, name: &str) -> Option<&MessageSchema> {
        self.own_message(name).or_else(|| KNOWN.own_message(name))
    }

    /// An enum that a field refers to; none if its file is missing.
    pub fn enumeration(&self, name: &str) -> Option<&EnumSchema> {
        self.enums.get(name).or_else(|| KNOWN.enums.get(name))
    }
}
