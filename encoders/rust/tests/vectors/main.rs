//! Every vector of `../vectors` to the byte and back; `../vectors/README.md` says what they are.

mod canonical;
mod file;
#[path = "../support/mod.rs"]
mod support;
mod types;
mod user_values;

use graft_connect::{Operations, Result, Values};

use canonical::canonical_message;
use file::{Vector, VectorFile};
use user_values::UserValues;

#[test]
fn every_vector_is_reproduced() {
    let (file, operations) = read();
    assert!(file.vectors.len() >= 142, "{} vectors", file.vectors.len());
    let user = UserValues::of(&file.descriptors);
    for vector in &file.vectors {
        let values = || user.values(&vector.message, &vector.values);
        let extension = operations.encode(&vector.message, values());
        let extension = extension.unwrap_or_else(|error| panic!("{}: {error}", vector.name));
        assert_eq!(hex(&extension), vector.extension, "{}", vector.name);
        let plan = plan(&operations, vector, values());
        let plan = plan.unwrap_or_else(|error| panic!("{}: {error}", vector.name));
        assert_eq!(hex(&plan), vector.plan, "the plan of {}", vector.name);
    }
}

#[test]
fn every_vector_is_decoded_and_encoded_again() {
    let (file, operations) = read();
    let user = UserValues::of(&file.descriptors);
    let mut again = 0;
    for vector in &file.vectors {
        let decoded = operations.decode(&vector.message, &unhex(&vector.extension));
        let decoded = decoded.unwrap_or_else(|error| panic!("{}: {error}", vector.name));
        let wanted = vector.decoded.as_ref().unwrap_or(&vector.values);
        assert_eq!(
            canonical_message(&decoded),
            canonical_message(&user.values(&vector.message, wanted)),
            "{}",
            vector.name
        );
        // What is required and was zero is not in the bytes, so it is missing now; defaults fill in what was zero.
        let changes =
            vector.name.starts_with("zeroInPlaceOf") || vector.name == "defaultsInNestedMessages";
        if let (false, Ok(bytes)) = (changes, operations.encode(&vector.message, decoded)) {
            assert_eq!(hex(&bytes), vector.extension, "{} again", vector.name);
            again += 1;
        }
    }
    assert!(again > file.vectors.len() * 9 / 10, "only {again} again");
}

#[test]
fn every_refused_case_is_refused() {
    let (file, operations) = read();
    assert!(file.refused.len() >= 76, "{} cases", file.refused.len());
    let user = UserValues::of(&file.descriptors);
    for case in &file.refused {
        let refused = operations.encode(&case.message, user.values(&case.message, &case.values));
        let error = refused.expect_err(&case.name);
        let code = case.code.as_deref().unwrap_or_default();
        assert_eq!(error.code(), code, "{}: {error}", case.name);
        assert!(
            error.to_string().starts_with(&format!("[{code}] ")),
            "{error}"
        );
        assert_eq!(error.status(), tonic::Code::Ok);
    }
}

fn read() -> (VectorFile, Operations) {
    let file = VectorFile::read();
    let operations = Operations::read(&file.descriptors);
    let operations = operations.unwrap_or_else(|error| panic!("{error}"));
    (file, operations)
}

fn plan(operations: &Operations, vector: &Vector, values: Values) -> Result<Vec<u8>> {
    match vector.kind.as_str() {
        "relation" => operations.relation(&vector.message, values)?.plan(),
        "expression" => operations.expression(&vector.message, values)?.plan(),
        _ => operations.command(&vector.message, values)?.plan(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex"))
        .collect()
}
