package dev.graft.testkit.arbitrary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tag;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/** What the arbitraries give. */
@Tag("slow")
class ConnectArbitrariesTest {
  @Provide
  Arbitrary<Plan> plans() {
    return ConnectArbitraries.plans();
  }

  @Provide
  Arbitrary<DynamicMessage> filters() {
    return ConnectArbitraries.messages(Filter.getDescriptor());
  }

  @Provide
  Arbitrary<DataType.Struct> schemas() {
    return ConnectArbitraries.schemas();
  }

  @Property(tries = 300)
  void plansCanBeReadAgainAndHoldNoExtension(@ForAll("plans") Plan plan) throws Exception {
    assertThat(Plan.parseFrom(plan.toByteArray())).isEqualTo(plan);
    assertThat(plan.toString()).doesNotContain("type_url");
  }

  @Property(tries = 100)
  void messagesOfADescriptorAreOfItsType(@ForAll("filters") DynamicMessage filter)
      throws Exception {
    assertThat(Filter.parseFrom(filter.toByteArray()).hasInput()).isIn(true, false);
  }

  @Property(tries = 100)
  void columnsHaveTypes(@ForAll("schemas") DataType.Struct schema) {
    assertThat(schema.getFieldsList()).allMatch(DataType.StructField::hasDataType);
  }

  @Example
  void everyKindOfRelationAndExpressionOccurs() {
    Set<String> relations = new HashSet<>();
    Set<String> expressions = new HashSet<>();
    Random random = new Random(1);
    var relation = ConnectArbitraries.relations().generator(1_000);
    var expression = ConnectArbitraries.expressions().generator(1_000);
    for (int i = 0; i < 20_000; i++) {
      relations.add(relation.next(random).value().getRelTypeCase().name());
      expressions.add(expression.next(random).value().getExprTypeCase().name());
    }

    assertThat(relations).hasSize(Relation.RelTypeCase.values().length - 1);
    assertThat(expressions).hasSize(Expression.ExprTypeCase.values().length - 1);
  }

  @Example
  void aMessageShrinksToTheFieldThatMatters() {
    Random random = new Random(3);
    var filters =
        ConnectArbitraries.messages(Filter.class)
            .filter(filter -> filter.toString().contains("\"amount\""))
            .generator(1_000);
    for (int i = 0; i < 20; i++) {
      Shrinkable<Filter> smallest = filters.next(random);
      for (boolean found = true; found; ) {
        var simpler = smallest.shrink().findFirst();
        found = simpler.isPresent();
        smallest = simpler.orElse(smallest);
      }

      assertThat(leaves(smallest.value())).as("what is left of %s", smallest.value()).isOne();
    }
  }

  private static int leaves(Message message) {
    int leaves = 0;
    for (var field : message.getAllFields().entrySet()) {
      int values = field.getKey().isRepeated() ? ((List<?>) field.getValue()).size() : 1;
      leaves +=
          field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE && values == 1
              ? leaves((Message) single(field.getKey(), field.getValue()))
              : values;
    }
    return leaves;
  }

  private static Object single(FieldDescriptor field, Object value) {
    return field.isRepeated() ? ((List<?>) value).get(0) : value;
  }

  @Example
  void hostileBytesAreOftenNoMessageAndSometimesAre() {
    Random random = new Random(5);
    var bytes = ConnectArbitraries.hostileBytes(Filter.getDescriptor()).generator(1_000);
    int readable = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        Filter read = Filter.parseFrom(ByteString.copyFrom(bytes.next(random).value()));
        readable += read.isInitialized() ? 1 : 0;
      } catch (InvalidProtocolBufferException e) {
        // That is what most of them are for.
      }
    }

    assertThat(readable).isBetween(150, 850);
  }
}
