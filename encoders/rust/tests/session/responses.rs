use std::sync::Arc;

use graft_connect::Any;
use graft_connect::arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use graft_connect::spark::execute_plan_response::{ArrowBatch, ResponseType};
use graft_connect::spark::{DataType, ExecutePlanResponse, data_type};

/// Of the columns `id` and `name`.
pub fn struct_type() -> DataType {
    let field = |name: &str| data_type::StructField {
        name: name.to_owned(),
        ..data_type::StructField::default()
    };
    DataType {
        kind: Some(data_type::Kind::Struct(data_type::Struct {
            fields: vec![field("id"), field("name")],
            ..data_type::Struct::default()
        })),
    }
}

pub fn schema_only() -> ExecutePlanResponse {
    ExecutePlanResponse {
        schema: Some(struct_type()),
        ..ExecutePlanResponse::default()
    }
}

pub fn batch(stream: &[u8]) -> ExecutePlanResponse {
    answer(ResponseType::ArrowBatch(ArrowBatch {
        data: stream.to_vec().into(),
        ..ArrowBatch::default()
    }))
}

pub fn chunk(part: &[u8], index: i64, count: i64) -> ExecutePlanResponse {
    answer(ResponseType::ArrowBatch(ArrowBatch {
        data: part.to_vec().into(),
        chunk_index: Some(index),
        num_chunks_in_batch: Some(count),
        ..ArrowBatch::default()
    }))
}

pub fn extension(message: Any) -> ExecutePlanResponse {
    answer(ResponseType::Extension(message))
}

pub fn answer(response_type: ResponseType) -> ExecutePlanResponse {
    ExecutePlanResponse {
        response_type: Some(response_type),
        ..ExecutePlanResponse::default()
    }
}

/// A row for each name, with its position as the id.
pub fn arrow_stream(names: &[&str]) -> Vec<u8> {
    let ids: Int64Array = (0..).take(names.len()).map(Some).collect();
    let columns: [(&str, ArrayRef); 2] = [
        ("id", Arc::new(ids)),
        ("name", Arc::new(StringArray::from(names.to_vec()))),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let mut stream = Vec::new();
    let mut writer =
        arrow_ipc::writer::StreamWriter::try_new(&mut stream, &batch.schema()).expect("a writer");
    writer.write(&batch).expect("written");
    writer.finish().expect("finished");
    drop(writer);
    stream
}

/// The names in batches of [`arrow_stream`].
pub fn names(batches: &[RecordBatch]) -> Vec<String> {
    batches
        .iter()
        .flat_map(|batch| {
            let names = batch.column(1).as_any().downcast_ref::<StringArray>();
            names
                .expect("texts")
                .iter()
                .map(|name| name.unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}
