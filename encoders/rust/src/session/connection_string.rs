use std::collections::BTreeMap;
use std::net::Ipv6Addr;

use uuid::Uuid;

use crate::error::{Error, Result, code};
use crate::refusal::shown;

const SHAPE: &str = "sc://host:port/;name=value;name=value";
const DEFAULT_PORT: u16 = 15002;
const DEFAULT_MAX_MESSAGE_SIZE: usize = 128 * 1024 * 1024;
const DEFAULT_USER_AGENT: &str = "graft-encoder-rust";

/// Headers that are gRPC's own.
const RESERVED: [&str; 4] = ["authorization", "te", "content-type", "user-agent"];

/// A parsed Spark Connect connection string.
///
/// Names known are `user_id`, `token`, `use_ssl`, `session_id`, `user_agent` and `grpc_max_message_size`; every other one is
/// a header sent with each request, as Spark's own clients do. Values are percent-decoded.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct ConnectionString {
    /// A name or an address; an IPv6 address in brackets.
    pub host: String,
    pub port: u16,
    /// Whom the server shall take the client for; the system's user if the string has none.
    pub user_id: String,
    /// A bearer token; it implies TLS, except towards the same machine with `use_ssl=false`.
    pub token: Option<String>,
    pub tls: bool,
    /// A UUID.
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
        let (address, parameters) = text.split_once(';').unwrap_or((text, ""));
        let (host, port) = read_address(address)?;
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
        for (name, value) in read_parameters(parameters)? {
            match name {
                "token" => target.token = Some(header_value(name, value)?),
                "user_id" => target.user_id = value,
                "user_agent" => target.user_agent = header_value(name, value)?,
                "use_ssl" => use_ssl = Some(truth(&value)?),
                "session_id" => target.session_id = session_id(&value)?,
                "grpc_max_message_size" => target.max_message_size = size(&value)?,
                _ => {
                    let value = header_value(name, value)?;
                    target.headers.insert(header_name(name)?, value);
                }
            }
        }
        target.tls = use_ssl.unwrap_or(target.token.is_some());
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

fn read_address(text: &str) -> std::result::Result<(String, u16), String> {
    let authority = text
        .strip_prefix("sc://")
        .ok_or("it must begin with sc://")?;
    if authority.contains(['?', '#']) {
        return Err("parameters are separated by semicolons, not by ? or #".to_owned());
    }
    let (authority, path) = authority.split_once('/').unwrap_or((authority, ""));
    if !path.is_empty() {
        return Err("nothing but /; may stand between the address and the parameters".to_owned());
    }
    if authority.is_empty() {
        return Err(
            "the part before the first semicolon is not a URL: nothing follows //".to_owned(),
        );
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    if !is_host(host) || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!(
            "'//{}' does not name a host, as //host:port would",
            shown(authority)
        ));
    }
    let number = match port {
        "" => Some(DEFAULT_PORT),
        _ => port.parse().ok().filter(|number| *number > 0),
    };
    let number = number
        .ok_or_else(|| format!("the port must be from 1 to 65535, and is {}", shown(port)))?;
    Ok((host.to_owned(), number))
}

fn is_host(text: &str) -> bool {
    if let Some(address) = text.strip_prefix('[') {
        return address
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let name = text.strip_suffix('.').unwrap_or(text);
    is_end(name.bytes().next())
        && is_end(name.bytes().last())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

fn read_parameters(text: &str) -> std::result::Result<BTreeMap<&str, String>, String> {
    let mut parameters = BTreeMap::new();
    for parameter in text.split(';').filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter
            .split_once('=')
            .filter(|(name, value)| !name.is_empty() && !value.is_empty())
            .ok_or("each parameter must be name=value, and one is not")?;
        let value = percent_decoded(value).ok_or_else(|| {
            format!(
                "the value of {} has a % that two hexadecimal digits don't follow",
                shown(name)
            )
        })?;
        if parameters.insert(name, value).is_some() {
            return Err(format!("the parameter {} stands there twice", shown(name)));
        }
    }
    Ok(parameters)
}

fn percent_decoded(text: &str) -> Option<String> {
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
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn truth(value: &str) -> std::result::Result<bool, String> {
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("use_ssl must be true or false".to_owned()),
    }
}

fn session_id(value: &str) -> std::result::Result<String, String> {
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
        Ok(value.to_ascii_lowercase())
    } else {
        Err("session_id must be a UUID".to_owned())
    }
}

fn size(value: &str) -> std::result::Result<usize, String> {
    value
        .parse::<i32>()
        .ok()
        .filter(|size| *size >= 1)
        .and_then(|size| usize::try_from(size).ok())
        .ok_or_else(|| {
            "grpc_max_message_size must be a number of bytes from 1 to 2147483647".to_owned()
        })
}

