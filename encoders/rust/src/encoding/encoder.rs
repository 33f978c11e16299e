use std::borrow::Cow;

use super::defaults::default_value;
use super::scalars::{Scalar, checked_scalar};
use crate::descriptors::{Descriptors, Field, InputType, Kind, MessageSchema, Shape};
use crate::error::{Error, code};
use crate::node::SessionKey;
use crate::refusal::{Checked, DEEPEST, Refusal};
use crate::value::{Value, Values};
use crate::wire::put_bytes;

/// Checks named values against a message's descriptor and writes them.
pub(crate) struct Encoder<'a> {
    pub(super) descriptors: &'a Descriptors,
    /// Of the inputs so far; none while none of them has one.
    pub(crate) session: Option<SessionKey>,
}

impl<'a> Encoder<'a> {
    pub fn new(descriptors: &'a Descriptors) -> Self {
        Self {
            descriptors,
            session: None,
        }
    }

    /// The bytes of a message that stands `depth` levels inside another.
    pub fn message(
        &mut self,
        schema: &MessageSchema,
        values: &Values,
        depth: usize,
    ) -> Checked<Vec<u8>> {
        if depth > DEEPEST {
            return Err(Refusal::too_deep());
        }
        if let Some(name) = values
            .fields
            .keys()
            .find(|name| !schema.by_name.contains_key(name.as_ref()))
        {
            return Err(Refusal::unknown_field(schema, name));
        }
        check_oneofs(schema, values)?;
        let mut bytes = Vec::new();
        for field in &schema.fields {
            self.field_or_default(&mut bytes, schema, field, values, depth)
                .map_err(|refusal| refusal.in_field(&field.name))?;
        }
        Ok(bytes)
    }

    fn field_or_default(
        &mut self,
        to: &mut Vec<u8>,
        schema: &MessageSchema,
        field: &Field,
        values: &Values,
        depth: usize,
    ) -> Checked<()> {
        match values.get(&field.name) {
            Some(value) if field.required && is_empty(field, value) => Err(Refusal::new(
                code::FIELD_REQUIRED,
                "must be given, and is empty",
            )),
            Some(value) => self.field(to, field, value, depth),
            None if !field.default_text.is_empty() && oneof_is_free(schema, field, values) => {
                let value = default_value(self.descriptors, field)?;
                self.field(to, field, &value, depth)
            }
            None if field.required || field.legacy_required => {
                Err(Refusal::new(code::FIELD_REQUIRED, "must be given"))
            }
            None => Ok(()),
        }
    }

