use std::collections::BTreeMap;
use std::net::Ipv6Addr;

use uuid::Uuid;

use crate::error::{Error, Result, code};
use crate::refusal::shown;

const SHAPE: &str = "sc://host:port/;name=value;name=value";
const DEFAULT_PORT: u16 = 15002;
const DEFAULT_MAX_MESSAGE_SIZE: usize = 128 * 1024 * 1024;
const DEFAULT_USER_AGENT: &str = "graft-encoder-rust";

const LONGEST_USER_AGENT: usize = 2048;
const KNOWN: [&str; 6] = [
    "user_id",
    "token",
    "use_ssl",
    "session_id",
    "user_agent",
    "grpc_max_message_size",
];

/// Headers that are gRPC's own.
const RESERVED: [&str; 4] = ["authorization", "te", "content-type", "user-agent"];

/// A parsed Spark Connect connection string.
///
/// Names known are `user_id`, `token`, `use_ssl`, `session_id`, `user_agent` and `grpc_max_message_size`; every other one is
/// a header sent with each request, as Spark's own clients do. Values are percent-decoded. encoders/README.md has the
/// grammar.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct ConnectionString {
    /// A name or an address, in lower case; an IPv6 address in brackets.
    pub host: String,
    pub port: u16,
    /// Whom the server shall take the client for; the system's user if the string has none.
    pub user_id: String,
    /// A bearer token; it implies TLS, except to `localhost`, and to the same machine with `use_ssl=false`.
    pub token: Option<String>,
    pub tls: bool,
    /// A UUID, as it was written, since servers tell sessions apart by the text.
    pub session_id: String,
    pub user_agent: String,
    /// In bytes.
    pub max_message_size: usize,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
}

impl ConnectionString {
    /// Never repeats a value in an error, since one of them may be a token.
    pub fn parse(text: &str) -> Result<Self> {
        Self::parsed(text).map_err(|why| {
            let text = format!("The connection string cannot be used: {why}. Its shape is {SHAPE}");
            Error::new(code::CONNECTION_INVALID, text)
        })
    }

    fn parsed(text: &str) -> std::result::Result<Self, String> {
        let (host, port, path) = read_address(text)?;
        let mut target = Self {
            host,
            port,
            user_id: system_user(),
            token: None,
            tls: false,
            session_id: Uuid::new_v4().to_string(),
            user_agent: DEFAULT_USER_AGENT.to_owned(),
            max_message_size: DEFAULT_MAX_MESSAGE_SIZE,
            headers: BTreeMap::new(),
        };
        let mut use_ssl = None;
        for (name, value) in read_parameters(path)? {
            match name.as_str() {
                "token" => target.token = Some(header_value(&name, value)?),
                "user_id" => target.user_id = value,
                "user_agent" => target.user_agent = user_agent(&name, value)?,
                "use_ssl" => use_ssl = Some(truth(&value)?),
                "session_id" => target.session_id = session_id(value)?,
                "grpc_max_message_size" => target.max_message_size = size(&value)?,
                _ => {
                    check_header_name(&name)?;
                    let value = header_value(&name, value)?;
                    target.headers.insert(name, value);
                }
            }
        }
        let is_implied = target.token.is_some() && target.host != "localhost";
        target.tls = use_ssl.unwrap_or(is_implied);
        let is_same_machine = matches!(target.host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        if target.token.is_some() && !target.tls && !is_same_machine {
            return Err(format!(
                "a token would cross the network unencrypted to {}; leave use_ssl=false out",
                shown(&target.host)
            ));
        }
        Ok(target)
    }
}

/// The host, the port, and what follows the first slash.
fn read_address(text: &str) -> std::result::Result<(String, u16, &str), String> {
    let rest = text
        .strip_prefix("sc://")
        .ok_or("it must begin with sc://")?;
    if rest.contains(['?', '#']) {
        return Err("parameters are separated by semicolons, not by ? or #".to_owned());
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains(';') {
        return Err("the / before the parameters is missing".to_owned());
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    if !is_host(host) || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("what follows sc:// does not name a host, as host:port would".to_owned());
    }
    let number = match port {
        "" => Some(DEFAULT_PORT),
        _ => port.parse().ok().filter(|number| *number > 0),
    };
    let number = number.ok_or("the port must be from 1 to 65535")?;
    Ok((host.to_ascii_lowercase(), number, path))
}

fn is_host(text: &str) -> bool {
    if let Some(address) = text.strip_prefix('[') {
        return address
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    text.strip_suffix('.')
        .unwrap_or(text)
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(is_letter))
}

fn read_parameters(path: &str) -> std::result::Result<BTreeMap<String, String>, String> {
    let mut parameters = BTreeMap::new();
    if matches!(path, "" | ";") {
        return Ok(parameters);
    }
    let text = path
        .strip_prefix(';')
        .ok_or("nothing but /; may stand between the address and the parameters")?;
    if text.contains('/') {
        return Err("a / in a parameter must be written %2F".to_owned());
    }
    for parameter in text.split(';') {
        let (written, value) = parameter
            .split_once('=')
            .filter(|(name, value)| !name.is_empty() && !value.is_empty())
            .ok_or("each parameter must be name=value, and one is not")?;
        if value.contains('=') {
            return Err("a = in a value must be written %3D".to_owned());
        }
        let name = written.to_ascii_lowercase();
        if name != written && KNOWN.contains(&name.as_str()) {
            return Err(format!("the parameter {written} is unknown: write {name}"));
        }
        let value = percent_decoded(value).ok_or_else(|| {
            format!(
                "the value of {} has a % that two hexadecimal digits don't follow",
                shown(&name)
            )
        })?;
        let value = String::from_utf8(value)
            .map_err(|_| format!("the value of {} is no UTF-8", shown(&name)))?;
        if parameters.insert(name, value).is_some() {
            return Err(format!(
                "the parameter {} stands there twice",
                shown(&written.to_ascii_lowercase())
            ));
        }
    }
    Ok(parameters)
}

fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    Some(bytes)
}

fn truth(value: &str) -> std::result::Result<bool, String> {
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("use_ssl must be true or false".to_owned()),
    }
}

