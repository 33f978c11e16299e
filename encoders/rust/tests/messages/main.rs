//! Messages by their descriptors, beyond what the vectors say.

mod client;
mod descriptors;
mod generated;
#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, UNIX_EPOCH};

use graft_connect::spark::{self, relation::RelType};
use graft_connect::{
    Any, Empty, Error, Expression, Operations, Plan, Relation, Timestamp, Value, Values, code,
    column,
};
use prost::Message;

fn operations() -> Operations {
    Operations::read(&support::descriptors()).expect("descriptors")
}

fn full(message: &str) -> String {
    format!("graft.vectors.v1.{message}")
}

fn refused(message: &str, values: &Values) -> Error {
    match operations().encode(&full(message), values) {
        Ok(bytes) => panic!("{values:?} is encoded as {bytes:?}"),
        Err(error) => error,
    }
}

fn encoded(message: &str, values: &Values) -> Vec<u8> {
    let bytes = operations().encode(&full(message), values);
    bytes.unwrap_or_else(|error| panic!("{values:?}: {error}"))
}

fn nested(levels: usize) -> Values {
    (0..levels).fold(Values::new(), |inner, _| Values::new().with("child", inner))
}

#[test]
fn messages_are_read_and_written_to_a_limit() {
    let operations = operations();
    let node = full("Node");
    let bytes = operations.encode(&node, nested(250)).expect("250 levels");
    let read = operations.decode(&node, &bytes).expect("250 levels");
    assert_eq!(read, nested(250));
    let error = refused("Node", &nested(251));
    assert_eq!(error.code(), code::FIELD_RANGE);
    let mut deeper = Vec::new();
    for _ in 0..100_000 {
        let mut outer = vec![0x12];
        prost::encoding::encode_varint(deeper.len() as u64, &mut outer);
        outer.append(&mut deeper);
        deeper = outer;
        if deeper.len() > 20_000 {
            break;
        }
    }
    let refused = operations.decode(&node, &deeper);
    assert!(refused.is_err_and(|error| error.code() == code::BYTES_INVALID));
}

#[test]
fn json_is_written_to_a_limit() {
    let deep = (0..1_000).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    let error = refused("WellKnown", &Values::new().with("value", deep));
    assert_eq!(error.code(), code::FIELD_RANGE);
    let deep = (0..100).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    let values = Values::new().with("value", deep);
    let bytes = encoded("WellKnown", &values);
    let read = operations().decode(&full("WellKnown"), &bytes);
    assert_eq!(read.expect("readable"), values);
}

#[test]
fn errors_say_where() {
    let inner = Values::new().with("innermost", Values::new().with("depth", "x\u{1b}[0m"));
    for (values, text) in [
        (
            Values::new().with("inners", [Values::new(), inner]),
            "[GRAFT_FIELD_TYPE] 'inners[1].innermost.depth' of graft.vectors.v1.Outer must be a signed 32-bit whole \
             number, and 'x·[0m' (text) was given",
        ),
        (
            Values::new().with("b", 1).with("a", 2),
            "[GRAFT_FIELD_UNKNOWN] graft.vectors.v1.Outer has no field 'a'. Its fields: inner, inners, innermost.",
        ),
        (
            Values::new().with("a", None::<i32>),
            "[GRAFT_FIELD_UNKNOWN] graft.vectors.v1.Outer has no field 'a'. Its fields: inner, inners, innermost.",
        ),
    ] {
        assert_eq!(refused("Outer", &values).to_string(), text);
    }
    let keys = BTreeMap::from([(i64::from(i32::MAX) + 1, "a")]);
    assert_eq!(
        refused("MapKeys", &Values::new().with("int32_keys", keys)).to_string(),
        "[GRAFT_FIELD_RANGE] 'int32_keys[2147483648]' of graft.vectors.v1.MapKeys must be a signed 32-bit whole number, \
         and '2147483648' (whole number) was given"
    );
    let both = Values::new().with("number", 1).with("text", "a");
    assert_eq!(
        refused("Choice", &both).to_string(),
        "[GRAFT_FIELD_TWICE] Only one of 'text' and 'number' of graft.vectors.v1.Choice can be given: they are members of \
         the oneof 'value'"
    );
}

#[test]
fn a_message_that_is_not_there_is_named_with_those_that_are() {
    let error = operations().encode("acme.Nothing", Values::new());
    let error = error.expect_err("no such message");
    assert_eq!(error.code(), code::MESSAGE_UNKNOWN);
    let text = error.to_string();
    assert!(
        text.starts_with("[GRAFT_MESSAGE_UNKNOWN] The descriptors have no message 'acme.Nothing'.")
    );
    assert!(text.contains("acme.frames.v1.TopK, "), "{text}");
    assert!(operations().names().contains(&"graft.vectors.v1.Scalars"));
    assert!(!operations().names().contains(&"acme.frames.v1.AboutReply"));
}

