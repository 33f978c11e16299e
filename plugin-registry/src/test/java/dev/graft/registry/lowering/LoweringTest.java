package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.graft.registry.CpuTime;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.Varint;
import dev.graft.registry.wire.WireType;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SetOperation;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.Test;

class LoweringTest {
  private static final String URL = "type.googleapis.com/acme.v1.TopK";
  private static final Any TOP_K =
      Any.newBuilder().setTypeUrl(URL).setValue(ByteString.copyFromUtf8("k=3")).build();

  private final Lowering lowering = new Lowering(LoweringTable.ofConnect());
  private final ExpansionBudget budget = new ExpansionBudget(ExpansionLimits.DEFAULT);
  private final List<Extension> met = new ArrayList<>();

  @Test
  void extensionUnderALimitIsReplacedInPlace() throws InvalidProtocolBufferException {
    Plan plan = Plan.newBuilder().setRoot(limit(extension())).build();

    byte[] lowered = lower(ConnectType.PLAN, plan.toByteArray(), replaceBy(range(5)));

    assertThat(Plan.parseFrom(lowered))
        .isEqualTo(Plan.newBuilder().setRoot(limit(range(5))).build());
    assertThat(met).hasSize(1);
    assertThat(met.get(0).kind()).isEqualTo(ExtensionKind.RELATION);
    assertThat(met.get(0).typeUrl()).isEqualTo(URL);
    ByteBuffer value = met.get(0).value();
    assertThat(value.hasArray()).isTrue();
    assertThat(ByteString.copyFrom(value)).isEqualTo(ByteString.copyFromUtf8("k=3"));
  }

  @Test
  void extensionsOfUserContextAreLeftAlone() {
    byte[] request =
        ExecutePlanRequest.newBuilder()
            .setUserContext(UserContext.newBuilder().addExtensions(TOP_K))
            .setPlan(Plan.newBuilder().setRoot(range(1)))
            .build()
            .toByteArray();

    byte[] lowered = lower(ConnectType.EXECUTE_PLAN_REQUEST, request, replaceBy(range(5)));

    assertThat(lowered).isSameAs(request);
    assertThat(met).isEmpty();
  }

  @Test
  void commandThatIsLeftComesBackUntouched() {
    byte[] command = Command.newBuilder().setExtension(TOP_K).build().toByteArray();

    byte[] lowered = lower(ConnectType.COMMAND, command, new Expansion.Leave());

    assertThat(lowered).isSameAs(command);
    assertThat(met).extracting(Extension::kind).containsExactly(ExtensionKind.COMMAND);
  }

  @Test
  void planIdOfAReplacedRelationIsGivenToAnAnswerWithoutOne()
      throws InvalidProtocolBufferException {
    Relation plan = withPlanId(extension(), 7);

    byte[] lowered = lower(ConnectType.RELATION, plan.toByteArray(), replaceBy(range(5)));

    assertThat(Relation.parseFrom(lowered)).isEqualTo(withPlanId(range(5), 7));
  }

  @Test
  void answerWithAnotherPlanIdIsWrappedSoThatBothResolve() throws InvalidProtocolBufferException {
    Relation plan = withPlanId(extension(), 7);

    byte[] bytes =
        lower(ConnectType.RELATION, plan.toByteArray(), replaceBy(withPlanId(range(5), 3)));

    Relation lowered = Relation.parseFrom(bytes);
    assertThat(lowered.getCommon().getPlanId()).isEqualTo(7);
    assertThat(lowered.getFilter().getCondition().getLiteral().getBoolean()).isTrue();
    assertThat(lowered.getFilter().getInput()).isEqualTo(withPlanId(range(5), 3));
  }

  @Test
  void answerKeepsItsPlanIdWhereTheReplacedRelationHasNone() throws InvalidProtocolBufferException {
    byte[] bytes =
        lower(ConnectType.RELATION, extension().toByteArray(), replaceBy(withPlanId(range(5), 3)));

    assertThat(Relation.parseFrom(bytes)).isEqualTo(withPlanId(range(5), 3));
  }

