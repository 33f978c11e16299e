import { type DescMessage, getOption, hasOption } from "@bufbuild/protobuf";
import { type DecodedValues, MessageDecoder } from "./decoder.js";
import { link, messagesOf } from "./descriptor-files.js";
import { MessageEncoder } from "./encoder.js";
import { GraftInputError } from "./errors.js";
import { Inputs } from "./inputs.js";
import { operation } from "./messages/graft/annotations_pb.js";
import {
  Command,
  type CommandAnswer,
  type Expression,
  PackedMessage,
  type Relation,
} from "./nodes.js";
import { Place } from "./place.js";
import { TYPE_URL_PREFIX } from "./plan-bytes.js";
import { type ClientNames, Schemas } from "./schema.js";

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The messages of a descriptor set, ready to be filled with values and sent. Linking a set takes some milliseconds, so
 * keep one.
 *
 * Values are objects of the fields by name. `undefined` and `null` mean: not given. By the type of the field:
 *
 * - 32-bit numbers: `number` or `bigint`; 64-bit numbers: `bigint`, or a `number` up to 2^53-1
 * - enums: the value's name or its number
 * - `bytes`: `Uint8Array`
 * - lists: an array or another iterable; maps: a `Map`, or an object
 * - messages: an object of their fields, or a message of generated code
 * - relations, expressions, plans, and bytes that hold them: {@link Relation}, {@link Expression}, a message of Spark's, or
 *   its bytes; a string names a column
 * - `Timestamp`: a `Date`, or seconds and nanos; `Duration`: seconds and nanos; `FieldMask`: paths; wrappers: what they
 *   wrap; `Struct`, `ListValue`, `Value`: what JSON can hold; `Any`: {@link packed}, or a type URL and bytes
 */
export class Operations {
  private readonly messages = new Map<string, DescMessage>();
  private readonly schemas: Schemas;

  /**
   * Reads a descriptor set.
   *
   * @param descriptorSet a serialised `google.protobuf.FileDescriptorSet`, in any order, as bytes or in base64. It may leave
   *   out files of protobuf, of Spark and `graft/annotations.proto`, and may come from a server.
   * @param names names of fields where they are others than in the source, as generated clients have them
   * @throws GraftInputError `GRAFT_DESCRIPTORS_INVALID` if it is none, or its files do not fit together
   */
  constructor(descriptorSet: Uint8Array | string, names: ClientNames = {}) {
    this.schemas = new Schemas(names);
    const bytes = typeof descriptorSet === "string" ? decoded(descriptorSet) : descriptorSet;
    for (const file of link(bytes)) {
      for (const message of messagesOf(file)) {
        this.messages.set(message.typeName, message);
      }
    }
  }

  /** The full names of the messages that their authors have marked as extensions, in order. */
  names(): string[] {
    return [...this.messages.values()]
      .filter((message) => hasOption(message, operation))
      .map((message) => message.typeName)
      .sort();
  }

  /**
   * A message, packed.
   *
   * @param message its full name, such as `acme.v1.TopK`
   * @throws GraftInputError if there is no such message, or values are missing, wrong, or of two sessions
   */
  packed(message: string, values: object = {}): PackedMessage {
    const inputs = new Inputs();
    const encoder = new MessageEncoder(this.schemas, inputs);
    const bytes = encoder.encode(this.descriptor(message), values, Place.root(message));
    return new PackedMessage(TYPE_URL_PREFIX + message, bytes, inputs.session);
  }

  /**
   * The canonical bytes of a message: equal values give equal bytes, in every language's encoder.
   *
   * @throws GraftInputError as {@link packed} does
   */
  encode(message: string, values: object = {}): Uint8Array {
    return this.packed(message, values).value;
  }

  /**
   * A relation that a message stands for.
   *
   * @throws GraftInputError as {@link packed} does
   */
  relation(message: string, values: object = {}): Relation {
    return this.packed(message, values).relation();
  }

