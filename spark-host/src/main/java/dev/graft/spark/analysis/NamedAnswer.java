package dev.graft.spark.analysis;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.InheritAnalysisRules;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.Enumeration;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An answer inside a larger expression, which column names show as the extension that it answers.
 * Spark's optimizer puts the answer itself in its place, as it does with functions of its own that
 * stand for others.
 */
public final class NamedAnswer extends Expression
    implements RuntimeReplaceable, InheritAnalysisRules {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Expression answer;

  /** Names an answer. */
  public NamedAnswer(String name, Expression answer) {
    this.name = name;
    this.answer = answer;
  }

  /**
   * Whether an answer that is a whole column may be wrapped in a name. An answer that makes several
   * columns, or rows, must stand there as it is, and one that has a name keeps it.
   */
  static boolean mayName(Expression answer) {
    if (answer instanceof UnresolvedFunction function) {
      return PrettyName.function(function)
          .filter(known -> !(known instanceof Generator))
          .isPresent();
    }
    return !(answer instanceof Generator
        || answer instanceof NamedExpression
        || answer instanceof Star);
  }

  @Override
  public Expression replacement() {
    return answer;
  }

  @Override
  public Expression child() {
    return answer;
  }

  @Override
  public Seq<Expression> children() {
    return InheritAnalysisRules.super.children();
  }

  @Override
  public Expression mapChildren(Function1<Expression, Expression> change) {
    return withNewChildInternal(change.apply(answer));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return withNewChildInternal(newChildren.apply(0));
  }

  @Override
  public Expression withNewChildInternal(Expression newAnswer) {
    return newAnswer == answer ? this : new NamedAnswer(name, newAnswer);
  }

  @Override
  public Seq<Expression> parameters() {
    return Nodes.list();
  }

  @Override
  public String makeSQLString(Seq<String> parameters) {
    return name;
  }

  @Override
  public String sql() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public Iterator<Object> flatArguments() {
    return Nodes.<Object>list().iterator();
  }

  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return Nodes.pattern(TreePattern.RUNTIME_REPLACEABLE());
  }

  /**
   * The setter by which Scala gives a trait's value to the class; {@link #nodePatterns} does
   * without it.
   */
  @Override
  public void
      org$apache$spark$sql$catalyst$expressions$RuntimeReplaceable$_setter_$nodePatterns_$eq(
          Seq<Enumeration.Value> patterns) {}

  @Override
  public boolean nullable() {
    return answer.nullable();
  }

  @Override
  public DataType dataType() {
    return answer.dataType();
  }

  @Override
  public boolean foldable() {
    return answer.foldable();
  }

  /** Two answers are the same if what they stand for is. */
  @Override
  public Expression canonicalized() {
    return answer.canonicalized();
  }

  @Override
  public Object eval(InternalRow input) {
    return answer.eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw new IllegalStateException("The optimizer replaces " + name + " before code is generated");
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? name : answer;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof NamedAnswer;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NamedAnswer that
        && name.equals(that.name)
        && answer.equals(that.answer);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + answer.hashCode();
  }
}
