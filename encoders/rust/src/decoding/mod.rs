//! Reads messages by their descriptors; the bytes may come from anywhere.

mod decoder;
mod fields;
mod native;

pub(crate) use decoder::{Decoder, EnumForm};