  @Test
  void textThatIsGivenAsEmptyIsTakenFromTheAnswer() throws InvalidProtocolBufferException {
    // Field 1 is a text. Parsers take the last of the two, and an empty one for none.
    ByteString common = ByteString.copyFrom(bytes(0x0A, 1, 'x', 0x0A, 0));
    byte[] plan = concat(field(1, common), extension().toByteArray());
    byte[] answer =
        concat(field(1, ByteString.copyFrom(bytes(0x0A, 1, 'y'))), range(5).toByteArray());

    byte[] lowered = lower(ConnectType.RELATION, plan, new Expansion.Replace(answer));

    assertThat(Relation.parseFrom(lowered)).isEqualTo(Relation.parseFrom(answer));
  }

  @Test
  void anExtensionThatLeadsBackToItselfIsRefusedByDepth() {
    assertThatThrownBy(
            () -> lower(ConnectType.RELATION, extension().toByteArray(), replaceBy(extension())))
        .isInstanceOf(GraftException.class)
        .hasMessage(
            "[GRAFT_EXPANSION_TOO_DEEP] Expanding the extension '"
                + URL
                + "' would put more than 1024 answers inside one another. Either its plugin"
                + " answers with an extension that leads back to itself, or the plan nests that"
                + " deep: then raise spark.graft.limits.expansion-depth.");
    assertThat(met).hasSize(1024);
    assertThat(budget.depth()).isZero();
  }

  @Test
  void answersThatAreTooManyBytesTogetherAreRefused() {
    byte[] answer = range(5).toByteArray();
    Relation two =
        Relation.newBuilder()
            .setSetOp(
                org.apache.spark.connect.proto.SetOperation.newBuilder()
                    .setLeftInput(extension())
                    .setRightInput(extension()))
            .build();
    ExpansionBudget oneAnswer =
        new ExpansionBudget(new ExpansionLimits(50, 20, 2 * answer.length - 1, "graft-"));

    assertThatThrownBy(
            () ->
                new Lowering(LoweringTable.ofConnect())
                    .lower(
                        ConnectType.RELATION,
                        two.toByteArray(),
                        extension -> new Expansion.Replace(answer),
                        oneAnswer))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith(
            "[GRAFT_EXPANSION_TOO_LARGE] With the answer to the extension '"
                + URL
                + "', the answers")
        .hasMessageContaining("more than " + (2 * answer.length - 1) + " bytes")
        .hasMessageContaining("(graft-graft.limits.expansion-bytes)");
  }

  @Test
  void aResultThatNobodyWouldTakeIsNotPutTogether() {
    byte[] answer = range(5).toByteArray();
    List<Long> taken = new ArrayList<>();
    ExpansionBudget little =
        new ExpansionBudget(
            ExpansionLimits.DEFAULT, new ExpansionRoom(answer.length - 1, "the.key", taken::add));

    assertThatThrownBy(
            () ->
                lowering.lower(
                    ConnectType.RELATION,
                    extension().toByteArray(),
                    any -> new Expansion.Replace(answer),
                    little))
        .hasMessageStartingWith(
            "[GRAFT_EXPANSION_TOO_LARGE] With its extensions expanded the plan is larger than "
                + (answer.length - 1)
                + " bytes (the.key)");
    assertThat(taken).containsExactly((long) answer.length);
  }

  @Test
  void nobodyIsAskedAnyMoreOnceTheResultIsTooLarge() {
    byte[] answer = range(5).toByteArray();
    SetOperation.Builder many = SetOperation.newBuilder();
    many.setLeftInput(extension());
    for (int i = 0; i < 20; i++) {
      Relation.Builder inner = Relation.newBuilder().setSetOp(many);
      many = SetOperation.newBuilder().setLeftInput(extension()).setRightInput(inner);
    }
    AtomicInteger asked = new AtomicInteger();
    ExpansionBudget little =
        new ExpansionBudget(
            ExpansionLimits.DEFAULT, new ExpansionRoom(3 * answer.length, "the.key", bytes -> {}));
    byte[] plan = Relation.newBuilder().setSetOp(many).build().toByteArray();

    assertThatThrownBy(
            () ->
                lowering.lower(
                    ConnectType.RELATION,
                    plan,
                    any -> {
                      asked.incrementAndGet();
                      return new Expansion.Replace(answer);
                    },
                    little))
        .hasMessageStartingWith("[GRAFT_EXPANSION_TOO_LARGE]");
    assertThat(asked.get()).isBetween(1, 6);
  }

