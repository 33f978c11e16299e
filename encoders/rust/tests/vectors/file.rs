use serde_json::{Value as Json, value::Map};

use crate::support;

/// `vectors.json`.
pub struct VectorFile {
    pub descriptors: Vec<u8>,
    pub vectors: Vec<Vector>,
    pub refused: Vec<Vector>,
}

/// A vector, or a case that is refused.
pub struct Vector {
    pub name: String,
    pub kind: String,
    pub message: String,
    pub values: Map<String, Json>,
    pub decoded: Option<Map<String, Json>>,
    pub extension: String,
    pub plan: String,
    pub code: Option<String>,
}

impl VectorFile {
    pub fn read() -> Self {
        let file = support::vectors_json();
        let list = |name: &str| {
            let elements = file[name].as_array().expect("a list");
            elements.iter().map(Vector::of).collect()
        };
        Self {
            descriptors: support::descriptors(),
            vectors: list("vectors"),
            refused: list("refused"),
        }
    }
}

impl Vector {
    fn of(json: &Json) -> Self {
        Self {
            name: text_of(json, "name"),
            kind: text_of(json, "kind"),
            message: text_of(json, "message"),
            values: json["values"].as_object().expect("values").clone(),
            decoded: json["decoded"].as_object().cloned(),
            extension: text_of(json, "extension"),
            plan: text_of(json, "plan"),
            code: json["code"].as_str().map(str::to_owned),
        }
    }
}

fn text_of(json: &Json, name: &str) -> String {
    json[name].as_str().unwrap_or_default().to_owned()
}
