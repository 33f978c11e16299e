use std::collections::HashMap;

use prost::Message;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FieldDescriptorProto, FileDescriptorSet};

/// The messages of a descriptor set, by their full names, as the test wants them.
pub struct Types(HashMap<String, DescriptorProto>);

/// A field's type.
pub enum FieldType<'a> {
    Single(&'a FieldDescriptorProto),
    List(&'a FieldDescriptorProto),
    Map {
        key: &'a FieldDescriptorProto,
        value: &'a FieldDescriptorProto,
    },
}

impl Types {
    pub fn of(descriptors: &[u8]) -> Self {
        let set = FileDescriptorSet::decode(descriptors).expect("descriptors");
        let mut types = HashMap::new();
        let mut waiting: Vec<(String, DescriptorProto)> = set
            .file
            .into_iter()
            .flat_map(|file| {
                let package = file.package().to_owned();
                file.message_type
                    .into_iter()
                    .map(move |message| (package.clone(), message))
            })
            .collect();
        while let Some((scope, message)) = waiting.pop() {
            let name = format!("{scope}.{}", message.name());
            for nested in &message.nested_type {
                waiting.push((name.clone(), nested.clone()));
            }
            types.insert(name, message);
        }
        Self(types)
    }

    pub fn field(&self, message: &str, name: &str) -> Option<FieldType<'_>> {
        let field = self
            .0
            .get(message)?
            .field
            .iter()
            .find(|field| field.name() == name)?;
        if field.label() != Label::Repeated {
            return Some(FieldType::Single(field));
        }
        let entry = self.0.get(field.type_name().trim_start_matches('.'));
        let entry = entry
            .filter(|_| field.r#type() == Type::Message)
            .filter(|entry| {
                entry
                    .options
                    .as_ref()
                    .is_some_and(prost_types::MessageOptions::map_entry)
            });
        Some(
            entry.map_or(FieldType::List(field), |entry| FieldType::Map {
                key: &entry.field[0],
                value: &entry.field[1],
            }),
        )
    }
}
