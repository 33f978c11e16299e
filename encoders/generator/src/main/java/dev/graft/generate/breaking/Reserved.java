package dev.graft.generate.breaking;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Numbers and names that a definition keeps back.
 *
 * @param ranges of numbers, both ends in them
 */
record Reserved(List<Range> ranges, Set<String> names) {
  record Range(long first, long last) {
    @Override
    public String toString() {
      return first == last ? String.valueOf(first) : first + " to " + last;
    }
  }

  Reserved {
    ranges = List.copyOf(ranges);
    names = Set.copyOf(names);
  }

  static Reserved of(Descriptor message) {
    DescriptorProto proto = message.toProto();
    return new Reserved(
        proto.getReservedRangeList().stream()
            .map(range -> new Range(range.getStart(), range.getEnd() - 1L))
            .toList(),
        new HashSet<>(proto.getReservedNameList()));
  }

  static Reserved of(EnumDescriptor type) {
    EnumDescriptorProto proto = type.toProto();
    return new Reserved(
        proto.getReservedRangeList().stream()
            .map(range -> new Range(range.getStart(), range.getEnd()))
            .toList(),
        new HashSet<>(proto.getReservedNameList()));
  }

  /** The numbers that a message keeps for extensions in protobuf's own sense. */
  static Reserved extensions(Descriptor message) {
    return new Reserved(
        message.toProto().getExtensionRangeList().stream()
            .map(range -> new Range(range.getStart(), range.getEnd() - 1L))
            .toList(),
        Set.of());
  }

  boolean has(long number) {
    return ranges.stream().anyMatch(range -> range.first() <= number && number <= range.last());
  }

  /** What another keeps back and this does not; empty if there is nothing. */
  String lost(Reserved now) {
    List<String> lost = new ArrayList<>();
    ranges.stream().filter(range -> !now.covers(range)).map(Range::toString).forEach(lost::add);
    names.stream()
        .filter(name -> !now.names.contains(name))
        .sorted()
        .forEach(name -> lost.add('"' + name + '"'));
    return String.join(", ", lost);
  }

  private boolean covers(Range wanted) {
    long next = wanted.first();
    while (next <= wanted.last()) {
      long from = next;
      long reached =
          ranges.stream()
              .filter(range -> range.first() <= from && from <= range.last())
              .mapToLong(Range::last)
              .max()
              .orElse(-1);
      if (reached < from) {
        return false;
      }
      next = reached + 1;
    }
    return true;
  }
}
