package graft_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/emptypb"

	graft "graft.dev/encoders/go"
)

// vectorFile is ../vectors/vectors.json; ../vectors/README.md says what is in it.
type vectorFile struct {
	Descriptors string
	Vectors     []vector
	Refused     []vector
}

type vector struct {
	Name, Kind, Message string
	Values, Decoded     map[string]any
	Extension, Plan     string
	Code                graft.Code
}

func readVectors(t testing.TB) (*vectorFile, *graft.Operations) {
	t.Helper()
	text, err := os.ReadFile("../vectors/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var file vectorFile
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	return &file, graft.MustReadOperations(file.Descriptors)
}

func TestEveryVectorIsReproduced(t *testing.T) {
	file, operations := readVectors(t)
	if len(file.Vectors) < 100 {
		t.Fatalf("only %d vectors", len(file.Vectors))
	}
	for _, vector := range file.Vectors {
		t.Run(vector.Name, func(t *testing.T) {
			values := userValues(graft.MessageDescriptor(operations, vector.Message), vector.Values)
			extension, err := operations.Encode(vector.Message, values)
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(extension); got != vector.Extension {
				t.Errorf("extension\n got %s\nwant %s", got, vector.Extension)
			}
			plan, err := planOf(operations, vector.Kind, vector.Message, values)
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(plan); got != vector.Plan {
				t.Errorf("plan\n got %s\nwant %s", got, vector.Plan)
			}
		})
	}
}

func TestEveryVectorIsDecoded(t *testing.T) {
	file, operations := readVectors(t)
	for _, vector := range file.Vectors {
		t.Run(vector.Name, func(t *testing.T) {
			extension, err := hex.DecodeString(vector.Extension)
			if err != nil {
				t.Fatal(err)
			}
			decoded, err := operations.Decode(vector.Message, extension)
			if err != nil {
				t.Fatal(err)
			}
			want := vector.Values
			if vector.Decoded != nil {
				want = vector.Decoded
			}
			wanted := canonical(userValues(graft.MessageDescriptor(operations, vector.Message), want))
			if got := canonical(decoded); got != wanted {
				t.Errorf("\n got %s\nwant %s", got, wanted)
			}
			again, err := operations.Encode(vector.Message, decoded)
			// What is required and was zero is not in the bytes, so it is missing now; defaults fill in what was zero.
			if err == nil && !strings.HasPrefix(vector.Name, "zeroInPlaceOf") && vector.Name != "defaultsInNestedMessages" {
				if got := hex.EncodeToString(again); got != vector.Extension {
					t.Errorf("encoded again\n got %s\nwant %s", got, vector.Extension)
				}
			}
		})
	}
}

func TestEveryRefusedCaseIsRefused(t *testing.T) {
	file, operations := readVectors(t)
	if len(file.Refused) < 50 {
		t.Fatalf("only %d cases", len(file.Refused))
	}
	for _, vector := range file.Refused {
		t.Run(vector.Name, func(t *testing.T) {
			values := graft.Values(vector.Values)
			if vector.Code != graft.MessageUnknown {
				values = userValues(graft.MessageDescriptor(operations, vector.Message), vector.Values)
			}
			_, err := operations.Encode(vector.Message, values)
			var refused *graft.Error
			if !errors.As(err, &refused) {
				t.Fatalf("not refused: %v", err)
			}
			if refused.Code != vector.Code || !strings.HasPrefix(err.Error(), "["+string(vector.Code)+"] ") {
				t.Errorf("got %v, want %s", err, vector.Code)
			}
		})
	}
}

func planOf(operations *graft.Operations, kind, message string, values graft.Values) ([]byte, error) {
	switch kind {
	case "relation":
		relation, err := operations.Relation(message, values)
		return relation.Plan(), err
	case "expression":
		expression, err := operations.Expression(message, values)
		return expression.Plan(), err
	}
	command, err := operations.Command(message, values)
	return command.Plan(), err
}

// userValues makes what a user would give of the JSON of a vector; what does not fit stays as it is.
func userValues(message protoreflect.MessageDescriptor, values map[string]any) graft.Values {
	result := graft.Values{}
	for name, value := range values {
		field := message.Fields().ByName(protoreflect.Name(name))
		if field == nil {
			result[name] = value
			continue
		}
		result[name] = userValue(field, value)
	}
	return result
}

func userValue(field protoreflect.FieldDescriptor, value any) any {
	list, isList := value.([]any)
	object, isObject := value.(map[string]any)
	switch {
	case field.IsMap() && isObject:
		entries := map[any]any{}
		for key, element := range object {
			entries[userKey(field.MapKey().Kind(), key)] = userElement(field.MapValue(), element, isHeld(field))
		}
		return entries
	case field.IsList() && isList:
		elements := []any{}
		for _, element := range list {
			elements = append(elements, userElement(field, element, isHeld(field)))
		}
		return elements
	}
	return userElement(field, value, isHeld(field))
}

func isHeld(field protoreflect.FieldDescriptor) bool {
	return strings.HasPrefix(string(field.Name()), "held_") || strings.HasPrefix(string(field.Name()), "optional_held")
}

func userKey(kind protoreflect.Kind, key string) any {
	if kind == protoreflect.StringKind {
		return key
	}
	if number, isNumber := new(big.Int).SetString(key, 10); isNumber {
		return plain(number)
	}
	if truth, err := strconv.ParseBool(key); err == nil && kind == protoreflect.BoolKind {
		return truth
	}
	return key
}

func userElement(field protoreflect.FieldDescriptor, value any, held bool) any {
	if number, isNumber := value.(json.Number); isNumber && field.Message() == nil {
		value = userNumber(field.Kind(), number)
	}
	text, isText := value.(string)
	if isText && held {
		return base64Or(text)
	}
	switch field.Kind() {
	case protoreflect.BytesKind:
		if isText {
			return base64Or(text)
		}
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind,
		protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		if number, isNumber := new(big.Int).SetString(text, 10); isText && isNumber {
			return plain(number)
		}
	case protoreflect.FloatKind, protoreflect.DoubleKind:
		if isText && (text == "NaN" || strings.HasSuffix(text, "Infinity")) {
			value, _ = strconv.ParseFloat(text, 64)
		}
		if number, isNumber := value.(float64); isNumber && field.Kind() == protoreflect.FloatKind {
			if single := float32(number); !math.IsInf(float64(single), 0) || math.IsInf(number, 0) {
				return single
			}
		}
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return userMessage(field.Message(), value)
	}
	return value
}

func userNumber(kind protoreflect.Kind, number json.Number) any {
	if kind == protoreflect.FloatKind || kind == protoreflect.DoubleKind {
		float, _ := number.Float64()
		return float
	}
	if whole, isWhole := new(big.Int).SetString(number.String(), 10); isWhole {
		return plain(whole)
	}
	float, _ := number.Float64()
	return float
}

// plain gives the Go number that a user would have; a big one only where nothing else holds it.
func plain(number *big.Int) any {
	switch {
	case number.IsInt64():
		return number.Int64()
	case number.IsUint64():
		return number.Uint64()
	}
	return number
}

func base64Or(text string) any {
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return text
	}
	return decoded
}

