use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use graft_connect::code;
use graft_connect::spark::add_artifacts_request::{ArtifactChunk, Payload};
use tonic::{Code, Status};

use crate::fake_server::{FakeServer, Script};
use crate::require_code;

const CHUNK: usize = 32 * 1024;

/// A folder of a test's own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn jar(test: &str, content: &[u8]) -> PathBuf {
    let path = folder(test).join("acme-1.0.jar");
    fs::write(&path, content).expect("a jar");
    path
}

/// Bytes of which no two chunks are the same.
fn content(size: u32) -> Vec<u8> {
    (0..size)
        .map(|at| (at ^ (at >> 8) ^ (at >> 15)).to_le_bytes()[0])
        .collect()
}

/// Bit by bit, as the polynomial says it.
fn checksum(content: &[u8]) -> i64 {
    let crc = content.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 * (crc & 1))
        })
    });
    i64::from(!crc)
}

fn require_chunk(chunk: Option<&ArtifactChunk>, content: &[u8]) {
    let chunk = chunk.expect("a chunk");
    assert!(chunk.data == content, "{} bytes", chunk.data.len());
    assert_eq!(chunk.crc, checksum(content));
}

#[tokio::test]
async fn a_small_jar_is_a_batch() {
    for size in [0, 1, 32 * 1024] {
        let server = FakeServer::answering([]).await;
        let session = server.connect(";user_id=ada;x-team=data").await;
        let content = content(size);
        let path = jar("a_small_jar", &content);
        session.add_jar(&path).await.expect("added");
        let seen = server.seen();
        let [request] = seen.artifacts.as_slice() else {
            panic!("{} requests", seen.artifacts.len());
        };
        let Some(Payload::Batch(batch)) = &request.payload else {
            panic!("no batch");
        };
        let [artifact] = batch.artifacts.as_slice() else {
            panic!("{} artifacts", batch.artifacts.len());
        };
        assert_eq!(artifact.name, "jars/acme-1.0.jar");
        require_chunk(artifact.data.as_ref(), &content);
        assert_eq!(request.session_id, session.id());
        let user = request.user_context.clone().expect("a user");
        assert_eq!(user.user_id, "ada");
        assert_eq!(request.client_type.as_deref(), Some("graft-encoder-rust"));
        assert_eq!(seen.headers[0]["x-team"], "data");
    }
}

#[tokio::test]
async fn a_large_jar_is_sent_in_chunks() {
    for (size, count) in [(32 * 1024 + 1, 2), (64 * 1024, 2), (100_000, 4)] {
        let server = FakeServer::answering([]).await;
        let session = server.connect("").await;
        let content = content(size);
        let path = jar("a_large_jar", &content);
        session.add_jar(&path).await.expect("added");
        let seen = server.seen();
        assert_eq!(seen.artifacts.len(), count);
        for (part, request) in content.chunks(CHUNK).zip(&seen.artifacts) {
            assert_eq!(request.session_id, session.id());
            match &request.payload {
                Some(Payload::BeginChunk(begin)) => {
                    require_chunk(begin.initial_chunk.as_ref(), part);
                }
                Some(Payload::Chunk(chunk)) => require_chunk(Some(chunk), part),
                _ => panic!("neither a beginning nor a chunk"),
            }
        }
        let begins: Vec<_> = seen
            .artifacts
            .iter()
            .map(|request| matches!(request.payload, Some(Payload::BeginChunk(_))))
            .collect();
        assert!(begins[0] && !begins[1..].contains(&true), "{begins:?}");
        let Some(Payload::BeginChunk(begin)) = &seen.artifacts[0].payload else {
            panic!("no beginning");
        };
        assert_eq!(begin.name, "jars/acme-1.0.jar");
        assert_eq!(begin.total_bytes, i64::from(size));
        assert_eq!(usize::try_from(begin.num_chunks), Ok(count));
    }
}

/// The second one is refused while the client still sends.
#[tokio::test]
async fn a_refused_jar_has_the_servers_code() {
    for size in [10, 5_000_000] {
        let refusal = Status::permission_denied("[GRAFT_JAR_UNTRUSTED] no");
        let server = FakeServer::failing(refusal).await;
        let path = jar("a_refused_jar", &content(size));
        let said = server.connect("").await.add_jar(&path).await;
        let error = require_code(said, "GRAFT_JAR_UNTRUSTED");
        assert_eq!(error.to_string(), "[GRAFT_JAR_UNTRUSTED] no");
        assert_eq!(error.status(), Code::PermissionDenied);
    }
}

#[tokio::test]
async fn a_jar_that_arrives_as_another_is_an_error() {
    let server = FakeServer::start(Script {
        is_damaging: true,
        ..Script::default()
    })
    .await;
    let path = jar("a_damaged_jar", b"jar");
    let error = require_code(server.connect("").await.add_jar(&path).await, "");
    assert_eq!(error.status(), Code::DataLoss);
    let text = error.to_string();
    assert!(
        text.contains("acme-1.0.jar did not arrive as it was sent"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_no_jar_is_not_sent() {
    let server = FakeServer::answering([]).await;
    let session = server.connect("").await;
    for path in ["", "/", "acme.zip", "acme.jar.txt"] {
        require_code(session.add_jar(path).await, code::JAR_INVALID);
    }
    let missing = folder("no_jar").join("none.jar");
    let error = require_code(session.add_jar(&missing).await, code::JAR_INVALID);
    assert!(
        error.to_string().contains("none.jar cannot be read"),
        "{error}"
    );
    assert!(
        error
            .source()
            .and_then(|source| source.downcast_ref::<std::io::Error>())
            .is_some_and(|source| source.kind() == std::io::ErrorKind::NotFound)
    );
    assert!(server.seen().headers.is_empty());
}

#[tokio::test]
async fn a_jar_that_turns_out_not_to_be_readable_is_an_error() {
    let server = FakeServer::answering([]).await;
    let path = folder("a_folder").join("folder.jar");
    fs::create_dir_all(&path).expect("a folder");
    let said = server.connect("").await.add_jar(&path).await;
    require_code(said, code::JAR_INVALID);
    assert!(server.seen().artifacts.is_empty());
}
