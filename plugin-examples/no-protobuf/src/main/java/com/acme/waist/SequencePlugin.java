package com.acme.waist;

import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Set;

/** The numbers of a sequence, as the relation {@code spark.connect.Range}. */
public final class SequencePlugin implements ExtensionPlugin {
  /** {@code Relation.range}, field 15, length-delimited. */
  private static final int RANGE = 15 << 3 | 2;

  /** {@code Range.start}, {@code .end} and {@code .step}, varints. */
  private static final int START = 1 << 3;

  private static final int END = 2 << 3;
  private static final int STEP = 3 << 3;

  @Override
  public ExtensionKind kind() {
    return ExtensionKind.RELATION;
  }

  @Override
  public Set<String> messageNames() {
    return Set.of("acme.waist.v1.Sequence");
  }

  @Override
  public Optional<Answer> answer(Extension extension, HostContext context) {
    Sequence sequence = Sequence.parse(extension.value());
    ByteArrayOutputStream range = new ByteArrayOutputStream();
    field(START, sequence.start(), range);
    field(END, sequence.end(), range);
    field(STEP, sequence.step(), range);
    ByteArrayOutputStream relation = new ByteArrayOutputStream();
    field(RANGE, range.size(), relation);
    relation.writeBytes(range.toByteArray());
    return Optional.of(new Answer.Node(relation.toByteArray()));
  }

  private static void field(int tag, long value, ByteArrayOutputStream out) {
    Varint.write(tag, out);
    Varint.write(value, out);
  }
}