  @Test
  void theHostHearsOfAnswersAndOfTheResultBeforeItIsThere() {
    byte[] answer = range(5).toByteArray();
    List<Long> taken = new ArrayList<>();
    ExpansionBudget told =
        new ExpansionBudget(
            ExpansionLimits.DEFAULT, new ExpansionRoom(1_000, "the.key", taken::add));

    byte[] lowered =
        lowering.lower(
            ConnectType.RELATION,
            extension().toByteArray(),
            any -> new Expansion.Replace(answer),
            told);

    assertThat(taken).containsExactly((long) answer.length, (long) lowered.length);
  }

  @Test
  void anExtensionThatDoublesItselfIsRefusedByNodes() {
    Relation doubled =
        Relation.newBuilder()
            .setSetOp(
                org.apache.spark.connect.proto.SetOperation.newBuilder()
                    .setLeftInput(extension())
                    .setRightInput(extension()))
            .build();
    ExpansionBudget hundred = new ExpansionBudget(new ExpansionLimits(50, 20));

    assertThatThrownBy(
            () ->
                lowering.lower(
                    ConnectType.RELATION,
                    extension().toByteArray(),
                    any -> replaceBy(doubled),
                    hundred))
        .hasMessageStartingWith("[GRAFT_EXPANSION_TOO_LARGE] With the answer to the extension '")
        .hasMessageContaining("more than 20 relations, expressions and commands")
        .hasMessageContaining("spark.graft.limits.expansion-nodes");
  }

  @Test
  void nestedCallsShareTheBudgetsDepth() {
    ExpansionBudget three = new ExpansionBudget(new ExpansionLimits(3, 100));
    byte[] plan = extension().toByteArray();

    assertThatThrownBy(() -> lowering.lower(ConnectType.RELATION, plan, again(three), three))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("more than 3 answers inside one another");
    assertThat(met).hasSize(3);
    assertThat(three.depth()).isZero();
  }

  private Expander again(ExpansionBudget shared) {
    return extension -> {
      met.add(extension);
      return new Expansion.Replace(
          lowering.lower(ConnectType.RELATION, extension().toByteArray(), again(shared), shared));
    };
  }

  @Test
  void hostThatEntersCountsAsAnAnswer() {
    ExpansionBudget one = new ExpansionBudget(new ExpansionLimits(1, 100));
    one.enter("acme/host");

    assertThatThrownBy(
            () ->
                lowering.lower(
                    ConnectType.RELATION,
                    extension().toByteArray(),
                    any -> replaceBy(range(1)),
                    one))
        .hasMessageContaining("GRAFT_EXPANSION_TOO_DEEP");
    one.exit();
    assertThat(one.depth()).isZero();
  }

  @Test
  void anyWithoutATypeUrlIsRefused() {
    byte[] plan =
        Relation.newBuilder().setExtension(Any.getDefaultInstance()).build().toByteArray();

    assertRefused(
        plan,
        ErrorCode.GRAFT_TYPE_URL_MISSING,
        "A relation extension of 0 bytes has no type URL, so there is no telling which message it"
            + " holds.");
  }

  @Test
  void twoMembersOfRelTypeAreRefused() {
    byte[] plan =
        concat(
            extension().toByteArray(),
            Relation.newBuilder().setSql(SQL.newBuilder().setQuery("x")).build().toByteArray());

    assertRefused(
        plan,
        ErrorCode.GRAFT_PLAN_MALFORMED,
        "spark.connect.Relation gives rel_type twice, the second time as field 10 (sql)");
  }

  @Test
  void aSingularInputGivenTwiceIsRefused() {
    ByteString input = Limit.newBuilder().setInput(range(1)).build().toByteString();
    byte[] plan =
        field(
            8,
            input
                .concat(input)
                .concat(Limit.newBuilder().setInput(extension()).build().toByteString()));

    assertRefused(
        plan,
        ErrorCode.GRAFT_PLAN_MALFORMED,
        "spark.connect.Limit gives input twice, the second time as field 1 (input)");
  }

  @Test
  void sameKeyTwiceInAMapThatLeadsOnIsRefused() {
    SQL one = SQL.newBuilder().putNamedArguments("a", Expression.getDefaultInstance()).build();
    SQL two =
        SQL.newBuilder()
            .putNamedArguments("a", Expression.newBuilder().setExtension(TOP_K).build())
            .build();
    byte[] plan = field(10, one.toByteString().concat(two.toByteString()));

    assertRefused(
        plan,
        ErrorCode.GRAFT_PLAN_MALFORMED,
        "spark.connect.SQL gives a key of named_arguments twice");
  }

