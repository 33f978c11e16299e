//! `../vectors/vectors.json`, as several tests want it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Deserializer, Value as Json};

/// The whole file.
pub fn vectors_json() -> Json {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/vectors.json");
    let text = std::fs::read_to_string(path).expect(path);
    let mut json = Deserializer::from_str(&text);
    // One vector nests deeper than the reader goes by itself.
    json.disable_recursion_limit();
    <Json as serde::Deserialize>::deserialize(&mut json).expect("JSON")
}

/// A `google.protobuf.FileDescriptorSet` of the vectors' messages.
pub fn descriptors() -> Vec<u8> {
    let json = vectors_json();
    let text = json["descriptors"].as_str().expect("a text");
    STANDARD.decode(text).expect("base64")
}
