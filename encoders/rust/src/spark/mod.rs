//! The messages of Spark Connect, generated from the `.proto` files that Apache Spark publishes in its jars, which are
//! licensed under the Apache License 2.0. `messages/generate.sh` makes them anew.

#![allow(missing_docs, clippy::all, clippy::pedantic, rustdoc::all)]

include!("messages.rs");
