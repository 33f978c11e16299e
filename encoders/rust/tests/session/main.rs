//! Sessions against a server in this process.

mod artifacts;
mod failures;
mod fake_server;
mod responses;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use graft_connect::spark::execute_plan_response::{ResponseType, SqlCommandResult};
use graft_connect::spark::{self, relation::RelType};
use graft_connect::{Answer, Any, Command, Error, Operations, Relation, Values, code};
use prost::Message;
use tonic::{Code, Status};

use fake_server::{FakeServer, Script};
use responses::{answer, arrow_stream, batch, chunk, extension, names, schema_only, struct_type};

/// A relation that is a range, with a field that nobody knows.
fn plan() -> Relation {
    let mut bytes = range().encode_to_vec();
    bytes.extend([0xfa, 0x7f, 0x01, 0x09]);
    Relation::from_bytes(bytes)
}

fn range() -> spark::Relation {
    let range = spark::Range {
        end: 3,
        ..spark::Range::default()
    };
    spark::Relation {
        rel_type: Some(RelType::Range(range)),
        common: None,
    }
}

fn command() -> Command {
    Command::from_bytes(vec![0xba, 0x3e, 0x00])
}

const INPUTS: &str = "graft.vectors.v1.Inputs";

fn operations() -> Operations {
    Operations::read(&support::descriptors()).expect("descriptors")
}

fn require_code<T>(result: Result<T, Error>, code: &str) -> Error {
    match result {
        Ok(_) => panic!("not refused with {code}"),
        Err(error) => {
            assert_eq!(error.code(), code, "{error}");
            error
        }
    }
}

