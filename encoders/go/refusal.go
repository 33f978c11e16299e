package graft

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// Deeper messages are refused: a list or map that holds itself would never end.
const deepest = 1_000

const shownCharacters = 60

// A refusal is an error on its way out of a message: each level puts its place in front.
type refusal struct {
	code  Code
	path  string
	text  string
	whole bool  // the text needs no place in front of it
	cause error // an error of an input, which says everything itself
}

func refuse(code Code, text string) *refusal { return &refusal{code: code, text: text} }

func wrongType(wanted string, value any) *refusal {
	return refuse(FieldType, "must be "+wanted+", and "+described(value)+" was given")
}

func outOfRange(wanted string, value any) *refusal {
	return refuse(FieldRange, "must be "+wanted+", and "+described(value)+" was given")
}

func unknownField(message protoreflect.MessageDescriptor, name string) *refusal {
	var fields []string
	for i := range message.Fields().Len() {
		fields = append(fields, string(message.Fields().Get(i).Name()))
	}
	return &refusal{
		code:  FieldUnknown,
		whole: true,
		text: fmt.Sprintf("%s has no field '%s'. Its fields: %s.",
			message.FullName(), shown(name), strings.Join(fields, ", ")),
	}
}

func (r *refusal) field(name protoreflect.Name) *refusal {
	if r.path != "" && r.path[0] != '[' {
		r.path = "." + r.path
	}
	r.path = string(name) + r.path
	return r
}

func (r *refusal) element(position any) *refusal {
	if r.path != "" && r.path[0] != '[' {
		r.path = "." + r.path
	}
	r.path = "[" + shown(fmt.Sprint(position)) + "]" + r.path
	return r
}

// error gives the refusal to the caller; message is the one that was to be encoded.
func (r *refusal) error(message protoreflect.FullName) error {
	if r.cause != nil {
		var known *Error
		if errors.As(r.cause, &known) {
			return r.cause
		}
		return &Error{
			Code:  r.code,
			text:  fmt.Sprintf("[%s] '%s' of %s: %v", r.code, r.path, message, r.cause),
			cause: r.cause,
		}
	}
	if r.whole {
		return newError(r.code, r.text)
	}
	return newError(r.code, fmt.Sprintf("'%s' of %s %s", r.path, message, r.text))
}

func described(value any) string {
	switch value := value.(type) {
	case nil:
		return "nil"
	case []byte:
		return "bytes"
	case Message:
		name, _ := value.GraftValues()
		return "a message " + name
	}
	kind := reflect.TypeOf(value)
	switch kind.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fmt.Sprintf("'%s' (%s)", shown(fmt.Sprint(value)), kind)
	}
	return "a value of type " + kind.String()
}

// shown gives a text that is short and has nothing in it that changes a terminal.
func shown(text string) string {
	var clean strings.Builder
	count := 0
	for _, each := range text {
		if count++; count > shownCharacters {
			clean.WriteRune('…')
			break
		}
		if unicode.IsPrint(each) {
			clean.WriteRune(each)
		} else {
			clean.WriteRune('·')
		}
	}
	return clean.String()
}
