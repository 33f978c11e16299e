use prost_types::Any;

use crate::node::Relation;

/// What a command that ran to its end has answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Answer {
    /// Nothing.
    #[default]
    Nothing,
    /// Rows that are still on the server; [`Session::rows`](crate::Session::rows) reads them.
    Rows(Relation),
    /// A message of the plugin's own.
    Message(Any),
}
