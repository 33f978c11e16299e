package graft

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// encoder checks named values against a message's descriptor and writes them in the one form that every encoder of Graft
// writes: fields by number, map entries by key, nothing that says nothing.
type encoder struct {
	operations *Operations
	session    *Session // of the inputs so far; nil while none of them has one
}

// message appends the fields of a message.
func (e *encoder) message(to []byte, schema *schema, values Values, depth int) ([]byte, *refusal) {
	if depth > deepest {
		return nil, &refusal{code: FieldRange, whole: true, text: fmt.Sprintf(
			"A message is nested more than %d levels deep. Does a map hold itself?", deepest)}
	}
	for name := range values {
		if schema.descriptor.Fields().ByName(protoreflect.Name(name)) == nil {
			return nil, unknownField(schema.descriptor, e.leastUnknown(schema, values))
		}
	}
	if refused := checkOneofs(schema, values); refused != nil {
		return nil, refused
	}
	for _, field := range schema.fields {
		value, isGiven, refused := valueOrDefault(field, values)
		if refused == nil && isGiven {
			to, refused = e.field(to, field, value, depth)
		}
		if refused != nil {
			return nil, refused.field(field.Name())
		}
	}
	return to, nil
}

// leastUnknown makes the error the same whichever way the map is walked.
func (e *encoder) leastUnknown(schema *schema, values Values) string {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if schema.descriptor.Fields().ByName(protoreflect.Name(name)) == nil {
			return name
		}
	}
	return ""
}

func checkOneofs(schema *schema, values Values) *refusal {
	oneofs := schema.descriptor.Oneofs()
	for i := range oneofs.Len() {
		var found protoreflect.Name
		members := oneofs.Get(i).Fields()
		for j := range members.Len() {
			name := members.Get(j).Name()
			if _, isGiven := given(values[string(name)]); !isGiven {
				continue
			}
			if found != "" {
				return &refusal{code: FieldTwice, whole: true, text: fmt.Sprintf(
					"Only one of '%s' and '%s' of %s can be given: they are members of the oneof '%s'",
					found, name, schema.descriptor.FullName(), oneofs.Get(i).Name())}
			}
			found = name
		}
	}
	return nil
}

func valueOrDefault(field *field, values Values) (any, bool, *refusal) {
	value, isGiven := given(values[string(field.Name())])
	switch {
	case !isGiven && field.defaultValue != "" && oneofIsFree(field, values):
		value, refused := parsedDefault(field)
		return value, true, refused
	case !isGiven && (field.required || field.Cardinality() == protoreflect.Required):
		return nil, false, refuse(FieldRequired, "must be given")
	case isGiven && field.required && isEmpty(field, value):
		return nil, false, refuse(FieldRequired, "must be given, and is empty")
	}
	return value, isGiven, nil
}

func oneofIsFree(field *field, values Values) bool {
	oneof := field.ContainingOneof()
	if oneof == nil || oneof.IsSynthetic() {
		return true
	}
	for i := range oneof.Fields().Len() {
		if _, isGiven := given(values[string(oneof.Fields().Get(i).Name())]); isGiven {
			return false
		}
	}
	return true
}

// isEmpty is for texts, bytes, lists and maps: messages and inputs are given when they are there.
func isEmpty(field *field, value any) bool {
	reflected := reflect.ValueOf(value)
	switch reflected.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.String:
		several := field.Cardinality() == protoreflect.Repeated
		return reflected.Len() == 0 &&
			(several || field.input == noInput && field.Message() == nil)
	}
	return false
}

func (e *encoder) field(to []byte, field *field, value any, depth int) ([]byte, *refusal) {
	switch {
	case field.IsMap():
		return e.entries(to, field, value, depth)
	case field.IsList():
		return e.list(to, field, value, depth)
	}
	checked, refused := e.checked(field, field.input, value, depth)
	if refused != nil || !field.HasPresence() && checked.isZero() {
		return to, refused
	}
	return appendOne(to, field, checked), nil
}

func appendOne(to []byte, field protoreflect.FieldDescriptor, checked scalar) []byte {
	to = protowire.AppendTag(to, field.Number(), wireType(field.Kind()))
	if field.Kind() == protoreflect.GroupKind {
		return protowire.AppendGroup(to, field.Number(), checked.bytes)
	}
	return appendScalar(to, field.Kind(), checked)
}