func userMessage(message protoreflect.MessageDescriptor, value any) any {
	text, isText := value.(string)
	switch message.FullName() {
	case "spark.connect.Relation", "spark.connect.Expression", "spark.connect.Plan":
		if isText {
			return base64Or(text)
		}
		return value
	case "google.protobuf.Timestamp":
		if moment, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return moment
		}
		return value
	case "google.protobuf.Duration":
		if duration, err := time.ParseDuration(text); err == nil {
			return duration
		}
		seconds, err := strconv.ParseInt(strings.TrimSuffix(text, "s"), 10, 64)
		if err != nil {
			return value
		}
		return &durationpb.Duration{Seconds: seconds}
	case "google.protobuf.FieldMask":
		paths := []any{}
		for path := range strings.SplitSeq(text, ",") {
			if path != "" {
				paths = append(paths, snake(path))
			}
		}
		return paths
	case "google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue":
		return jsonOf(value)
	}
	if strings.HasPrefix(string(message.FullName()), "google.protobuf.") && strings.HasSuffix(string(message.Name()), "Value") {
		return userElement(message.Fields().ByName("value"), value, false)
	}
	if object, isObject := value.(map[string]any); isObject {
		return userValues(message, object)
	}
	return jsonOf(value)
}

func snake(path string) string {
	var name strings.Builder
	for _, each := range path {
		if each >= 'A' && each <= 'Z' {
			name.WriteByte('_')
			each += 'a' - 'A'
		}
		name.WriteRune(each)
	}
	return name.String()
}

func jsonOf(value any) any {
	switch value := value.(type) {
	case json.Number:
		float, _ := value.Float64()
		return float
	case []any:
		list := []any{}
		for _, element := range value {
			list = append(list, jsonOf(element))
		}
		return list
	case map[string]any:
		object := map[string]any{}
		for key, element := range value {
			object[key] = jsonOf(element)
		}
		return object
	}
	return value
}

// canonical writes values so that equal ones have equal texts: -0.0 is not 0.0, NaN is itself.
func canonical(value any) string {
	switch value := value.(type) {
	case float32:
		return canonical(float64(value))
	case float64:
		if math.IsNaN(value) {
			return "NaN"
		}
		return fmt.Sprintf("float %x", math.Float64bits(value))
	case []byte:
		return fmt.Sprintf("bytes %x", value)
	case string:
		return strconv.Quote(value)
	case time.Time:
		return value.UTC().Format(time.RFC3339Nano)
	case *durationpb.Duration:
		return fmt.Sprintf("%d.%09ds", value.Seconds, value.Nanos)
	case time.Duration:
		return canonical(durationpb.New(value))
	case *anypb.Any:
		fields := graft.Values{}
		if value.TypeUrl != "" {
			fields["type_url"] = value.TypeUrl
		}
		if len(value.Value) > 0 {
			fields["value"] = value.Value
		}
		return canonical(fields)
	case *emptypb.Empty:
		return "{}"
	case []string:
		list := []any{}
		for _, element := range value {
			list = append(list, element)
		}
		return canonical(list)
	case []any:
		var elements []string
		for _, element := range value {
			elements = append(elements, canonical(element))
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case graft.Values:
		return canonical(map[string]any(value))
	case map[string]any:
		entries := map[any]any{}
		for key, element := range value {
			entries[key] = element
		}
		return canonical(entries)
	case map[any]any:
		var entries []string
		for key, element := range value {
			entries = append(entries, canonical(key)+": "+canonical(element))
		}
		slices.Sort(entries)
		return "{" + strings.Join(entries, ", ") + "}"
	}
	return fmt.Sprint(value)
}
