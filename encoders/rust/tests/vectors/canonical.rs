use graft_connect::{Value, Values};

/// A text that is the same for equal messages: -0.0 is not 0.0, NaN is itself, and the order of entries does not matter.
pub fn canonical_message(values: &Values) -> String {
    let fields: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("{name}: {}", canonical(value)))
        .collect();
    format!("{{{}}}", fields.join(", "))
}

fn canonical(value: &Value) -> String {
    match value {
        Value::Float(number) if number.is_nan() => "NaN".to_owned(),
        Value::Float(number) => format!("float {:x}", number.to_bits()),
        Value::List(elements) => {
            let elements: Vec<String> = elements.iter().map(canonical).collect();
            format!("[{}]", elements.join(", "))
        }
        Value::Map(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", canonical(key), canonical(value)))
                .collect();
            entries.sort();
            format!("map {{{}}}", entries.join(", "))
        }
        Value::Message(values) => canonical_message(&without_zeros_of_time(values)),
        Value::Relation(relation) => format!("relation {:?}", relation.bytes().expect("bytes")),
        Value::Expression(expression) => {
            format!("expression {:?}", expression.bytes().expect("bytes"))
        }
        other => format!("{other:?}"),
    }
}

/// `Timestamp` and `Duration` have all their fields in Rust.
fn without_zeros_of_time(values: &Values) -> Values {
    let is_time = values
        .iter()
        .all(|(name, _)| name == "seconds" || name == "nanos");
    let mut result = Values::new();
    for (name, value) in values.iter() {
        if !(is_time && *value == Value::Int(0)) {
            result.set(name.to_owned(), value.clone());
        }
    }
    result
}
