package dev.graft.registry.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.graft.registry.descriptor.ConnectType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** What is found, against what protobuf's parser with the line's own descriptors finds. */
class ConnectFieldsOracleTest {
  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withDistribution(RandomDistribution.uniform()).withoutEdgeCases();
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.of(LineDescriptors.LINES);
  }

  @Property(tries = 8_000, shrinking = ShrinkingMode.OFF)
  void refusedExactlyWhenTheLinesParserMissesSomething(
      @ForAll("seeds") long seed, @ForAll ConnectType type, @ForAll("lines") String line) {
    byte[] message = newest(seed, line, type).toByteArray();

    Optional<UnknownField> found = ConnectFields.of(line).firstUnknown(type, message);

    List<String> missed = ParsedByServer.unknown(line, type.fullName(), message);
    Statistics.label("refused")
        .collect(found.isPresent())
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share > 10);
              coverage.check(false).percentage(share -> share > 10);
            });
    assertThat(found.isPresent()).as("%s", missed).isEqualTo(!missed.isEmpty());
    found.ifPresent(
        field ->
            assertThat(missed)
                .contains(
                    field.value().isEmpty() ? field.name() : field.name() + "=" + field.value()));
  }

  @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
  void whatALineHasPassesOnItAndAllLaterOnes(
      @ForAll("seeds") long seed, @ForAll ConnectType type, @ForAll("lines") String line) {
    byte[] message =
        new RandomMessages(seed, 120, field -> false)
            .of(LineDescriptors.of(line).message(type.fullName()))
            .toByteArray();

    for (String server : LineDescriptors.LINES) {
      if (server.compareTo(line) >= 0) {
        assertThat(ConnectFields.of(server).firstUnknown(type, message)).isEmpty();
      }
    }
  }

  @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
  void whatStandsInTheClientsBytesPassesAndNothingElse(
      @ForAll("seeds") long seed, @ForAll("lines") String line) {
    Message message = newest(seed, line, ConnectType.RELATION);
    byte[] fromClient = some(message, new Random(seed));

    Optional<UnknownField> found =
        ConnectFields.of(line)
            .firstUnknown(ConnectType.RELATION, message.toByteArray(), ByteBuffer.wrap(fromClient));

    List<String> missed = new ArrayList<>();
    missedInOwn(message, line, fromClient, missed);
    boolean known =
        ConnectFields.of(line).firstUnknown(ConnectType.RELATION, message.toByteArray()).isEmpty();
    Statistics.label("end")
        .collect(known ? "all known" : found.isPresent() ? "refused" : "the client's own")
        .coverage(
            coverage -> {
              coverage.check("refused").percentage(share -> share > 3);
              coverage.check("the client's own").percentage(share -> share > 3);
            });
    assertThat(found.isPresent()).as("%s", missed).isEqualTo(!missed.isEmpty());
  }

  private static DynamicMessage newest(long seed, String line, ConnectType type) {
    return new RandomMessages(seed, 120, field -> isLater(field, line))
        .of(LineDescriptors.of(LineDescriptors.NEWEST).message(type.fullName()));
  }

  private static boolean isLater(FieldDescriptor field, String line) {
    Map<String, com.google.protobuf.Descriptors.Descriptor> messages =
        LineDescriptors.of(line).messages();
    var type = messages.get(field.getContainingType().getFullName());
    return type == null || type.findFieldByNumber(field.getNumber()) == null;
  }

  /** Bytes that hold some of the messages inside a message, and a few others between. */
  private static byte[] some(Message message, Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] other = new byte[random.nextInt(30)];
    random.nextBytes(other);
    bytes.writeBytes(other);
    if (random.nextInt(3) == 0) {
      write(message.toByteArray(), bytes);
    }
    for (Object value : message.getAllFields().values()) {
      for (Object one : value instanceof List<?> several ? several : List.of(value)) {
        if (one instanceof Message inner && random.nextInt(3) != 0) {
          bytes.writeBytes(some(inner, random));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void write(byte[] content, ByteArrayOutputStream bytes) {
    int length = content.length;
    while (length >= 0x80) {
      bytes.write(length | 0x80);
      length >>>= 7;
    }
    bytes.write(length);
    bytes.writeBytes(content);
  }

  /** The plain way: each message with something that the line misses, looked for on its own. */
  private static void missedInOwn(
      Message message, String line, byte[] fromClient, List<String> missed) {
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    write(message.toByteArray(), framed);
    if (contains(fromClient, framed.toByteArray())) {
      return;
    }
    String type = message.getDescriptorForType().getFullName();
    if (!type.startsWith("spark.connect.")
        || !LineDescriptors.of(line).messages().containsKey(type)) {
      return;
    }
    Message.Builder shallow = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                  && !isLater(field, line)) {
                shallow.clearField(field);
                if (field.getName().equals("origin")) {
                  return;
                }
                for (Object one : value instanceof List<?> several ? several : List.of(value)) {
                  missedInOwn((Message) one, line, fromClient, missed);
                }
              }
            });
    missed.addAll(ParsedByServer.unknown(line, type, shallow.build().toByteArray()));
  }

  private static boolean contains(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (java.util.Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
