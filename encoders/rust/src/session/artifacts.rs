use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use http::uri::PathAndQuery;
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic_prost::ProstCodec;

use super::{Session, failure};
use crate::error::{Error, Result, code};
use crate::spark::add_artifacts_request::{
    ArtifactChunk, Batch, BeginChunkedArtifact, Payload, SingleChunkArtifact,
};
use crate::spark::{AddArtifactsRequest, AddArtifactsResponse};

const ADD_ARTIFACTS: &str = "/spark.connect.SparkConnectService/AddArtifacts";

/// How much of a file goes in one message, in bytes, as in Spark's own clients.
const CHUNK: usize = 32 * 1024;

impl Session {
    /// Adds a jar to the session. From the next request on the session, and no other, has the jar's plugins, where the
    /// server lets sessions bring any (`spark.graft.sessions.plugins`, in a gateway `graft.sessions.plugins`).
    ///
    /// The server knows the jar by its file name, and refuses other bytes under a name that the session has already
    /// (`ARTIFACT_ALREADY_EXISTS`): a newer version takes another file name. A gateway that does not let a jar in refuses
    /// it here, with a code such as `GRAFT_JAR_UNTRUSTED`; inside Spark the first request that needs its plugins is
    /// refused instead.
    ///
    /// # Errors
    /// `GRAFT_JAR_INVALID` if the file's name does not end in `.jar`, and nothing was sent then, or if it cannot be read;
    /// the server's error.
    pub async fn add_jar(&self, path: impl AsRef<Path>) -> Result<()> {
        let mut jar = Jar::open(path.as_ref()).await?;
        let (sender, receiver) = mpsc::channel(1);
        // Held until all is sent: an upload that is given up must not look like one that has ended.
        let mut held = Some(sender.clone());
        let sending = async {
            jar.send(sender, self).await?;
            held = None;
            Ok(())
        };
        let (response, ()) = tokio::try_join!(self.add_artifacts(receiver), sending)?;
        if response.artifacts.iter().all(|each| each.is_crc_successful) {
            return Ok(());
        }
        let text = format!(
            "{} did not arrive as it was sent: its checksum is another. Add it again",
            jar.path.display()
        );
        Err(failure::data_loss(text, None))
    }

    async fn add_artifacts(
        &self,
        requests: mpsc::Receiver<AddArtifactsRequest>,
    ) -> Result<AddArtifactsResponse> {
        let requests = self.outgoing(ReceiverStream::new(requests))?;
        let mut client = self.client().await?;
        let path = PathAndQuery::from_static(ADD_ARTIFACTS);
        let response = client
            .client_streaming(requests, path, ProstCodec::default())
            .await;
        let response = response.map_err(|status| self.failed(status))?;
        Ok(response.into_inner())
    }
}

/// A file that is read once, chunk by chunk, since jars may be large.
struct Jar {
    path: PathBuf,
    name: String,
    file: File,
    size: u64,
}

impl Jar {
    async fn open(path: &Path) -> Result<Self> {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if Path::new(name).extension() != Some(OsStr::new("jar")) {
            let text = format!(
                "What is added to a session is a file whose name ends in .jar, and {} is none",
                path.display()
            );
            return Err(Error::new(code::JAR_INVALID, text));
        }
        let file = File::open(path).await;
        let file = file.map_err(|error| unreadable(path, error))?;
        let about = file.metadata().await;
        let about = about.map_err(|error| unreadable(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            name: format!("jars/{name}"),
            file,
            size: about.len(),
        })
    }

    /// Sends the file; where nobody receives any more, what the server has said tells why.
    async fn send(
        &mut self,
        sender: mpsc::Sender<AddArtifactsRequest>,
        session: &Session,
    ) -> Result<()> {
        let count = self.size.div_ceil(CHUNK as u64).max(1);
        let mut left = self.size;
        for number in 0..count {
            let length = usize::try_from(left).map_or(CHUNK, |left| left.min(CHUNK));
            left -= length as u64;
            let mut data = vec![0; length];
            let read = self.file.read_exact(&mut data).await;
            read.map_err(|error| unreadable(&self.path, error))?;
            let request = AddArtifactsRequest {
                session_id: session.id().to_owned(),
                user_context: Some(session.user()),
                client_type: Some(session.inner.target.user_agent.clone()),
                payload: Some(self.payload(number, count, data)),
                ..AddArtifactsRequest::default()
            };
            if sender.send(request).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    fn payload(&self, number: u64, count: u64, data: Vec<u8>) -> Payload {
        let chunk = ArtifactChunk {
            crc: crc32(&data).into(),
            data,
        };
        if count == 1 {
            let artifact = SingleChunkArtifact {
                name: self.name.clone(),
                data: Some(chunk),
            };
            Payload::Batch(Batch {
                artifacts: vec![artifact],
            })
        } else if number == 0 {
            Payload::BeginChunk(BeginChunkedArtifact {
                name: self.name.clone(),
                total_bytes: self.size.cast_signed(),
                num_chunks: count.cast_signed(),
                initial_chunk: Some(chunk),
            })
        } else {
            Payload::Chunk(chunk)
        }
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> Error {
    let text = format!("{} cannot be read: {error}", path.display());
    Error::caused(code::JAR_INVALID, text, error)
}

const CRC_TABLE: [u32; 256] = crc_table();

const fn crc_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                0xEDB8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[byte as usize] = crc;
        byte += 1;
    }
    table
}

/// The checksum of IEEE 802.3, which servers compare with java.util.zip's.
fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc: u32, byte| {
        CRC_TABLE[usize::from(crc.to_le_bytes()[0] ^ byte)] ^ (crc >> 8)
    })
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_checksum_is_the_one_that_is_published() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