  @Test
  void duplicatesWithoutAnExtensionInThemAreLeftToTheServersParser() {
    ByteString input = Limit.newBuilder().setInput(range(1)).build().toByteString();
    byte[] duplicates = field(8, input.concat(input));

    assertThat(lowerRelation(duplicates)).isSameAs(duplicates);
    // Walked, not searched, and with a lookalike that makes the walk look into the second input.
    ByteString lookalike = Limit.newBuilder().setInput(sql("º>")).build().toByteString();
    byte[] walked = field(8, input.concat(lookalike));
    assertThat(lowerWalking(walked)).isSameAs(walked);
    assertThat(met).isEmpty();
  }

  @Test
  void duplicatesBesideAnExtensionStayAsTheyAre() {
    ByteString input = Limit.newBuilder().setInput(range(1)).build().toByteString();
    ByteString duplicates = ByteString.copyFrom(field(8, input.concat(input)));
    ByteString right = ByteString.copyFrom(field(2, duplicates));
    byte[] plan = field(6, left(extension()).concat(right));

    assertThat(lowerRelation(plan)).isEqualTo(field(6, left(range(5)).concat(right)));
    assertThat(met).hasSize(1);
  }

  @Test
  void duplicateThatComesAfterItsExtensionIsRefused() {
    ByteString extension = Limit.newBuilder().setInput(extension()).build().toByteString();
    ByteString input = Limit.newBuilder().setInput(range(1)).build().toByteString();
    byte[] plan = field(8, extension.concat(input));

    assertThatThrownBy(() -> lowerRelation(plan))
        .hasMessageStartingWith("[GRAFT_PLAN_MALFORMED] The plan cannot be read at byte ")
        .hasMessageContaining("spark.connect.Limit gives input twice");
  }

  @Test
  void duplicateAroundAnExtensionIsRefusedHoweverFarAbove() {
    ByteString input = Limit.newBuilder().setInput(range(1)).build().toByteString();
    Relation deep = extension();
    for (int i = 0; i < 50; i++) {
      deep = limit(deep);
    }
    ByteString second = Limit.newBuilder().setInput(deep).build().toByteString();

    assertRefused(
        field(8, input.concat(second)),
        ErrorCode.GRAFT_PLAN_MALFORMED,
        "spark.connect.Limit gives input twice");
  }

  @Test
  void duplicateInAnAnswerIsTheFaultOfItsPlugin() {
    ByteString input = Limit.newBuilder().setInput(range(1)).build().toByteString();
    byte[] answer = field(8, input.concat(input));

    assertThatThrownBy(
            () ->
                lower(
                    ConnectType.RELATION, extension().toByteArray(), new Expansion.Replace(answer)))
        .hasMessageStartingWith("[GRAFT_ANSWER_INVALID] The answer to the extension '" + URL)
        .hasMessageContaining("spark.connect.Limit gives input twice");
  }

  @Test
  void keyThatIsNoTextIsRefusedBesideAnExtension() {
    // Parsers take it for an unknown field: the entry's key is empty, like that of the other.
    ByteString value =
        ByteString.copyFrom(
            field(2, Expression.newBuilder().setExtension(TOP_K).build().toByteString()));
    ByteString number = ByteString.copyFrom(bytes(0x08, 1)).concat(value);
    ByteString none = ByteString.copyFrom(field(2, ByteString.EMPTY));
    byte[] plan =
        field(
            10, ByteString.copyFrom(field(4, number)).concat(ByteString.copyFrom(field(4, none))));

    assertRefused(plan, ErrorCode.GRAFT_PLAN_MALFORMED, "a key of named_arguments is not a text");
  }

  @Test
  void wrongWireTypeWithoutAnExtensionIsLeftToTheServersParser() {
    byte[] plan = concat(sql("º>").toByteArray(), bytes(0x0D, 0, 0, 0, 0));

    assertThat(lowerWalking(plan)).isSameAs(plan);
  }

