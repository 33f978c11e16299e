package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Comparator;

/** The order of a map's entries: there must be one, so that equal messages have equal bytes. */
final class MapKeys {
  private MapKeys() {}

  /** An order of checked keys: by value, unsigned where the type is, texts by their bytes. */
  static Comparator<Object> order(FieldDescriptor key) {
    return switch (key.getType()) {
      case UINT32, FIXED32 -> (a, b) -> Integer.compareUnsigned((Integer) a, (Integer) b);
      case UINT64, FIXED64 -> (a, b) -> Long.compareUnsigned((Long) a, (Long) b);
      case INT32, SINT32, SFIXED32 -> (a, b) -> Integer.compare((Integer) a, (Integer) b);
      case INT64, SINT64, SFIXED64 -> (a, b) -> Long.compare((Long) a, (Long) b);
      case BOOL -> (a, b) -> Boolean.compare((Boolean) a, (Boolean) b);
      default ->
          (a, b) ->
              ByteString.unsignedLexicographicalComparator()
                  .compare((ByteString) a, (ByteString) b);
    };
  }
}
