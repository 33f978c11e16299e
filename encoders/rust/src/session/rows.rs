use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::StreamDecoder;
use arrow_schema::ArrowError;
use bytes::Bytes;
use prost::Message;
use tonic::Streaming;

use super::failure;
use super::messages::{ExecutePlanResponse, ResponseType};
use crate::error::{Error, Result, code};
use crate::spark::DataType;
use crate::wire::{WireReader, WireType};

/// What a plan has returned: its schema, and Arrow record batches that are read as they arrive.
///
/// ```
/// # async fn example(mut rows: graft_connect::Rows) -> graft_connect::Result<()> {
/// while let Some(batch) = rows.next().await? {
///     println!("{} rows", batch.num_rows());
/// }
/// # Ok(())
/// # }
/// ```
///
/// The server waits while nobody reads. Dropping the rows ends the request if it still runs.
pub struct Rows {
    responses: Responses,
    schema: Option<Bytes>,
    columns: Vec<String>,
    /// The first Arrow stream, until it is read.
    waiting: Option<Bytes>,
    reader: Option<BatchReader>,
}

/// The answers to one plan, as they come; none after the end.
pub(super) struct Responses(pub Option<Streaming<ExecutePlanResponse>>);

impl Responses {
    pub async fn next(&mut self) -> Result<Option<ExecutePlanResponse>> {
        let Some(stream) = &mut self.0 else {
            return Ok(None);
        };
        let next = stream.message().await.map_err(failure::of_status);
        if !matches!(next, Ok(Some(_))) {
            self.0 = None;
        }
        next
    }
}

impl Rows {
    /// Reads as far as the first rows, so that a plan which is refused fails here.
    pub(super) async fn open(responses: Responses) -> Result<Self> {
        let mut rows = Self {
            responses,
            schema: None,
            columns: Vec::new(),
            waiting: None,
            reader: None,
        };
        rows.waiting = rows.next_stream().await?;
        rows.columns = match (&rows.schema, &rows.waiting) {
            (Some(schema), _) => column_names(schema).ok_or_else(|| {
                failure::data_loss("The server's schema is not readable".to_owned(), None)
            })?,
            (None, Some(stream)) => BatchReader::new(stream).column_names()?,
            (None, None) => Vec::new(),
        };
        Ok(rows)
    }

    /// The names of the columns, in order. They need not differ from one another.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The schema as the server gave it, a struct type; `None` if it sent none with the rows.
    ///
    /// # Errors
    /// `GRAFT_BYTES_INVALID` if it is nested too deep for prost.
    pub fn schema(&self) -> Result<Option<DataType>> {
        self.schema.clone().map(data_type).transpose()
    }

    /// Waits for the next batch; `None` at the end, and after an error.
    ///
    /// # Errors
    /// What ended the rows before their end: the server's error, or rows that are not whole or not readable.
    pub async fn next(&mut self) -> Result<Option<RecordBatch>> {
        let next = self.next_batch().await;
        if next.is_err() {
            self.responses.0 = None;
            self.reader = None;
        }
        next
    }

    /// Waits for all batches that are still to come.
    ///
    /// # Errors
    /// As [`next`](Self::next) says.
    pub async fn collect(mut self) -> Result<Vec<RecordBatch>> {
        let mut batches = Vec::new();
        while let Some(batch) = self.next().await? {
            batches.push(batch);
        }
        Ok(batches)
    }

