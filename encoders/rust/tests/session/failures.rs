//! What servers refuse, and servers that do not answer.

use std::collections::HashMap;

use graft_connect::{Any, Session, code};
use prost::Message;
use tonic::{Code, Status};

use crate::fake_server::FakeServer;
use crate::responses::{arrow_stream, batch};
use crate::{plan, require_code};

/// `google.rpc.Status` with a `google.rpc.ErrorInfo`.
fn with_error_class(message: &str, class: &str) -> Status {
    #[derive(Clone, PartialEq, Message)]
    struct RichStatus {
        #[prost(int32, tag = "1")]
        code: i32,
        #[prost(message, repeated, tag = "3")]
        details: Vec<Any>,
    }
    #[derive(Clone, PartialEq, Message)]
    struct ErrorInfo {
        #[prost(string, tag = "1")]
        reason: String,
        #[prost(map = "string, string", tag = "3")]
        metadata: HashMap<String, String>,
    }
    let info = ErrorInfo {
        reason: "org.apache.spark.sql.AnalysisException".to_owned(),
        metadata: HashMap::from([("errorClass".to_owned(), class.to_owned())]),
    };
    let rich = RichStatus {
        code: 13,
        details: vec![Any {
            type_url: "type.googleapis.com/google.rpc.ErrorInfo".to_owned(),
            value: info.encode_to_vec(),
        }],
    };
    Status::with_details(Code::Internal, message, rich.encode_to_vec().into())
}

#[tokio::test]
async fn servers_errors_keep_their_codes() {
    let without = code::SERVER_WITHOUT_EXTENSION;
    for (failure, code, text) in [
        (
            Status::internal("[INTERNAL] [GRAFT_NO_PLUGIN] nobody"),
            "GRAFT_NO_PLUGIN",
            "[INTERNAL] [GRAFT_NO_PLUGIN] nobody",
        ),
        (
            with_error_class("Table t not found", "TABLE_OR_VIEW_NOT_FOUND"),
            "TABLE_OR_VIEW_NOT_FOUND",
            "Table t not found",
        ),
        (with_error_class("no class", " "), "", "no class"),
        (Status::internal("oops [3]"), "", "oops [3]"),
        (
            Status::internal("No handler found for extension"),
            without,
            "The server said: No handler found for extension",
        ),
        (
            Status::internal("[CONNECT_INVALID_PLAN.NO_HANDLER_FOR_EXTENSION] x"),
            without,
            "Install Graft and the plugin's jar on it",
        ),
        (
            Status::unimplemented("Extension relations are not supported"),
            without,
            "gateway",
        ),
        (
            Status::internal("not implemented: extension relation"),
            without,
            "gateway",
        ),
        (
            Status::internal("extension relation"),
            without,
            "said: extension relation",
        ),
        (
            Status::internal("extension expression"),
            without,
            "said: extension expression",
        ),
        (
            Status::internal("command extension"),
            without,
            "said: command extension",
        ),
        (
            Status::internal("no column extension relation"),
            "",
            "no column extension relation",
        ),
        (
            Status::unimplemented("Method not found"),
            code::SERVER_TOO_OLD,
            "use a newer one",
        ),
        (
            Status::internal("[PARSE_SYNTAX_ERROR] at x"),
            "PARSE_SYNTAX_ERROR",
            "[PARSE_SYNTAX_ERROR] at x",
        ),
    ] {
        let server = FakeServer::failing(failure.clone()).await;
        let error = require_code(server.connect("").await.rows(plan()).await, code);
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(error.status(), failure.code());
    }
}

#[tokio::test]
async fn a_graft_without_a_list_is_too_old() {
    let failure = Status::internal("[GRAFT_EXTENSION_UNKNOWN] ListExtensions");
    let server = FakeServer::failing(failure).await;
    let error = require_code(
        server.connect("").await.extensions(true).await,
        code::SERVER_TOO_OLD,
    );
    assert!(error.to_string().contains("is too old for that; update it"));
}

#[tokio::test]
async fn an_unreachable_server_is_named() {
    // Port 1 is reserved, and nothing listens there.
    let session = Session::connect("sc://127.0.0.1:1")
        .await
        .expect("a session");
    let error = require_code(session.schema(plan()).await, "");
    assert_eq!(error.status(), Code::Unavailable);
    let text = error.to_string();
    assert!(
        text.starts_with("127.0.0.1:1 cannot be reached: "),
        "{text}"
    );
    assert!(text.contains("Connection refused"), "{text}");
    session.close().await;
}

#[tokio::test]
async fn a_server_without_tls_refuses_encrypted_requests() {
    let server = FakeServer::answering([]).await;
    let session = server.connect(";use_ssl=true").await;
    let error = require_code(session.rows(plan()).await, "");
    assert_eq!(error.status(), Code::Unavailable, "{error}");
    assert!(server.seen().executed.is_empty());
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    let server = FakeServer::failing(Status::unavailable("not now")).await;
    let error = require_code(server.connect("").await.rows(plan()).await, "");
    assert_eq!(error.status(), Code::Unavailable);
    assert_eq!(server.seen().executed.len(), 1);
}

#[tokio::test]
async fn an_answer_beyond_the_size_that_is_accepted_is_refused() {
    let long = "a".repeat(10_000);
    let server = FakeServer::answering([batch(&arrow_stream(&[&long]))]).await;
    let session = server.connect(";grpc_max_message_size=5000").await;
    let error = require_code(session.rows(plan()).await, "");
    assert_eq!(error.status(), Code::OutOfRange, "{error}");
}
