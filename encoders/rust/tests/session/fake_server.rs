use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use graft_connect::Session;
use graft_connect::spark::{
    AddArtifactsRequest, AddArtifactsResponse, AnalyzePlanRequest, AnalyzePlanResponse,
    ExecutePlanRequest, ExecutePlanResponse, ReleaseSessionRequest, ReleaseSessionResponse,
    add_artifacts_response::ArtifactSummary, analyze_plan_response,
};
use http::HeaderMap;
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};
use tokio_stream::wrappers::ReceiverStream;
use tonic::body::Body;
use tonic::server::{Grpc, NamedService};
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};
use tonic_prost::ProstCodec;
use tower::{Service, service_fn};

use crate::responses::struct_type;

/// What a server answers every plan with.
#[derive(Default)]
pub struct Script {
    pub responses: Vec<ExecutePlanResponse>,
    /// Comes after the responses.
    pub failure: Option<Status>,
    /// Whether artifacts are said to have another checksum.
    pub is_damaging: bool,
    /// Whether the answer never ends.
    pub never_ending: bool,
}

/// A Spark Connect server in this process, on a port of its own, until it is dropped with the runtime.
pub struct FakeServer {
    address: String,
    state: Arc<State>,
}

/// What a server has seen.
#[derive(Default)]
pub struct Seen {
    pub executed: Vec<ExecutePlanRequest>,
    pub analyzed: Vec<AnalyzePlanRequest>,
    pub artifacts: Vec<AddArtifactsRequest>,
    pub released: Vec<ReleaseSessionRequest>,
    pub headers: Vec<HeaderMap>,
}

#[derive(Default)]
struct State {
    script: Script,
    seen: Mutex<Seen>,
    cancelled: Notify,
}

impl FakeServer {
    pub async fn start(script: Script) -> Self {
        let state = Arc::new(State {
            script,
            ..State::default()
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let service = ConnectService(Arc::clone(&state));
        let serving = Server::builder()
            .add_service(service)
            .serve_with_incoming(TcpIncoming::from(listener));
        tokio::spawn(serving);
        Self { address, state }
    }

    /// A server that answers with these.
    pub async fn answering(responses: impl IntoIterator<Item = ExecutePlanResponse>) -> Self {
        Self::start(Script {
            responses: responses.into_iter().collect(),
            ..Script::default()
        })
        .await
    }

    pub async fn failing(failure: Status) -> Self {
        Self::start(Script {
            failure: Some(failure),
            ..Script::default()
        })
        .await
    }

    /// A session on the server; parameters are such as `;user_id=ada`.
    pub async fn connect(&self, parameters: &str) -> Session {
        let connection = format!("sc://{}/{parameters}", self.address);
        Session::connect(&connection).await.expect("a session")
    }

    /// What the server has seen since the last call.
    pub fn seen(&self) -> Seen {
        let mut seen = self.state.seen();
        std::mem::take(&mut seen)
    }

    /// Waits until a client has cancelled a request.
    pub async fn cancelled(&self) {
        self.state.cancelled.notified().await;
    }
}

impl State {
    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone)]
struct ConnectService(Arc<State>);

impl NamedService for ConnectService {
    const NAME: &'static str = "spark.connect.SparkConnectService";
}

impl Service<http::Request<Body>> for ConnectService {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let state = Arc::clone(&self.0);
        Box::pin(async move {
            state.seen().headers.push(request.headers().clone());
            Ok(match request.uri().path().rsplit('/').next() {
                Some("ExecutePlan") => execute(state, request).await,
                Some("AddArtifacts") => add_artifacts(state, request).await,
                Some("AnalyzePlan") => analyze(state, request).await,
                Some("ReleaseSession") => release(state, request).await,
                _ => Status::unimplemented("unknown method").into_http(),
            })
        })
    }
}

async fn execute(state: Arc<State>, request: http::Request<Body>) -> http::Response<Body> {
    let handle = service_fn(move |request: Request<ExecutePlanRequest>| {
        let state = Arc::clone(&state);
        async move {
            state.seen().executed.push(request.into_inner());
            let (sender, receiver) = mpsc::channel(1);
            tokio::spawn(answer(state, sender));
            Ok::<_, Status>(Response::new(ReceiverStream::new(receiver)))
        }
    });
    let codec = ProstCodec::<ExecutePlanResponse, ExecutePlanRequest>::default();
    Grpc::new(codec).server_streaming(handle, request).await
}

async fn answer(state: Arc<State>, sender: mpsc::Sender<Result<ExecutePlanResponse, Status>>) {
    let script = &state.script;
    for response in &script.responses {
        if sender.send(Ok(response.clone())).await.is_err() {
            break;
        }
    }
    if script.never_ending {
        sender.closed().await;
        state.cancelled.notify_one();
    } else if let Some(failure) = &script.failure {
        drop(sender.send(Err(failure.clone())).await);
    }
}

/// Reads to the end, unless the server fails.
async fn add_artifacts(state: Arc<State>, request: http::Request<Body>) -> http::Response<Body> {
    let handle = service_fn(move |request: Request<Streaming<AddArtifactsRequest>>| {
        let state = Arc::clone(&state);
        async move {
            if let Some(failure) = &state.script.failure {
                return Err(failure.clone());
            }
            let mut requests = request.into_inner();
            while let Some(request) = requests.message().await? {
                state.seen().artifacts.push(request);
            }
            let summary = ArtifactSummary {
                is_crc_successful: !state.script.is_damaging,
                ..ArtifactSummary::default()
            };
            Ok(Response::new(AddArtifactsResponse {
                artifacts: vec![summary],
                ..AddArtifactsResponse::default()
            }))
        }
    });
    let codec = ProstCodec::<AddArtifactsResponse, AddArtifactsRequest>::default();
    Grpc::new(codec).client_streaming(handle, request).await
}

async fn analyze(state: Arc<State>, request: http::Request<Body>) -> http::Response<Body> {
    let handle = service_fn(move |request: Request<AnalyzePlanRequest>| {
        let state = Arc::clone(&state);
        async move {
            state.seen().analyzed.push(request.into_inner());
            let schema = analyze_plan_response::Schema {
                schema: Some(struct_type()),
            };
            Ok::<_, Status>(Response::new(AnalyzePlanResponse {
                result: Some(analyze_plan_response::Result::Schema(schema)),
                ..AnalyzePlanResponse::default()
            }))
        }
    });
    let codec = ProstCodec::<AnalyzePlanResponse, AnalyzePlanRequest>::default();
    Grpc::new(codec).unary(handle, request).await
}

async fn release(state: Arc<State>, request: http::Request<Body>) -> http::Response<Body> {
    let handle = service_fn(move |request: Request<ReleaseSessionRequest>| {
        let state = Arc::clone(&state);
        async move {
            state.seen().released.push(request.into_inner());
            Ok::<_, Status>(Response::new(ReleaseSessionResponse::default()))
        }
    });
    let codec = ProstCodec::<ReleaseSessionResponse, ReleaseSessionRequest>::default();
    Grpc::new(codec).unary(handle, request).await
}
