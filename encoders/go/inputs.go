package graft

import (
	"fmt"
	"reflect"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	"graft.dev/encoders/go/connect"
)

// RelationInput is what can stand where rows are wanted: a [Relation], or an operation of a generated client that gives
// one.
type RelationInput interface {
	Relation() (Relation, error)
}

// ExpressionInput is what can stand where a value of each row is wanted: an [Expression], or an operation of a generated
// client that gives one.
type ExpressionInput interface {
	Expression() (Expression, error)
}

// CommandInput is what a session can execute: a [Command], or an operation of a generated client that gives one.
type CommandInput interface {
	Command() (Command, error)
}

// Relation is a serialised spark.connect.Relation. One that a [Session] has made, or that holds such a one, can be used in
// that session only. The zero value is no relation.
type Relation struct {
	bytes   []byte
	session *Session
	err     error
}

// RelationBytes gives a relation of serialised bytes, which are used as they are.
func RelationBytes(bytes []byte) Relation { return Relation{bytes: present(bytes)} }

// RelationOf gives the relation that a message of Spark's says.
func RelationOf(relation *connect.Relation) Relation {
	bytes, err := deterministic.Marshal(relation)
	return Relation{bytes: present(bytes), err: err}
}

// Relation implements [RelationInput]. The error is of what the relation was made from, such as a text that is not UTF-8.
func (r Relation) Relation() (Relation, error) {
	switch {
	case r.err != nil:
		return Relation{}, r.err
	case r.bytes == nil:
		return Relation{}, newError(FieldRequired, "The zero value of graft.Relation is no relation")
	}
	return r, nil
}

// Bytes gives the serialised spark.connect.Relation.
func (r Relation) Bytes() []byte { return r.bytes }

// Message parses the relation, so that Spark's own operations can be put around it.
func (r Relation) Message() (*connect.Relation, error) {
	message := &connect.Relation{}
	return message, parse(r.bytes, message)
}

// Plan gives a serialised spark.connect.Plan that asks for the rows.
func (r Relation) Plan() []byte { return appendBytes(nil, planRoot, r.bytes) }

// Expression is a serialised spark.connect.Expression. The zero value is no expression.
type Expression struct {
	bytes   []byte
	session *Session
	err     error
}

// ExpressionBytes gives an expression of serialised bytes, which are used as they are.
func ExpressionBytes(bytes []byte) Expression { return Expression{bytes: present(bytes)} }

// ExpressionOf gives the expression that a message of Spark's says.
func ExpressionOf(expression *connect.Expression) Expression {
	bytes, err := deterministic.Marshal(expression)
	return Expression{bytes: present(bytes), err: err}
}

// Column gives the expression that stands for a column, by its name.
func Column(name string) Expression {
	if !utf8.ValidString(name) {
		return Expression{err: newError(FieldRange, "The name of a column must be UTF-8, and is not")}
	}
	return Expression{bytes: column(name)}
}

// Expression implements [ExpressionInput]. The error is of what the expression was made from.
func (e Expression) Expression() (Expression, error) {
	switch {
	case e.err != nil:
		return Expression{}, e.err
	case e.bytes == nil:
		return Expression{}, newError(FieldRequired, "The zero value of graft.Expression is no expression")
	}
	return e, nil
}

// Bytes gives the serialised spark.connect.Expression.
func (e Expression) Bytes() []byte { return e.bytes }

// Message parses the expression, so that Spark's own operations can be put around it.
func (e Expression) Message() (*connect.Expression, error) {
	message := &connect.Expression{}
	return message, parse(e.bytes, message)
}

// Plan gives a serialised spark.connect.Plan that asks for the expression's value alone, over no input.
func (e Expression) Plan() []byte {
	project := appendBytes(nil, relationProject, appendBytes(nil, projectExpressions, e.bytes))
	return appendBytes(nil, planRoot, project)
}

// Command is a serialised spark.connect.Command. The zero value is no command.
type Command struct {
	bytes   []byte
	session *Session
	rows    string // the full name of the message whose author promises rows; empty if nobody does
}

