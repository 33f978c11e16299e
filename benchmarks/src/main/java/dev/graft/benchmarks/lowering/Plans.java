package dev.graft.benchmarks.lowering;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.LocalRelation;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;

/** The plans that are lowered. */
final class Plans {
  static final int CHAIN_LENGTH = 400;

  private static final int COLUMNS = 735;
  private static final int LOCAL_BYTES = 16 << 20;

  /** The name in every {@code Any} of these benchmarks. */
  static final String TYPE_URL = "type.googleapis.com/acme.v1.TopK";

  private Plans() {}

  static Plan ofExpressions(Search search) {
    return planOf(project(columns(search)));
  }

  /** {@link #ofExpressions} with an extension for each column of its middle. */
  static Plan withExtensions(int extensions) {
    List<Expression> columns = columns(Search.FINDS_NOTHING);
    int first = (COLUMNS - extensions) / 2;
    for (int i = first; i < first + extensions; i++) {
      columns.set(i, extension(ByteString.copyFromUtf8("k=3")));
    }
    return planOf(project(columns));
  }

  /** What stands for the extensions of {@link #withExtensions}. */
  static Expression answer() {
    return column(-1, "answer", "none");
  }

  static Plan ofLocalData(String word) {
    byte[] data = new byte[LOCAL_BYTES];
    Arrays.fill(data, (byte) '7');
    byte[] start = word.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(start, 0, data, 0, start.length);
    LocalRelation local =
        LocalRelation.newBuilder()
            .setData(ByteString.copyFrom(data))
            .setSchema("value STRING")
            .build();
    return planOf(limit(Relation.newBuilder().setLocalRelation(local).build()));
  }

  static Plan ofChain(String word) {
    Expression text = literal(word);
    Relation relation = project(List.of(text));
    for (int i = 1; i < CHAIN_LENGTH; i++) {
      relation = limit(relation);
    }
    return planOf(relation);
  }

  static Plan planOf(Relation root) {
    return Plan.newBuilder().setRoot(root).build();
  }

  static Relation limit(Relation input) {
    return Relation.newBuilder().setLimit(Limit.newBuilder().setInput(input).setLimit(10)).build();
  }

  static Relation range() {
    return Relation.newBuilder().setRange(Range.newBuilder().setEnd(9).setStep(1)).build();
  }

  /** A relation that is an extension. */
  static Relation relationExtension(ByteString message) {
    return Relation.newBuilder().setExtension(any(message)).build();
  }

  private static Expression extension(ByteString message) {
    return Expression.newBuilder().setExtension(any(message)).build();
  }

  private static Any any(ByteString message) {
    return Any.newBuilder().setTypeUrl(TYPE_URL).setValue(message).build();
  }

  private static Relation project(List<Expression> columns) {
    return Relation.newBuilder()
        .setProject(Project.newBuilder().setInput(range()).addAllExpressions(columns))
        .build();
  }

  private static List<Expression> columns(Search search) {
    List<Expression> columns = new ArrayList<>();
    columns.add(literal(search.word()));
    while (columns.size() < COLUMNS) {
      columns.add(column(columns.size(), "total", search.everywhere()));
    }
    return columns;
  }

  /** {@code when(a > n, round(a + b * n)).otherwise(coalesce(c, text)) AS name_n}. */
  private static Expression column(int number, String name, String text) {
    Expression product = call("*", attribute("price"), literal(number));
    Expression sum = call("round", call("+", attribute("base"), product));
    Expression none = call("coalesce", attribute("other"), literal(text));
    Expression choice = call("when", call(">", attribute("id"), literal(number)), sum, none);
    return Expression.newBuilder()
        .setAlias(Expression.Alias.newBuilder().setExpr(choice).addName(name + "_" + number))
        .build();
  }

  private static Expression call(String function, Expression... arguments) {
    return Expression.newBuilder()
        .setUnresolvedFunction(
            Expression.UnresolvedFunction.newBuilder()
                .setFunctionName(function)
                .addAllArguments(List.of(arguments)))
        .build();
  }

  private static Expression attribute(String name) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier(name))
        .build();
  }

  private static Expression literal(int value) {
    return Expression.newBuilder()
        .setLiteral(Expression.Literal.newBuilder().setInteger(value))
        .build();
  }

  private static Expression literal(String value) {
    return Expression.newBuilder()
        .setLiteral(Expression.Literal.newBuilder().setString(value))
        .build();
  }
}
