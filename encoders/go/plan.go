package graft

import "google.golang.org/protobuf/encoding/protowire"

// The few nodes around an extension, as bytes: what stands inside is never looked into.
const (
	anyTypeURL          = 1
	anyValue            = 2
	planRoot            = 1
	planCommand         = 2
	relationProject     = 3
	relationExtension   = 998
	projectExpressions  = 3
	expressionAttribute = 2
	attributeIdentifier = 1
	expressionExtension = 999
	commandExtension    = 999
)

func appendBytes(to []byte, number protowire.Number, bytes []byte) []byte {
	to = protowire.AppendTag(to, number, protowire.BytesType)
	return protowire.AppendBytes(to, bytes)
}

func packed(message string, bytes []byte) []byte {
	result := appendBytes(nil, anyTypeURL, []byte(typeURLPrefix+message))
	if len(bytes) > 0 {
		result = appendBytes(result, anyValue, bytes)
	}
	return result
}

func column(name string) []byte {
	return appendBytes(nil, expressionAttribute, appendBytes(nil, attributeIdentifier, []byte(name)))
}
