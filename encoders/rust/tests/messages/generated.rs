//! Messages that are damaged in every way: what is read is written again, and as prost reads it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use graft_connect::{Operations, Session};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use prost::Message;

use crate::support;

/// `graft.vectors.v1.Scalars`, as prost has it.
#[derive(Clone, PartialEq, Message)]
#[expect(clippy::struct_field_names)]
struct Scalars {
    #[prost(double, tag = "1")]
    double_value: f64,
    #[prost(float, tag = "2")]
    float_value: f32,
    #[prost(int32, tag = "3")]
    int32_value: i32,
    #[prost(int64, tag = "4")]
    int64_value: i64,
    #[prost(uint32, tag = "5")]
    uint32_value: u32,
    #[prost(uint64, tag = "6")]
    uint64_value: u64,
    #[prost(sint32, tag = "7")]
    sint32_value: i32,
    #[prost(sint64, tag = "8")]
    sint64_value: i64,
    #[prost(fixed32, tag = "9")]
    fixed32_value: u32,
    #[prost(fixed64, tag = "10")]
    fixed64_value: u64,
    #[prost(sfixed32, tag = "11")]
    sfixed32_value: i32,
    #[prost(sfixed64, tag = "12")]
    sfixed64_value: i64,
    #[prost(bool, tag = "13")]
    bool_value: bool,
    #[prost(string, tag = "14")]
    string_value: String,
    #[prost(bytes = "vec", tag = "15")]
    bytes_value: Vec<u8>,
}

/// `graft.vectors.v1.Node`, as prost has it; its map as the entries, since prost reads maps whatever their wire type says.
#[derive(Clone, PartialEq, Message)]
struct Node {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(message, optional, boxed, tag = "2")]
    child: Option<Box<Node>>,
    #[prost(message, repeated, tag = "3")]
    children: Vec<Node>,
    #[prost(message, repeated, tag = "4")]
    children_by_name: Vec<Entry>,
}

#[derive(Clone, PartialEq, Message)]
struct Entry {
    #[prost(string, tag = "1")]
    key: String,
    #[prost(message, optional, boxed, tag = "2")]
    value: Option<Box<Node>>,
}

/// A text that is the same for equal messages: -0.0 is not 0.0, NaN is itself, and of a map's entries the last counts.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Scalars {
    fn shown(&self) -> String {
        format!("{self:?}")
    }
}

impl Shown for Node {
    fn shown(&self) -> String {
        let child = self
            .child
            .as_ref()
            .map_or_else(String::new, |child| child.shown());
        let children: Vec<String> = self.children.iter().map(Shown::shown).collect();
        let entries = self.children_by_name.iter().map(|entry| {
            let value = entry.value.clone().unwrap_or_default();
            (&entry.key, format!("{:?}: {}", entry.key, value.shown()))
        });
        let entries: Vec<String> = entries.collect::<BTreeMap<_, _>>().into_values().collect();
        // Not by the texts' own Debug, which would double every backslash on every level.
        let (children, entries) = (children.join(", "), entries.join(", "));
        format!("{{{:?} ({child}) [{children}] {{{entries}}}}}", self.name)
    }
}

/// Vectors of a message, put together and then damaged.
fn damaged(message: &'static str) -> impl Strategy<Value = (String, Vec<u8>)> {
    let json = support::vectors_json();
    let vectors = json["vectors"].as_array().expect("a list");
    let named = |vector: &&serde_json::Value| {
        vector["message"]
            .as_str()
            .is_some_and(|name| name.contains(message))
    };
    let samples: Vec<(String, Vec<u8>)> = vectors
        .iter()
        .filter(named)
        .map(|vector| {
            let hex = vector["extension"].as_str().expect("a text");
            let bytes = (0..hex.len()).step_by(2);
            let bytes = bytes.map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"));
            let name = vector["message"].as_str().expect("a text");
            (name.to_owned(), bytes.collect())
        })
        .collect();
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    let sample = prop::sample::select(samples.clone());
    (
        sample,
        prop::sample::select(samples),
        edits,
        any::<prop::sample::Index>(),
        0..3_u8,
    )
        .prop_map(|((name, mut bytes), (_, more), edits, end, sort)| {
            if sort == 0 {
                bytes.extend(more);
            }
            if !bytes.is_empty() {
                for (at, byte) in edits {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
                if sort == 1 {
                    bytes.truncate(end.index(bytes.len()));
                }
            }
            (name, bytes)
        })
}

static DESCRIPTORS: LazyLock<Vec<u8>> = LazyLock::new(support::descriptors);

static OPERATIONS: LazyLock<Operations> =
    LazyLock::new(|| Operations::read(&DESCRIPTORS).expect("descriptors"));

/// What prost reads of the bytes, and of what is written of them, is the same.
fn agrees_with_prost<M: Message + Default + Shown>(name: &str, bytes: &[u8]) {
    let (ours, theirs) = (OPERATIONS.decode(name, bytes), M::decode(bytes));
    // prost refuses fields of another wire type, and goes less deep.
    if let Ok(theirs) = theirs {
        let ours = ours.expect("prost reads it");
        let again = OPERATIONS.encode(name, ours).expect("it was read");
        let again = M::decode(again.as_slice()).expect("it was written");
        assert_eq!(again.shown(), theirs.shown());
    }
}

/// A number in the environment, which every language's tests read: the run's seed, and how many
/// times as often as usual something is tried.
fn environment(name: &str) -> i64 {
    let text = std::env::var(name).unwrap_or_default();
    if text.is_empty() {
        1
    } else {
        text.parse().expect(name)
    }
}

/// An ordinary run draws the same each time.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256
            * u32::try_from(environment("GRAFT_TEST_EFFORT")).expect("an effort of 1 or more"),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(environment("GRAFT_TEST_SEED").cast_unsigned()),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_read_is_written_again((name, bytes) in damaged("")) {
        if let Ok(values) = OPERATIONS.decode(&name, &bytes)
            && let Ok(first) = OPERATIONS.encode(&name, values)
        {
            let again = OPERATIONS.decode(&name, &first).expect("it was written");
            let second = OPERATIONS.encode(&name, again).expect("it was read");
            prop_assert_eq!(first, second);
        }
    }

    #[test]
    fn scalars_are_read_as_prost_reads_them((name, bytes) in damaged("v1.Scalars")) {
        agrees_with_prost::<Scalars>(&name, &bytes);
    }

    #[test]
    fn nodes_are_read_as_prost_reads_them((name, bytes) in damaged("v1.Node")) {
        agrees_with_prost::<Node>(&name, &bytes);
    }

    #[test]
    fn no_descriptor_set_panics(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40)
    ) {
        let mut set = DESCRIPTORS.clone();
        for (at, byte) in edits {
            let at = at.index(set.len());
            set[at] = byte;
        }
        if let Ok(operations) = Operations::read(&set) {
            for name in operations.names() {
                drop(operations.encode(name, graft_connect::Values::new()));
                drop(operations.decode(name, &set));
            }
        }
    }

    #[test]
    fn no_connection_string_panics(text in "(sc://)?[a-z0-9.:@\\[\\]/é%?#]{0,12}(;[a-z_]{0,9}=?[a-z%0-9é]{0,6}){0,3}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        drop(runtime.block_on(Session::connect(&text)));
    }
}
