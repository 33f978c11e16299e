package graft

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"sync"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
)

const typeURLPrefix = "type.googleapis.com/"

// Operations are the messages of a descriptor set, ready to be filled with values. They are safe for use by several
// goroutines; linking a set takes some milliseconds, so keep them.
type Operations struct {
	messages map[protoreflect.FullName]protoreflect.MessageDescriptor
	schemas  sync.Map // of *schema by full name; also of messages that fields refer to
}

// ReadOperations reads a serialised google.protobuf.FileDescriptorSet, its files in any order. It may leave out files of
// protobuf, of Spark and graft/annotations.proto, and may come from a server. The error's code is [DescriptorsInvalid] if
// it is none, or its files do not fit together.
func ReadOperations(descriptorSet []byte) (*Operations, error) {
	files, err := linkFiles(descriptorSet)
	if err != nil {
		return nil, err
	}
	operations := &Operations{messages: map[protoreflect.FullName]protoreflect.MessageDescriptor{}}
	for _, file := range files {
		operations.add(file.Messages())
	}
	return operations, nil
}

// MustReadOperations does what [ReadOperations] does with base64, for descriptors that are part of the program: it
// panics if they are damaged.
func MustReadOperations(descriptorSet string) *Operations {
	decoded, err := base64.StdEncoding.DecodeString(descriptorSet)
	if err != nil {
		panic(newError(DescriptorsInvalid, "The descriptors are not base64: "+err.Error()))
	}
	operations, err := ReadOperations(decoded)
	if err != nil {
		panic(err)
	}
	return operations
}

func (o *Operations) add(messages protoreflect.MessageDescriptors) {
	for i := range messages.Len() {
		if message := messages.Get(i); !message.IsMapEntry() {
			o.messages[message.FullName()] = message
			o.add(message.Messages())
		}
	}
}

// Names gives the full names of the messages that their authors have marked as extensions, in order.
func (o *Operations) Names() []string {
	names := []string{}
	for name, message := range o.messages {
		if isMarked(message) {
			names = append(names, string(name))
		}
	}
	slices.Sort(names)
	return names
}

// Encode serialises a message: equal values give equal bytes, in every language's encoder.
func (o *Operations) Encode(message string, values Values) ([]byte, error) {
	bytes, _, err := o.encode(message, values)
	return bytes, err
}

func (o *Operations) encode(message string, values Values) ([]byte, *Session, error) {
	descriptor, err := o.message(message)
	if err != nil {
		return nil, nil, err
	}
	encoder := encoder{operations: o}
	bytes, refused := encoder.message([]byte{}, o.schema(descriptor), values, 0)
	if refused != nil {
		return nil, nil, refused.error(descriptor.FullName())
	}
	return bytes, encoder.session, nil
}

// Pack serialises a message and packs it.
func (o *Operations) Pack(message string, values Values) (*anypb.Any, error) {
	bytes, err := o.Encode(message, values)
	if err != nil {
		return nil, err
	}
	return &anypb.Any{TypeUrl: typeURLPrefix + message, Value: bytes}, nil
}

// Relation gives the relation that a message stands for. It belongs to the session of the message's inputs, if one of
// them has one.
func (o *Operations) Relation(message string, values Values) (Relation, error) {
	bytes, session, err := o.encode(message, values)
	if err != nil {
		return Relation{}, err
	}
	return Relation{bytes: appendBytes(nil, relationExtension, packed(message, bytes)), session: session}, nil
}

// Expression gives the expression that a message stands for. It belongs to the session of the message's inputs, if one of
// them has one.
func (o *Operations) Expression(message string, values Values) (Expression, error) {
	bytes, session, err := o.encode(message, values)
	if err != nil {
		return Expression{}, err
	}
	return Expression{bytes: appendBytes(nil, expressionExtension, packed(message, bytes)), session: session}, nil
}

// Command gives the command that a message asks for. It belongs to the session of the message's inputs, if one of them
// has one.
func (o *Operations) Command(message string, values Values) (Command, error) {
	bytes, session, err := o.encode(message, values)
	if err != nil {
		return Command{}, err
	}
	command := Command{bytes: appendBytes(nil, commandExtension, packed(message, bytes)), session: session}
	if promisesRows(o.messages[protoreflect.FullName(message)]) {
		command.rows = message
	}
	return command, nil
}

// Decode reads a message. Values are bool, int32, uint32, int64, uint64, float32, float64, string and []byte; enums are
// strings, or int32 where the number has no name; inputs []byte; messages [Values]; lists []any; maps map[any]any;
// Timestamp is [time.Time], Duration [time.Duration] or, where that is too short, *durationpb.Duration, FieldMask []string,
// Empty *emptypb.Empty, wrappers what they wrap, Struct map[string]any, ListValue []any, Value what it holds, Any *anypb.Any.
//
// Fields without presence that are zero are left out, and so are empty lists and maps, and fields that are not known.
// The error's code is [MessageUnknown] or [BytesInvalid].
func (o *Operations) Decode(message string, bytes []byte) (Values, error) {
	return o.decode(message, bytes, decoder{operations: o})
}

// Reply reads the message that a command has answered with, as [Operations.Decode] does, but all enums as int32. Generated
// clients make their own types of it. The error's code is [AnswerUnexpected] if the answer is no message of that name,
// [BytesInvalid] if it holds a Duration that is too long for [time.Duration].
func (o *Operations) Reply(message string, answer Answer) (Values, error) {
	if answer.Message == nil {
		what := "nothing"
		if answer.Rows != nil {
			what = "rows"
		}
		return nil, newError(AnswerUnexpected, "The server answered with "+what+", and not with a message "+message)
	}
	name := answer.Message.GetTypeUrl()
	name = name[strings.LastIndexByte(name, '/')+1:]
	if name != message {
		return nil, newError(AnswerUnexpected,
			fmt.Sprintf("The server answered with a message '%s', and not with %s", shown(name), message))
	}
	return o.decode(message, answer.Message.GetValue(), decoder{operations: o, forReply: true})
}

func (o *Operations) decode(message string, bytes []byte, decoder decoder) (Values, error) {
	descriptor, err := o.message(message)
	if err != nil {
		return nil, err
	}
	values, err := decoder.message(descriptor, bytes, 0)
	if err != nil {
		return nil, &Error{
			Code:  BytesInvalid,
			text:  fmt.Sprintf("[%s] The bytes are no message %s: %v", BytesInvalid, message, err),
			cause: err,
		}
	}
	return values, nil
}

func (o *Operations) message(name string) (protoreflect.MessageDescriptor, error) {
	if descriptor, found := o.messages[protoreflect.FullName(name)]; found {
		return descriptor, nil
	}
	known := o.Names()
	if len(known) == 0 {
		for each := range o.messages {
			known = append(known, string(each))
		}
		slices.Sort(known)
	}
	return nil, newError(MessageUnknown, fmt.Sprintf("The descriptors have no message '%s'. Extensions in them: %s.",
		shown(name), strings.Join(known, ", ")))
}

func (o *Operations) schema(message protoreflect.MessageDescriptor) *schema {
	if known, found := o.schemas.Load(message.FullName()); found {
		return known.(*schema)
	}
	known, _ := o.schemas.LoadOrStore(message.FullName(), newSchema(message))
	return known.(*schema)
}