    /// Writes a field that is given.
    pub(super) fn field(
        &mut self,
        to: &mut Vec<u8>,
        field: &Field,
        value: &Value,
        depth: usize,
    ) -> Checked<()> {
        match (&field.shape, value) {
            (Shape::Single, _) => {
                let checked = self.checked(&field.kind, field.input, value, depth)?;
                if field.presence || !checked.is_zero() {
                    checked.put(to, field.number, &field.kind);
                }
                Ok(())
            }
            (Shape::List { packed }, Value::List(elements)) => {
                self.list(to, field, *packed, elements, depth)
            }
            (Shape::List { .. }, _) => Err(Refusal::wrong_type("a list", value)),
            (Shape::Map { key }, Value::Map(entries)) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| (Cow::Borrowed(key), value));
                self.entries(to, field, key, entries, depth)
            }
            (Shape::Map { .. }, _) => Err(Refusal::wrong_type("a map", value)),
        }
    }

    fn list(
        &mut self,
        to: &mut Vec<u8>,
        field: &Field,
        packed: bool,
        elements: &[Value],
        depth: usize,
    ) -> Checked<()> {
        let mut together = Vec::new();
        for (position, element) in elements.iter().enumerate() {
            let checked = self
                .checked(&field.kind, field.input, element, depth)
                .map_err(|refusal| refusal.in_element(position))?;
            if packed {
                checked.put_alone(&mut together, &field.kind);
            } else {
                checked.put(to, field.number, &field.kind);
            }
        }
        if !together.is_empty() {
            put_bytes(to, field.number, &together);
        }
        Ok(())
    }

    pub(super) fn entries<'v>(
        &mut self,
        to: &mut Vec<u8>,
        field: &Field,
        key_kind: &Kind,
        entries: impl Iterator<Item = (Cow<'v, Value>, &'v Value)>,
        depth: usize,
    ) -> Checked<()> {
        let mut checked = Vec::with_capacity(entries.size_hint().0);
        for (key, value) in entries {
            let checked_key = match checked_scalar(self.descriptors, key_kind, &key) {
                Ok(key) => owned(key),
                Err(refusal) => return Err(refusal.in_element(key_text(&key))),
            };
            let value = self
                .checked(&field.kind, field.input, value, depth)
                .map_err(|refusal| refusal.in_element(key_text(&key)))?;
            checked.push((checked_key, value));
        }
        checked.sort_by(|(one, _), (other, _)| one.compare(other, key_kind));
        if checked
            .windows(2)
            .any(|pair| pair[0].0.compare(&pair[1].0, key_kind).is_eq())
        {
            return Err(Refusal::new(code::FIELD_TWICE, "has one key twice"));
        }
        for (key, value) in checked {
            let mut entry = Vec::new();
            key.put(&mut entry, 1, key_kind);
            value.put(&mut entry, 2, &field.kind);
            put_bytes(to, field.number, &entry);
        }
        Ok(())
    }

    /// A value as it is written; a message as its bytes.
    fn checked<'v>(
        &mut self,
        kind: &Kind,
        input: Option<InputType>,
        value: &'v Value,
        depth: usize,
    ) -> Checked<Scalar<'v>> {
        match (input, kind) {
            (Some(input), _) => Ok(Scalar::Bytes(self.input(input, value)?)),
            (None, Kind::Message(name) | Kind::Group(name)) => {
                Ok(Scalar::Bytes(self.nested(name, value, depth + 1)?))
            }
            (None, _) => checked_scalar(self.descriptors, kind, value),
        }
    }
}

fn owned(key: Scalar<'_>) -> Scalar<'static> {
    match key {
        Scalar::Bits(bits) => Scalar::Bits(bits),
        Scalar::Bytes(bytes) => Scalar::Bytes(Cow::Owned(bytes.into_owned())),
    }
}

fn key_text(key: &Value) -> String {
    match key {
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::String(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

fn check_oneofs(schema: &MessageSchema, values: &Values) -> Checked<()> {
    for (oneof, members) in &schema.oneofs {
        let mut given = members
            .iter()
            .map(|position| &schema.fields[*position].name)
            .filter(|name| values.get(name).is_some());
        if let (Some(first), Some(second)) = (given.next(), given.next()) {
            return Err(Refusal::whole(Error::new(
                code::FIELD_TWICE,
                format!(
                    "Only one of '{first}' and '{second}' of {} can be given: they are members of the oneof '{oneof}'",
                    schema.name
                ),
            )));
        }
    }
    Ok(())
}

fn oneof_is_free(schema: &MessageSchema, field: &Field, values: &Values) -> bool {
    field.oneof.is_none_or(|oneof| {
        schema.oneofs[oneof]
            .1
            .iter()
            .all(|position| values.get(&schema.fields[*position].name).is_none())
    })
}

/// For texts, bytes, lists and maps: messages and inputs are given when they are there.
fn is_empty(field: &Field, value: &Value) -> bool {
    match value {
        Value::List(elements) => elements.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::String(text) => {
            text.is_empty() && field.input.is_none() && field.kind == Kind::String
        }
        Value::Bytes(bytes) => {
            bytes.is_empty() && field.input.is_none() && field.kind == Kind::Bytes
        }
        _ => false,
    }
}
