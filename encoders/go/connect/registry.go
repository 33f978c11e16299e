package connect

import (
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// Files holds the descriptors of Spark's messages. They are not in protobuf's global registry: a program that has
// Spark's own Go client in it, too, would not start, since two copies of a file cannot be registered there.
var Files = new(protoregistry.Files)

// Types holds the types of Spark's messages, for resolvers of google.protobuf.Any.
var Types = new(protoregistry.Types)

// fileRegistry finds what Spark's files import among protobuf's own.
type fileRegistry struct{}

func (fileRegistry) FindFileByPath(path string) (protoreflect.FileDescriptor, error) {
	if file, err := Files.FindFileByPath(path); err == nil {
		return file, nil
	}
	return protoregistry.GlobalFiles.FindFileByPath(path)
}

func (fileRegistry) FindDescriptorByName(name protoreflect.FullName) (protoreflect.Descriptor, error) {
	if descriptor, err := Files.FindDescriptorByName(name); err == nil {
		return descriptor, nil
	}
	return protoregistry.GlobalFiles.FindDescriptorByName(name)
}

func (fileRegistry) RegisterFile(file protoreflect.FileDescriptor) error {
	return Files.RegisterFile(file)
}
