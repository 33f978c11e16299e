package dev.graft.spark.analysis;

import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.jspecify.annotations.Nullable;
import scala.Enumeration;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** An expression extension that waits for Spark's analyser. Its arguments are its children. */
public final class UnansweredExpression extends Placeholder {
  private static final long serialVersionUID = 1L;

  private final transient ExtensionCall call;
  private final Seq<Expression> arguments;

  /**
   * Makes one.
   *
   * @param call what it stands for
   * @param arguments the planned arguments of the call, in their order, and after them a {@link
   *     SubqueryReference} for each subquery in them
   */
  public UnansweredExpression(ExtensionCall call, Seq<Expression> arguments) {
    this.call = call;
    this.arguments = arguments;
  }

  ExtensionCall call() {
    return call;
  }

  /** The name of the column that it makes, like that of a function: {@code mask(phone)}. */
  String columnName() {
    return Nodes.list(arguments).stream()
        .limit(call.arguments().size())
        .map(PrettyName::of)
        .collect(Collectors.joining(", ", call.name() + "(", ")"));
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public UnansweredExpression withNewChildrenInternal(IndexedSeq<Expression> newArguments) {
    return new UnansweredExpression(call, newArguments);
  }

  /**
   * A pattern by which the analyser looks for nodes that are not resolved, so that it comes by
   * here. Its rules then act on other classes only.
   */
  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return Nodes.pattern(TreePattern.UNRESOLVED_FUNCTION());
  }

  @Override
  public String prettyName() {
    return call.name();
  }

  @Override
  public String sql() {
    return columnName();
  }

  @Override
  public String toString() {
    return columnName();
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? call : arguments;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnansweredExpression that
        && call.equals(that.call)
        && arguments.equals(that.arguments);
  }

  @Override
  public int hashCode() {
    return call.hashCode();
  }
}
