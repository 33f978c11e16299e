package graft

import (
	"google.golang.org/grpc/codes"
)

// Code says what kind of error it is, in a word that stays the same between releases and between languages.
type Code string

// What is found wrong before anything is sent, and how servers that lack something are told apart. Other codes come from
// servers.
const (
	// FieldUnknown: the message has no field of that name.
	FieldUnknown Code = "GRAFT_FIELD_UNKNOWN"
	// FieldRequired: a field that must be given is absent, or empty.
	FieldRequired Code = "GRAFT_FIELD_REQUIRED"
	// FieldType: the value is of a type that the field does not take.
	FieldType Code = "GRAFT_FIELD_TYPE"
	// FieldRange: the value is of the right type, but the field's type has no such value.
	FieldRange Code = "GRAFT_FIELD_RANGE"
	// FieldTwice: more than one member of a oneof is given, or one key of a map twice.
	FieldTwice Code = "GRAFT_FIELD_TWICE"
	// MessageUnknown: the descriptors have no such message.
	MessageUnknown Code = "GRAFT_MESSAGE_UNKNOWN"
	// SessionMismatch: an input belongs to another session than the rest.
	SessionMismatch Code = "GRAFT_SESSION_MISMATCH"
	// DescriptorsInvalid: the descriptors are not readable or do not fit together.
	DescriptorsInvalid Code = "GRAFT_DESCRIPTORS_INVALID"
	// BytesInvalid: the bytes to be decoded are no message of that type.
	BytesInvalid Code = "GRAFT_BYTES_INVALID"
	// AnswerUnexpected: a command was answered, but not with what its descriptors promise.
	AnswerUnexpected Code = "GRAFT_ANSWER_UNEXPECTED"
	// ConnectionInvalid: the connection string cannot be used.
	ConnectionInvalid Code = "GRAFT_CONNECTION_INVALID"
	// JarInvalid: what is to be added to a session is no jar by its name.
	JarInvalid Code = "GRAFT_JAR_INVALID"
	// ServerWithoutExtension: the server has nothing that handles the extension.
	ServerWithoutExtension Code = "GRAFT_SERVER_WITHOUT_EXTENSION"
	// ServerTooOld: the server, or its Graft, lacks what was asked for.
	ServerTooOld Code = "GRAFT_SERVER_TOO_OLD"
)

// Error is what every function of this package returns when it fails, but for a file that cannot be read. Its text begins with the code in brackets where
// the code is one of the constants here; a server's text is as the server gave it.
type Error struct {
	// Code is the kind of error. Of a server's error it is the server's own: GRAFT_… where Graft refused something, else
	// Spark's error class such as TABLE_OR_VIEW_NOT_FOUND; empty where the server names none.
	Code Code
	// Status is what gRPC said: OK if nothing was sent, Unavailable if no server answered.
	Status codes.Code

	text  string
	cause error
}

func (e *Error) Error() string { return e.text }

// Unwrap gives what led to the error, if anything did.
func (e *Error) Unwrap() error { return e.cause }

func newError(code Code, text string) *Error {
	return &Error{Code: code, text: "[" + string(code) + "] " + text}
}
