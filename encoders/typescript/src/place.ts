import { GraftInputError, type InputErrorCode } from "./errors.js";

/** Deeper messages are refused: an object that holds itself would never end. */
export const DEEPEST = 1000;

const SHOWN_CHARACTERS = 60;

/** Where in a message a value stands, for the texts of errors. */
export class Place {
  private constructor(
    private readonly message: string,
    private readonly parent: Place | undefined,
    private readonly label: string,
    private readonly depth: number,
  ) {}

  static root(message: string): Place {
    return new Place(message, undefined, "", 0);
  }

  field(name: string): Place {
    const label = this.parent === undefined ? name : `.${name}`;
    return new Place(this.message, this, label, this.depth);
  }

  element(position: unknown): Place {
    return new Place(this.message, this, `[${shown(position)}]`, this.depth);
  }

  deeper(): Place {
    if (this.depth >= DEEPEST) {
      throw new GraftInputError(
        "GRAFT_FIELD_RANGE",
        `A message of ${this.message} is nested more than ${String(DEEPEST)} levels deep. Does an object hold itself?`,
      );
    }
    return new Place(this.message, this.parent, this.label, this.depth + 1);
  }

  error(code: InputErrorCode, text: string): GraftInputError {
    return new GraftInputError(code, `${this.toString()} ${text}`);
  }

  wrongType(wanted: string, given: unknown): GraftInputError {
    return this.error("GRAFT_FIELD_TYPE", `must be ${wanted}, and ${described(given)} was given`);
  }

  outOfRange(wanted: string, given: unknown): GraftInputError {
    return this.error("GRAFT_FIELD_RANGE", `must be ${wanted}, and ${described(given)} was given`);
  }

  /** Empty for the message itself. */
  get path(): string {
    const labels = [this.label];
    for (let place = this.parent; place !== undefined; place = place.parent) {
      labels.push(place.label);
    }
    return labels.reverse().join("");
  }

  toString(): string {
    return `'${this.path}' of ${this.message}`;
  }
}

function described(value: unknown): string {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
    case "string":
      return `'${shown(value)}' (${typeof value})`;
    case "object":
      return value === null ? "null" : `a value of type ${objectType(value)}`;
    default:
      return `a value of type ${typeof value}`;
  }
}

function objectType(value: object): string {
  if (Array.isArray(value)) {
    return "array";
  }
  const constructor: unknown = value.constructor;
  return typeof constructor === "function" ? shown(constructor.name) : "object";
}

/** A value as far as an error's text can hold it. */
export function shown(value: unknown): string {
  const text = String(value).replace(/\p{Cc}/gu, "\u00b7");
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