func (e *encoder) list(to []byte, field *field, value any, depth int) ([]byte, *refusal) {
	list := reflect.ValueOf(value)
	isList := list.Kind() == reflect.Slice || list.Kind() == reflect.Array
	if !isList || list.Type().Elem().Kind() == reflect.Uint8 && list.Kind() == reflect.Slice {
		return nil, wrongType("a list", value)
	}
	var elements []byte
	for i := range list.Len() {
		checked, refused := e.checked(field, field.input, list.Index(i).Interface(), depth)
		switch {
		case refused != nil:
			return nil, refused.element(i)
		case field.IsPacked():
			elements = appendScalar(elements, field.Kind(), checked)
		default:
			to = appendOne(to, field, checked)
		}
	}
	if len(elements) > 0 {
		to = appendBytes(to, field.Number(), elements)
	}
	return to, nil
}

func (e *encoder) entries(to []byte, field *field, value any, depth int) ([]byte, *refusal) {
	entries := reflect.ValueOf(value)
	if entries.Kind() != reflect.Map {
		return nil, wrongType("a map", value)
	}
	type entry struct{ key, value scalar }
	checked := make([]entry, 0, entries.Len())
	for iterator := entries.MapRange(); iterator.Next(); {
		key, refused := checkedScalar(field.MapKey(), iterator.Key().Interface())
		if refused != nil {
			return nil, refused.element(iterator.Key().Interface())
		}
		value, refused := e.checked(field.MapValue(), field.input, iterator.Value().Interface(), depth)
		if refused != nil {
			return nil, refused.element(iterator.Key().Interface())
		}
		checked = append(checked, entry{key, value})
	}
	kind := field.MapKey().Kind()
	slices.SortFunc(checked, func(a, b entry) int { return compareKeys(kind, a.key, b.key) })
	for i, entry := range checked {
		if i > 0 && compareKeys(kind, checked[i-1].key, entry.key) == 0 {
			return nil, refuse(FieldTwice, "has one key twice, as values of two Go types")
		}
		bytes := appendOne(nil, field.MapKey(), entry.key)
		to = appendBytes(to, field.Number(), appendOne(bytes, field.MapValue(), entry.value))
	}
	return to, nil
}

// checked gives a value as appendScalar takes it; a message as its bytes.
func (e *encoder) checked(field protoreflect.FieldDescriptor, input inputType, value any, depth int) (scalar, *refusal) {
	if input != noInput {
		bytes, refused := e.input(input, value)
		return scalar{bytes: bytes}, refused
	}
	if field.Message() == nil {
		return checkedScalar(field, value)
	}
	bytes, refused := e.nested(field.Message(), value, depth)
	return scalar{bytes: bytes}, refused
}

func (e *encoder) nested(message protoreflect.MessageDescriptor, value any, depth int) ([]byte, *refusal) {
	name := message.FullName()
	plain, isGiven := given(value)
	if !isGiven {
		if empty, isValues := value.(Values); isValues {
			plain = empty
		} else {
			plain = nil
		}
	}
	switch value := plain.(type) {
	case proto.Message:
		if value.ProtoReflect().Descriptor().FullName() == name {
			return marshalled(value)
		}
	case Message:
		if given, values := value.GraftValues(); given == string(name) {
			return e.message(nil, e.operations.schema(message), values, depth+1)
		}
	case []byte:
		if isForeign(name) && wrapperTypes[name] == "" {
			return value, nil
		}
	}
	fields, known, refused := e.wellKnown(message, plain)
	switch {
	case refused != nil:
		return nil, refused
	case known:
		return e.message(nil, e.operations.schema(message), fields, depth+1)
	}
	if values, isFields := asFields(plain); isFields && !message.IsPlaceholder() {
		return e.message(nil, e.operations.schema(message), values, depth+1)
	}
	return nil, wrongType("a message "+string(name)+", or its fields as graft.Values", plain)
}

func asFields(value any) (Values, bool) {
	switch value := value.(type) {
	case Values:
		return value, true
	case map[string]any:
		return value, true
	}
	return nil, false
}
