package graft_test

import (
	"bytes"
	"math/big"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	graft "graft.dev/encoders/go"
	"graft.dev/encoders/go/connect"
)

// FuzzWhatIsDecodedIsEncodedAgain compares with protobuf's own dynamic messages: what these read of any bytes, and write
// deterministically, is what the decoder and then the encoder make of them.
func FuzzWhatIsDecodedIsEncodedAgain(f *testing.F) {
	file, operations := readVectors(f)
	names := []string{}
	for _, vector := range file.Vectors {
		extension := graft.Unhex(vector.Extension)
		f.Add(uint8(len(names)), extension)
		names = append(names, vector.Message)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		name := names[int(which)%len(names)]
		descriptor := graft.MessageDescriptor(operations, name)
		values, err := operations.Decode(name, data)
		other := dynamicpb.NewMessage(descriptor)
		otherErr := proto.UnmarshalOptions{AllowPartial: true, DiscardUnknown: true}.Unmarshal(data, other)
		if (err == nil) != (otherErr == nil) {
			// Ours reads no inputs, so it refuses less; beyond a depth it refuses more; and it wants UTF-8 in proto2, too.
			return
		}
		if err != nil {
			return
		}
		first, err := operations.Encode(name, values)
		if err != nil {
			return // Something required is missing.
		}
		again, err := operations.Decode(name, first)
		if err != nil {
			t.Fatal(err)
		}
		second, err := operations.Encode(name, again)
		if err != nil || !bytes.Equal(first, second) {
			t.Fatalf("%v: %x, then %x of %x", err, first, second, data)
		}
		if strings.HasSuffix(name, "Scalars") || strings.HasSuffix(name, ".Node") || strings.HasSuffix(name, ".MapKeys") {
			want, err := proto.MarshalOptions{Deterministic: true}.Marshal(other)
			if err != nil {
				t.Fatal(err)
			}
			// Both as messages, since Go's own order of fields is not by number, and its NaN may have any bits.
			ours := dynamicpb.NewMessage(descriptor)
			theirs := dynamicpb.NewMessage(descriptor)
			if err := proto.Unmarshal(first, ours); err != nil {
				t.Fatal(err)
			}
			if err := proto.Unmarshal(want, theirs); err != nil {
				t.Fatal(err)
			}
			if !proto.Equal(ours, theirs) {
				t.Fatalf("of %x\n ours %v\ntheirs %v", data, ours, theirs)
			}
		}
	})
}

func FuzzNoDescriptorSetPanics(f *testing.F) {
	file, _ := readVectors(f)
	f.Add(graft.Unbase64(file.Descriptors))
	f.Fuzz(func(_ *testing.T, data []byte) {
		operations, err := graft.ReadOperations(data)
		if err != nil {
			return
		}
		for _, name := range operations.Names() {
			_, _ = operations.Encode(name, graft.Values{})
			_, _ = operations.Decode(name, data)
		}
	})
}

func TestATextThatIsNotUTF8IsRefused(t *testing.T) {
	_, operations := readVectors(t)
	for _, values := range []graft.Values{{"string_value": "a\xffb"}, {"string_value": "\xed\xa0\x80"}} {
		_, err := operations.Encode("graft.vectors.v1.Scalars", values)
		requireCode(t, err, graft.FieldRange)
	}
	_, err := operations.Encode("graft.vectors.v1.Inputs", graft.Values{"expression": "a\xff"})
	requireCode(t, err, graft.FieldRange)
	_, err = operations.Encode("graft.vectors.v1.Inputs", graft.Values{"expression": graft.Column("a\xff")})
	requireCode(t, err, graft.FieldRange)
}

func TestAMapThatHoldsItselfIsRefused(t *testing.T) {
	_, operations := readVectors(t)
	node := graft.Values{"name": "a"}
	node["child"] = node
	_, err := operations.Encode("graft.vectors.v1.Node", node)
	requireCode(t, err, graft.FieldRange)
	list := []any{nil}
	list[0] = list
	_, err = operations.Encode("graft.vectors.v1.WellKnown", graft.Values{"value": list})
	requireCode(t, err, graft.FieldRange)
}

