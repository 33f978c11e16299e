//! Descriptor sets that do not fit together, or come from elsewhere.

use graft_connect::{Operations, Relation, Values, code};
use prost::Message;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{
    DescriptorProto, EnumDescriptorProto, EnumValueDescriptorProto, FieldDescriptorProto,
    FileDescriptorProto, FileDescriptorSet, MessageOptions, OneofDescriptorProto,
};

fn field(name: &str, number: i32, kind: Type, type_name: &str) -> FieldDescriptorProto {
    FieldDescriptorProto {
        name: Some(name.to_owned()),
        number: Some(number),
        label: Some(Label::Optional.into()),
        r#type: Some(kind.into()),
        type_name: (!type_name.is_empty()).then(|| type_name.to_owned()),
        ..FieldDescriptorProto::default()
    }
}

fn message(name: &str, fields: Vec<FieldDescriptorProto>) -> DescriptorProto {
    DescriptorProto {
        name: Some(name.to_owned()),
        field: fields,
        ..DescriptorProto::default()
    }
}

fn file(messages: Vec<DescriptorProto>) -> FileDescriptorProto {
    FileDescriptorProto {
        name: Some("acme.proto".to_owned()),
        package: Some("acme".to_owned()),
        message_type: messages,
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    }
}

fn read(file: FileDescriptorProto) -> graft_connect::Result<Operations> {
    Operations::read(&FileDescriptorSet { file: vec![file] }.encode_to_vec())
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let text = |name: &str, number| field(name, number, Type::String, "");
    let mut in_no_oneof = text("a", 1);
    in_no_oneof.oneof_index = Some(0);
    let mut in_a_oneof_below_zero = in_no_oneof.clone();
    in_a_oneof_below_zero.oneof_index = Some(-1);
    let mut entry = message("AEntry", vec![text("key", 1)]);
    entry.options = Some(MessageOptions {
        map_entry: Some(true),
        ..MessageOptions::default()
    });
    let mut map = field("a", 1, Type::Message, ".acme.M.AEntry");
    map.label = Some(Label::Repeated.into());
    let mut with_map = message("M", vec![map]);
    with_map.nested_type.push(entry);
    let mut single_map = with_map.clone();
    single_map.field[0].label = Some(Label::Optional.into());
    let mut empty_enum = file(Vec::new());
    empty_enum.enum_type.push(EnumDescriptorProto {
        name: Some("E".to_owned()),
        ..EnumDescriptorProto::default()
    });
    for (why, file) in [
        (
            "is defined twice",
            file(vec![message("M", vec![]), message("M", vec![])]),
        ),
        ("is no name of a type", file(vec![message("", vec![])])),
        ("is no name of a type", file(vec![message("a.b", vec![])])),
        (
            "two fields",
            file(vec![message("M", vec![text("a", 1), text("a", 2)])]),
        ),
        (
            "two fields",
            file(vec![message("M", vec![text("a", 1), text("b", 1)])]),
        ),
        (
            "a number out of range",
            file(vec![message("M", vec![text("a", 0)])]),
        ),
        (
            "a number out of range",
            file(vec![message("M", vec![text("a", 1 << 29)])]),
        ),
        ("has no name", file(vec![message("M", vec![text("", 1)])])),
        (
            "a oneof that is not there",
            file(vec![message("M", vec![in_no_oneof])]),
        ),
        (
            "a oneof that is not there",
            file(vec![message("M", vec![in_a_oneof_below_zero])]),
        ),
        ("without keys or values", file(vec![with_map])),
        ("a map that is not repeated", file(vec![single_map])),
        ("has no values", empty_enum),
        (
            "There is no type '.acme.N'",
            file(vec![message(
                "M",
                vec![field("a", 1, Type::Message, ".acme.N")],
            )]),
        ),
        (
            "the name of another kind of type",
            file(vec![message(
                "M",
                vec![field("a", 1, Type::Enum, ".acme.M")],
            )]),
        ),
    ] {
        let error = read(file).expect_err(why);
        assert_eq!(error.code(), code::DESCRIPTORS_INVALID);
        let text = error.to_string();
        assert!(text.contains(why), "{why}: {text}");
    }
    let error = Operations::read(b"no descriptors").expect_err("no descriptors");
    assert_eq!(error.code(), code::DESCRIPTORS_INVALID);
}

#[test]
fn a_default_that_is_none_is_refused_where_it_would_be_sent() {
    // The option (graft.argument).default = "x", on a number.
    let mut bytes = file(vec![]).encode_to_vec();
    let mut descriptor = field("a", 1, Type::Int32, "").encode_to_vec();
    descriptor.extend([0x42, 0x07, 0xf2, 0xb3, 0x1c, 0x03, 0x12, 0x01, b'x']);
    let mut named = vec![
        0x0a,
        0x01,
        b'M',
        0x12,
        u8::try_from(descriptor.len()).expect("short"),
    ];
    named.append(&mut descriptor);
    bytes.extend([0x22, u8::try_from(named.len()).expect("short")]);
    bytes.append(&mut named);
    let mut set = vec![0x0a, u8::try_from(bytes.len()).expect("short")];
    set.append(&mut bytes);
    let operations = Operations::read(&set).expect("descriptors");
    let error = operations
        .encode("acme.M", Values::new())
        .expect_err("no number");
    assert_eq!(error.code(), code::DESCRIPTORS_INVALID, "{error}");
    assert!(
        error
            .to_string()
            .contains("'a' of acme.M has the default 'x'"),
        "{error}"
    );
    let given = operations.encode("acme.M", Values::new().with("a", 3));
    assert_eq!(given.expect("a number"), [8, 3]);
}

