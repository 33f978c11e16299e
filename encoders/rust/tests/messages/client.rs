//! What generated clients do with the crate.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use graft_connect::{
    Answer, Any, Command, Expression, FromValue, FromValues, IntoValue, Message, Operations, Plan,
    Relation, Result, Timestamp, Value, Values, code,
};

use crate::support;

static OPERATIONS: LazyLock<Operations> =
    LazyLock::new(|| Operations::read(&support::descriptors()).expect("descriptors"));

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Color {
    Unspecified,
    Red,
    Unrecognized(i32),
}

impl IntoValue for Color {
    fn into_value(self) -> Value {
        let number = match self {
            Self::Unspecified => 0,
            Self::Red => 1,
            Self::Unrecognized(number) => number,
        };
        number.into_value()
    }
}

impl FromValue for Color {
    fn from_value(value: Value) -> Option<Self> {
        Some(match i32::from_value(value)? {
            0 => Self::Unspecified,
            1 => Self::Red,
            number => Self::Unrecognized(number),
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Enums {
    optional_color: Option<Color>,
    colors: Vec<Color>,
    colors_by_name: BTreeMap<String, Color>,
}

impl Message for Enums {
    const NAME: &'static str = "graft.vectors.v1.Enums";

    fn into_values(self) -> Values {
        Values::new()
            .with("optional_color", self.optional_color)
            .with("colors", self.colors)
            .with("colors_by_name", self.colors_by_name)
    }
}

impl FromValues for Enums {
    fn from_values(mut values: Values) -> Self {
        Self {
            optional_color: values.take_optional("optional_color"),
            colors: values.take("colors"),
            colors_by_name: values.take("colors_by_name"),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Node {
    name: String,
    child: Option<Box<Node>>,
    children: Vec<Node>,
    children_by_name: BTreeMap<String, Node>,
}

impl Message for Node {
    const NAME: &'static str = "graft.vectors.v1.Node";

    fn into_values(self) -> Values {
        Values::new()
            .with("name", self.name)
            .with("child", self.child)
            .with("children", self.children)
            .with("children_by_name", self.children_by_name)
    }
}

impl FromValues for Node {
    fn from_values(mut values: Values) -> Self {
        Self {
            name: values.take("name"),
            child: values.take_optional("child"),
            children: values.take("children"),
            children_by_name: values.take("children_by_name"),
        }
    }
}

fn answered<M: Message>(message: M) -> Result<Answer> {
    OPERATIONS
        .pack(M::NAME, message.into_values())
        .map(Answer::Message)
}

#[test]
fn replies_become_structs() {
    let enums = Enums {
        optional_color: Some(Color::Unspecified),
        colors: vec![Color::Red, Color::Unrecognized(77)],
        colors_by_name: BTreeMap::from([("a".to_owned(), Color::Red)]),
    };
    let answer = answered(enums.clone()).expect("encoded");
    assert_eq!(OPERATIONS.reply::<Enums>(answer).expect("a reply"), enums);

    let leaf = |name: &str| Node {
        name: name.to_owned(),
        ..Node::default()
    };
    let node = Node {
        child: Some(Box::new(leaf("a"))),
        children: vec![leaf("b"), Node::default()],
        children_by_name: BTreeMap::from([(String::new(), leaf("c"))]),
        ..leaf("root")
    };
    let answer = answered(node.clone()).expect("encoded");
    assert_eq!(OPERATIONS.reply::<Node>(answer).expect("a reply"), node);
}

#[test]
fn other_answers_than_the_reply_are_refused() {
    let other = answered(Node::default()).expect("encoded");
    for (answer, text) in [
        (Answer::Nothing, "but with nothing"),
        (
            Answer::Rows(Relation::from_bytes(Vec::new())),
            "but with rows",
        ),
        (other, "but with a message 'graft.vectors.v1.Node'"),
    ] {
        let error = OPERATIONS.reply::<Enums>(answer).expect_err(text);
        assert_eq!(error.code(), code::ANSWER_UNEXPECTED);
        assert_eq!(
            error.to_string(),
            format!(
                "[GRAFT_ANSWER_UNEXPECTED] The server answered without graft.vectors.v1.Enums, {text}"
            )
        );
    }
    let damaged = Answer::Message(Any {
        type_url: "type.googleapis.com/graft.vectors.v1.Enums".to_owned(),
        value: vec![0xff],
    });
    let error = OPERATIONS.reply::<Enums>(damaged).expect_err("damaged");
    assert_eq!(error.code(), code::BYTES_INVALID);
}

#[test]
fn a_message_of_another_type_is_refused() {
    let wrong = Enums {
        optional_color: None,
        colors: Vec::new(),
        colors_by_name: BTreeMap::new(),
    };
    let error = OPERATIONS.encode(Node::NAME, Values::new().with("child", wrong));
    assert_eq!(
        error.expect_err("a wrong message").to_string(),
        "[GRAFT_FIELD_TYPE] 'child' of graft.vectors.v1.Node must be a message graft.vectors.v1.Node, or its fields, and a \
         message graft.vectors.v1.Enums was given"
    );
}

#[test]
fn well_known_values_come_back_as_rust_has_them() {
    let moment = Timestamp {
        seconds: 5,
        nanos: 7,
    };
    let any = Any {
        type_url: "a/b".to_owned(),
        value: vec![1],
    };
    let values = Values::new()
        .with("timestamp", moment)
        .with("any", any.clone())
        .with("int64_value", i64::MIN)
        .with("mask", ["a", "b.c"])
        .with("list", vec![Value::Null, true.into_value()])
        .with("struct", BTreeMap::from([("k", 0.5)]));
    let name = "graft.vectors.v1.WellKnown";
    let bytes = OPERATIONS.encode(name, values).expect("encoded");
    let mut read = OPERATIONS.decode(name, &bytes).expect("readable");
    assert_eq!(read.take_optional("timestamp"), Some(moment));
    assert_eq!(read.take_optional("any"), Some(any));
    assert_eq!(read.take_optional("int64_value"), Some(i64::MIN));
    assert_eq!(read.take::<Vec<String>>("mask"), ["a", "b.c"]);
    let list = [Value::Null, Value::Bool(true)];
    assert_eq!(read.take::<Vec<Value>>("list"), list);
    let structure = BTreeMap::from([("k".to_owned(), Value::Float(0.5))]);
    assert_eq!(read.take::<BTreeMap<String, Value>>("struct"), structure);
    assert_eq!(read.take_optional::<Timestamp>("duration"), None);
}

#[test]
fn inputs_come_back_as_nodes() {
    let relation = Relation::from_bytes(vec![8, 1]);
    let plan = Plan::from_bytes(relation.plan().expect("a plan"));
    let values = Values::new()
        .with("relations", [&relation, &relation])
        .with("plans", [plan])
        .with(
            "held_expressions_by_name",
            BTreeMap::from([("a", Expression::from("b"))]),
        );
    let name = "graft.vectors.v1.Inputs";
    let bytes = OPERATIONS.encode(name, &values).expect("encoded");
    let mut read = OPERATIONS.decode(name, &bytes).expect("readable");
    assert_eq!(read, values);
    let twice = [relation.clone(), relation.clone()];
    assert_eq!(read.take::<Vec<Relation>>("relations"), twice);
    assert_eq!(read.take::<Vec<Relation>>("plans"), [relation]);
    let command: Command = OPERATIONS.command(name, values).into();
    assert!(command.message().is_ok());
}