  /**
   * An expression that a message stands for.
   *
   * @throws GraftInputError as {@link packed} does
   */
  expression(message: string, values: object = {}): Expression {
    return this.packed(message, values).expression();
  }

  /**
   * A command that a message stands for. Running it throws `GRAFT_ANSWER_UNEXPECTED` if the message's author promises rows
   * and the answer is none.
   *
   * @throws GraftInputError as {@link packed} does
   */
  command(message: string, values: object = {}): Command {
    const { bytes, session } = this.packed(message, values).command();
    const { rows } = getOption(this.descriptor(message), operation);
    return new Command(
      bytes,
      rows ? (answer) => promised(message, answer) : (answer) => answer,
      session,
    );
  }

  /**
   * A command that a message stands for, and that is answered with a message.
   *
   * @param reply the full name of the answer's message
   * @throws GraftInputError as {@link packed} does
   */
  commandWithReply<Reply>(message: string, values: object, reply: string): Command<Reply> {
    const { bytes, session } = this.command(message, values);
    return new Command(
      bytes,
      (answer) => {
        if (answer.kind !== "message" || nameOf(answer.typeUrl) !== reply) {
          const came = answer.kind === "message" ? `the message ${answer.typeUrl}` : answer.kind;
          throw new GraftInputError(
            "GRAFT_ANSWER_UNEXPECTED",
            `The server answered without ${reply}: what came is ${came}. Is its plugin of another version?`,
          );
        }
        return this.decodeWithZeros(reply, answer.value) as Reply;
      },
      session,
    );
  }

  /**
   * Decodes a message. Values are `number` for 32-bit and `bigint` for 64-bit numbers, names for enums (a number where
   * the value has no name), a `Map` for maps, bytes for inputs, objects for messages. Fields without presence that are zero are
   * left out; so are empty lists and maps, and fields that are not known.
   *
   * @throws GraftInputError `GRAFT_MESSAGE_UNKNOWN` or `GRAFT_BYTES_INVALID`
   */
  decode(message: string, bytes: Uint8Array): DecodedValues {
    return new MessageDecoder(this.schemas, false).decode(this.descriptor(message), bytes);
  }

  /**
   * Decodes a message so that no field without presence is missing: numbers are zero then, texts and lists empty.
   *
   * @throws GraftInputError `GRAFT_MESSAGE_UNKNOWN` or `GRAFT_BYTES_INVALID`
   */
  decodeWithZeros(message: string, bytes: Uint8Array): DecodedValues {
    return new MessageDecoder(this.schemas, true).decode(this.descriptor(message), bytes);
  }

  private descriptor(message: string): DescMessage {
    const descriptor = this.messages.get(message);
    if (descriptor === undefined) {
      const marked = this.names();
      const names = marked.length > 0 ? marked : [...this.messages.keys()].sort();
      throw new GraftInputError(
        "GRAFT_MESSAGE_UNKNOWN",
        `The descriptors have no message '${message}'. Extensions in them: ${names.join(", ")}.`,
      );
    }
    return descriptor;
  }
}

function promised(message: string, answer: CommandAnswer): CommandAnswer {
  if (answer.kind !== "rows") {
    const given = answer.kind === "message" ? `a message ${nameOf(answer.typeUrl)}` : answer.kind;
    throw new GraftInputError(
      "GRAFT_ANSWER_UNEXPECTED",
      `The server answered ${message} with ${given}, and not with the rows that its author promises: another plugin has ` +
        "taken it, or its own is of another version than these descriptors",
    );
  }
  return answer;
}

function nameOf(typeUrl: string): string {
  return typeUrl.slice(typeUrl.lastIndexOf("/") + 1);
}

function decoded(base64: string): Uint8Array {
  const text = base64.replace(/\s/g, "");
  if (!BASE64.test(text)) {
    throw new GraftInputError("GRAFT_DESCRIPTORS_INVALID", "The descriptors are not base64");
  }
  return new Uint8Array(Buffer.from(text, "base64"));
}