// CommandBytes gives a command of serialised bytes, which are used as they are.
func CommandBytes(bytes []byte) Command { return Command{bytes: present(bytes)} }

// Command implements [CommandInput].
func (c Command) Command() (Command, error) {
	if c.bytes == nil {
		return Command{}, newError(FieldRequired, "The zero value of graft.Command is no command")
	}
	return c, nil
}

// Bytes gives the serialised spark.connect.Command.
func (c Command) Bytes() []byte { return c.bytes }

// Plan gives a serialised spark.connect.Plan that asks for the command to be executed.
func (c Command) Plan() []byte { return appendBytes(nil, planCommand, c.bytes) }

func parse(bytes []byte, message proto.Message) error {
	if err := proto.Unmarshal(bytes, message); err != nil {
		return &Error{Code: BytesInvalid, text: fmt.Sprintf("[%s] %v", BytesInvalid, err), cause: err}
	}
	return nil
}

func present(bytes []byte) []byte {
	if bytes == nil {
		return []byte{}
	}
	return bytes
}

// given gives a value without its pointers, and whether there is one.
func given(value any) (any, bool) {
	switch value := value.(type) {
	case nil:
		return nil, false
	case Relation:
		return value, value.bytes != nil || value.err != nil
	case Expression:
		return value, value.bytes != nil || value.err != nil
	}
	reflected := reflect.ValueOf(value)
	for {
		switch reflected.Kind() {
		case reflect.Pointer, reflect.Interface:
			if reflected.IsNil() {
				return nil, false
			}
			switch reflected.Interface().(type) {
			case Relation, *Relation, Expression, *Expression:
				return given(reflected.Elem().Interface())
			case proto.Message, Message, RelationInput, ExpressionInput, number:
				return reflected.Interface(), true
			}
			reflected = reflected.Elem()
			continue
		case reflect.Slice, reflect.Map:
			if reflected.IsNil() {
				return nil, false
			}
		}
		return reflected.Interface(), true
	}
}

// input gives the bytes of a relation, an expression or a plan.
func (e *encoder) input(wanted inputType, value any) ([]byte, *refusal) {
	plain, _ := given(value)
	if wanted == expressionType {
		return e.expression(plain)
	}
	var bytes []byte
	switch value := plain.(type) {
	case []byte: // of what is wanted, so of a plan where that is a plan
		return value, nil
	case *connect.Plan:
		if wanted != planType {
			return nil, wrongType(wanted.String(), value)
		}
		return marshalled(value)
	case *connect.Relation:
		marshalled, refused := marshalled(value)
		if refused != nil {
			return nil, refused
		}
		bytes = marshalled
	case RelationInput:
		relation, err := value.Relation()
		if err != nil {
			return nil, &refusal{code: FieldRange, cause: err}
		}
		if refused := e.join(relation.session); refused != nil {
			return nil, refused
		}
		bytes = relation.bytes
	default:
		return nil, wrongType(wanted.String(), plain)
	}
	if wanted == planType {
		bytes = appendBytes(nil, planRoot, bytes)
	}
	return bytes, nil
}

func (e *encoder) expression(value any) ([]byte, *refusal) {
	switch value := value.(type) {
	case []byte:
		return value, nil
	case *connect.Expression:
		return marshalled(value)
	case ExpressionInput:
		expression, err := value.Expression()
		if err != nil {
			return nil, &refusal{code: FieldRange, cause: err}
		}
		return expression.bytes, e.join(expression.session)
	case string:
		name, refused := text(value)
		return column(string(name)), refused
	}
	return nil, wrongType(expressionType.String(), value)
}

func marshalled(message proto.Message) ([]byte, *refusal) {
	bytes, err := deterministic.Marshal(message)
	if err != nil {
		return nil, &refusal{code: FieldRange, cause: err}
	}
	return bytes, nil
}

// join makes sure that all inputs belong to one session.
func (e *encoder) join(session *Session) *refusal {
	if session == nil {
		return nil
	}
	if e.session != nil && e.session != session {
		return refuse(SessionMismatch, "is of another session than an input before it. A server sees one session's tables"+
			" and views only: make both inputs with the same one")
	}
	e.session = session
	return nil
}
