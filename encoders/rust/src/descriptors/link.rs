use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use prost::Message;

use super::Descriptors;
use super::features::{Features, Place};
use super::fields::FieldReader;
use super::options::{Options, promises_rows};
use super::proto::{EnumDescriptor, FileDescriptorSet, MessageDescriptor};
use super::schema::{EnumSchema, Field, MessageSchema};
use crate::error::{Error, Result, code};
use crate::refusal::shown;

/// Options are read from these, but no field is of their types.
const FILES_OF_OPTIONS: [&str; 2] = [
    "google/protobuf/descriptor.proto",
    "graft/annotations.proto",
];

const MAP_ENTRY: u32 = 7;

/// A message of a set, before its fields are read.
pub(super) struct FoundMessage {
    pub name: Arc<str>,
    pub descriptor: MessageDescriptor,
    pub features: Features,
    pub is_map_entry: bool,
}

/// What a type's name stands for.
pub(super) enum FoundType<'a> {
    Message(&'a Arc<str>, Option<&'a FoundMessage>),
    Enum(&'a Arc<str>),
    /// Of a file that the set has not, such as one of a newer Spark.
    Missing,
}

/// Links a descriptor set, in whatever order its files are.
pub(super) struct Linker<'a> {
    base: Option<&'a Descriptors>,
    messages: HashMap<Arc<str>, FoundMessage>,
    enums: HashMap<Arc<str>, EnumSchema>,
    files: HashSet<String>,
    lacks_files: bool,
}

impl<'a> Linker<'a> {
    /// Where a set has a file that the base has too, the base's is taken.
    pub fn link(set: &[u8], base: Option<&'a Descriptors>) -> Result<Descriptors> {
        let set = FileDescriptorSet::decode(set).map_err(|failure| {
            let text = format!("The bytes are no google.protobuf.FileDescriptorSet: {failure}");
            Error::caused(code::DESCRIPTORS_INVALID, text, failure)
        })?;
        let mut linker = Self {
            base,
            messages: HashMap::new(),
            enums: HashMap::new(),
            files: HashSet::new(),
            lacks_files: false,
        };
        linker.collect(set)?;
        let mut messages = HashMap::new();
        for (name, found) in &linker.messages {
            if !found.is_map_entry {
                messages.insert(Arc::clone(name), linker.schema(found)?);
            }
        }
        Ok(Descriptors {
            files: linker.files.into_iter().collect(),
            messages,
            enums: linker.enums,
        })
    }

    fn collect(&mut self, set: FileDescriptorSet) -> Result<()> {
        let is_known = |file: &String| {
            self.base
                .is_some_and(|base| base.files.iter().any(|known| known == file))
        };
        let mut imported = Vec::new();
        let mut own = Vec::new();
        for file in set.file {
            if !is_known(&file.name) && self.files.insert(file.name.clone()) {
                imported.extend(file.dependency.iter().cloned());
                own.push(file);
            }
        }
        self.lacks_files = imported.iter().any(|file| {
            !self.files.contains(file)
                && !is_known(file)
                && !FILES_OF_OPTIONS.contains(&file.as_str())
        });
        for file in own {
            let features = Features::of_file(&file);
            self.collect_types(&file.package, file.message_type, file.enum_type, features)?;
        }
        Ok(())
    }

    /// Takes the types of a scope and of all scopes in it, with a stack of its own.
    fn collect_types(
        &mut self,
        package: &str,
        messages: Vec<MessageDescriptor>,
        enums: Vec<EnumDescriptor>,
        features: Features,
    ) -> Result<()> {
        let mut waiting = vec![(Arc::<str>::from(package), messages, enums, features)];
        while let Some((scope, messages, enums, features)) = waiting.pop() {
            for definition in enums {
                let name = self.new_name(&scope, &definition.name)?;
                let features = features.with(&definition.options, Place::Enum);
                let schema = enum_schema(&name, &definition, features)?;
                self.enums.insert(name, schema);
            }
            for mut descriptor in messages {
                let name = self.new_name(&scope, &descriptor.name)?;
                let features = features.with(&descriptor.options, Place::Message);
                let nested = std::mem::take(&mut descriptor.nested_type);
                let enums = std::mem::take(&mut descriptor.enum_type);
                waiting.push((Arc::clone(&name), nested, enums, features));
                let found = FoundMessage {
                    name: Arc::clone(&name),
                    is_map_entry: Options::new(&descriptor.options)
                        .varint(MAP_ENTRY)
                        .is_some_and(|value| value != 0),
                    descriptor,
                    features,
                };
                self.messages.insert(name, found);
            }
        }
        Ok(())
    }

