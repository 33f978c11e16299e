/**
 * Sends Graft's extensions to a Spark Connect server and reads the rows that come back.
 *
 * @packageDocumentation
 */
export { GraftInputError, type InputErrorCode } from "./errors.js";
export type { ExpressionInput, PlanInput, RelationInput } from "./inputs.js";
export { Command, type CommandAnswer, Expression, PackedMessage, Relation } from "./nodes.js";
export { Operations } from "./operations.js";
export type { DecodedValues } from "./decoder.js";
export type { ClientNames } from "./schema.js";
export type { LongInput, MapInput, MessageInput, OpenEnum } from "./values.js";
export type {
  AnyInput,
  Duration,
  DurationInput,
  Empty,
  FieldMask,
  Json,
  JsonList,
  JsonObject,
  Timestamp,
  TimestampInput,
} from "./well-known.js";
export { RequestFailedError } from "./request-failed.js";
export type { Rows } from "./rows.js";
export { connect, type Session } from "./session.js";
