package dev.graft.testkit.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.spi.ExtensionKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;

/**
 * Puts other inputs into a message, each with a plan id of its own, so that they can be told from
 * one another in whatever a plugin makes of them. For one message.
 */
public final class MarkedInputs {
  private static final String TABLE = "graft_input_";
  private static final String COLUMN = "graft_column_";
  private static final String RELATION = Relation.getDescriptor().getFullName();
  private static final String EXPRESSION = Expression.getDescriptor().getFullName();

  private final LongFunction<Relation> relations;
  private final LongFunction<Expression> expressions;
  private final Set<Long> given = new HashSet<>();
  private final Map<Relation, Relation> replaced = new HashMap<>();
  private boolean hasExpressions;
  private long next = 1_000;

  /**
   * Inputs of the caller's.
   *
   * @param relations makes a relation with the given plan id
   * @param expressions makes an expression, which may use the given plan id
   */
  public MarkedInputs(LongFunction<Relation> relations, LongFunction<Expression> expressions) {
    this.relations = relations;
    this.expressions = expressions;
  }

  /** Each relation becomes a table, and each expression a column, with a name of its own. */
  static MarkedInputs named() {
    return new MarkedInputs(MarkedInputs::table, MarkedInputs::column);
  }

  /**
   * As {@link #named()}, but each expression is a computation, so that one that is put into an
   * answer twice is computed twice.
   */
  static MarkedInputs computed() {
    return new MarkedInputs(
        MarkedInputs::table,
        planId -> Nodes.call("upper", new ExpressionNode(column(planId))).build());
  }

  /** The plan ids that have been given to inputs. */
  public Set<Long> planIds() {
    return Set.copyOf(given);
  }

  /** From each relation that was put in to the message's own relation that it replaces. */
  Map<Relation, Relation> replaced() {
    return Map.copyOf(replaced);
  }

  /** Whether an expression was given in the place of one of the message's. */
  boolean hasExpressions() {
    return hasExpressions;
  }

  /** Whether an expression is one that was given. */
  boolean isGiven(Expression expression) {
    Expression.UnresolvedAttribute column = expression.getUnresolvedAttribute();
    return column.getUnparsedIdentifier().startsWith(COLUMN) && given.contains(column.getPlanId());
  }

  /** Puts the inputs in the place of the message's own. */
  public <M extends Message> M mark(M message) {
    Message.Builder builder = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.isMapField()) {
                return; // an entry's value would need its key to be put back
              }
              builder.setField(
                  field,
                  field.isRepeated()
                      ? ((List<?>) value).stream().map(one -> mark(field, one)).toList()
                      : mark(field, value));
            });
    @SuppressWarnings("unchecked") // a builder makes messages of its own type
    M marked = (M) builder.build();
    return marked;
  }

  private Object mark(FieldDescriptor field, Object value) {
    if (field.getJavaType() == JavaType.BYTE_STRING) {
      Optional<Relation> inside = relationIn((ByteString) value);
      return inside.isPresent() ? relation(inside.get()).toByteString() : value;
    } else if (field.getJavaType() != JavaType.MESSAGE) {
      return value;
    }
    String type = field.getMessageType().getFullName();
    if (type.equals(RELATION)) {
      return relation((Message) value);
    } else if (type.equals(EXPRESSION)) {
      hasExpressions = true;
      return expressions.apply(planId());
    }
    return mark((Message) value);
  }

  private static Optional<Relation> relationIn(ByteString bytes) {
    try {
      return Optional.of(Relation.parseFrom(bytes))
          .filter(relation -> relation.getRelTypeCase() != Relation.RelTypeCase.RELTYPE_NOT_SET);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private Relation relation(Message original) {
    Relation relation = relations.apply(planId());
    if (original instanceof Relation typed) { // and not one of a DynamicMessage
      replaced.put(relation, typed);
    }
    return relation;
  }

  private static Relation table(long planId) {
    Read.NamedTable.Builder table =
        Read.NamedTable.newBuilder().setUnparsedIdentifier(TABLE + planId);
    return Relation.newBuilder()
        .setCommon(RelationCommon.newBuilder().setPlanId(planId))
        .setRead(Read.newBuilder().setNamedTable(table))
        .build();
  }

  private static Expression column(long planId) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder()
                .setUnparsedIdentifier(COLUMN + planId)
                .setPlanId(planId))
        .build();
  }

  private long planId() {
    given.add(next);
    return next++;
  }

  /**
   * How often each input stands in an answer, by its name there.
   *
   * @param kind the extension's kind: for an expression extension expressions are counted,
   *     otherwise relations
   */
  Map<String, Integer> places(ExtensionKind kind, Message answer) {
    Map<String, Integer> places = new TreeMap<>();
    MessageWalk.through(
        answer,
        message -> {
          String name = "";
          if (kind != ExtensionKind.EXPRESSION && message instanceof Read read) {
            name = read.getNamedTable().getUnparsedIdentifier();
          } else if (kind == ExtensionKind.EXPRESSION
              && message instanceof Expression expression
              && isGiven(expression)) {
            name = expression.getUnresolvedAttribute().getUnparsedIdentifier();
          }
          if (name.startsWith(TABLE) || name.startsWith(COLUMN)) {
            places.merge(name, 1, Integer::sum);
          }
        });
    return places;
  }

  /**
   * Checks the plan ids in an answer.
   *
   * @throws AssertionError if the plan id of an input is lost, or there is one that no input had
   */
  void check(Message answer) {
    MessageWalk.through(
        answer,
        message -> {
          if (message instanceof Relation relation) {
            check(relation);
          } else if (message instanceof Expression.UnresolvedAttribute column) {
            check(column);
          }
        });
  }

  private void check(Relation relation) {
    String table = relation.getRead().getNamedTable().getUnparsedIdentifier();
    boolean hasPlanId = relation.hasCommon() && relation.getCommon().hasPlanId();
    long planId = relation.getCommon().getPlanId();
    if (table.startsWith(TABLE) && !(hasPlanId && table.equals(TABLE + planId))) {
      throw new AssertionError(
          "The input "
              + table
              + " has "
              + (hasPlanId ? "the plan id " + planId : "no plan id")
              + " in the answer, so that df[\"x\"] on it no longer resolves. Put inputs into the answer as they came.");
    }
    if (hasPlanId) {
      requireGiven(planId);
    }
  }

  private void check(Expression.UnresolvedAttribute column) {
    String name = column.getUnparsedIdentifier();
    if (name.startsWith(COLUMN)
        && !(column.hasPlanId() && name.equals(COLUMN + column.getPlanId()))) {
      throw new AssertionError(
          "The column "
              + name
              + " has lost its plan id in the answer, so that it may resolve to another relation's. Put expressions into the answer as they came.");
    }
    if (column.hasPlanId()) {
      requireGiven(column.getPlanId());
    }
  }

  private void requireGiven(long planId) {
    if (!given.contains(planId)) {
      throw new AssertionError(
          "The answer has the plan id "
              + planId
              + ", which did not come in and may be that of any relation of the client's. Those that came in: "
              + given.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "))
              + ". Leave plan ids to clients.");
    }
  }
}
