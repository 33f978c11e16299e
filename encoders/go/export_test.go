package graft

import (
	"encoding/base64"
	"encoding/hex"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// MessageDescriptor lets tests read the JSON of vectors.
func MessageDescriptor(operations *Operations, message string) protoreflect.MessageDescriptor {
	return operations.messages[protoreflect.FullName(message)]
}

// AppendBytes writes a length-delimited field.
var AppendBytes = appendBytes

// Unhex and Unbase64 read what the vectors' file is known to hold.
func Unhex(text string) []byte {
	data, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return data
}

func Unbase64(text string) []byte {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return data
}
