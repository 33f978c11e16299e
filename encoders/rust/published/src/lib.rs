//! Extensions in the plans of Apache's own Rust client: what `graft-connect` makes is bytes, and any client can send them.

use std::error::Error;

use graft_connect::Relation;
use prost::Message;
use spark_connect_core::SparkConnectClient;
use spark_connect_proto::spark::connect::{
    ExecutePlanRequest, ExecutePlanResponse, Plan, UserContext,
};

/// Runs a relation in the session of Apache's client, and reads all of its responses.
///
/// # Errors
/// What the relation was made from was refused, or the client's own error.
pub async fn responses(
    client: &SparkConnectClient,
    relation: &Relation,
) -> Result<Vec<ExecutePlanResponse>, Box<dyn Error>> {
    let user = client.user_id().unwrap_or_default().to_owned();
    let request = ExecutePlanRequest {
        session_id: client.session_id().to_owned(),
        user_context: Some(UserContext {
            user_id: user.clone(),
            user_name: user,
            extensions: Vec::new(),
        }),
        plan: Some(Plan::decode(relation.plan()?.as_slice())?),
        ..ExecutePlanRequest::default()
    };
    let mut stream = client.execute_plan(request).await?;
    let mut responses = Vec::new();
    while let Some(response) = stream.message().await? {
        responses.push(response);
    }
    Ok(responses)
}

#[cfg(test)]
mod tests {
    use graft_connect::{Operations, Values};
    use spark_connect_core::ChannelBuilder;
    use spark_connect_proto::spark::connect::execute_plan_response::ResponseType;

    use super::*;

    /// `graft.v1.ListExtensions`, which every server with Graft has.
    fn list_of_extensions() -> Relation {
        // A file "list.proto" with the package graft.v1 and the message ListExtensions { bool with_descriptors = 1; }
        let operations = Operations::embedded(concat!(
            "CkoKCmxpc3QucHJvdG8SCGdyYWZ0LnYxIioKDkxpc3RFeHRlbnNpb25zEhgK",
            "EHdpdGhfZGVzY3JpcHRvcnMYASABKAhiBnByb3RvMw==",
        ));
        let values = Values::new().with("with_descriptors", false);
        operations
            .relation("graft.v1.ListExtensions", values)
            .expect("a relation")
    }

    #[test]
    fn the_plan_is_one_of_apaches() {
        let plan = list_of_extensions().plan().expect("a plan");
        let read = Plan::decode(plan.as_slice()).expect("a plan of Apache's client");
        assert_eq!(read.encode_to_vec(), plan);
    }

    /// Without `SPARK_REMOTE` nothing is run; in CI it has to be there.
    #[tokio::test]
    async fn a_server_answers_apaches_client() {
        let Ok(remote) = std::env::var("SPARK_REMOTE") else {
            assert!(std::env::var("CI").is_err(), "SPARK_REMOTE names no server");
            return;
        };
        let builder = ChannelBuilder::parse(&remote).expect("a connection string");
        let client = SparkConnectClient::connect(&builder)
            .await
            .expect("a client");
        let responses = responses(&client, &list_of_extensions())
            .await
            .expect("rows");
        let rows: i64 = responses
            .iter()
            .map(|response| match &response.response_type {
                Some(ResponseType::ArrowBatch(batch)) => batch.row_count,
                _ => 0,
            })
            .sum();
        assert!(rows > 0);
    }
}
