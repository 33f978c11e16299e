package graft

import (
	"cmp"
	"encoding/base64"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
)

type number = *big.Int

// scalar is a checked value: a number's bits, or a text's or message's bytes.
type scalar struct {
	bits  uint64
	bytes []byte
}

// isZero says whether a field without presence leaves the value out; -0.0 is none.
func (s scalar) isZero() bool { return s.bits == 0 && len(s.bytes) == 0 }

func checkedScalar(field protoreflect.FieldDescriptor, value any) (scalar, *refusal) {
	value, _ = given(value)
	switch field.Kind() {
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return whole(value, 32, true)
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return whole(value, 32, false)
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return whole(value, 64, true)
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return whole(value, 64, false)
	case protoreflect.DoubleKind:
		number, refused := fraction(value)
		return scalar{bits: math.Float64bits(number)}, refused
	case protoreflect.FloatKind:
		return single(value)
	case protoreflect.BoolKind:
		if truth := reflect.ValueOf(value); truth.Kind() == reflect.Bool {
			return scalar{bits: protowire.EncodeBool(truth.Bool())}, nil
		}
		return scalar{}, wrongType("true or false", value)
	case protoreflect.StringKind:
		bytes, refused := text(value)
		return scalar{bytes: bytes}, refused
	case protoreflect.BytesKind:
		if bytes := reflect.ValueOf(value); bytes.Kind() == reflect.Slice && bytes.Type().Elem().Kind() == reflect.Uint8 {
			return scalar{bytes: bytes.Bytes()}, nil
		}
		return scalar{}, wrongType("bytes, as []byte", value)
	case protoreflect.EnumKind:
		return enumNumber(field.Enum(), value)
	}
	return scalar{}, wrongType("no message", value) // Messages are never asked for here.
}

func whole(value any, bits int, signed bool) (scalar, *refusal) {
	wanted := "an unsigned " + strconv.Itoa(bits) + "-bit whole number"
	if signed {
		wanted = "a signed " + strconv.Itoa(bits) + "-bit whole number"
	}
	large, isLarge := value.(number)
	reflected := reflect.ValueOf(value)
	var fits bool
	var result uint64
	switch {
	case isLarge && large.IsInt64():
		return whole(large.Int64(), bits, signed)
	case isLarge && large.IsUint64():
		return whole(large.Uint64(), bits, signed)
	case isLarge:
		// Fits nowhere.
	case reflected.CanInt():
		number := reflected.Int()
		least, greatest := int64(math.MinInt64)>>(64-bits), int64(math.MaxInt64)>>(64-bits)
		fits = number >= least && number <= greatest
		if !signed {
			fits = number >= 0 && (bits == 64 || number <= math.MaxUint32)
		}
		result = uint64(number)
	case reflected.CanUint():
		number := reflected.Uint()
		greatest := uint64(math.MaxUint64) >> (64 - bits)
		if signed {
			greatest >>= 1
		}
		fits = number <= greatest
		result = number
	default:
		return scalar{}, wrongType(wanted, value)
	}
	if !fits {
		return scalar{}, outOfRange(wanted, value)
	}
	return scalar{bits: result}, nil
}

func fraction(value any) (float64, *refusal) {
	reflected := reflect.ValueOf(value)
	large, isLarge := value.(number)
	switch {
	case isLarge:
		converted, _ := new(big.Float).SetInt(large).Float64()
		if math.IsInf(converted, 0) {
			return 0, outOfRange("a number that a double can hold", value)
		}
		return converted, nil
	case reflected.CanFloat():
		if math.IsNaN(reflected.Float()) {
			// Bits of a NaN say nothing, and differ between machines.
			return math.Float64frombits(0x7ff8000000000000), nil
		}
		return reflected.Float(), nil
	case reflected.CanInt():
		return float64(reflected.Int()), nil
	case reflected.CanUint():
		return float64(reflected.Uint()), nil
	}
	return 0, wrongType("a number", value)
}

func single(value any) (scalar, *refusal) {
	number, refused := fraction(value)
	if refused != nil {
		return scalar{}, refused
	}
	if math.IsNaN(number) {
		return scalar{bits: 0x7fc00000}, nil
	}
	rounded := float32(number)
	if math.IsInf(float64(rounded), 0) && !math.IsInf(number, 0) {
		return scalar{}, outOfRange("a number that a float can hold", value)
	}
	return scalar{bits: uint64(math.Float32bits(rounded))}, nil
}

func text(value any) ([]byte, *refusal) {
	reflected := reflect.ValueOf(value)
	if reflected.Kind() != reflect.String {
		return nil, wrongType("a text", value)
	}
	if !utf8.ValidString(reflected.String()) {
		return nil, refuse(FieldRange, "is a text that is not UTF-8; give bytes as []byte to a field of type bytes")
	}
	return []byte(reflected.String()), nil
}

