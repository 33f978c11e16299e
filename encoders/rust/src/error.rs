use std::borrow::Cow;
use std::error::Error as StandardError;
use std::fmt;
use std::sync::Arc;

/// What the functions of this crate give.
pub type Result<T> = std::result::Result<T, Error>;

/// The words for what is found wrong before anything is sent, and for servers that lack something. They stay the same
/// between releases and between languages; other words come from servers.
pub mod code {
    /// The message has no field of that name.
    pub const FIELD_UNKNOWN: &str = "GRAFT_FIELD_UNKNOWN";
    /// A field that must be given is absent, or empty.
    pub const FIELD_REQUIRED: &str = "GRAFT_FIELD_REQUIRED";
    /// The value is of a type that the field does not take.
    pub const FIELD_TYPE: &str = "GRAFT_FIELD_TYPE";
    /// The value is of the right type, but the field's type has no such value.
    pub const FIELD_RANGE: &str = "GRAFT_FIELD_RANGE";
    /// More than one member of a oneof is given, or one key of a map twice.
    pub const FIELD_TWICE: &str = "GRAFT_FIELD_TWICE";
    /// The descriptors have no such message.
    pub const MESSAGE_UNKNOWN: &str = "GRAFT_MESSAGE_UNKNOWN";
    /// An input belongs to another session than the rest.
    pub const SESSION_MISMATCH: &str = "GRAFT_SESSION_MISMATCH";
    /// The descriptors are not readable or do not fit together.
    pub const DESCRIPTORS_INVALID: &str = "GRAFT_DESCRIPTORS_INVALID";
    /// The bytes to be decoded are no message of that type.
    pub const BYTES_INVALID: &str = "GRAFT_BYTES_INVALID";
    /// A command has answered something else than the message that was expected.
    pub const ANSWER_UNEXPECTED: &str = "GRAFT_ANSWER_UNEXPECTED";
    /// This client, as it was built, cannot do what was asked for.
    pub const CLIENT_UNSUPPORTED: &str = "GRAFT_CLIENT_UNSUPPORTED";
    /// The connection string cannot be used.
    pub const CONNECTION_INVALID: &str = "GRAFT_CONNECTION_INVALID";
    /// What is to be added to a session is no jar by its name, or cannot be read.
    pub const JAR_INVALID: &str = "GRAFT_JAR_INVALID";
    /// The server has nothing that handles the extension.
    pub const SERVER_WITHOUT_EXTENSION: &str = "GRAFT_SERVER_WITHOUT_EXTENSION";
    /// The server, or its Graft, lacks what was asked for.
    pub const SERVER_TOO_OLD: &str = "GRAFT_SERVER_TOO_OLD";
}

/// Why something was refused, failed on the server, or never reached it.
///
/// Its text begins with the code in brackets where the code is one of [`code`]'s; a server's text is as the server gave
/// it.
#[derive(Clone)]
pub struct Error(Arc<Failure>);

struct Failure {
    code: Cow<'static, str>,
    status: tonic::Code,
    text: String,
    source: Option<Box<dyn StandardError + Send + Sync>>,
}

impl Error {
    /// An error that is found before anything is sent.
    pub(crate) fn new(code: &'static str, text: impl fmt::Display) -> Self {
        Self(Arc::new(Failure {
            code: Cow::Borrowed(code),
            status: tonic::Code::Ok,
            text: format!("[{code}] {text}"),
            source: None,
        }))
    }

    /// An error that another one has led to.
    pub(crate) fn caused(
        code: &'static str,
        text: impl fmt::Display,
        source: impl StandardError + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Failure {
            code: Cow::Borrowed(code),
            status: tonic::Code::Ok,
            text: format!("[{code}] {text}"),
            source: Some(Box::new(source)),
        }))
    }

    /// An error of a request; the text is whole.
    pub(crate) fn of_request(
        code: impl Into<Cow<'static, str>>,
        status: tonic::Code,
        text: String,
        source: Option<Box<dyn StandardError + Send + Sync>>,
    ) -> Self {
        Self(Arc::new(Failure {
            code: code.into(),
            status,
            text,
            source,
        }))
    }

    /// What kind of error it is. Of a server's error it is the server's own word: `GRAFT_…` where Graft refused
    /// something, else Spark's error class such as `TABLE_OR_VIEW_NOT_FOUND`; empty where the server names none.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// What gRPC said: `Ok` if nothing was sent, `Unavailable` if no server answered.
    #[must_use]
    pub fn status(&self) -> tonic::Code {
        self.0.status
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0.text)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Error")
            .field("code", &self.0.code)
            .field("status", &self.0.status)
            .field("text", &self.0.text)
            .finish_non_exhaustive()
    }
}

impl StandardError for Error {
    fn source(&self) -> Option<&(dyn StandardError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StandardError + 'static))
    }
}
