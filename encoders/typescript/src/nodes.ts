import { GraftInputError } from "./errors.js";
import { type ExpressionInput, Inputs, type RelationInput } from "./inputs.js";
import { Place } from "./place.js";
import * as plan from "./plan-bytes.js";
import { utf8 } from "./scalars.js";

/**
 * Rows that are yet to be computed: a serialised `spark.connect.Relation`. It belongs to a session if it, or a relation
 * inside it, was made by one; another session then refuses it.
 */
export class Relation {
  /**
   * @param bytes a serialised `spark.connect.Relation`, which is never looked into
   * @param session whom it belongs to, by identity; undefined if it may be used everywhere
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly session?: object,
  ) {}

  /** A relation of whatever can be an input: a message of Spark's, or its bytes. */
  static of(input: RelationInput): Relation {
    const inputs = new Inputs();
    const bytes = inputs.bytes("relation", input, Place.root("spark.connect.Relation"));
    return new Relation(bytes, inputs.session);
  }

  /**
   * The columns that are named, or computed from this relation's.
   *
   * @throws GraftInputError `GRAFT_FIELD_REQUIRED` if there are none
   */
  select(...columns: readonly ExpressionInput[]): Relation {
    const place = Place.root("spark.connect.Project").field("expressions");
    if (columns.length === 0) {
      throw place.error("GRAFT_FIELD_REQUIRED", "must be given, and is empty");
    }
    const inputs = new Inputs(this.session);
    const expressions = columns.map((column, index) =>
      inputs.bytes("expression", column, place.element(index)),
    );
    return new Relation(plan.projection(this.bytes, expressions), inputs.session);
  }
}

/** A value in each row: a serialised `spark.connect.Expression`. */
export class Expression {
  /**
   * @param bytes a serialised `spark.connect.Expression`, which is never looked into
   * @param session whom it belongs to, by identity; undefined if it may be used everywhere
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly session?: object,
  ) {}

  /** A column by its name, as it stands in SQL. */
  static column(name: string): Expression {
    return new Expression(
      plan.attribute(utf8(name, Place.root("spark.connect.Expression").field("name"))),
    );
  }

  /** The same value as a column of another name. */
  as(name: string): Expression {
    const text = utf8(name, Place.root("spark.connect.Expression.Alias").field("name"));
    return new Expression(plan.alias(this.bytes, text), this.session);
  }
}

/** What a command that ran to its end has answered. */
export type CommandAnswer =
  /** It had nothing to say, or nothing that this client knows. */
  | { readonly kind: "nothing" }
  /** Rows, still on the server. */
  | { readonly kind: "rows"; readonly relation: Relation }
  /** A message of the plugin's own. */
  | { readonly kind: "message"; readonly typeUrl: string; readonly value: Uint8Array };

/**
 * Something to be done: a serialised `spark.connect.Command`.
 *
 * @typeParam Reply what running it gives
 */
export class Command<Reply = CommandAnswer> {
  /**
   * @param bytes a serialised `spark.connect.Command`, which is never looked into
   * @param read makes the reply of the server's answer
   * @param session whom it belongs to, by identity; undefined if it may be used everywhere
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly read: (answer: CommandAnswer) => Reply,
    readonly session?: object,
  ) {}
}

/** A message with its type URL, for fields of type `google.protobuf.Any`. */
export class PackedMessage {
  /**
   * @param typeUrl such as `type.googleapis.com/acme.v1.TopK`; the server looks at what follows the last slash
   * @param value the serialised message
   * @param session whom its inputs belong to, by identity; undefined if it may be used everywhere
   */
  constructor(
    readonly typeUrl: string,
    readonly value: Uint8Array,
    readonly session?: object,
  ) {}

  /**
   * The full name of the message.
   *
   * @throws GraftInputError `GRAFT_FIELD_RANGE` if the type URL has no slash, or no name after it
   */
  get messageName(): string {
    const slash = this.typeUrl.lastIndexOf("/");
    const name = this.typeUrl.slice(slash + 1);
    if (slash < 0 || name.trim() === "") {
      throw new GraftInputError(
        "GRAFT_FIELD_RANGE",
        `'${this.typeUrl}' is not a type URL: it must end in a slash and the full name of the message, such as ` +
          `${plan.TYPE_URL_PREFIX}acme.v1.TopK`,
      );
    }
    return name;
  }

  /** A relation that the message stands for. */
  relation(): Relation {
    return new Relation(plan.relationExtension(this.typeUrl, this.value), this.session);
  }

  /** An expression that the message stands for. */
  expression(): Expression {
    return new Expression(plan.expressionExtension(this.typeUrl, this.value), this.session);
  }

  /** A command that the message stands for. */
  command(): Command {
    const bytes = plan.commandExtension(this.typeUrl, this.value);
    return new Command(bytes, (answer) => answer, this.session);
  }
}
