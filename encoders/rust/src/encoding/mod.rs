//! Turns values into the one form of bytes that every encoder of Graft writes: fields by number, map entries by key,
//! nothing that says nothing.

mod defaults;
mod encoder;
mod inputs;
mod scalars;
mod well_known;

pub(crate) use encoder::Encoder;
pub(crate) use scalars::wire_type;
pub(crate) use well_known::is_wrapper;
