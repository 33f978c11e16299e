use std::error::Error as StandardError;
use std::sync::LazyLock;

use prost::Message;
use prost_types::Any;
use regex_lite::Regex;
use tonic::{Code, Status};

use crate::error::{Error, code};

/// What the texts of servers are searched for.
struct Patterns {
    /// Graft's code may stand inside a text that the server has put its own code before.
    graft_code: Regex,
    leading_code: Regex,
    /// How Spark says that it has nothing for an extension: 3.4 to 4.1, and from 4.2 on.
    no_handler: Regex,
    /// How engines say it that know no extensions; none of them gives it a code. The last are Sail's whole texts, with an
    /// error of the kind "unsupported".
    not_implemented: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |text| Regex::new(text).unwrap_or_else(|error| panic!("{error}"));
    Patterns {
        graft_code: compiled(r"\[(GRAFT_[A-Z0-9_.]+)\]"),
        leading_code: compiled(r"^\[([A-Z][A-Z0-9_.]+)\]"),
        no_handler: compiled("No handler found for extension|NO_HANDLER_FOR_EXTENSION"),
        not_implemented: compiled(concat!(
            "(?is)(not (yet )?(implemented|supported)|unsupported|unimplemented).{0,80}extension",
            "|extension.{0,80}(not (yet )?(implemented|supported)|unsupported)",
            "|^(extension (relation|expression)|command extension)$",
        )),
    }
});

/// The error of a request that the server refused, that failed there, or that never reached it.
pub(super) fn of_status(status: Status) -> Error {
    let said = said(&status);
    let code = server_code(&status, &said);
    let text = match code.as_str() {
        code::SERVER_WITHOUT_EXTENSION => format!(
            "[{code}] The server has nothing that handles this extension. Install Graft and the plugin's jar on it, or \
             connect to a gateway that has them. The server said: {said}"
        ),
        code::SERVER_TOO_OLD => format!(
            "[{code}] The server does not know this request; use a newer one. The server said: {said}"
        ),
        _ => said,
    };
    Error::of_request(code, status.code(), text, Some(Box::new(status)))
}

/// The error of a request that may not have reached a server of that address.
pub(super) fn of_request(status: Status, address: &str) -> Error {
    // What servers say has no source.
    if status.code() != Code::Unavailable || StandardError::source(&status).is_none() {
        return of_status(status);
    }
    let text = format!("{address} cannot be reached: {}", said(&status));
    Error::of_request("", status.code(), text, Some(Box::new(status)))
}

/// An error about the list of extensions: Graft is there and does not know it.
pub(super) fn without_catalogue(failure: Error) -> Error {
    if failure.code() != "GRAFT_EXTENSION_UNKNOWN" {
        return failure;
    }
    let text = format!(
        "[{}] The server's Graft is too old for that; update it. The server said: {failure}",
        code::SERVER_TOO_OLD
    );
    let status = failure.status();
    Error::of_request(code::SERVER_TOO_OLD, status, text, Some(Box::new(failure)))
}

/// An answer that is not whole, or not readable.
pub(super) fn data_loss(
    text: String,
    source: Option<Box<dyn StandardError + Send + Sync>>,
) -> Error {
    Error::of_request("", Code::DataLoss, text, source)
}

/// The server's text; where no server answered, also what the connection's errors say.
fn said(status: &Status) -> String {
    let mut text = if status.message().is_empty() {
        status.code().description().to_owned()
    } else {
        status.message().to_owned()
    };
    let mut source = StandardError::source(status);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

fn server_code(status: &Status, text: &str) -> String {
    let first = |pattern: &Regex| {
        let found = pattern.captures(text)?.get(1)?;
        Some(found.as_str().to_owned())
    };
    if let Some(graft) = first(&PATTERNS.graft_code) {
        return graft;
    }
    if PATTERNS.no_handler.is_match(text) {
        return code::SERVER_WITHOUT_EXTENSION.to_owned();
    }
    if let Some(named) = error_class(status).or_else(|| first(&PATTERNS.leading_code)) {
        return named;
    }
    if PATTERNS.not_implemented.is_match(text) {
        return code::SERVER_WITHOUT_EXTENSION.to_owned();
    }
    match status.code() {
        Code::Unimplemented => code::SERVER_TOO_OLD.to_owned(),
        _ => String::new(),
    }
}

/// `google.rpc.Status`.
#[derive(Clone, PartialEq, Message)]
struct RichStatus {
    #[prost(message, repeated, tag = "3")]
    details: Vec<Any>,
}

/// `google.rpc.ErrorInfo`.
#[derive(Clone, PartialEq, Message)]
struct ErrorInfo {
    #[prost(map = "string, string", tag = "3")]
    metadata: std::collections::HashMap<String, String>,
}

/// What the details of a status say; where they are not readable, the text says all the same what went wrong.
fn error_class(status: &Status) -> Option<String> {
    let details = RichStatus::decode(status.details()).ok()?.details;
    let info = details
        .iter()
        .find(|detail| detail.type_url.ends_with("/google.rpc.ErrorInfo"))?;
    let mut info = ErrorInfo::decode(info.value.as_slice()).ok()?;
    info.metadata
        .remove("errorClass")
        .filter(|class| !class.trim().is_empty())
}
