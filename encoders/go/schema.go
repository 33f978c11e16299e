package graft

import (
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// The number of both extensions in graft/annotations.proto.
const annotationNumber = 58174

// Kinds as graft.Kind numbers them.
const (
	kindRelation   = 1
	kindExpression = 2
)

// inputType is what a field takes of the client's own.
type inputType int

const (
	noInput inputType = iota
	relationType
	expressionType
	planType
)

func (t inputType) String() string {
	switch t {
	case relationType:
		return "a relation: a graft.RelationInput, *connect.Relation, or its bytes"
	case expressionType:
		return "an expression: a graft.ExpressionInput, a column's name, *connect.Expression, or its bytes"
	}
	return "a relation or a plan: a graft.RelationInput, *connect.Relation, *connect.Plan, or a plan's bytes"
}

// schema is what the encoder needs to know of a message.
type schema struct {
	descriptor protoreflect.MessageDescriptor
	fields     []*field // in ascending order of their numbers
}

type field struct {
	protoreflect.FieldDescriptor
	required     bool
	defaultValue string
	input        inputType // of a map, its values'
}

func newSchema(message protoreflect.MessageDescriptor) *schema {
	schema := &schema{descriptor: message}
	for i := range message.Fields().Len() {
		schema.fields = append(schema.fields, newField(message.Fields().Get(i)))
	}
	slices.SortFunc(schema.fields, func(a, b *field) int { return int(a.Number()) - int(b.Number()) })
	return schema
}

func newField(descriptor protoreflect.FieldDescriptor) *field {
	result := &field{FieldDescriptor: descriptor}
	var holds, plan uint64
	annotation(descriptor.Options(), func(number protowire.Number, varint uint64, bytes []byte) {
		switch number {
		case 1:
			result.required = varint != 0
		case 2:
			result.defaultValue = string(bytes)
		case 3:
			holds = varint
		case 4:
			plan = varint
		}
	})
	result.input = inputOf(descriptor, holds, plan != 0)
	return result
}

// inputOf says what inputs a field takes; of a map, what its values are.
func inputOf(descriptor protoreflect.FieldDescriptor, holds uint64, plan bool) inputType {
	value := descriptor
	if descriptor.IsMap() {
		value = descriptor.MapValue()
	}
	switch {
	case value.Message() != nil:
		switch value.Message().FullName() {
		case "spark.connect.Relation":
			return relationType
		case "spark.connect.Expression":
			return expressionType
		case "spark.connect.Plan":
			return planType
		}
	case value.Kind() == protoreflect.BytesKind && holds == kindRelation && plan:
		return planType
	case value.Kind() == protoreflect.BytesKind && holds == kindRelation:
		return relationType
	case value.Kind() == protoreflect.BytesKind && holds == kindExpression:
		return expressionType
	}
	return noInput
}

// isMarked says whether the author has annotated a message as an extension.
func isMarked(message protoreflect.MessageDescriptor) bool {
	return annotation(message.Options(), func(protowire.Number, uint64, []byte) {})
}

// promisesRows says whether a command's author has annotated that it answers with rows.
func promisesRows(message protoreflect.MessageDescriptor) (promised bool) {
	annotation(message.Options(), func(number protowire.Number, varint uint64, _ []byte) {
		if number == 5 {
			promised = varint != 0
		}
	})
	return promised
}

// annotation reads the fields of Graft's extension in options. It is among the unknown fields, since descriptors are read
// without a registry: a program may have another copy of the annotations' generated code.
func annotation(options proto.Message, visit func(number protowire.Number, varint uint64, bytes []byte)) bool {
	found := false
	eachField(options.ProtoReflect().GetUnknown(), func(number protowire.Number, _ uint64, bytes []byte) {
		if number == annotationNumber && bytes != nil {
			found = true
			eachField(bytes, visit)
		}
	})
	return found
}

// eachField visits varints and length-delimited fields; for these bytes is not nil. It ends at what is no field.
func eachField(message []byte, visit func(number protowire.Number, varint uint64, bytes []byte)) {
	for len(message) > 0 {
		number, wireType, size := protowire.ConsumeTag(message)
		if size < 0 {
			return
		}
		message = message[size:]
		size = protowire.ConsumeFieldValue(number, wireType, message)
		if size < 0 {
			return
		}
		switch wireType {
		case protowire.VarintType:
			varint, _ := protowire.ConsumeVarint(message)
			visit(number, varint, nil)
		case protowire.BytesType:
			bytes, _ := protowire.ConsumeBytes(message)
			visit(number, 0, bytes[:len(bytes):len(bytes)])
		}
		message = message[size:]
	}
}
