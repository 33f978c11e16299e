use tonic::transport::{Channel, Endpoint};

use super::connection_string::ConnectionString;
use crate::error::{Error, Result, code};

/// A channel that connects with the first request. A request that was sent may have run: nothing is sent twice.
pub(super) fn open(target: &ConnectionString) -> Result<Channel> {
    let scheme = if target.tls { "https" } else { "http" };
    let address = format!("{scheme}://{}:{}", target.host, target.port);
    let endpoint = Endpoint::from_shared(address)
        .and_then(|endpoint| endpoint.user_agent(target.user_agent.clone()))
        .map_err(unusable)?;
    let endpoint = if target.tls {
        encrypted(endpoint)?
    } else {
        endpoint
    };
    Ok(endpoint.connect_lazy())
}

fn unusable(failure: tonic::transport::Error) -> Error {
    let text = format!("The connection string cannot be used: {failure}");
    Error::caused(code::CONNECTION_INVALID, text, failure)
}

#[cfg(feature = "tls")]
fn encrypted(endpoint: Endpoint) -> Result<Endpoint> {
    let security = tonic::transport::ClientTlsConfig::new().with_native_roots();
    endpoint.tls_config(security).map_err(unusable)
}

#[cfg(not(feature = "tls"))]
fn encrypted(_endpoint: Endpoint) -> Result<Endpoint> {
    Err(Error::new(
        code::CLIENT_UNSUPPORTED,
        "The connection has to be encrypted, and graft-connect was built without its feature tls: add it, or say use_ssl=false",
    ))
}
