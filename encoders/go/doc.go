// Package graft sends extensions to Spark Connect servers that have Graft, or that stand behind its gateway.
//
// Clients that `graft generate --lang go` has made from a plugin's messages are thin layers over this package: they
// embed a descriptor set, which [ReadOperations] reads, and hand their fields over by name. Without a generated client
// the same is done by hand:
//
//	operations, err := graft.ReadOperations(descriptorSet)
//	top, err := operations.Relation("acme.frames.v1.TopK", graft.Values{"input": sales, "order_by": "price", "k": 3})
//
// A [Session] runs what comes of it and gives the rows as Arrow record batches:
//
//	session, err := graft.Connect("sc://localhost:15002")
//	defer session.Close()
//	rows, err := session.Rows(ctx, top)
//
// Spark's own Go client has no place for extensions. Where another client is used, [Relation.Plan] and its like give
// the bytes to send.
package graft

import "google.golang.org/protobuf/proto"

// Values are the fields of a message by their names in the .proto file. A value that is nil, or a nil pointer, slice or
// map, is the same as one that is not given. Pointers stand for what they point to.
//
// What a field takes:
//   - whole numbers: any integer type, or *big.Int, within the range of the field's type
//   - float, double: any number; it is rounded to the nearest
//   - bool, string, and []byte for bytes, also types made of them
//   - enums: the name of the value, or its number
//   - messages: Values, map[string]any, a [Message], or a [proto.Message] of that type
//   - lists and maps: slices, arrays and maps of those
//   - relations and plans, also where bytes hold them: a [RelationInput], *connect.Relation, *connect.Plan (for plans),
//     or their bytes
//   - expressions: an [ExpressionInput], the name of a column, *connect.Expression, or its bytes
//   - google.protobuf.Timestamp: [time.Time]; Duration: [time.Duration]; FieldMask: a list of paths; wrappers: what they
//     wrap; Struct, ListValue, Value: maps, slices, texts, numbers, truth values, nil within them, and
//     [structpb.NullValue] for a Value that is null; Any: *anypb.Any, or a [proto.Message] to be packed
//   - other messages of Spark and of google: also their bytes
type Values map[string]any

// Message is a message as a generated client has it.
type Message interface {
	// GraftValues gives the message's full name and its fields.
	GraftValues() (message string, values Values)
}

// Ptr gives a pointer to a value, for fields that tell zero from absent.
func Ptr[T any](value T) *T { return &value }

var deterministic = proto.MarshalOptions{Deterministic: true}
