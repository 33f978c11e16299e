//! The client that `graft generate --lang rust frames.proto --out src/client` has written.

/// Generated modules.
pub mod client {
    pub mod frames;
}
