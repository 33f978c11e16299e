import { type Message, toBinary } from "@bufbuild/protobuf";
import { PlanSchema, type Plan } from "./messages/spark/connect/base_pb.js";
import {
  ExpressionSchema,
  type Expression as ExpressionMessage,
} from "./messages/spark/connect/expressions_pb.js";
import {
  RelationSchema,
  type Relation as RelationMessage,
} from "./messages/spark/connect/relations_pb.js";
import { Expression, PackedMessage, Relation } from "./nodes.js";
import type { Place } from "./place.js";
import { attribute, planOfRelation } from "./plan-bytes.js";
import { utf8 } from "./scalars.js";
import type { InputType } from "./schema.js";

/** What a field takes that is a relation: one, a message of Spark's, or its bytes, which are sent as they are. */
export type RelationInput = Relation | PackedMessage | RelationMessage | Uint8Array;

/** What a field takes that is a plan: a relation, a plan of Spark's, or its bytes, which are sent as they are. */
export type PlanInput = Relation | PackedMessage | RelationMessage | Plan | Uint8Array;

/** What a field takes that is a value in each row: an expression, the name of a column, a message of Spark's or its bytes. */
export type ExpressionInput = Expression | PackedMessage | ExpressionMessage | Uint8Array | string;

const WANTED: Readonly<Record<InputType, string>> = {
  relation: "a relation: a Relation, a spark.connect.Relation, or its bytes",
  expression:
    "an expression: an Expression, a column's name, a spark.connect.Expression, or its bytes",
  plan: "a relation or a plan: a Relation, a message of Spark's, or its bytes",
};

/** Whether a value is a message of generated code. */
export function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "$typeName" in value;
}

/** Relations and expressions inside a message, whose bytes are never looked into. */
export class Inputs {
  /** @param session whom the first input belongs to */
  constructor(private owner?: object) {}

  /** Whom the inputs so far belong to; undefined while none of them belongs to anyone. */
  get session(): object | undefined {
    return this.owner;
  }

  /** Notes that something of a session is used. */
  join(session: object | undefined, place: Place): void {
    if (session === undefined) {
      return;
    }
    if (this.owner !== undefined && this.owner !== session) {
      throw place.error(
        "GRAFT_SESSION_MISMATCH",
        "is of another session than an input before it. A server sees one session's tables and views only: " +
          "make both inputs with the same one",
      );
    }
    this.owner = session;
  }

  /** The bytes of an input. */
  bytes(type: InputType, value: unknown, place: Place): Uint8Array {
    if (value instanceof Uint8Array) {
      return value;
    } else if (value instanceof PackedMessage) {
      return this.bytes(type, type === "expression" ? value.expression() : value.relation(), place);
    } else if (type === "expression") {
      return this.expression(value, place);
    } else if (value instanceof Relation) {
      this.join(value.session, place);
      return rooted(type, value.bytes);
    } else if (isMessage(value)) {
      if (value.$typeName === RelationSchema.typeName) {
        return rooted(type, toBinary(RelationSchema, value as RelationMessage));
      } else if (type === "plan" && value.$typeName === PlanSchema.typeName) {
        return toBinary(PlanSchema, value as Plan);
      }
    }
    throw place.wrongType(WANTED[type], value);
  }

  private expression(value: unknown, place: Place): Uint8Array {
    if (value instanceof Expression) {
      this.join(value.session, place);
      return value.bytes;
    } else if (typeof value === "string") {
      return attribute(utf8(value, place));
    } else if (isMessage(value) && value.$typeName === ExpressionSchema.typeName) {
      return toBinary(ExpressionSchema, value as ExpressionMessage);
    }
    throw place.wrongType(WANTED.expression, value);
  }
}

function rooted(type: InputType, relation: Uint8Array): Uint8Array {
  return type === "plan" ? planOfRelation(relation) : relation;
}
