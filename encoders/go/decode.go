package graft

import (
	"errors"
	"fmt"
	"math"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"
)

// decoder reads messages by their descriptors; the bytes may come from anywhere.
type decoder struct {
	operations *Operations
	forReply   bool
}

// read is what was found of a field: scalars; of messages their bytes.
type read struct {
	field  *field
	values []scalar
}

func (d decoder) message(message protoreflect.MessageDescriptor, bytes []byte, depth int) (Values, error) {
	if depth > deepest {
		return nil, fmt.Errorf("messages are nested more than %d levels deep", deepest)
	}
	found, err := readFields(d.operations.schema(message), bytes)
	if err != nil {
		return nil, err
	}
	values := Values{}
	for _, read := range found {
		value, err := d.value(read, depth)
		if err != nil {
			return nil, err
		}
		if value != nil || read.field.HasPresence() {
			values[string(read.field.Name())] = value
		}
	}
	return values, nil
}

func readFields(schema *schema, bytes []byte) (map[protoreflect.FieldNumber]*read, error) {
	found := map[protoreflect.FieldNumber]*read{}
	for len(bytes) > 0 {
		number, given, size := protowire.ConsumeTag(bytes)
		if size < 0 {
			return nil, protowire.ParseError(size)
		}
		bytes = bytes[size:]
		size = protowire.ConsumeFieldValue(number, given, bytes)
		if size < 0 {
			return nil, protowire.ParseError(size)
		}
		value := bytes[:size]
		bytes = bytes[size:]
		field := schema.byNumber(number)
		switch {
		case field == nil:
			// Not known.
		case given == wireType(field.Kind()):
			forgetOtherMembers(found, field)
			if _, err := add(found, field, value); err != nil {
				return nil, err
			}
		case given == protowire.BytesType && field.IsList():
			packed, _ := protowire.ConsumeBytes(value)
			for len(packed) > 0 {
				size, err := add(found, field, packed)
				if err != nil {
					return nil, err
				}
				packed = packed[size:]
			}
		}
	}
	return found, nil
}