fn header_name(name: &str) -> std::result::Result<String, String> {
    let header = name.to_ascii_lowercase();
    let is_name = header
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    if !is_name
        || RESERVED.contains(&header.as_str())
        || header.starts_with("grpc-")
        || header.ends_with("-bin")
    {
        return Err(format!(
            "the parameter {} is unknown, and cannot be a header either",
            shown(name)
        ));
    }
    Ok(header)
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

    #[test]
    fn every_known_parameter_is_read() {
        let target = parsed(
            "sc://[::1]:7077/;user_id=ada;token=s3cret%3D;use_ssl=true;user_agent=notebook;\
             session_id=5F1C1C1E-0000-4000-8000-0000000000AA;grpc_max_message_size=1024;X-Team=data",
        );
        assert_eq!((target.host.as_str(), target.port), ("[::1]", 7077));
        assert_eq!(target.user_id, "ada");
        assert_eq!(target.token.as_deref(), Some("s3cret="));
        assert!(target.tls);
        assert_eq!(target.user_agent, "notebook");
        assert_eq!(target.session_id, "5f1c1c1e-0000-4000-8000-0000000000aa");
        assert_eq!(target.max_message_size, 1024);
        let team = ("x-team".to_owned(), "data".to_owned());
        assert_eq!(target.headers, BTreeMap::from([team]));
    }

    #[test]
    fn a_percent_encoded_value_comes_back_as_it_was() {
        for user in ["ada", "a b+c", "é;=%", "\0", "日本"] {
            let encoded: String = user.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let target = parsed(&format!("sc://host/;user_id={encoded}"));
            assert_eq!(target.user_id, user);
        }
        assert_eq!(parsed("sc://host/;user_id=a+b%ff").user_id, "a+b\u{fffd}");
    }

    #[test]
    fn a_token_implies_tls_but_may_stay_unencrypted_on_the_same_machine() {
        assert!(parsed("sc://host/;token=abc").tls);
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            assert!(!parsed(&format!("sc://{host}/;token=abc;use_ssl=false")).tls);
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_the_reason() {
        for (text, reason) in [
            ("http://host", "it must begin with sc://"),
            ("host:15002", "it must begin with sc://"),
            ("", "it must begin with sc://"),
            ("sc://", "not a URL"),
            ("sc://ho st", "does not name a host"),
            ("sc://:15002", "does not name a host"),
            ("sc://me@host", "does not name a host"),
            ("sc://[::1", "does not name a host"),
            ("sc://[host]", "does not name a host"),
            ("sc://host:0", "the port must be from 1 to 65535, and is 0"),
            (
                "sc://host:70000",
                "the port must be from 1 to 65535, and is 70000",
            ),
            ("sc://host:port", "does not name a host"),
            ("sc://host/path", "nothing but /; may stand between"),
            ("sc://host/?a=b", "separated by semicolons"),
            ("sc://host/;user_id", "each parameter must be name=value"),
            ("sc://host/;user_id=", "each parameter must be name=value"),
            ("sc://host/;=ada", "each parameter must be name=value"),
            (
                "sc://host/;user_id=a;user_id=b",
                "the parameter user_id stands there twice",
            ),
            ("sc://host/;user_id=%zz", "the value of user_id has a %"),
            ("sc://host/;user_id=%+1", "the value of user_id has a %"),
            ("sc://host/;user_id=%é", "the value of user_id has a %"),
            ("sc://host/;use_ssl=maybe", "use_ssl must be true or false"),
            (
                "sc://host/;token=abc;use_ssl=false",
                "a token would cross the network unencrypted to host",
            ),
            ("sc://host/;session_id=mine", "session_id must be a UUID"),
            (
                "sc://host/;grpc_max_message_size=0",
                "grpc_max_message_size must be a number of bytes",
            ),
            (
                "sc://host/;grpc_max_message_size=1x",
                "grpc_max_message_size must be a number of bytes",
            ),
            (
                "sc://host/;grpc-timeout=1",
                "the parameter grpc-timeout is unknown",
            ),
            (
                "sc://host/;authorization=x",
                "the parameter authorization is unknown",
            ),
            ("sc://host/;x team=x", "the parameter x team is unknown"),
            (
                "sc://host/;x-team=%0A",
                "the value of x-team becomes a header",
            ),
            (
                "sc://host/;token=%0A",
                "the value of token becomes a header",
            ),
        ] {
            let Err(error) = ConnectionString::parse(text) else {
                panic!("{text} is taken");
            };
            let said = error.to_string();
            assert_eq!(error.code(), code::CONNECTION_INVALID);
            assert!(said.contains(reason), "{text}: {said}");
            assert!(
                said.starts_with(
                    "[GRAFT_CONNECTION_INVALID] The connection string cannot be used: "
                )
            );
            assert!(said.ends_with(". Its shape is sc://host:port/;name=value;name=value"));
        }
    }

    #[test]
    fn a_token_is_never_repeated() {
        let refused = ConnectionString::parse("sc://host/;token=s3cret;token=s3cret");
        assert!(refused.is_err_and(|error| !error.to_string().contains("s3cret")));
    }
}
