/** What can be wrong with what a caller gives. The words stay the same between releases and languages. */
export type InputErrorCode =
  | "GRAFT_ANSWER_UNEXPECTED"
  | "GRAFT_BYTES_INVALID"
  | "GRAFT_DESCRIPTORS_INVALID"
  | "GRAFT_FIELD_RANGE"
  | "GRAFT_FIELD_REQUIRED"
  | "GRAFT_FIELD_TWICE"
  | "GRAFT_FIELD_TYPE"
  | "GRAFT_FIELD_UNKNOWN"
  | "GRAFT_JAR_INVALID"
  | "GRAFT_MESSAGE_UNKNOWN"
  | "GRAFT_SESSION_MISMATCH";

/** A value that does not fit its message, found before anything is sent. */
export class GraftInputError extends Error {
  override readonly name = "GraftInputError";

  /** What is wrong, in a word. */
  readonly code: InputErrorCode;

  constructor(code: InputErrorCode, message: string, options?: ErrorOptions) {
    super(`[${code}] ${message}`, options);
    this.code = code;
  }
}

/** The text of whatever was thrown. */
export function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