func TestBytesThatAreTooDeepAreRefused(t *testing.T) {
	_, operations := readVectors(t)
	var data []byte
	for range 2_000 {
		data = graft.AppendBytes(nil, 2, data)
	}
	_, err := operations.Decode("graft.vectors.v1.Node", data)
	requireCode(t, err, graft.BytesInvalid)
}

func TestErrorsSayWhere(t *testing.T) {
	_, operations := readVectors(t)
	for want, values := range map[string]graft.Values{
		"[GRAFT_FIELD_TYPE] 'inners[1].innermost.depth' of graft.vectors.v1.Outer must be a signed 32-bit whole number," +
			" and 'x' (string) was given": {
			"inners": []any{graft.Values{}, graft.Values{"innermost": graft.Values{"depth": "x"}}},
		},
		"[GRAFT_FIELD_UNKNOWN] graft.vectors.v1.Outer has no field 'a'. Its fields: inner, inners, innermost.": {
			"b": 1, "a": 2,
		},
	} {
		_, err := operations.Encode("graft.vectors.v1.Outer", values)
		if err == nil || err.Error() != want {
			t.Errorf("got %v", err)
		}
	}
}

func TestGoTypesOfEveryKindAreTaken(t *testing.T) {
	type color int32
	type name string
	_, operations := readVectors(t)
	encode := func(message string, values graft.Values) []byte {
		t.Helper()
		bytes, err := operations.Encode("graft.vectors.v1."+message, values)
		if err != nil {
			t.Fatal(err)
		}
		return bytes
	}
	same := func(message string, one, other graft.Values) {
		t.Helper()
		if a, b := encode(message, one), encode(message, other); !bytes.Equal(a, b) {
			t.Errorf("%x and %x", a, b)
		}
	}
	same("Enums", graft.Values{"color": color(2), "colors": []color{1}}, graft.Values{"color": "COLOR_GREEN", "colors": []any{"COLOR_RED"}})
	same("Scalars", graft.Values{"string_value": name("a"), "int32_value": uint8(3)}, graft.Values{"string_value": "a", "int32_value": big.NewInt(3)})
	same("Scalars", graft.Values{"double_value": 3, "bool_value": graft.Ptr(true)}, graft.Values{"double_value": 3.0, "bool_value": true})
	same("Scalars", graft.Values{"bytes_value": []byte(nil), "int32_value": (*int32)(nil)}, graft.Values{})
	same("MapKeys", graft.Values{"int32_keys": map[int8]name{1: "a"}}, graft.Values{"int32_keys": map[any]any{int64(1): "a"}})
	moment := time.Date(2026, 11, 20, 8, 9, 10, 11, time.FixedZone("", 3600))
	same("WellKnown", graft.Values{"timestamp": &moment}, graft.Values{"timestamp": timestamppb.New(moment)})
	same("WellKnown", graft.Values{"value": structpb.NullValue_NULL_VALUE}, graft.Values{"value": structpb.NewNullValue()})
	same("WellKnown", graft.Values{"any": timestamppb.New(moment)},
		graft.Values{"any": graft.Values{
			"type_url": "type.googleapis.com/google.protobuf.Timestamp",
			"value":    must(proto.Marshal(timestamppb.New(moment))),
		}})
	rows := &connect.Relation{RelType: &connect.Relation_Range{Range: &connect.Range{End: 3, Step: 1}}}
	same("Inputs", graft.Values{"relation": rows, "plan": rows, "held_plan": rows, "expression": "a", "held_relation": graft.Relation{}},
		graft.Values{
			"relation": graft.RelationOf(rows), "plan": graft.RelationOf(rows).Plan(),
			"held_plan":  &connect.Plan{OpType: &connect.Plan_Root{Root: rows}},
			"expression": graft.Column("a"),
		})
	_, err := operations.Encode("graft.vectors.v1.MapKeys", graft.Values{"int32_keys": map[any]any{int32(1): "a", int64(1): "b"}})
	requireCode(t, err, graft.FieldTwice)
	_, err = operations.Encode("graft.vectors.v1.Inputs", graft.Values{"relation": graft.Column("a")})
	requireCode(t, err, graft.FieldType)
}

func TestDescriptorsThatDoNotFitAreRefused(t *testing.T) {
	_, err := graft.ReadOperations([]byte("no descriptors"))
	requireCode(t, err, graft.DescriptorsInvalid)
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}
