package dev.graft.spark.analysis;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;

/**
 * An expression that is gone before anybody asks for its type or value. Subclasses are public and
 * have a constructor of their parts, since Spark copies nodes by reflection.
 */
abstract class Placeholder extends Expression {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean resolved() {
    return false;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    throw left();
  }

  @Override
  public Object eval(InternalRow input) {
    throw left();
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw left();
  }

  private IllegalStateException left() {
    return new IllegalStateException(
        this
            + " was left in the plan. Is dev.graft.spark.analysis.SessionExtensions still in spark.sql.extensions?");
  }

  @Override
  public boolean canEqual(Object other) {
    return other != null && other.getClass() == getClass();
  }
}