    fn new_name(&self, scope: &str, name: &str) -> Result<Arc<str>> {
        let full: Arc<str> = if scope.is_empty() {
            name.into()
        } else {
            format!("{scope}.{name}").into()
        };
        if name.is_empty() || name.contains('.') {
            return Err(invalid(format!(
                "'{}' in '{}' is no name of a type",
                shown(name),
                shown(scope)
            )));
        }
        let is_known = |base: &Descriptors| {
            base.messages.contains_key(&full) || base.enums.contains_key(&full)
        };
        if self.messages.contains_key(&full)
            || self.enums.contains_key(&full)
            || self.base.is_some_and(is_known)
        {
            return Err(invalid(format!("'{}' is defined twice", shown(&full))));
        }
        Ok(full)
    }

    fn schema(&self, found: &FoundMessage) -> Result<MessageSchema> {
        let reader = FieldReader {
            linker: self,
            message: found,
        };
        let mut fields: Vec<Field> = Vec::new();
        for descriptor in &found.descriptor.field {
            fields.push(reader.read(descriptor)?);
        }
        let names = fields.iter().map(|field| field.name.clone()).collect();
        fields.sort_by_key(|field| field.number);
        let mut by_name = HashMap::new();
        let mut oneofs: Vec<(String, Vec<usize>)> = found
            .descriptor
            .oneof_decl
            .iter()
            .map(|oneof| (oneof.name.clone(), Vec::new()))
            .collect();
        for (position, field) in fields.iter().enumerate() {
            let is_twice = position > 0 && fields[position - 1].number == field.number;
            if is_twice || by_name.insert(field.name.clone(), position).is_some() {
                return Err(invalid(format!(
                    "{} has two fields named '{}' or numbered {}",
                    shown(&found.name),
                    shown(&field.name),
                    field.number
                )));
            }
            if let Some(oneof) = field.oneof {
                oneofs[oneof].1.push(position);
            }
        }
        Ok(MessageSchema {
            name: Arc::clone(&found.name),
            fields,
            by_name,
            oneofs,
            names,
            is_marked: Options::new(&found.descriptor.options).is_marked(),
            promises_rows: promises_rows(&found.descriptor.options),
        })
    }

    /// The type that a name stands for within a message: absolute with a dot in front, else of the nearest scope.
    pub fn resolve(&self, name: &str, scope: &str) -> Result<FoundType<'_>> {
        let mut scope = scope;
        loop {
            let candidate = match name.strip_prefix('.') {
                Some(absolute) => absolute.to_owned(),
                None if scope.is_empty() => name.to_owned(),
                None => format!("{scope}.{name}"),
            };
            if let Some(found) = self.find(&candidate) {
                return Ok(found);
            }
            if name.starts_with('.') || scope.is_empty() {
                break;
            }
            scope = scope.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        if self.lacks_files {
            Ok(FoundType::Missing)
        } else {
            Err(invalid(format!(
                "There is no type '{}', and no imported file is missing",
                shown(name)
            )))
        }
    }

    fn find(&self, name: &str) -> Option<FoundType<'_>> {
        if let Some((name, found)) = self.messages.get_key_value(name) {
            return Some(FoundType::Message(name, Some(found)));
        }
        if let Some((name, _)) = self.enums.get_key_value(name) {
            return Some(FoundType::Enum(name));
        }
        let base = self.base?;
        if let Some((name, _)) = base.messages.get_key_value(name) {
            return Some(FoundType::Message(name, None));
        }
        base.enums
            .get_key_value(name)
            .map(|(name, _)| FoundType::Enum(name))
    }
}

fn enum_schema(name: &str, definition: &EnumDescriptor, features: Features) -> Result<EnumSchema> {
    if definition.value.is_empty() {
        return Err(invalid(format!("The enum {} has no values", shown(name))));
    }
    let mut schema = EnumSchema {
        closed: features.closed_enums,
        ..EnumSchema::default()
    };
    for value in &definition.value {
        schema.names.push(value.name.clone());
        schema
            .first_names
            .entry(value.number)
            .or_insert_with(|| value.name.clone());
        let earlier = schema.numbers.insert(value.name.clone(), value.number);
        if value.name.is_empty() || earlier.is_some() {
            return Err(invalid(format!(
                "The enum {} has a value without a name, or two of one name",
                shown(name)
            )));
        }
    }
    Ok(schema)
}

pub(super) fn invalid(text: impl std::fmt::Display) -> Error {
    Error::new(
        code::DESCRIPTORS_INVALID,
        format!("The descriptors do not fit together: {text}"),
    )
}