#[test]
fn rust_types_of_every_kind_are_taken() {
    let same = |message: &str, one: Values, other: Values| {
        assert_eq!(encoded(message, &one), encoded(message, &other), "{one:?}");
    };
    let scalars = |name: &'static str, value: Value| Values::new().with(name, value);
    same(
        "Scalars",
        Values::new()
            .with("int32_value", 3_i16)
            .with("double_value", 3_u16),
        Values::new()
            .with("int32_value", 3_i128)
            .with("double_value", 3.0_f32),
    );
    same(
        "Scalars",
        Values::new()
            .with("bytes_value", &b"ab"[..])
            .with("string_value", "é".to_owned()),
        Values::new()
            .with("bytes_value", b"ab".to_vec())
            .with("string_value", "é"),
    );
    same(
        "Scalars",
        scalars("int32_value", Value::Absent),
        Values::new(),
    );
    same(
        "MapKeys",
        Values::new().with("int32_keys", HashMap::from([(2, "b"), (1, "a")])),
        Values::new().with("int32_keys", BTreeMap::from([(1_i64, "a"), (2, "b")])),
    );
    same(
        "Enums",
        Values::new()
            .with("color", "COLOR_GREEN")
            .with("colors", vec!["COLOR_RED"]),
        Values::new().with("color", 2).with("colors", [1]),
    );
    let moment = UNIX_EPOCH + Duration::new(1_700_000_000, 5);
    let timestamp = Timestamp::from(moment);
    same(
        "WellKnown",
        Values::new()
            .with("timestamp", moment)
            .with("duration", Duration::from_millis(1_500)),
        Values::new().with("timestamp", timestamp).with(
            "duration",
            graft_connect::Duration {
                seconds: 1,
                nanos: 500_000_000,
            },
        ),
    );
    same(
        "WellKnown",
        Values::new()
            .with("any", Value::of(&timestamp))
            .with("empty", Empty),
        Values::new()
            .with(
                "any",
                Any {
                    type_url: "type.googleapis.com/google.protobuf.Timestamp".to_owned(),
                    value: timestamp.encode_to_vec(),
                },
            )
            .with("empty", Values::new()),
    );
    // A moment is no field of an Any, so it is packed.
    same(
        "WellKnown",
        Values::new().with("any", timestamp),
        Values::new().with("any", Value::of(&timestamp)),
    );
    let object = BTreeMap::from([("a", 1)]);
    same(
        "WellKnown",
        Values::new()
            .with("struct", Values::new().with("a", 1))
            .with("value", Values::new().with("a", 1)),
        Values::new()
            .with("struct", object.clone())
            .with("value", object),
    );
}

#[test]
fn inputs_come_in_every_form() {
    let range = spark::Range {
        end: 3,
        step: 1,
        ..spark::Range::default()
    };
    let rows = spark::Relation {
        rel_type: Some(RelType::Range(range)),
        common: None,
    };
    let relation = Relation::from(&rows);
    let plan = relation.plan().expect("a plan");
    assert_eq!(
        encoded(
            "Inputs",
            &Values::new()
                .with("relation", Value::of(&rows))
                .with("plan", Value::of(&rows))
                .with("held_plan", &relation)
                .with("expression", "a")
                .with("held_relation", rows.encode_to_vec())
        ),
        encoded(
            "Inputs",
            &Values::new()
                .with("relation", &relation)
                .with("plan", Plan::from_bytes(plan.clone()))
                .with("held_plan", plan)
                .with("expression", column("a"))
                .with("held_relation", &relation)
        )
    );
    for (field, wrong) in [
        ("relation", Value::Expression(column("a"))),
        ("relation", Value::Plan(Plan::from_bytes(Vec::new()))),
        ("expression", Value::Relation(relation.clone())),
        ("plan", Value::String("a".to_owned())),
        ("held_plan", Value::of(&Timestamp::default())),
    ] {
        let error = refused("Inputs", &Values::new().with(field, wrong));
        assert_eq!(error.code(), code::FIELD_TYPE, "{error}");
    }
    let read = operations().decode(
        &full("Inputs"),
        &encoded("Inputs", &Values::new().with("plan", &relation)),
    );
    let mut read = read.expect("readable");
    assert_eq!(read.take_optional::<Relation>("plan"), Some(relation));
}

#[test]
fn expressions_are_columns_by_their_names() {
    let expression: Expression = "a.b".into();
    let message = expression.message().expect("an expression");
    let Some(spark::expression::ExprType::UnresolvedAttribute(attribute)) = message.expr_type
    else {
        panic!("{message:?}");
    };
    assert_eq!(attribute.unparsed_identifier, "a.b");
}

#[test]
fn times_that_protobuf_has_not_are_refused() {
    let time = |seconds, nanos| Timestamp { seconds, nanos };
    let duration = |seconds, nanos| graft_connect::Duration { seconds, nanos };
    for values in [
        Values::new().with("timestamp", time(253_402_300_800, 0)),
        Values::new().with("timestamp", time(-62_135_596_801, 0)),
        Values::new().with("timestamp", time(0, -1)),
        Values::new().with("timestamp", time(0, 1_000_000_000)),
        Values::new().with("duration", duration(315_576_000_001, 0)),
        Values::new().with("duration", duration(1, -1)),
        Values::new().with("duration", Values::new().with("seconds", i128::MIN)),
        Values::new().with("value", f64::NAN),
    ] {
        let error = refused("WellKnown", &values);
        assert_eq!(error.code(), code::FIELD_RANGE, "{error}");
    }
    for wrong in [Value::Null, Value::List(Vec::new()), Value::Bool(true)] {
        let error = refused("WellKnown", &Values::new().with("timestamp", wrong));
        assert_eq!(error.code(), code::FIELD_TYPE, "{error}");
    }
    // A duration is no moment, though its fields have the same names.
    let error = refused(
        "WellKnown",
        &Values::new().with("timestamp", duration(1, 0)),
    );
    assert_eq!(error.code(), code::FIELD_TYPE, "{error}");
}

#[test]
fn one_key_as_two_values_is_refused() {
    let twice = Value::Map(vec![
        (Value::Int(1), Value::String("a".to_owned())),
        (Value::Int(1), Value::String("b".to_owned())),
    ]);
    let error = refused("MapKeys", &Values::new().with("int32_keys", twice));
    assert_eq!(error.code(), code::FIELD_TWICE, "{error}");
}