  @Test
  void extensionBehindMegabytesOfDataIsFound() throws InvalidProtocolBufferException {
    Relation data =
        Relation.newBuilder()
            .setLocalRelation(
                org.apache.spark.connect.proto.LocalRelation.newBuilder()
                    .setData(ByteString.copyFrom(new byte[3 << 20])))
            .build();
    ByteString right = Relation.newBuilder().setExtension(TOP_K).build().toByteString();
    byte[] plan = field(6, left(data).concat(ByteString.copyFrom(field(2, right))));

    Relation lowered = Relation.parseFrom(lowerRelation(plan));

    assertThat(lowered.getSetOp().getLeftInput()).isEqualTo(data);
    assertThat(lowered.getSetOp().getRightInput()).isEqualTo(range(5));
  }

  @Test
  void wrongWireTypeGroupsAndZeroAndLongVarintsAreRefusedWithTheirOffset() {
    byte[] extension = extension().toByteArray();
    int at = extension.length;
    String prefix = "[GRAFT_PLAN_MALFORMED] The plan cannot be read at byte " + at + " of ";

    assertThatThrownBy(() -> lowerRelation(concat(extension, bytes(0x0D, 0, 0, 0, 0))))
        .hasMessageStartingWith(prefix)
        .hasMessageContaining("is not length-delimited but 32-bit");
    assertThatThrownBy(() -> lowerRelation(concat(extension, bytes(0x00, 1))))
        .hasMessageStartingWith(prefix)
        .hasMessageContaining("a field has the number 0");
    assertThatThrownBy(() -> lowerRelation(concat(extension, bytes(0x84, 0x7D))))
        .hasMessageContaining("the end of group");
    assertThatThrownBy(() -> lowerRelation(concat(extension, bytes(0x83, 0x7D))))
        .hasMessageContaining("has no end");
    assertThatThrownBy(() -> lowerRelation(concat(extension, bytes(0x83, 0x7D, 0x8C, 0x7D))))
        .hasMessageContaining("ends as group");
    assertThatThrownBy(() -> lowerRelation(concat(extension, bytes(0x86, 0x7D))))
        .hasMessageContaining("undefined wire type 6");
    byte[] eleven = new byte[11];
    java.util.Arrays.fill(eleven, (byte) 0x80);
    assertThatThrownBy(() -> lowerRelation(concat(extension, eleven)))
        .hasMessageStartingWith(prefix)
        .hasMessageContaining("a varint is longer than ten bytes");
    assertThatThrownBy(() -> lowerRelation(concat(extension, bytes(0xE2, 0x7D, 5, 1))))
        .hasMessageContaining("field 2012 is cut off: its length is 5, and 1 bytes are left");
    byte[] groups = new byte[2000];
    for (int i = 0; i < groups.length; i += 2) {
      groups[i] = (byte) 0x83;
      groups[i + 1] = 0x7D;
    }
    assertThatThrownBy(() -> lowerRelation(concat(extension, groups)))
        .hasMessageContaining("more than 100 groups are nested");
  }

  @Test
  void paddedTagsAndLengthsAreRead() throws InvalidProtocolBufferException {
    byte[] any = TOP_K.toByteArray();
    byte[] padded = concat(bytes(0xB2, 0xBE, 0x80, 0x00, 0x80 | any.length, 0x80, 0x00), any);

    byte[] lowered = lower(ConnectType.RELATION, padded, replaceBy(range(5)));

    assertThat(Relation.parseFrom(lowered)).isEqualTo(range(5));
  }

  @Test
  void malformedAnswerNamesTheExtension() {
    assertThatThrownBy(
            () ->
                lower(
                    ConnectType.RELATION,
                    extension().toByteArray(),
                    new Expansion.Replace(bytes(0x22, 9))))
        .hasMessageStartingWith(
            "[GRAFT_ANSWER_INVALID] The answer to the extension '" + URL + "' cannot be read at");
    assertThatThrownBy(
            () ->
                lower(
                    ConnectType.RELATION,
                    extension().toByteArray(),
                    new Expansion.Replace(new byte[0])))
        .hasMessageContaining("it is an empty spark.connect.Relation");
  }

