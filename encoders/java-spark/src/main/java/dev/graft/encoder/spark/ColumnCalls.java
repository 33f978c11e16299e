package dev.graft.encoder.spark;

import org.apache.spark.sql.Column;

/** How columns and expressions become one another: through a node of the client from 4.0 on. */
interface ColumnCalls {
  /** The client's own {@code spark.connect.Expression}. */
  Object expression(Column column);

  Column column(Object expression);

  static ColumnCalls of(ClassLoader client, Class<?> expression)
      throws ReflectiveOperationException {
    try {
      return nodes(client, expression);
    } catch (ClassNotFoundException e) {
      return expressions(expression);
    }
  }

  /** 4.x. */
  private static ColumnCalls nodes(ClassLoader client, Class<?> expressionType)
      throws ReflectiveOperationException {
    Class<?> node = client.loadClass("org.apache.spark.sql.internal.ColumnNode");
    Class<?> protoNode = client.loadClass("org.apache.spark.sql.connect.ProtoColumnNode");
    Class<?> origin = client.loadClass("org.apache.spark.sql.catalyst.trees.Origin");
    Class<?> converter =
        client.loadClass("org.apache.spark.sql.connect.ColumnNodeToProtoConverter");
    Call toExpression = Call.method(converter, "toExpr", Column.class);
    Call unknownOrigin = Call.method(protoNode, "apply$default$2");
    Call newNode = Call.constructor(protoNode, expressionType, origin);
    Call newColumn = Call.constructor(Column.class, node);
    return new ColumnCalls() {
      @Override
      public Object expression(Column column) {
        return toExpression.with(column);
      }

      @Override
      public Column column(Object expression) {
        return (Column) newColumn.with(newNode.with(expression, unknownOrigin.with()));
      }
    };
  }

  /** 3.5. */
  private static ColumnCalls expressions(Class<?> expressionType)
      throws ReflectiveOperationException {
    Call toExpression = Call.method(Column.class, "expr");
    Call newColumn = Call.constructor(Column.class, expressionType);
    return new ColumnCalls() {
      @Override
      public Object expression(Column column) {
        return toExpression.with(column);
      }

      @Override
      public Column column(Object expression) {
        return (Column) newColumn.with(expression);
      }
    };
  }
}
