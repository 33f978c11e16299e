// Package fields reads the values of decoded messages. Generated clients use it to make their own types of what a command
// has answered with.
package fields

import (
	"google.golang.org/protobuf/encoding/protowire"

	graft "graft.dev/encoders/go"
)

// Of gives a field's value; zero if it is not there.
func Of[T any](values graft.Values, field string) T {
	value, _ := values[field].(T)
	return value
}

// Optional gives a pointer to a field's value; nil if it is not there.
func Optional[T any](values graft.Values, field string) *T {
	if value, found := values[field].(T); found {
		return &value
	}
	return nil
}

// List gives the elements of a list; nil if there are none.
func List[T any](values graft.Values, field string) []T {
	elements, _ := values[field].([]any)
	var list []T
	for _, element := range elements {
		value, _ := element.(T)
		list = append(list, value)
	}
	return list
}

// Map gives the entries of a map; nil if there are none.
func Map[K comparable, T any](values graft.Values, field string) map[K]T {
	elements, _ := values[field].(map[any]any)
	if len(elements) == 0 {
		return nil
	}
	entries := make(map[K]T, len(elements))
	for each, element := range elements {
		key, _ := each.(K)
		value, _ := element.(T)
		entries[key] = value
	}
	return entries
}

// Each converts the elements of a list.
func Each[T, R any](list []T, convert func(T) R) []R {
	var converted []R
	for _, element := range list {
		converted = append(converted, convert(element))
	}
	return converted
}

// EachValue converts the values of a map.
func EachValue[K comparable, T, R any](entries map[K]T, convert func(T) R) map[K]R {
	if entries == nil {
		return nil
	}
	converted := make(map[K]R, len(entries))
	for key, value := range entries {
		converted[key] = convert(value)
	}
	return converted
}

// Message converts a message that is a field's value; nil if it is not there.
func Message[T any](values graft.Values, field string, convert func(graft.Values) T) *T {
	message, found := values[field].(graft.Values)
	if !found {
		return nil
	}
	converted := convert(message)
	return &converted
}

// Enum gives a field's value as its number; zero if it is not there.
func Enum[T ~int32](values graft.Values, field string) T { return T(Of[int32](values, field)) }

// OptionalEnum gives a pointer to a field's value as its number; nil if it is not there.
func OptionalEnum[T ~int32](values graft.Values, field string) *T {
	if number, found := values[field].(int32); found {
		return graft.Ptr(T(number))
	}
	return nil
}

// Number gives the value of an enum that has that number.
func Number[T ~int32](number int32) T { return T(number) }

// Relation gives a field's value as a relation; nil if it is not there.
func Relation(values graft.Values, field string) graft.RelationInput {
	if bytes, found := values[field].([]byte); found {
		return RelationOf(bytes)
	}
	return nil
}

// RelationOf gives the relation of its bytes.
func RelationOf(bytes []byte) graft.RelationInput { return graft.RelationBytes(bytes) }

// Plan gives a field's value, a plan, as the relation that is its root; nil if it is not there.
func Plan(values graft.Values, field string) graft.RelationInput {
	if bytes, found := values[field].([]byte); found {
		return PlanOf(bytes)
	}
	return nil
}

// PlanOf gives the relation that is the root of a plan. Of a plan without one it is a relation without bytes.
func PlanOf(bytes []byte) graft.RelationInput {
	var root []byte
	for len(bytes) > 0 {
		number, wireType, size := protowire.ConsumeField(bytes)
		if size < 0 {
			break
		}
		if number == 1 && wireType == protowire.BytesType {
			_, _, tag := protowire.ConsumeTag(bytes)
			root, _ = protowire.ConsumeBytes(bytes[tag:])
		}
		bytes = bytes[size:]
	}
	return graft.RelationBytes(root)
}

// Expression gives a field's value as an expression; nil if it is not there.
func Expression(values graft.Values, field string) graft.ExpressionInput {
	if bytes, found := values[field].([]byte); found {
		return ExpressionOf(bytes)
	}
	return nil
}

// ExpressionOf gives the expression of its bytes.
func ExpressionOf(bytes []byte) graft.ExpressionInput { return graft.ExpressionBytes(bytes) }
