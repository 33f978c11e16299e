package graft

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// The wrappers, with the word for what they wrap.
var wrapperTypes = map[protoreflect.FullName]string{
	"google.protobuf.DoubleValue": "a number",
	"google.protobuf.FloatValue":  "a number",
	"google.protobuf.Int64Value":  "a number",
	"google.protobuf.UInt64Value": "a number",
	"google.protobuf.Int32Value":  "a number",
	"google.protobuf.UInt32Value": "a number",
	"google.protobuf.BoolValue":   "true or false",
	"google.protobuf.StringValue": "a text",
	"google.protobuf.BytesValue":  "bytes",
}

var (
	firstTime = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	endOfTime = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
)

func isForeign(name protoreflect.FullName) bool {
	return strings.HasPrefix(string(name), "google.protobuf.") || strings.HasPrefix(string(name), "spark.connect.")
}

// wellKnown gives the fields of a message of google.protobuf for which Go has a value of its own; false if the message
// is none, or the value no special one of it.
func (e *encoder) wellKnown(message protoreflect.MessageDescriptor, value any) (Values, bool, *refusal) {
	name := message.FullName()
	if wrapperTypes[name] != "" {
		_, isFields := asFields(value)
		return Values{"value": value}, value != nil && !isFields, nil
	}
	kind := reflect.ValueOf(value).Kind()
	isList := kind == reflect.Slice || kind == reflect.Array
	switch name {
	case "google.protobuf.Timestamp":
		moment, isTime := value.(time.Time)
		if isTime && (moment.Before(firstTime) || !moment.Before(endOfTime)) {
			return nil, true, outOfRange("a time of the years 1 to 9999", value)
		}
		return Values{"seconds": moment.Unix(), "nanos": moment.Nanosecond()}, isTime, nil
	case "google.protobuf.Duration":
		duration, isDuration := value.(time.Duration)
		return Values{"seconds": int64(duration / time.Second), "nanos": int32(duration % time.Second)}, isDuration, nil
	case "google.protobuf.FieldMask":
		return Values{"paths": value}, isList, nil
	case "google.protobuf.Struct":
		return Values{"fields": value}, kind == reflect.Map, nil
	case "google.protobuf.ListValue":
		return Values{"values": value}, isList, nil
	case "google.protobuf.Value":
		fields, refused := jsonValue(value)
		return fields, true, refused
	case "google.protobuf.Any":
		return e.anyFields(value)
	}
	return nil, false, nil
}

// anyFields packs messages; an Any itself is none of them, since a message of a field's own type is taken before.
func (e *encoder) anyFields(value any) (Values, bool, *refusal) {
	switch value := value.(type) {
	case proto.Message:
		bytes, refused := marshalled(value)
		return Values{
			"type_url": typeURLPrefix + string(value.ProtoReflect().Descriptor().FullName()),
			"value":    bytes,
		}, true, refused
	case Message:
		name, values := value.GraftValues()
		bytes, session, err := e.operations.encode(name, values)
		if err != nil {
			return nil, true, &refusal{code: FieldRange, cause: err}
		}
		return Values{"type_url": typeURLPrefix + name, "value": bytes}, true, e.join(session)
	}
	return nil, false, nil
}

func jsonValue(value any) (Values, *refusal) {
	reflected := reflect.ValueOf(value)
	switch value := value.(type) {
	case nil, structpb.NullValue:
		return Values{"null_value": structpb.NullValue_NULL_VALUE}, nil
	case *structpb.Struct:
		return Values{"struct_value": value}, nil
	case *structpb.ListValue:
		return Values{"list_value": value}, nil
	case number:
		number, refused := fraction(value)
		return Values{"number_value": number}, refused
	}
	switch kind := reflected.Kind(); {
	case kind == reflect.Bool:
		return Values{"bool_value": value}, nil
	case kind == reflect.String:
		return Values{"string_value": value}, nil
	case kind == reflect.Map:
		return Values{"struct_value": value}, nil
	case (kind == reflect.Slice || kind == reflect.Array) && reflected.Type().Elem().Kind() != reflect.Uint8:
		return Values{"list_value": value}, nil
	case reflected.CanFloat() || reflected.CanInt() || reflected.CanUint():
		number, refused := fraction(value)
		if math.IsNaN(number) || math.IsInf(number, 0) {
			return nil, refuse(FieldRange, "must be a finite number, as JSON has them")
		}
		return Values{"number_value": number}, refused
	}
	return nil, wrongType("what JSON can hold: nil, true, a number, a text, a list, a map", value)
}

// nativeValue gives what Go has for a message whose fields were decoded; the fields themselves if nothing.
func nativeValue(message protoreflect.MessageDescriptor, fields Values) (any, error) {
	name := message.FullName()
	if wrapperTypes[name] != "" {
		if wrapped, found := fields["value"]; found {
			return wrapped, nil
		}
		return zero(message.Fields().ByName("value")), nil
	}
	switch name {
	case "google.protobuf.Timestamp", "google.protobuf.Duration":
		seconds, _ := fields["seconds"].(int64)
		nanos, _ := fields["nanos"].(int32)
		if name == "google.protobuf.Timestamp" {
			return time.Unix(seconds, int64(nanos)).UTC(), nil
		}
		whole := &durationpb.Duration{Seconds: seconds, Nanos: nanos}
		if err := whole.CheckValid(); err != nil {
			return nil, fmt.Errorf("a Duration is %w", err)
		}
		if seconds > math.MaxInt64/int64(time.Second)-1 || seconds < math.MinInt64/int64(time.Second)+1 {
			return whole, nil
		}
		return whole.AsDuration(), nil
	case "google.protobuf.FieldMask":
		paths := []string{}
		list, _ := fields["paths"].([]any)
		for _, path := range list {
			paths = append(paths, path.(string))
		}
		return paths, nil
	case "google.protobuf.Empty":
		return &emptypb.Empty{}, nil
	case "google.protobuf.ListValue":
		if list := fields["values"]; list != nil {
			return list, nil
		}
		return []any{}, nil
	case "google.protobuf.Struct":
		object := map[string]any{}
		entries, _ := fields["fields"].(map[any]any)
		for key, value := range entries {
			object[key.(string)] = value
		}
		return object, nil
	case "google.protobuf.Value":
		for field, value := range fields {
			if field != "null_value" {
				return value, nil
			}
		}
		return nil, nil
	case "google.protobuf.Any":
		typeURL, _ := fields["type_url"].(string)
		value, _ := fields["value"].([]byte)
		return &anypb.Any{TypeUrl: typeURL, Value: value}, nil
	}
	return fields, nil
}