#[tokio::test]
async fn batches_are_read_one_after_the_other() {
    let server = FakeServer::answering([
        schema_only(),
        batch(&arrow_stream(&["a", ""])),
        batch(&arrow_stream(&[])),
        batch(&arrow_stream(&["c"])),
    ])
    .await;
    let session = server
        .connect(";user_id=ada;x-team=data;token=t;use_ssl=false")
        .await;
    let mut rows = session.rows(plan()).await.expect("rows");
    assert_eq!(rows.columns(), ["id", "name"]);
    assert_eq!(rows.schema().expect("readable"), Some(struct_type()));
    let mut batches = Vec::new();
    while let Some(batch) = rows.next().await.expect("a batch") {
        batches.push(batch);
    }
    assert_eq!(names(&batches), ["a", "", "c"]);
    assert!(rows.next().await.expect("the end").is_none());

    let seen = server.seen();
    let [request] = seen.executed.as_slice() else {
        panic!("{} requests", seen.executed.len());
    };
    let sent = request.plan.clone().expect("a plan");
    let root = Some(spark::plan::OpType::Root(range()));
    assert_eq!(sent.op_type, root);
    assert_eq!(request.session_id, session.id());
    assert_eq!(request.client_type.as_deref(), Some("graft-encoder-rust"));
    let user = request.user_context.clone().expect("a user");
    assert_eq!(
        (user.user_id.as_str(), user.user_name.as_str()),
        ("ada", "ada")
    );
    let [option] = request.request_options.as_slice() else {
        panic!("{} options", request.request_options.len());
    };
    let Some(spark::execute_plan_request::request_option::RequestOption::ResultChunkingOptions(
        chunking,
    )) = &option.request_option
    else {
        panic!("{option:?}");
    };
    assert!(chunking.allow_arrow_batch_chunking);
    assert_eq!(chunking.preferred_arrow_chunk_size, Some(117_440_512));
    let header = |name: &str| {
        seen.headers[0]
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    assert_eq!(header("x-team"), Some("data"));
    assert_eq!(header("authorization"), Some("Bearer t"));
    assert!(header("user-agent").is_some_and(|agent| agent.starts_with("graft-encoder-rust ")));
}

#[tokio::test]
async fn no_batch_at_all_is_no_row() {
    let server = FakeServer::answering([schema_only()]).await;
    let rows = server.connect("").await.rows(plan()).await.expect("rows");
    assert_eq!(rows.columns(), ["id", "name"]);
    assert!(rows.collect().await.expect("the end").is_empty());
}

#[tokio::test]
async fn column_names_come_from_arrow_where_the_server_sends_no_schema() {
    let server = FakeServer::answering([batch(&arrow_stream(&["a"]))]).await;
    let rows = server.connect("").await.rows(plan()).await.expect("rows");
    assert_eq!(rows.schema().expect("readable"), None);
    assert_eq!(rows.columns(), ["id", "name"]);
    assert_eq!(names(&rows.collect().await.expect("batches")), ["a"]);
}

#[tokio::test]
async fn chunks_are_put_together() {
    let whole = arrow_stream(&["a", "b"]);
    let (head, tail) = whole.split_at(whole.len() / 2);
    let server = FakeServer::answering([
        schema_only(),
        chunk(head, 0, 2),
        chunk(tail, 1, 2),
        batch(&arrow_stream(&["c"])),
    ])
    .await;
    let rows = server.connect("").await.rows(plan()).await.expect("rows");
    assert_eq!(
        names(&rows.collect().await.expect("batches")),
        ["a", "b", "c"]
    );
}

#[tokio::test]
async fn a_missing_chunk_is_an_error() {
    let whole = arrow_stream(&["a", "b"]);
    for (wanted, responses) in [
        (
            "The server's rows are not whole: the answer ended within a batch, after 1 of its chunks",
            vec![schema_only(), chunk(&whole, 0, 2)],
        ),
        (
            "The server's rows are not whole: chunk 1 of a batch was due, and 2 came",
            vec![schema_only(), chunk(&whole, 0, 3), chunk(&whole, 2, 3)],
        ),
    ] {
        let server = FakeServer::answering(responses).await;
        let error = require_code(server.connect("").await.rows(plan()).await, "");
        assert_eq!(error.to_string(), wanted);
        assert_eq!(error.status(), Code::DataLoss);
    }
}

#[tokio::test]
async fn what_is_not_arrow_is_an_error() {
    let whole = arrow_stream(&["a", "b"]);
    let damaged: [&[u8]; 4] = [&[], &[1, 2, 3], &whole[..whole.len() / 2], &[0xff; 300]];
    for bytes in damaged {
        let server = FakeServer::answering([schema_only(), batch(bytes)]).await;
        let mut rows = server.connect("").await.rows(plan()).await.expect("rows");
        let error = require_code(rows.next().await, "");
        let said = error.to_string();
        assert!(
            said.starts_with("The server's rows are not readable as Arrow data: "),
            "{said}"
        );
        assert!(rows.next().await.expect("the end").is_none());
    }
}

#[tokio::test]
async fn dropping_rows_early_cancels_the_request() {
    let server = FakeServer::start(Script {
        responses: vec![schema_only(), batch(&arrow_stream(&["a"]))],
        never_ending: true,
        ..Script::default()
    })
    .await;
    let session = server.connect("").await;
    let mut rows = session.rows(plan()).await.expect("rows");
    assert!(rows.next().await.expect("a batch").is_some());
    drop(rows);
    let cancelled = tokio::time::timeout(Duration::from_secs(10), server.cancelled()).await;
    assert!(cancelled.is_ok(), "the request still runs");
}

#[tokio::test]
async fn an_answer_that_is_not_the_promised_rows_is_refused() {
    let operations = Operations::read(&support::descriptors()).expect("descriptors");
    let promising = operations
        .command("graft.vectors.v3.Delimited", Values::new())
        .expect("a command");
    let nothing = FakeServer::answering([]).await;
    let said = nothing.connect("").await.execute(&promising).await;
    let error = said.expect_err("nothing is refused");
    assert_eq!(error.code(), code::ANSWER_UNEXPECTED);
    let text = error.to_string();
    assert!(
        text.contains("graft.vectors.v3.Delimited with nothing, and not with the rows"),
        "{text}"
    );

    let result = SqlCommandResult {
        relation: Some(range()),
    };
    let server = FakeServer::answering([answer(ResponseType::SqlCommandResult(result))]).await;
    let said = server.connect("").await.execute(&promising).await;
    assert!(matches!(said, Ok(Answer::Rows(_))));
}

#[tokio::test]
async fn commands_answer_in_three_ways() {
    let nothing = FakeServer::answering([]).await;
    let said = nothing.connect("").await.execute(command()).await;
    assert_eq!(said.expect("an answer"), Answer::Nothing);
    let sent = nothing
        .seen()
        .executed
        .remove(0)
        .plan
        .and_then(|plan| plan.op_type);
    let Some(spark::plan::OpType::Command(sent)) = sent else {
        panic!("{sent:?}");
    };
    assert!(matches!(
        sent.command_type,
        Some(spark::command::CommandType::Extension(_))
    ));

    let result = SqlCommandResult {
        relation: Some(range()),
    };
    let server = FakeServer::answering([answer(ResponseType::SqlCommandResult(result))]).await;
    let session = server.connect("").await;
    let Ok(Answer::Rows(rows)) = session.execute(command()).await else {
        panic!("no rows");
    };
    assert_eq!(rows.message().expect("a relation"), range());
    require_code(
        server.connect("").await.rows(&rows).await,
        code::SESSION_MISMATCH,
    );

    let message = Any {
        type_url: "type.googleapis.com/a.B".to_owned(),
        value: vec![8, 7],
    };
    let server = FakeServer::answering([extension(message.clone())]).await;
    let said = server.connect("").await.execute(&command()).await;
    assert_eq!(said.expect("an answer"), Answer::Message(message));
}

#[tokio::test]
async fn a_command_that_fails_after_its_answer_fails() {
    let server = FakeServer::start(Script {
        responses: vec![extension(Any::default())],
        failure: Some(Status::internal("[GRAFT_X] no")),
        ..Script::default()
    })
    .await;
    require_code(server.connect("").await.execute(command()).await, "GRAFT_X");
}

#[tokio::test]
async fn the_list_of_extensions_is_an_extension() {
    let server = FakeServer::answering([schema_only(), batch(&arrow_stream(&["a"]))]).await;
    let session = server.connect("").await;
    for with_descriptors in [true, false] {
        let rows = session.extensions(with_descriptors).await.expect("rows");
        assert_eq!(names(&rows.collect().await.expect("batches")), ["a"]);
        let plan = server
            .seen()
            .executed
            .remove(0)
            .plan
            .and_then(|plan| plan.op_type);
        let Some(spark::plan::OpType::Root(root)) = plan else {
            panic!("{plan:?}");
        };
        let Some(RelType::Extension(listed)) = root.rel_type else {
            panic!("{root:?}");
        };
        assert_eq!(
            listed.type_url,
            "type.googleapis.com/graft.v1.ListExtensions"
        );
        let fields: &[u8] = if with_descriptors { &[8, 1] } else { &[] };
        assert_eq!(listed.value, fields);
    }
}

#[tokio::test]
async fn schema_is_what_the_server_says() {
    let server = FakeServer::answering([]).await;
    let session = server.connect("").await;
    let schema = session.schema(plan()).await.expect("a schema");
    assert_eq!(schema, Some(struct_type()));
    let request = server.seen().analyzed.remove(0);
    assert_eq!(request.session_id, session.id());
    assert_eq!(request.client_type.as_deref(), Some("graft-encoder-rust"));
    let Some(spark::analyze_plan_request::Analyze::Schema(schema)) = request.analyze else {
        panic!("{request:?}");
    };
    let plan = schema.plan.and_then(|plan| plan.op_type);
    assert_eq!(plan, Some(spark::plan::OpType::Root(range())));
}

#[tokio::test]
async fn relations_of_a_session_are_sparks_own() {
    let server = FakeServer::answering([]).await;
    let session = server.connect("").await;
    let Some(RelType::Sql(sql)) = message(&session.sql("SELECT 1")).rel_type else {
        panic!("no query");
    };
    assert_eq!(sql.query, "SELECT 1");
    let Some(RelType::Read(read)) = message(&session.table("a.`b c`")).rel_type else {
        panic!("no table");
    };
    let Some(spark::read::ReadType::NamedTable(table)) = read.read_type else {
        panic!("no named table");
    };
    assert_eq!(table.unparsed_identifier, "a.`b c`");
    let Some(RelType::Range(range)) = message(&session.range(0, 9, 2)).rel_type else {
        panic!("no range");
    };
    assert_eq!((range.start, range.end, range.step), (Some(0), 9, 2));
}

fn message(relation: &Relation) -> spark::Relation {
    relation.message().expect("a relation")
}

#[tokio::test]
async fn closing_releases_the_session_once() {
    let server = FakeServer::answering([]).await;
    let session = server.connect("").await;
    session.close().await;
    session.clone().close().await;
    let released = server.seen().released;
    assert_eq!(released.len(), 1);
    assert_eq!(released[0].session_id, session.id());
    let error = require_code(session.rows(plan()).await, "");
    assert_eq!(error.status(), Code::FailedPrecondition);
}

#[tokio::test]
async fn relations_of_another_session_are_refused() {
    let server = FakeServer::answering([]).await;
    let (one, other) = (server.connect("").await, server.connect("").await);
    let mismatch = code::SESSION_MISMATCH;
    require_code(one.rows(other.table("t")).await, mismatch);
    require_code(one.schema(other.table("t")).await, mismatch);
    let operations = operations();
    let both = Values::new()
        .with("relation", one.table("t"))
        .with("plan", other.table("t"));
    require_code(operations.relation(INPUTS, both), mismatch);
    let join = Values::new().with("left", one.table("t"));
    let values = Values::new().with("join", join);
    let nested = operations.command(INPUTS, values).expect("a command");
    require_code(other.execute(&nested).await, mismatch);
    assert!(one.clone().execute(&nested).await.is_ok());
    assert_eq!(server.seen().executed.len(), 1);
}

#[tokio::test]
async fn what_was_refused_is_refused_where_it_is_used() {
    let server = FakeServer::answering([]).await;
    let session = server.connect("").await;
    let operations = operations();
    let values = Values::new().with("join", Values::new());
    let refused: Relation = operations.relation(INPUTS, values).into();
    require_code(session.rows(&refused).await, code::FIELD_REQUIRED);
    let values = Values::new().with("relation", refused);
    require_code(operations.relation(INPUTS, values), code::FIELD_REQUIRED);
    assert!(server.seen().executed.is_empty());
}