#[test]
fn types_of_a_newer_spark_are_taken_as_bytes() {
    let mut newer = file(vec![message(
        "M",
        vec![
            field("newer", 1, Type::Message, ".spark.connect.Newer"),
            field("rows", 2, Type::Message, ".spark.connect.Relation"),
            field("mode", 3, Type::Enum, ".spark.connect.NewMode"),
        ],
    )]);
    newer.dependency = vec![
        "spark/connect/newer.proto".to_owned(),
        "spark/connect/relations.proto".to_owned(),
    ];
    let operations = read(newer).expect("descriptors");
    let values = Values::new()
        .with("newer", vec![8_u8, 1])
        .with("rows", Relation::from_bytes(vec![16, 2]))
        .with("mode", 7);
    let bytes = operations.encode("acme.M", &values).expect("encoded");
    assert_eq!(bytes, [10, 2, 8, 1, 18, 2, 16, 2, 24, 7]);
    assert_eq!(
        operations.decode("acme.M", &bytes).expect("readable"),
        values
    );
    let error = operations
        .encode("acme.M", Values::new().with("newer", Values::new()))
        .expect_err("its fields are not known");
    assert_eq!(error.code(), code::FIELD_TYPE);
}

#[test]
fn files_come_in_any_order_and_names_may_be_relative() {
    let mut user = file(vec![message(
        "M",
        vec![field("part", 1, Type::Message, "parts.Part")],
    )]);
    user.dependency = vec!["parts.proto".to_owned()];
    let mut parts = file(vec![message(
        "Part",
        vec![field("size", 1, Type::Sint32, "")],
    )]);
    parts.name = Some("parts.proto".to_owned());
    parts.package = Some("acme.parts".to_owned());
    let set = FileDescriptorSet {
        file: vec![user.clone(), parts, user],
    };
    let operations = Operations::read(&set.encode_to_vec()).expect("descriptors");
    let values = Values::new().with("part", Values::new().with("size", -1));
    let bytes = operations.encode("acme.M", values).expect("encoded");
    assert_eq!(bytes, [10, 2, 8, 1]);
}

#[test]
fn editions_say_presence_packing_and_closed_enums() {
    // Fields: implicit presence and expanded lists of the file; explicit presence of one field.
    let mut numbers = field("numbers", 1, Type::Int32, "");
    numbers.label = Some(Label::Repeated.into());
    let mut edition = file(vec![message(
        "M",
        vec![
            numbers,
            field("implicit", 2, Type::Int32, ""),
            field("explicit", 3, Type::Int32, ""),
            field("mode", 4, Type::Enum, ".acme.Mode"),
        ],
    )]);
    edition.syntax = Some("editions".to_owned());
    edition.enum_type.push(EnumDescriptorProto {
        name: Some("Mode".to_owned()),
        value: vec![EnumValueDescriptorProto {
            name: Some("FAST".to_owned()),
            number: Some(1),
            options: None,
        }],
        ..EnumDescriptorProto::default()
    });
    edition.message_type[0]
        .oneof_decl
        .push(OneofDescriptorProto::default());
    let without = edition.encode_to_vec();
    // FileOptions.features = { field_presence: IMPLICIT, enum_type: CLOSED, repeated_field_encoding: EXPANDED }, edition 2023.
    let features = [0x42, 9, 0x92, 0x03, 6, 8, 2, 16, 2, 24, 2, 0x70, 0xe8, 0x07];
    let mut file = without.clone();
    file.extend(features);
    let mut set = Vec::new();
    prost::encoding::encode_key(1, prost::encoding::WireType::LengthDelimited, &mut set);
    prost::encoding::encode_varint(file.len() as u64, &mut set);
    set.append(&mut file);
    let operations = Operations::read(&set).expect("descriptors");
    let values = Values::new().with("numbers", [1, 2]).with("implicit", 0);
    assert_eq!(
        operations.encode("acme.M", values).expect("encoded"),
        [8, 1, 8, 2]
    );
    let error = operations
        .encode("acme.M", Values::new().with("mode", 2))
        .expect_err("a closed enum");
    assert_eq!(error.code(), code::FIELD_RANGE);

    let mut set = Vec::new();
    prost::encoding::encode_key(1, prost::encoding::WireType::LengthDelimited, &mut set);
    prost::encoding::encode_varint(without.len() as u64, &mut set);
    set.extend(without);
    let operations = Operations::read(&set).expect("descriptors");
    let values = Values::new()
        .with("numbers", [1, 2])
        .with("explicit", 0)
        .with("mode", 2);
    let bytes = operations.encode("acme.M", values).expect("encoded");
    assert_eq!(bytes, [10, 2, 1, 2, 24, 0, 32, 2]);
}