  @Test
  void tenThousandLevelsOfRelationsTakeLinearTime() {
    byte[] deep = nested(10_000, extension().toByteArray());

    Duration took =
        CpuTime.of(
            () ->
                assertThat(lower(ConnectType.RELATION, deep, replaceBy(range(5))))
                    .isEqualTo(nested(10_000, range(5).toByteArray())));

    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aHundredThousandLevelsAreRefusedWithoutOverflow() {
    byte[] deep = nested(100_000, extension().toByteArray());

    assertRefused(deep, ErrorCode.GRAFT_PLAN_TOO_DEEP, "The plan nests more than 100000 messages");
  }

  @Test
  void extensionsInAllExpressionsOfAWideProjectAreReplaced() throws InvalidProtocolBufferException {
    Expression literal =
        Expression.newBuilder()
            .setLiteral(Expression.Literal.newBuilder().setString("x".repeat(200)))
            .build();
    Project.Builder before = Project.newBuilder().setInput(range(1));
    Project.Builder after = Project.newBuilder().setInput(range(1));
    for (int i = 0; i < 1000; i++) {
      before.addExpressions(Expression.newBuilder().setExtension(TOP_K));
      after.addExpressions(literal);
    }

    byte[] lowered =
        lower(
            ConnectType.RELATION,
            Relation.newBuilder().setProject(before).build().toByteArray(),
            new Expansion.Replace(literal.toByteArray()));

    assertThat(Relation.parseFrom(lowered))
        .isEqualTo(Relation.newBuilder().setProject(after).build());
    assertThat(budget.nodes()).isEqualTo(1000);
  }

  private void assertRefused(byte[] relation, ErrorCode code, String text) {
    assertThatThrownBy(() -> lowerRelation(relation))
        .isInstanceOfSatisfying(
            GraftException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(text);
    assertThat(met).isEmpty();
  }

  private byte[] lowerRelation(byte[] relation) {
    return lower(ConnectType.RELATION, relation, replaceBy(range(5)));
  }

  /** Lowers as in a large plan, where nothing is searched before it is walked. */
  private byte[] lowerWalking(byte[] relation) {
    return new Lowering(LoweringTable.ofConnect(), 0)
        .lower(
            ConnectType.RELATION,
            relation,
            extension -> {
              met.add(extension);
              return replaceBy(range(5));
            },
            budget);
  }

  private byte[] lower(ConnectType root, byte[] node, Expansion expansion) {
    return lowering.lower(
        root,
        node,
        extension -> {
          met.add(extension);
          return expansion;
        },
        budget);
  }

  /** Limits in one another, written from the inside outwards. */
  static byte[] nested(int levels, byte[] innermost) {
    byte[] buffer = new byte[innermost.length + levels * 12];
    int start = buffer.length - innermost.length;
    System.arraycopy(innermost, 0, buffer, start, innermost.length);
    for (int i = 0; i < levels; i++) {
      for (int tag : new int[] {0x0A, 0x42}) {
        int length = buffer.length - start;
        start -= Varint.size(length);
        Varint.write(buffer, start, length);
        buffer[--start] = (byte) tag;
      }
    }
    return java.util.Arrays.copyOfRange(buffer, start, buffer.length);
  }

  private static Expansion replaceBy(Relation relation) {
    return new Expansion.Replace(relation.toByteArray());
  }

  private static Relation extension() {
    return Relation.newBuilder().setExtension(TOP_K).build();
  }

  private static Relation limit(Relation input) {
    return Relation.newBuilder().setLimit(Limit.newBuilder().setInput(input).setLimit(2)).build();
  }

  private static Relation range(long end) {
    return Relation.newBuilder().setRange(Range.newBuilder().setEnd(end).setStep(1)).build();
  }

  private static Relation sql(String query) {
    return Relation.newBuilder().setSql(SQL.newBuilder().setQuery(query)).build();
  }

  /** {@code SetOperation.left_input}. */
  private static ByteString left(Relation relation) {
    return ByteString.copyFrom(field(1, relation.toByteString()));
  }

  private static Relation withPlanId(Relation relation, long planId) {
    return relation.toBuilder().setCommon(RelationCommon.newBuilder().setPlanId(planId)).build();
  }

  private static byte[] field(int number, ByteString content) {
    byte[] head = new byte[16];
    int at = Varint.write(head, 0, number << 3 | WireType.LENGTH);
    at = Varint.write(head, at, content.size());
    return UnsafeByteOperations.unsafeWrap(head, 0, at).concat(content).toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
