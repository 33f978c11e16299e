//! Sends Graft extensions to Spark Connect servers that have Graft, or that stand behind its gateway, and reads rows as Arrow
//! record batches.
//!
//! Clients that `graft generate --lang rust` has made from a plugin's messages are thin layers over this crate: they embed a
//! descriptor set, which [`Operations`] reads, and hand their fields over by name. Without a generated client the same is
//! done by hand:
//!
//! ```no_run
//! use graft_connect::{Operations, Session, Values};
//!
//! # async fn example(descriptor_set: &[u8]) -> graft_connect::Result<()> {
//! let session = Session::connect("sc://localhost:15002").await?;
//! let operations = Operations::read(descriptor_set)?;
//! let values = Values::new()
//!     .with("input", session.table("sales"))
//!     .with("order_by", "price")
//!     .with("k", 3);
//! let top = operations.relation("acme.frames.v1.TopK", values)?;
//! let mut rows = session.rows(&top).await?;
//! while let Some(batch) = rows.next().await? {
//!     println!("{} rows", batch.num_rows());
//! }
//! session.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! Where another client is used, [`Relation::plan`] and its like give the bytes to send.

mod answer;
mod decoding;
mod descriptors;
mod encoding;
mod error;
mod node;
mod operations;
mod plan_bytes;
mod refusal;
mod session;
pub mod spark;
mod value;
mod wire;

pub use answer::Answer;
pub use error::{Error, Result, code};
pub use node::{Command, Expression, Plan, Relation, column};
pub use operations::Operations;
pub use prost_types::{Any, Duration, Timestamp};
pub use session::{Rows, Session, StatusTable};
pub use value::{Empty, EncodedMessage, FromValue, FromValues, IntoValue, Message, Value, Values};

/// The crates whose types stand in this one's functions.
pub use {arrow_array, arrow_schema, bytes, prost, prost_types, tonic};
