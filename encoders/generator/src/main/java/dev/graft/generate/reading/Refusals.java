package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;

/** Says where in a source something is wrong. */
final class Refusals {
  private Refusals() {}

  static GenerationException refuse(Code code, GenericDescriptor at, String why) {
    return new GenerationException(code, place(at) + " " + why);
  }

  /** Such as "acme/v1/acme.proto: the field k of acme.v1.TopK". */
  static String place(GenericDescriptor at) {
    String what;
    if (at instanceof FieldDescriptor field) {
      what = "the field " + field.getName() + " of " + field.getContainingType().getFullName();
    } else if (at instanceof OneofDescriptor oneof) {
      what = "the oneof " + oneof.getName() + " of " + oneof.getContainingType().getFullName();
    } else if (at instanceof EnumDescriptor) {
      what = "the enum " + at.getFullName();
    } else {
      what = "the message " + at.getFullName();
    }
    return at.getFile().getName() + ": " + what;
  }
}