    async fn next_batch(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            if let Some(reader) = &mut self.reader {
                if let Some(batch) = reader.next()? {
                    return Ok(Some(batch));
                }
                self.reader = None;
            }
            let stream = match self.waiting.take() {
                Some(first) => Some(first),
                None => self.next_stream().await?,
            };
            match stream {
                Some(stream) => self.reader = Some(BatchReader::new(&stream)),
                None => return Ok(None),
            }
        }
    }

    /// The next whole Arrow stream, of which Spark sends one for each batch.
    async fn next_stream(&mut self) -> Result<Option<Bytes>> {
        let mut pieces: Vec<Bytes> = Vec::new();
        while let Some(response) = self.responses.next().await? {
            if response.schema.is_some() {
                self.schema = response.schema;
            }
            let Some(ResponseType::ArrowBatch(batch)) = response.response_type else {
                continue;
            };
            let due = i64::try_from(pieces.len()).unwrap_or(i64::MAX);
            let index = batch.chunk_index.unwrap_or(0);
            if index != due {
                return Err(lost(&format!(
                    "chunk {due} of a batch was due, and {index} came"
                )));
            }
            pieces.push(batch.data);
            // Servers before 4.1 leave the count out.
            if due + 1 >= batch.num_chunks_in_batch.unwrap_or(0) {
                return Ok(Some(match pieces.as_slice() {
                    [whole] => whole.clone(),
                    _ => pieces.concat().into(),
                }));
            }
        }
        if pieces.is_empty() {
            Ok(None)
        } else {
            Err(lost(&format!(
                "the answer ended within a batch, after {} of its chunks",
                pieces.len()
            )))
        }
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Rows")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// Reads the batches of one Arrow stream.
struct BatchReader {
    decoder: StreamDecoder,
    left: Buffer,
}

impl BatchReader {
    fn new(stream: &Bytes) -> Self {
        Self {
            decoder: StreamDecoder::new(),
            left: Buffer::from(stream.clone()),
        }
    }

    fn next(&mut self) -> Result<Option<RecordBatch>> {
        // Arrow panics at some of what is damaged. No server shall end its clients' tasks by that; after an error the reader
        // is not used again.
        let read = catch_unwind(AssertUnwindSafe(|| self.read()));
        let damaged = || Err(ArrowError::IpcError("they are damaged".to_owned()));
        read.unwrap_or_else(|_| damaged()).map_err(unreadable)
    }

    fn read(&mut self) -> std::result::Result<Option<RecordBatch>, ArrowError> {
        if let Some(batch) = self.decoder.decode(&mut self.left)? {
            return Ok(Some(batch));
        }
        self.decoder.finish()?;
        match self.decoder.schema() {
            Some(_) => Ok(None),
            None => Err(ArrowError::IpcError(
                "there is no schema in them".to_owned(),
            )),
        }
    }

    fn column_names(mut self) -> Result<Vec<String>> {
        self.next()?;
        let schema = self.decoder.schema();
        let fields = schema.iter().flat_map(|schema| schema.fields());
        Ok(fields.map(|field| field.name().clone()).collect())
    }
}

/// Parses a `spark.connect.DataType`.
pub(super) fn data_type(bytes: Bytes) -> Result<DataType> {
    DataType::decode(bytes).map_err(|failure| {
        let text = format!("The server's schema is not readable: {failure}");
        Error::caused(code::BYTES_INVALID, text, failure)
    })
}

/// The names of the fields of a `spark.connect.DataType` that is a struct, however deep it is; none if it is no message.
fn column_names(data_type: &[u8]) -> Option<Vec<String>> {
    const STRUCT: u32 = 21;
    const FIELDS: u32 = 1;
    const NAME: u32 = 1;
    let mut names = Vec::new();
    for structure in messages(data_type, STRUCT)? {
        for field in messages(structure, FIELDS)? {
            let name = messages(field, NAME)?.pop().unwrap_or_default();
            names.push(String::from_utf8(name.to_vec()).ok()?);
        }
    }
    Some(names)
}

fn messages(bytes: &[u8], number: u32) -> Option<Vec<&[u8]>> {
    let mut found = Vec::new();
    let mut reader = WireReader::new(bytes);
    while let Some(field) = reader.next_field().ok()? {
        if field.number == number && field.wire_type == WireType::Bytes {
            found.push(field.bytes);
        }
    }
    Some(found)
}

fn lost(what: &str) -> Error {
    failure::data_loss(format!("The server's rows are not whole: {what}"), None)
}

fn unreadable(cause: ArrowError) -> Error {
    let text = format!("The server's rows are not readable as Arrow data: {cause}");
    failure::data_loss(text, Some(Box::new(cause)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Int64Array, StringArray};

    use super::*;

    fn stream() -> Vec<u8> {
        let columns: [(&str, ArrayRef); 2] = [
            ("id", Arc::new(Int64Array::from(vec![1, 2]))),
            ("name", Arc::new(StringArray::from(vec!["a", "b"]))),
        ];
        let batch = RecordBatch::try_from_iter(columns).expect("a batch");
        let mut stream = Vec::new();
        let mut writer = arrow_ipc::writer::StreamWriter::try_new(&mut stream, &batch.schema())
            .expect("a writer");
        writer.write(&batch).expect("written");
        writer.finish().expect("finished");
        drop(writer);
        stream
    }

    fn rows(stream: Vec<u8>) -> Result<usize> {
        let mut reader = BatchReader::new(&stream.into());
        let mut rows = 0;
        while let Some(batch) = reader.next()? {
            rows += batch.num_rows();
        }
        Ok(rows)
    }

    #[test]
    fn damaged_batches_are_errors_and_never_panics() {
        assert_eq!(rows(stream()).expect("undamaged"), 2);
        let mut errors = 0;
        for at in 0..stream().len() {
            for damage in [0x01, 0x80, 0xff] {
                let mut damaged = stream();
                damaged[at] ^= damage;
                if let Err(error) = rows(damaged) {
                    assert_eq!(error.status(), tonic::Code::DataLoss);
                    errors += 1;
                }
            }
        }
        assert!(errors > 100, "{errors} errors");
    }
}
