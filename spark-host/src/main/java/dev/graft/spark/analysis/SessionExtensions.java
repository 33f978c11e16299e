package dev.graft.spark.analysis;

import java.util.Objects;
import org.apache.spark.sql.SparkSessionExtensions;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Puts the rule that answers extensions into each session. Graft adds its name to {@code
 * spark.sql.extensions}.
 */
public final class SessionExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  private static volatile @Nullable Answers answers;

  /** Called by Spark, which finds this class by its name. */
  public SessionExtensions() {}

  /** Sets who answers in sessions that are made from now on. */
  public static void connect(@Nullable Answers newAnswers) {
    answers = newAnswers;
  }

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectHintResolutionRule(
        session ->
            new AnsweringRule(
                Objects.requireNonNull(
                    answers,
                    "Graft is not started: add dev.graft.spark.GraftPlugin to spark.plugins")));
    return BoxedUnit.UNIT;
  }
}
