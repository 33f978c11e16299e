//! A thin session of its own on a Spark Connect server.

mod artifacts;
mod channel;
mod connection_string;
mod failure;
mod messages;
mod rows;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::uri::PathAndQuery;
use prost::Message;
use tonic::metadata::{AsciiMetadataKey, AsciiMetadataValue, MetadataMap};
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_prost::ProstCodec;

pub use rows::Rows;

use crate::answer::Answer;
use crate::error::{Error, Result, code};
use crate::node::{Command, Relation, SessionKey};
use crate::plan_bytes;
use crate::spark::execute_plan_request::{RequestOption, request_option};
use crate::spark::relation::RelType;
use crate::spark::{
    DataType, Range, Read, ReleaseSessionRequest, ReleaseSessionResponse, ResultChunkingOptions,
    Sql, UserContext, read,
};
use connection_string::ConnectionString;
use messages::{
    AnalyzePlanRequest, AnalyzePlanResponse, ExecutePlanRequest, ResponseType, SchemaRequest,
};
use rows::Responses;

const EXECUTE_PLAN: &str = "/spark.connect.SparkConnectService/ExecutePlan";
const ANALYZE_PLAN: &str = "/spark.connect.SparkConnectService/AnalyzePlan";
const RELEASE_SESSION: &str = "/spark.connect.SparkConnectService/ReleaseSession";

/// How long closing waits for the server.
const CLOSING_TIME: Duration = Duration::from_secs(5);

/// A session on a Spark Connect server, from Spark 3.4 to 4.2, or on a gateway before one: it sends plans and reads what
/// comes back. It sends nothing twice, and caches nothing. Clones are the same session.
#[derive(Clone)]
pub struct Session {
    inner: Arc<Connection>,
}

/// One of the tables that a server tells of itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
#[repr(u8)]
pub enum StatusTable {
    /// A row for each message of each plugin: how many calls it was offered, accepted, declined and failed since it was
    /// first loaded, how long they took, and bytes.
    Plugins = 1,
    /// What the server has not loaded.
    Refused = 2,
    /// The last requests of this session that were refused.
    Failures = 3,
}

struct Connection {
    channel: Channel,
    target: ConnectionString,
    key: SessionKey,
    closed: AtomicBool,
}

impl Session {
    /// Opens a session. The server is not called yet: one that cannot be reached shows with the first request.
    ///
    /// The connection string is `sc://host:port/;name=value;…` as Spark's own clients take it. The port is 15002 if there
    /// is none. Names: `user_id` (the environment's user), `token` (a bearer token; implies TLS, but for localhost), `use_ssl` (true or false;
    /// with a token false is accepted for the same machine only), `session_id` (a UUID), `user_agent`,
    /// `grpc_max_message_size` (bytes, 128 MiB). Every other name is sent as a header with each request. Values are
    /// percent-decoded.
    ///
    /// # Errors
    /// `GRAFT_CONNECTION_INVALID`; the text holds no token. `GRAFT_CLIENT_UNSUPPORTED` if TLS is wanted, and the crate was
    /// built without its feature `tls`.
    #[expect(clippy::unused_async)] // The connection has to be made within a runtime.
    pub async fn connect(connection: &str) -> Result<Self> {
        let target = ConnectionString::parse(connection)?;
        Ok(Self {
            inner: Arc::new(Connection {
                channel: channel::open(&target)?,
                target,
                key: SessionKey::next(),
                closed: AtomicBool::new(false),
            }),
        })
    }

