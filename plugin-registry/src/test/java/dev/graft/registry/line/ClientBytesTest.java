package dev.graft.registry.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.graft.registry.CpuTime;
import dev.graft.registry.descriptor.ConnectType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.NearestByJoin;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Fields that a client put there itself, deep nesting, and what a hostile plan costs. */
class ClientBytesTest {
  private static final ConnectFields OLD = ConnectFields.of("3.5");
  private static final int LEVELS = 100_000;

  private static boolean passes(Relation answer, ByteString fromClient) {
    return passes(answer.toByteArray(), fromClient.toByteArray());
  }

  private static boolean passes(byte[] answer, byte[] fromClient) {
    return OLD.firstUnknown(ConnectType.RELATION, answer, ByteBuffer.wrap(fromClient)).isEmpty();
  }

  private static Relation newer() {
    return Relation.newBuilder()
        .setNearestByJoin(NearestByJoin.newBuilder().setJoinType("inner"))
        .build();
  }

  private static Relation limit(Relation input) {
    Relation.Builder limit = Relation.newBuilder();
    limit.getLimitBuilder().setInput(input).setLimit(1);
    return limit.build();
  }

  /** As a client has it in its extension: with a length before it. */
  private static ByteString framed(Relation relation) {
    return limit(relation).toByteString();
  }

  @Test
  void aNodeOfTheClientPassesInsideTheAnswer() {
    assertThat(passes(limit(newer()), framed(newer()))).isTrue();
    assertThat(passes(limit(limit(newer())), framed(newer()))).isTrue();
  }

  @Test
  void aNodeOfTheClientPassesAsTheAnswer() {
    assertThat(passes(newer(), framed(newer()))).isTrue();
    assertThat(passes(newer(), newer().toByteString())).isTrue();
  }

  @Test
  void aNodeThatStandsThereWithoutItsLengthDoesNotPass() {
    ByteString inside = ByteString.copyFromUtf8("text").concat(newer().toByteString());

    assertThat(passes(limit(newer()), inside)).isFalse();
  }

  @Test
  void aNodeThatThePluginChangedDoesNotPass() {
    Relation.Builder changed = newer().toBuilder();
    changed.getCommonBuilder().setPlanId(7);

    assertThat(passes(limit(changed.build()), framed(newer()))).isFalse();
  }

  @Test
  void oneOfTwoThatIsThePluginsOwnDoesNotPass() {
    Relation.Builder join = Relation.newBuilder();
    join.getJoinBuilder().setLeft(newer()).getRightBuilder().getTransposeBuilder();

    assertThat(passes(join.build(), framed(newer()))).isFalse();
    join.getJoinBuilder().setRight(newer());
    assertThat(passes(join.build(), framed(newer()))).isTrue();
  }

  @Test
  void theClientsBytesMayBeAWindow() {
    byte[] framed = framed(newer()).toByteArray();
    byte[] around = new byte[framed.length + 20];
    System.arraycopy(framed, 0, around, 10, framed.length);
    ByteBuffer window = ByteBuffer.wrap(around, 10, framed.length).slice();
    ByteBuffer tooShort = ByteBuffer.wrap(around, 10, framed.length - 5).slice();
    byte[] answer = limit(newer()).toByteArray();

    assertThat(OLD.firstUnknown(ConnectType.RELATION, answer, window)).isEmpty();
    assertThat(OLD.firstUnknown(ConnectType.RELATION, answer, tooShort)).isPresent();
  }

  @Test
  void manyNodesInTheClientsOrderAreFoundInOnePass() throws IOException {
    Random random = new Random(1);
    Project.Builder clients = Project.newBuilder();
    Project.Builder answers = Project.newBuilder();
    for (int i = 0; i < 20_000; i++) {
      Expression.Builder literal = Expression.newBuilder();
      literal.getLiteralBuilder().getTimeBuilder().setNano(random.nextLong() >>> 1);
      clients.addExpressions(literal);
      answers.addExpressionsBuilder().getAliasBuilder().setExpr(literal).addName("c" + i);
    }
    byte[] answer = Relation.newBuilder().setProject(answers).build().toByteArray();

    byte[] sent = clients.build().toByteArray();

    Duration took = CpuTime.of(() -> assertThat(passes(answer, sent)).isTrue());

    assertThat(took).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aHostileSearchIsGivenUp() {
    // At each third byte stands what is looked for, but for its length: without a limit, terabytes
    // would be compared.
    byte[] emptyJoins =
        repeated(
            Relation.newBuilder().setNearestByJoin(NearestByJoin.getDefaultInstance()).build(),
            1_000_000);
    byte[] twice = new byte[2 * emptyJoins.length];
    System.arraycopy(emptyJoins, 0, twice, 0, emptyJoins.length);
    System.arraycopy(emptyJoins, 0, twice, emptyJoins.length, emptyJoins.length);

    assertThat(passes(emptyJoins, emptyJoins)).isTrue();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2), () -> assertThat(passes(emptyJoins, twice)).isFalse());
  }

  private static byte[] repeated(Relation relation, int times) {
    byte[] once = relation.toByteArray();
    ByteArrayOutputStream all = new ByteArrayOutputStream(once.length * times);
    for (int i = 0; i < times; i++) {
      all.writeBytes(once);
    }
    return all.toByteArray();
  }

  @Test
  void aHundredThousandLevelsDoNotOverflowTheStack() {
    byte[] deep = nested(newer());

    UnknownField unknown = OLD.firstUnknown(ConnectType.RELATION, deep).orElseThrow();

    assertThat(unknown.name()).isEqualTo("spark.connect.Relation.nearest_by_join");
    assertThat(unknown.path())
        .isEqualTo("….input.limit.input.limit.input.limit.input.nearest_by_join");
    assertThat(ConnectFields.of("4.2").firstUnknown(ConnectType.RELATION, deep)).isEmpty();
    assertThat(OLD.firstUnknown(ConnectType.RELATION, nested(limit(Relation.getDefaultInstance()))))
        .isEmpty();
  }

  @Test
  void aHundredThousandLevelsOfTheClientPass() {
    byte[] deep = nested(newer());
    ByteString around =
        ByteString.copyFrom(new byte[] {10})
            .concat(length(deep.length))
            .concat(UnsafeByteOperations.unsafeWrap(deep));

    assertThat(passes(deep, around.toByteArray())).isTrue();
    assertThat(passes(deep, deep)).isTrue();
  }

  private static ByteString length(int length) {
    byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(length)];
    try {
      CodedOutputStream.newInstance(bytes).writeUInt32NoTag(length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return ByteString.copyFrom(bytes);
  }

  /** Limits around a relation, written from the innermost outwards. */
  private static byte[] nested(Relation innermost) {
    byte[] bytes = new byte[LEVELS * 10 + innermost.getSerializedSize()];
    int start = bytes.length - innermost.getSerializedSize();
    innermost.toByteString().copyTo(bytes, start);
    for (int i = 0; i < LEVELS; i++) {
      start = open(bytes, start, 1); // Limit.input
      start = open(bytes, start, Relation.LIMIT_FIELD_NUMBER);
    }
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private static int open(byte[] bytes, int start, int field) {
    ByteString length = length(bytes.length - start);
    int before = start - length.size();
    length.copyTo(bytes, before);
    bytes[before - 1] = (byte) (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return before - 1;
  }
}
