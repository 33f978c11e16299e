//! The few nodes around an extension, as bytes: what stands inside is never looked into.

use crate::wire::{WireReader, WireType, put_bytes};

pub(crate) const TYPE_URL_PREFIX: &str = "type.googleapis.com/";

const ANY_TYPE_URL: u32 = 1;
const ANY_VALUE: u32 = 2;
const PLAN_ROOT: u32 = 1;
const PLAN_COMMAND: u32 = 2;
const RELATION_PROJECT: u32 = 3;
const RELATION_EXTENSION: u32 = 998;
const PROJECT_EXPRESSIONS: u32 = 3;
const EXPRESSION_ATTRIBUTE: u32 = 2;
const ATTRIBUTE_IDENTIFIER: u32 = 1;
const EXPRESSION_EXTENSION: u32 = 999;
const COMMAND_EXTENSION: u32 = 999;

fn around(number: u32, bytes: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(bytes.len() + 12);
    put_bytes(&mut result, number, bytes);
    result
}

/// A `google.protobuf.Any` that a message is packed in.
pub(crate) fn packed(message: &str, bytes: &[u8]) -> Vec<u8> {
    let mut any = around(ANY_TYPE_URL, [TYPE_URL_PREFIX, message].concat().as_bytes());
    if !bytes.is_empty() {
        put_bytes(&mut any, ANY_VALUE, bytes);
    }
    any
}

/// A `spark.connect.Relation` of an extension.
pub(crate) fn relation(message: &str, bytes: &[u8]) -> Vec<u8> {
    around(RELATION_EXTENSION, &packed(message, bytes))
}

/// A `spark.connect.Expression` of an extension.
pub(crate) fn expression(message: &str, bytes: &[u8]) -> Vec<u8> {
    around(EXPRESSION_EXTENSION, &packed(message, bytes))
}

/// A `spark.connect.Command` of an extension.
pub(crate) fn command(message: &str, bytes: &[u8]) -> Vec<u8> {
    around(COMMAND_EXTENSION, &packed(message, bytes))
}

/// A `spark.connect.Expression` of a column's name.
pub(crate) fn column(name: &str) -> Vec<u8> {
    around(
        EXPRESSION_ATTRIBUTE,
        &around(ATTRIBUTE_IDENTIFIER, name.as_bytes()),
    )
}

/// A `spark.connect.Plan` that asks for a relation's rows.
pub(crate) fn plan_of_relation(relation: &[u8]) -> Vec<u8> {
    around(PLAN_ROOT, relation)
}

/// A `spark.connect.Plan` that asks for an expression's value alone, over no input.
pub(crate) fn plan_of_expression(expression: &[u8]) -> Vec<u8> {
    let project = around(PROJECT_EXPRESSIONS, expression);
    plan_of_relation(&around(RELATION_PROJECT, &project))
}

/// A `spark.connect.Plan` that asks for a command to be executed.
pub(crate) fn plan_of_command(command: &[u8]) -> Vec<u8> {
    around(PLAN_COMMAND, command)
}

/// The relation that is the root of a plan; without bytes where the plan has none.
pub(crate) fn root_of_plan(plan: &[u8]) -> &[u8] {
    let mut root: &[u8] = &[];
    let mut reader = WireReader::new(plan);
    while let Ok(Some(field)) = reader.next_field() {
        if field.number == PLAN_ROOT && field.wire_type == WireType::Bytes {
            root = field.bytes;
        }
    }
    root
}