func enumNumber(enum protoreflect.EnumDescriptor, value any) (scalar, *refusal) {
	reflected := reflect.ValueOf(value)
	if reflected.Kind() == reflect.String {
		named := enum.Values().ByName(protoreflect.Name(reflected.String()))
		if named == nil {
			return scalar{}, outOfRange("one of "+enumNames(enum), value)
		}
		return scalar{bits: uint64(int64(named.Number()))}, nil
	}
	if _, isLarge := value.(number); !isLarge && !reflected.CanInt() && !reflected.CanUint() {
		return scalar{}, wrongType("the name or the number of an enum's value", value)
	}
	number, refused := whole(value, 32, true)
	if refused == nil && enum.IsClosed() && enum.Values().ByNumber(protoreflect.EnumNumber(int32(number.bits))) == nil {
		return scalar{}, outOfRange("one of "+enumNames(enum), value)
	}
	return number, refused
}

func enumNames(enum protoreflect.EnumDescriptor) string {
	var names []string
	for i := range enum.Values().Len() {
		names = append(names, string(enum.Values().Get(i).Name()))
	}
	return strings.Join(names, ", ")
}

// appendScalar writes a checked value without a tag.
func appendScalar(to []byte, kind protoreflect.Kind, value scalar) []byte {
	switch kind {
	case protoreflect.Sint32Kind, protoreflect.Sint64Kind:
		return protowire.AppendVarint(to, protowire.EncodeZigZag(int64(value.bits)))
	case protoreflect.Fixed32Kind, protoreflect.Sfixed32Kind, protoreflect.FloatKind:
		return protowire.AppendFixed32(to, uint32(value.bits))
	case protoreflect.Fixed64Kind, protoreflect.Sfixed64Kind, protoreflect.DoubleKind:
		return protowire.AppendFixed64(to, value.bits)
	case protoreflect.StringKind, protoreflect.BytesKind, protoreflect.MessageKind:
		return protowire.AppendBytes(to, value.bytes)
	}
	return protowire.AppendVarint(to, value.bits)
}

func wireType(kind protoreflect.Kind) protowire.Type {
	switch kind {
	case protoreflect.Fixed32Kind, protoreflect.Sfixed32Kind, protoreflect.FloatKind:
		return protowire.Fixed32Type
	case protoreflect.Fixed64Kind, protoreflect.Sfixed64Kind, protoreflect.DoubleKind:
		return protowire.Fixed64Type
	case protoreflect.StringKind, protoreflect.BytesKind, protoreflect.MessageKind:
		return protowire.BytesType
	case protoreflect.GroupKind:
		return protowire.StartGroupType
	}
	return protowire.VarintType
}

// compareKeys is the order of a map's entries: by value, unsigned where the type is, texts by their bytes.
func compareKeys(kind protoreflect.Kind, a, b scalar) int {
	switch kind {
	case protoreflect.StringKind:
		return strings.Compare(string(a.bytes), string(b.bytes))
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind,
		protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return cmp.Compare(int64(a.bits), int64(b.bits))
	}
	return cmp.Compare(a.bits, b.bits)
}

// parsedDefault gives the value that the text of a default stands for, as a user would give it.
func parsedDefault(field *field) (any, *refusal) {
	invalid := refuse(DescriptorsInvalid,
		"has the default '"+shown(field.defaultValue)+"', which no value of its type is; give a value yourself")
	if field.Cardinality() == protoreflect.Repeated {
		return nil, invalid
	}
	var value any
	var err error
	switch field.Kind() {
	case protoreflect.BoolKind:
		value = field.defaultValue == "true"
		if field.defaultValue != "true" && field.defaultValue != "false" {
			return nil, invalid
		}
	case protoreflect.StringKind:
		value = field.defaultValue
	case protoreflect.BytesKind:
		value, err = base64.StdEncoding.DecodeString(field.defaultValue)
	case protoreflect.DoubleKind:
		value, err = strconv.ParseFloat(field.defaultValue, 64)
	case protoreflect.FloatKind:
		// Not through a double, which would round twice.
		value, err = strconv.ParseFloat(field.defaultValue, 32)
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return nil, invalid
	default:
		if field.Kind() == protoreflect.EnumKind && field.Enum().Values().ByName(protoreflect.Name(field.defaultValue)) != nil {
			return field.defaultValue, nil
		}
		large, parsed := new(big.Int).SetString(field.defaultValue, 10)
		if !parsed {
			return nil, invalid
		}
		value = large
	}
	if err != nil {
		return nil, invalid
	}
	return value, nil
}
