use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use prost::Message as _;

use crate::answer::Answer;
use crate::error::{Error, Result, code};
use crate::refusal::shown;
use crate::{plan_bytes, spark};

/// Tells a session from all others of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SessionKey(u64);

impl SessionKey {
    pub fn next() -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        Self(MADE.fetch_add(1, Ordering::Relaxed))
    }
}

/// Serialised bytes, or why there are none.
#[derive(Clone)]
struct Node {
    bytes: Result<Bytes>,
    session: Option<SessionKey>,
    /// The full name of the command's message whose author promises rows.
    promises_rows: Option<Arc<str>>,
}

impl Node {
    fn of(bytes: impl Into<Bytes>, session: Option<SessionKey>) -> Self {
        Self {
            bytes: Ok(bytes.into()),
            session,
            promises_rows: None,
        }
    }

    fn bytes(&self) -> Result<&Bytes> {
        self.bytes.as_ref().map_err(Error::clone)
    }

    fn is(&self, other: &Self) -> bool {
        self.session == other.session
            && match (&self.bytes, &other.bytes) {
                (Ok(one), Ok(other)) => one == other,
                _ => false,
            }
    }

    fn show(&self, name: &str, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.bytes {
            Ok(bytes) => write!(to, "{name}({} bytes)", bytes.len()),
            Err(error) => write!(to, "{name}({error})"),
        }
    }
}

macro_rules! node {
    ($(#[$documentation:meta])* $name:ident, $message:literal, $plan:path) => {
        $(#[$documentation])*
        #[derive(Clone)]
        pub struct $name(Node);

        impl $name {
            #[doc = concat!("Of a serialised `", $message, "`, which is used as it is.")]
            pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
                Self(Node::of(bytes, None))
            }

            pub(crate) fn of_session(bytes: impl Into<Bytes>, session: Option<SessionKey>) -> Self {
                Self(Node::of(bytes, session))
            }

            pub(crate) fn session(&self) -> Option<SessionKey> {
                self.0.session
            }

            #[doc = concat!("The serialised `", $message, "`.")]
            ///
            /// # Errors
            /// What it was made from was refused.
            pub fn bytes(&self) -> Result<&Bytes> {
                self.0.bytes()
            }

            /// Parses it, so that Spark's own operations can be put around it.
            ///
            /// # Errors
            #[doc = concat!("`GRAFT_BYTES_INVALID` if the bytes are no `", $message, "`, or nested too deep for prost;")]
            /// and where what it was made from was refused.
            pub fn message(&self) -> Result<spark::$name> {
                spark::$name::decode(self.bytes()?.clone()).map_err(|failure| {
                    let text = format!(concat!("The bytes are no ", $message, ": {}"), failure);
                    Error::caused(code::BYTES_INVALID, text, failure)
                })
            }

            /// A serialised `spark.connect.Plan` that asks for it, for clients other than [`Session`](crate::Session).
            ///
            /// # Errors
            /// What it was made from was refused.
            pub fn plan(&self) -> Result<Vec<u8>> {
                Ok($plan(self.bytes()?))
            }
        }

        impl From<&$name> for $name {
            fn from(node: &$name) -> Self {
                node.clone()
            }
        }

        impl From<spark::$name> for $name {
            fn from(message: spark::$name) -> Self {
                Self::from_bytes(message.encode_to_vec())
            }
        }

        impl From<&spark::$name> for $name {
            fn from(message: &spark::$name) -> Self {
                Self::from_bytes(message.encode_to_vec())
            }
        }

        /// Keeps the error, which comes out where the node is used.
        impl From<Result<$name>> for $name {
            fn from(made: Result<$name>) -> Self {
                made.unwrap_or_else(|error| {
                    Self(Node {
                        bytes: Err(error),
                        session: None,
                        promises_rows: None,
                    })
                })
            }
        }

        impl PartialEq for $name {
            /// Whether the bytes and the session are the same. What was refused equals nothing.
            fn eq(&self, other: &Self) -> bool {
                self.0.is(&other.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.show(stringify!($name), to)
            }
        }
    };
}

node!(
    /// Rows: a serialised `spark.connect.Relation`.
    ///
    /// One that a [`Session`](crate::Session) has made, or that holds such a one, can be used in that session only. It is
    /// cheap to clone. One that was made of an operation that was refused holds the error, which comes out where the
    /// relation is used.
    Relation,
    "spark.connect.Relation",
    plan_bytes::plan_of_relation
);

node!(
    /// A value of each row: a serialised `spark.connect.Expression`. A text stands for the column of that name.
    ///
    /// It is cheap to clone. One that was made of an operation that was refused holds the error, which comes out where the
    /// expression is used.
    Expression,
    "spark.connect.Expression",
    plan_bytes::plan_of_expression
);

node!(
    /// Something to be done: a serialised `spark.connect.Command`.
    Command,
    "spark.connect.Command",
    plan_bytes::plan_of_command
);

impl Command {
    pub(crate) fn promising_rows(mut self, message: &str) -> Self {
        self.0.promises_rows = Some(message.into());
        self
    }

    /// Refuses an answer that is not the rows that the message's author promises.
    pub(crate) fn check_promise(&self, answer: &Answer) -> Result<()> {
        let given = match (answer, &self.0.promises_rows) {
            (Answer::Rows(_), _) | (_, None) => return Ok(()),
            (Answer::Nothing, _) => "nothing".to_owned(),
            (Answer::Message(message), _) => {
                let name = message.type_url.rsplit('/').next().unwrap_or_default();
                format!("a message {}", shown(name))
            }
        };
        let message = self.0.promises_rows.as_deref().unwrap_or_default();
        let text = format!(
            "The server answered {message} with {given}, and not with the rows that its author promises: another plugin has \
             taken it, or its own is of another version than these descriptors"
        );
        Err(Error::new(code::ANSWER_UNEXPECTED, text))
    }
}

impl From<&str> for Expression {
    fn from(column: &str) -> Self {
        Self::from_bytes(plan_bytes::column(column))
    }
}

impl From<String> for Expression {
    fn from(column: String) -> Self {
        column.as_str().into()
    }
}

impl From<&String> for Expression {
    fn from(column: &String) -> Self {
        column.as_str().into()
    }
}

/// The expression that stands for a column, by its name.
#[must_use]
pub fn column(name: &str) -> Expression {
    name.into()
}

/// A serialised `spark.connect.Plan`, for fields that hold one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(Bytes);

impl Plan {
    /// Of serialised bytes, which are used as they are.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self(bytes.into())
    }

    /// The serialised `spark.connect.Plan`.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// The relation that is its root; one without bytes where it has none.
    #[must_use]
    pub fn root(&self) -> Relation {
        Relation::from_bytes(self.0.slice_ref(plan_bytes::root_of_plan(&self.0)))
    }
}

impl From<spark::Plan> for Plan {
    fn from(message: spark::Plan) -> Self {
        Self::from_bytes(message.encode_to_vec())
    }
}