func (s *schema) byNumber(number protoreflect.FieldNumber) *field {
	low, high := 0, len(s.fields)
	for low < high {
		middle := (low + high) / 2
		if s.fields[middle].Number() < number {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(s.fields) && s.fields[low].Number() == number {
		return s.fields[low]
	}
	return nil
}

func forgetOtherMembers(found map[protoreflect.FieldNumber]*read, field *field) {
	if oneof := field.ContainingOneof(); oneof != nil {
		for i := range oneof.Fields().Len() {
			if other := oneof.Fields().Get(i).Number(); other != field.Number() {
				delete(found, other)
			}
		}
	}
}

// add reads one value from the beginning of the bytes, and gives its size.
func add(found map[protoreflect.FieldNumber]*read, field *field, bytes []byte) (int, error) {
	value, size, err := readScalar(field, bytes)
	if err != nil {
		return 0, err
	}
	if field.Kind() == protoreflect.EnumKind && field.Enum().IsClosed() &&
		field.Enum().Values().ByNumber(protoreflect.EnumNumber(int32(value.bits))) == nil {
		return size, nil // A closed enum's unknown numbers are unknown fields.
	}
	known := found[field.Number()]
	if known == nil {
		known = &read{field: field}
		found[field.Number()] = known
	}
	if field.Cardinality() != protoreflect.Repeated && field.Message() == nil {
		known.values = known.values[:0]
	}
	known.values = append(known.values, value)
	return size, nil
}

func readScalar(field protoreflect.FieldDescriptor, bytes []byte) (scalar, int, error) {
	var value scalar
	var size int
	kind := field.Kind()
	switch wireType(kind) {
	case protowire.Fixed32Type:
		var bits uint32
		bits, size = protowire.ConsumeFixed32(bytes)
		value.bits = uint64(bits)
	case protowire.Fixed64Type:
		value.bits, size = protowire.ConsumeFixed64(bytes)
	case protowire.BytesType:
		value.bytes, size = protowire.ConsumeBytes(bytes)
	case protowire.StartGroupType:
		value.bytes, size = protowire.ConsumeGroup(field.Number(), bytes)
	default:
		value.bits, size = protowire.ConsumeVarint(bytes)
	}
	if size < 0 {
		return scalar{}, 0, protowire.ParseError(size)
	}
	if kind == protoreflect.StringKind && !utf8.Valid(value.bytes) {
		return scalar{}, 0, errors.New("a text is not UTF-8")
	}
	value.bytes = value.bytes[:len(value.bytes):len(value.bytes)] // whoever appends shall not write on what follows
	return value, size, nil
}

// value gives nil for what is not to be among the values of a field without presence.
func (d decoder) value(read *read, depth int) (any, error) {
	field := read.field
	switch {
	case field.IsMap():
		return d.entries(read, depth)
	case field.IsList():
		list := make([]any, 0, len(read.values))
		for _, element := range read.values {
			value, err := d.single(field, field.input, element, depth)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	}
	last := read.values[len(read.values)-1]
	if field.Message() != nil {
		last = joined(read.values)
	}
	if !field.HasPresence() && d.isZero(field, last) {
		return nil, nil
	}
	return d.single(field, field.input, last, depth)
}

// joined gives the message that pieces of it make: merging them is what joining their bytes does.
func joined(pieces []scalar) scalar {
	if len(pieces) == 1 {
		return pieces[0]
	}
	var whole scalar
	for _, piece := range pieces {
		whole.bytes = append(whole.bytes, piece.bytes...)
	}
	return whole
}

func (d decoder) isZero(field *field, value scalar) bool {
	switch field.Kind() {
	case protoreflect.Int32Kind, protoreflect.Uint32Kind, protoreflect.EnumKind:
		return uint32(value.bits) == 0 // Of longer varints the upper bits do not count.
	case protoreflect.Sint32Kind:
		return uint32(protowire.DecodeZigZag(value.bits&math.MaxUint32)) == 0
	}
	return value.isZero()
}

func (d decoder) entries(read *read, depth int) (any, error) {
	key, value := read.field.MapKey(), read.field.MapValue()
	schema := d.operations.schema(read.field.Message())
	entries := make(map[any]any, len(read.values))
	for _, bytes := range read.values {
		found, err := readFields(schema, bytes.bytes)
		if err != nil {
			return nil, err
		}
		var keyRead, valueRead scalar
		if of := found[key.Number()]; of != nil {
			keyRead = of.values[len(of.values)-1]
		}
		if of := found[value.Number()]; of != nil {
			valueRead = of.values[len(of.values)-1]
			if value.Message() != nil {
				valueRead = joined(of.values)
			}
		}
		decodedKey, err := d.single(key, noInput, keyRead, depth)
		if err != nil {
			return nil, err
		}
		decoded, err := d.single(value, read.field.input, valueRead, depth)
		if err != nil {
			return nil, err
		}
		entries[decodedKey] = decoded
	}
	return entries, nil
}

func (d decoder) single(field protoreflect.FieldDescriptor, input inputType, value scalar, depth int) (any, error) {
	if input != noInput {
		return present(value.bytes), nil
	}
	switch field.Kind() {
	case protoreflect.BoolKind:
		return protowire.DecodeBool(value.bits), nil
	case protoreflect.Int32Kind, protoreflect.Sfixed32Kind:
		return int32(value.bits), nil
	case protoreflect.Sint32Kind:
		return int32(protowire.DecodeZigZag(value.bits & math.MaxUint32)), nil
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return uint32(value.bits), nil
	case protoreflect.Int64Kind, protoreflect.Sfixed64Kind:
		return int64(value.bits), nil
	case protoreflect.Sint64Kind:
		return protowire.DecodeZigZag(value.bits), nil
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return value.bits, nil
	case protoreflect.FloatKind:
		return math.Float32frombits(uint32(value.bits)), nil
	case protoreflect.DoubleKind:
		return math.Float64frombits(value.bits), nil
	case protoreflect.StringKind:
		return string(value.bytes), nil
	case protoreflect.BytesKind:
		return present(value.bytes), nil
	case protoreflect.EnumKind:
		number := int32(value.bits)
		if named := field.Enum().Values().ByNumber(protoreflect.EnumNumber(number)); named != nil && !d.forReply {
			return string(named.Name()), nil
		}
		return number, nil
	}
	if field.Message().IsPlaceholder() {
		return present(value.bytes), nil
	}
	fields, err := d.message(field.Message(), value.bytes, depth+1)
	if err != nil {
		return nil, err
	}
	native, err := nativeValue(field.Message(), fields)
	if long, isLong := native.(*durationpb.Duration); isLong && d.forReply {
		return nil, fmt.Errorf("a Duration of %d seconds is too long for time.Duration", long.Seconds)
	}
	return native, err
}

func zero(field protoreflect.FieldDescriptor) any {
	switch value := field.Default().Interface().(type) {
	case []byte:
		return []byte{}
	default:
		return value
	}
}
