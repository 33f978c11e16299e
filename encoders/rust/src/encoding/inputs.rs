use std::borrow::Cow;

use super::encoder::Encoder;
use crate::descriptors::InputType;
use crate::error::code;
use crate::node::SessionKey;
use crate::plan_bytes;
use crate::refusal::{Checked, Refusal};
use crate::value::Value;

const RELATION: &str = "spark.connect.Relation";
const EXPRESSION: &str = "spark.connect.Expression";
const PLAN: &str = "spark.connect.Plan";

impl Encoder<'_> {
    /// The bytes of a relation, an expression or a plan.
    pub(super) fn input<'v>(
        &mut self,
        wanted: InputType,
        value: &'v Value,
    ) -> Checked<Cow<'v, [u8]>> {
        match (wanted, value) {
            // Of what is wanted, so of a plan where that is a plan.
            (_, Value::Bytes(bytes)) => Ok(Cow::Borrowed(bytes)),
            (InputType::Expression, Value::String(column)) => {
                Ok(Cow::Owned(plan_bytes::column(column)))
            }
            (InputType::Expression, Value::Expression(expression)) => {
                self.join(expression.session())?;
                let bytes = expression.bytes().map_err(Refusal::whole)?;
                Ok(Cow::Borrowed(bytes))
            }
            (InputType::Expression, Value::Encoded(message)) if message.name == EXPRESSION => {
                Ok(Cow::Borrowed(&message.bytes))
            }
            (InputType::Plan, Value::Plan(plan)) => Ok(Cow::Borrowed(plan.bytes())),
            (InputType::Plan, Value::Encoded(message)) if message.name == PLAN => {
                Ok(Cow::Borrowed(&message.bytes))
            }
            (InputType::Plan, _) => {
                let relation = self.relation(wanted, value)?;
                Ok(Cow::Owned(plan_bytes::plan_of_relation(relation)))
            }
            (InputType::Relation, _) => self.relation(wanted, value).map(Cow::Borrowed),
            (InputType::Expression, _) => Err(Refusal::wrong_type(described(wanted), value)),
        }
    }

    fn relation<'v>(&mut self, wanted: InputType, value: &'v Value) -> Checked<&'v [u8]> {
        match value {
            Value::Relation(relation) => {
                self.join(relation.session())?;
                let bytes = relation.bytes().map_err(Refusal::whole)?;
                Ok(bytes)
            }
            Value::Encoded(message) if message.name == RELATION => Ok(&message.bytes),
            _ => Err(Refusal::wrong_type(described(wanted), value)),
        }
    }

    /// Makes sure that all inputs belong to one session.
    fn join(&mut self, session: Option<SessionKey>) -> Checked<()> {
        if self.session.is_some() && session.is_some() && self.session != session {
            return Err(Refusal::new(
                code::SESSION_MISMATCH,
                "is of another session than an input before it. A server sees one session's tables and views only: make \
                 both inputs with the same one",
            ));
        }
        self.session = self.session.or(session);
        Ok(())
    }
}

fn described(wanted: InputType) -> &'static str {
    match wanted {
        InputType::Relation => "a relation, a spark.connect.Relation, or its bytes",
        InputType::Expression => {
            "an expression, a column's name, a spark.connect.Expression, or its bytes"
        }
        InputType::Plan => {
            "a relation or a plan, a message of Spark's of either, or a plan's bytes"
        }
    }
}
