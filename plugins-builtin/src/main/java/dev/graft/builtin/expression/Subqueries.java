package dev.graft.builtin.expression;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.graft.builtin.v1.Bucket;
import dev.graft.builtin.v1.Mask;
import dev.graft.builtin.v1.Similarity;
import java.util.Collection;
import java.util.List;
import org.apache.spark.connect.proto.Expression;

/**
 * Whether an operand holds a subquery. Spark takes none in the arguments of a function that has a
 * lambda, so what binds a value by one cannot be had over it.
 */
public final class Subqueries {
  private static final List<Class<? extends Message>> OWN =
      List.of(Mask.class, Bucket.class, Similarity.class);

  private Subqueries() {}

  /** Whether there is one in it, as far as that can be seen: other extensions are not opened. */
  public static boolean in(Expression operand) {
    return isIn(operand);
  }

  private static boolean isIn(Object value) {
    if (value instanceof Expression expression && expression.hasSubqueryExpression()) {
      return true;
    } else if (value instanceof Any extension) {
      return isInOwn(extension);
    } else if (value instanceof Message message) {
      return message.getAllFields().values().stream().anyMatch(Subqueries::isIn);
    }
    return value instanceof Collection<?> values && values.stream().anyMatch(Subqueries::isIn);
  }

  private static boolean isInOwn(Any extension) {
    try {
      for (Class<? extends Message> type : OWN) {
        if (extension.is(type)) {
          return isIn(extension.unpack(type));
        }
      }
      return false;
    } catch (InvalidProtocolBufferException e) {
      return false; // It is refused where it is answered.
    }
  }
}