    /// The session's UUID, by which the server tells it from others of the same user.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.inner.target.session_id
    }

    /// The relation of what a query gives: one statement of Spark's SQL that gives rows. Nothing is sent yet.
    #[must_use]
    pub fn sql(&self, query: &str) -> Relation {
        self.relation(RelType::Sql(Sql {
            query: query.to_owned(),
            ..Sql::default()
        }))
    }

    /// The relation of a table's or a view's rows, by its name as it stands in SQL: parts separated by dots, in backquotes
    /// where needed. Nothing is sent yet.
    #[must_use]
    pub fn table(&self, name: &str) -> Relation {
        self.relation(RelType::Read(Read {
            read_type: Some(read::ReadType::NamedTable(read::NamedTable {
                unparsed_identifier: name.to_owned(),
                ..read::NamedTable::default()
            })),
            ..Read::default()
        }))
    }

    /// The relation of one column, `id`, with the numbers from `start` on, step by step, that come before `end`; the step
    /// is not 0. Nothing is sent yet.
    #[must_use]
    pub fn range(&self, start: i64, end: i64, step: i64) -> Relation {
        self.relation(RelType::Range(Range {
            start: Some(start),
            end,
            step,
            num_partitions: None,
        }))
    }

    /// Runs a relation and waits until its first rows are there, or the server has refused it.
    ///
    /// # Errors
    /// `GRAFT_SESSION_MISMATCH` if the relation was made by another session; the error that it holds; the server's error.
    pub async fn rows(&self, relation: impl Into<Relation>) -> Result<Rows> {
        let plan = self.plan(&relation.into())?;
        Rows::open(self.run(plan).await?).await
    }

    /// Asks for the schema of a relation, a struct type, without running it.
    ///
    /// # Errors
    /// As [`rows`](Self::rows) says; `GRAFT_BYTES_INVALID` if the schema is nested too deep for prost.
    pub async fn schema(&self, relation: impl Into<Relation>) -> Result<Option<DataType>> {
        let request = AnalyzePlanRequest {
            session_id: self.id().to_owned(),
            user_context: Some(self.user()),
            client_type: self.inner.target.user_agent.clone(),
            schema: Some(SchemaRequest {
                plan: self.plan(&relation.into())?,
            }),
        };
        let response: AnalyzePlanResponse = self.call(ANALYZE_PLAN, request).await?;
        let schema = response.schema.and_then(|response| response.schema);
        schema.map(rows::data_type).transpose()
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// `GRAFT_SESSION_MISMATCH` if the command was made with a relation of another session; `GRAFT_ANSWER_UNEXPECTED` if the
    /// message's author promises rows and the answer is none; the error that it holds; the server's error.
    pub async fn execute(&self, command: impl Into<Command>) -> Result<Answer> {
        let command = command.into();
        self.require_own(command.session())?;
        let mut responses = self.run(command.plan()?).await?;
        let mut answer = Answer::Nothing;
        // Read to the end even after an answer, since an error may follow it.
        while let Some(response) = responses.next().await? {
            match response.response_type {
                Some(ResponseType::SqlCommandResult(result)) => {
                    answer = Answer::Rows(self.own(result.relation.unwrap_or_default()));
                }
                Some(ResponseType::Extension(message)) => answer = Answer::Message(message),
                _ => {}
            }
        }
        command.check_promise(&answer)?;
        Ok(answer)
    }

    /// Asks the server which extensions it has: kind, name, message, plugin, jar, version and documentation of each, as
    /// strings, and descriptors, which is null unless asked for. [`Operations::read`](crate::Operations::read) reads these.
    ///
    /// # Errors
    /// `GRAFT_SERVER_WITHOUT_EXTENSION` if the server has no Graft, `GRAFT_SERVER_TOO_OLD` if its Graft has no list.
    pub async fn extensions(&self, with_descriptors: bool) -> Result<Rows> {
        let fields: &[u8] = if with_descriptors { &[1 << 3, 1] } else { &[] };
        self.told("graft.v1.ListExtensions", fields).await
    }

    /// Asks the server what it has loaded and what came of it. A later server may have more columns.
    ///
    /// # Errors
    /// `GRAFT_SERVER_WITHOUT_EXTENSION` if the server has no Graft, `GRAFT_SERVER_TOO_OLD` if its Graft does not tell its
    /// status.
    pub async fn status(&self, table: StatusTable) -> Result<Rows> {
        self.told("graft.v1.ServerStatus", &[1 << 3, table as u8])
            .await
    }

    /// What a server tells of itself.
    async fn told(&self, message: &str, fields: &[u8]) -> Result<Rows> {
        let question = plan_bytes::relation(message, fields);
        let rows = self.rows(Relation::from_bytes(question)).await;
        rows.map_err(failure::without_catalogue)
    }

    /// Gives the session back to the server, where it knows that request (Spark 4.0 and later), and refuses what is asked
    /// of it from then on. It waits at most five seconds. The connection ends when the last clone, and the last rows that
    /// are being read, are dropped.
    pub async fn close(&self) {
        if self.inner.closed.load(Ordering::Acquire) {
            return;
        }
        let request = ReleaseSessionRequest {
            session_id: self.id().to_owned(),
            user_context: Some(self.user()),
            client_type: Some(self.inner.target.user_agent.clone()),
            ..ReleaseSessionRequest::default()
        };
        let released = self.call::<_, ReleaseSessionResponse>(RELEASE_SESSION, request);
        // Spark 3.x does not know the request, and a server that is gone holds no session.
        drop(tokio::time::timeout(CLOSING_TIME, released).await);
        self.inner.closed.store(true, Ordering::Release);
    }

    fn relation(&self, rel_type: RelType) -> Relation {
        let message = crate::spark::Relation {
            rel_type: Some(rel_type),
            common: None,
        };
        self.own(message.encode_to_vec().into())
    }

    fn own(&self, relation: Bytes) -> Relation {
        Relation::of_session(relation, Some(self.inner.key))
    }

    fn plan(&self, relation: &Relation) -> Result<Vec<u8>> {
        self.require_own(relation.session())?;
        relation.plan()
    }

    fn require_own(&self, session: Option<SessionKey>) -> Result<()> {
        if session.is_none_or(|session| session == self.inner.key) {
            return Ok(());
        }
        Err(Error::new(
            code::SESSION_MISMATCH,
            "What is to be run was made with another session. A server sees one session's tables and views only: use that \
             one",
        ))
    }

    fn user(&self) -> UserContext {
        let user = &self.inner.target.user_id;
        UserContext {
            user_id: user.clone(),
            user_name: user.clone(),
            extensions: Vec::new(),
        }
    }

    async fn run(&self, plan: Vec<u8>) -> Result<Responses> {
        // Batches beyond a message's size come in pieces then, from servers that know how (Spark 4.1 and later). An eighth
        // of a message is enough for what else is in it.
        let size = i64::try_from(self.inner.target.max_message_size / 8 * 7).ok();
        let chunking =
            request_option::RequestOption::ResultChunkingOptions(ResultChunkingOptions {
                allow_arrow_batch_chunking: true,
                preferred_arrow_chunk_size: size,
            });
        let request = self.outgoing(ExecutePlanRequest {
            session_id: self.id().to_owned(),
            user_context: Some(self.user()),
            plan,
            client_type: self.inner.target.user_agent.clone(),
            request_options: vec![RequestOption {
                request_option: Some(chunking),
            }],
        })?;
        let mut client = self.client().await?;
        let path = PathAndQuery::from_static(EXECUTE_PLAN);
        let responses = client
            .server_streaming(request, path, ProstCodec::default())
            .await;
        let responses = responses.map_err(|status| self.failed(status))?;
        Ok(Responses(Some(responses.into_inner())))
    }

    async fn call<Q, A>(&self, path: &'static str, request: Q) -> Result<A>
    where
        Q: Message + Send + Sync + 'static,
        A: Message + Default + Send + Sync + 'static,
    {
        let request = self.outgoing(request)?;
        let mut client = self.client().await?;
        let path = PathAndQuery::from_static(path);
        let response = client.unary(request, path, ProstCodec::default()).await;
        let response = response.map_err(|status| self.failed(status))?;
        Ok(response.into_inner())
    }

    async fn client(&self) -> Result<tonic::client::Grpc<Channel>> {
        if self.inner.closed.load(Ordering::Acquire) {
            let text = "The session is closed; open another one".to_owned();
            return Err(Error::of_request("", Code::FailedPrecondition, text, None));
        }
        let mut client = tonic::client::Grpc::new(self.inner.channel.clone())
            .max_decoding_message_size(self.inner.target.max_message_size);
        let ready = client.ready().await;
        ready.map_err(|failure| self.failed(Status::from_error(Box::new(failure))))?;
        Ok(client)
    }

    fn failed(&self, status: Status) -> Error {
        let target = &self.inner.target;
        failure::of_request(status, &format!("{}:{}", target.host, target.port))
    }

    fn outgoing<T>(&self, message: T) -> Result<Request<T>> {
        let mut request = Request::new(message);
        let target = &self.inner.target;
        for (name, value) in &target.headers {
            put_header(request.metadata_mut(), name, value, false)?;
        }
        if let Some(token) = &target.token {
            let value = format!("Bearer {token}");
            put_header(request.metadata_mut(), "authorization", &value, true)?;
        }
        Ok(request)
    }
}

fn put_header(headers: &mut MetadataMap, name: &str, value: &str, is_secret: bool) -> Result<()> {
    let key = AsciiMetadataKey::from_bytes(name.as_bytes());
    let (Ok(key), Ok(mut value)) = (key, AsciiMetadataValue::try_from(value)) else {
        let text = format!("The parameter {name} cannot be a header");
        return Err(Error::new(code::CONNECTION_INVALID, text));
    };
    value.set_sensitive(is_secret);
    headers.insert(key, value);
    Ok(())
}

impl fmt::Debug for Session {
    /// Without what may be secret.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            to,
            "Session({} on {}:{})",
            self.id(),
            self.inner.target.host,
            self.inner.target.port
        )
    }
}