fn session_id(value: String) -> std::result::Result<String, String> {
    let hyphens = [8, 13, 18, 23];
    let is_uuid = value.len() == 36
        && value.bytes().enumerate().all(|(at, byte)| {
            if hyphens.contains(&at) {
                byte == b'-'
            } else {
                byte.is_ascii_hexdigit()
            }
        });
    if is_uuid {
        Ok(value)
    } else {
        Err("session_id must be a UUID".to_owned())
    }
}

fn size(value: &str) -> std::result::Result<usize, String> {
    value
        .parse::<i32>()
        .ok()
        .filter(|size| *size >= 1 && !value.starts_with('+'))
        .and_then(|size| usize::try_from(size).ok())
        .ok_or_else(|| {
            "grpc_max_message_size must be a number of bytes from 1 to 2147483647".to_owned()
        })
}

fn user_agent(name: &str, value: String) -> std::result::Result<String, String> {
    if value.chars().count() > LONGEST_USER_AGENT {
        return Err("user_agent must have 2048 characters at most".to_owned());
    }
    header_value(name, value)
}

fn check_header_name(name: &str) -> std::result::Result<(), String> {
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    if !is_name || RESERVED.contains(&name) || name.starts_with("grpc-") || name.ends_with("-bin") {
        return Err(format!(
            "the parameter {} is unknown, and cannot be a header either",
            shown(name)
        ));
    }
    Ok(())
}

fn header_value(name: &str, value: String) -> std::result::Result<String, String> {
    if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        Ok(value)
    } else {
        Err(format!(
            "the value of {} becomes a header and must be printable ASCII",
            shown(name)
        ))
    }
}

pub(super) fn system_user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|user| !user.is_empty())
        .unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> ConnectionString {
        ConnectionString::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_host_alone_gets_sparks_defaults() {
        let target = parsed("sc://spark.example.org");
        assert_eq!(target.host, "spark.example.org");
        assert_eq!(target.port, 15002);
        assert_eq!(target.user_id, system_user());
        assert_eq!(target.user_agent, "graft-encoder-rust");
        assert_eq!(target.max_message_size, 134_217_728);
        assert!(!target.tls && target.token.is_none() && target.headers.is_empty());
        assert!(Uuid::parse_str(&target.session_id).is_ok());
        assert_ne!(
            target.session_id,
            parsed("sc://spark.example.org").session_id
        );
    }

    fn vectors(kind: &str) -> Vec<serde_json::Value> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/addresses.json");
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let file: serde_json::Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let Some(cases) = file[kind].as_array().filter(|cases| !cases.is_empty()) else {
            panic!("{path} has no {kind}");
        };
        cases.clone()
    }

    fn text<'a>(vector: &'a serde_json::Value, name: &str) -> Option<&'a str> {
        vector.get(name).and_then(serde_json::Value::as_str)
    }

    #[test]
    fn an_address_is_read_as_the_vectors_say() {
        for vector in vectors("taken") {
            let address = text(&vector, "address").unwrap_or_default();
            let target = parsed(address);
            assert_eq!(
                Some(target.host.as_str()),
                text(&vector, "host"),
                "{address}"
            );
            assert_eq!(vector["port"], target.port, "{address}");
            assert_eq!(vector["tls"], target.tls, "{address}");
            assert_eq!(target.token.as_deref(), text(&vector, "token"), "{address}");
            let user = text(&vector, "user_id").map_or_else(system_user, str::to_owned);
            assert_eq!(target.user_id, user, "{address}");
            let session = text(&vector, "session_id").unwrap_or(&target.session_id);
            assert_eq!(target.session_id, session, "{address}");
            let agent = text(&vector, "user_agent").unwrap_or(DEFAULT_USER_AGENT);
            assert_eq!(target.user_agent, agent, "{address}");
            let size = vector.get("grpc_max_message_size");
            let size = size.cloned().unwrap_or(DEFAULT_MAX_MESSAGE_SIZE.into());
            assert_eq!(size, target.max_message_size, "{address}");
            let headers = vector.get("headers").cloned();
            let headers = headers.unwrap_or_else(|| serde_json::json!({}));
            assert_eq!(headers, serde_json::json!(target.headers), "{address}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_the_reason() {
        for vector in vectors("refused") {
            let address = text(&vector, "address").unwrap_or_default();
            let Err(error) = ConnectionString::parse(address) else {
                panic!("{address} is taken");
            };
            let said = error.to_string();
            let why = text(&vector, "why").unwrap_or("none is given");
            assert_eq!(error.code(), code::CONNECTION_INVALID);
            assert!(
                said.contains(why) && !said.contains("secret"),
                "{address}: {said}"
            );
            assert!(
                said.starts_with(
                    "[GRAFT_CONNECTION_INVALID] The connection string cannot be used: "
                )
            );
            assert!(said.ends_with(". Its shape is sc://host:port/;name=value;name=value"));
        }
    }
}
