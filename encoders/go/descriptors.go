package graft

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"

	// What messages may refer to without bringing it along.
	_ "google.golang.org/protobuf/types/known/anypb"
	_ "google.golang.org/protobuf/types/known/durationpb"
	_ "google.golang.org/protobuf/types/known/emptypb"
	_ "google.golang.org/protobuf/types/known/fieldmaskpb"
	_ "google.golang.org/protobuf/types/known/structpb"
	_ "google.golang.org/protobuf/types/known/timestamppb"
	_ "google.golang.org/protobuf/types/known/wrapperspb"

	"graft.dev/encoders/go/connect"
)

// descriptorFiles links a descriptor set, in whatever order its files are.
type descriptorFiles struct {
	given  map[string]*descriptorpb.FileDescriptorProto
	linked protoregistry.Files
	order  []protoreflect.FileDescriptor
}

// linkFiles gives the files of the set that are not protobuf's or Spark's own.
func linkFiles(descriptorSet []byte) ([]protoreflect.FileDescriptor, error) {
	var set descriptorpb.FileDescriptorSet
	// Without a registry, so that annotations stay among the unknown fields.
	options := proto.UnmarshalOptions{Resolver: new(protoregistry.Types)}
	if err := options.Unmarshal(descriptorSet, &set); err != nil {
		return nil, &Error{
			Code:  DescriptorsInvalid,
			text:  fmt.Sprintf("[%s] The bytes are no google.protobuf.FileDescriptorSet: %v", DescriptorsInvalid, err),
			cause: err,
		}
	}
	files := descriptorFiles{given: map[string]*descriptorpb.FileDescriptorProto{}}
	var names []string
	for _, file := range set.GetFile() {
		if _, err := known(file.GetName()); err == nil {
			continue
		}
		if _, twice := files.given[file.GetName()]; !twice {
			file.SourceCodeInfo = nil // Of no use here, and sets made from comments alone have no spans.
			files.given[file.GetName()] = file
			names = append(names, file.GetName())
		}
	}
	if err := files.linkAll(names); err != nil {
		return nil, err
	}
	return files.order, nil
}

// known finds files that sets leave out; where a set has one of them, ours is taken. Of protobuf's only those that this
// package imports, not whatever else is linked into the program.
func known(path string) (protoreflect.FileDescriptor, error) {
	if file, err := connect.Files.FindFileByPath(path); err == nil {
		return file, nil
	}
	switch path {
	case "google/protobuf/any.proto", "google/protobuf/descriptor.proto", "google/protobuf/duration.proto",
		"google/protobuf/empty.proto", "google/protobuf/field_mask.proto", "google/protobuf/struct.proto",
		"google/protobuf/timestamp.proto", "google/protobuf/wrappers.proto":
		return protoregistry.GlobalFiles.FindFileByPath(path)
	}
	return nil, protoregistry.NotFound
}

// linkAll links imports before what imports them, with a stack of its own: imports may be a long chain.
func (f *descriptorFiles) linkAll(waiting []string) error {
	entered := map[string]bool{}
	for len(waiting) > 0 {
		name := waiting[len(waiting)-1]
		if _, err := f.linked.FindFileByPath(name); err == nil {
			waiting = waiting[:len(waiting)-1]
			continue
		}
		file := f.given[name]
		var missing []string
		for _, imported := range file.GetDependency() {
			_, isGiven := f.given[imported]
			if _, err := f.linked.FindFileByPath(imported); isGiven && err != nil {
				missing = append(missing, imported)
			}
		}
		switch {
		case len(missing) == 0:
			if err := f.link(file); err != nil {
				return err
			}
			waiting = waiting[:len(waiting)-1]
		case entered[name]:
			return newError(DescriptorsInvalid, fmt.Sprintf("The file %s imports itself", shown(name)))
		default:
			entered[name] = true
			waiting = append(waiting, missing...)
		}
	}
	return nil
}

func (f *descriptorFiles) link(file *descriptorpb.FileDescriptorProto) error {
	// A file that is missing may be one of a newer Spark; what it defines is then not known.
	linked, err := protodesc.FileOptions{AllowUnresolvable: true}.New(file, f)
	if err == nil {
		err = f.linked.RegisterFile(linked)
	}
	if err != nil {
		return &Error{
			Code:  DescriptorsInvalid,
			text:  fmt.Sprintf("[%s] The file %s does not link: %v", DescriptorsInvalid, shown(file.GetName()), err),
			cause: err,
		}
	}
	f.order = append(f.order, linked)
	return nil
}

// FindFileByPath implements protodesc.Resolver.
func (f *descriptorFiles) FindFileByPath(path string) (protoreflect.FileDescriptor, error) {
	if file, err := f.linked.FindFileByPath(path); err == nil {
		return file, nil
	}
	return known(path)
}

// FindDescriptorByName implements protodesc.Resolver.
func (f *descriptorFiles) FindDescriptorByName(name protoreflect.FullName) (protoreflect.Descriptor, error) {
	if descriptor, err := f.linked.FindDescriptorByName(name); err == nil {
		return descriptor, nil
	}
	if descriptor, err := connect.Files.FindDescriptorByName(name); err == nil {
		return descriptor, nil
	}
	descriptor, err := protoregistry.GlobalFiles.FindDescriptorByName(name)
	if err != nil {
		return nil, err
	}
	if _, err := known(descriptor.ParentFile().Path()); err != nil {
		return nil, errors.Join(protoregistry.NotFound, err)
	}
	return descriptor, nil
}
