//! Spark's requests and responses, as far as a session needs them. Plans, relations and schemas in them stay bytes: they
//! may come from a newer Spark, or be deeper than prost reads.

use prost::{Message, Oneof};
use prost_types::Any;

use crate::spark::{UserContext, execute_plan_request, execute_plan_response};

#[derive(Clone, PartialEq, Message)]
pub(super) struct ExecutePlanRequest {
    #[prost(string, tag = "1")]
    pub session_id: String,
    #[prost(message, optional, tag = "2")]
    pub user_context: Option<UserContext>,
    #[prost(bytes = "vec", tag = "3")]
    pub plan: Vec<u8>,
    #[prost(string, tag = "4")]
    pub client_type: String,
    #[prost(message, repeated, tag = "5")]
    pub request_options: Vec<execute_plan_request::RequestOption>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct ExecutePlanResponse {
    #[prost(bytes = "bytes", optional, tag = "7")]
    pub schema: Option<bytes::Bytes>,
    #[prost(oneof = "ResponseType", tags = "2, 5, 999")]
    pub response_type: Option<ResponseType>,
}

#[derive(Clone, PartialEq, Oneof)]
pub(super) enum ResponseType {
    #[prost(message, tag = "2")]
    ArrowBatch(execute_plan_response::ArrowBatch),
    #[prost(message, tag = "5")]
    SqlCommandResult(SqlCommandResult),
    #[prost(message, tag = "999")]
    Extension(Any),
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct SqlCommandResult {
    #[prost(bytes = "bytes", optional, tag = "1")]
    pub relation: Option<bytes::Bytes>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct AnalyzePlanRequest {
    #[prost(string, tag = "1")]
    pub session_id: String,
    #[prost(message, optional, tag = "2")]
    pub user_context: Option<UserContext>,
    #[prost(string, tag = "3")]
    pub client_type: String,
    #[prost(message, optional, tag = "4")]
    pub schema: Option<SchemaRequest>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct SchemaRequest {
    #[prost(bytes = "vec", tag = "1")]
    pub plan: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct AnalyzePlanResponse {
    #[prost(message, optional, tag = "2")]
    pub schema: Option<SchemaResponse>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct SchemaResponse {
    #[prost(bytes = "bytes", optional, tag = "1")]
    pub schema: Option<bytes::Bytes>,
}
