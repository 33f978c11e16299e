package dev.graft.spark.host;

import dev.graft.registry.error.GraftException;
import java.util.Map;
import org.apache.spark.SparkThrowable;

/**
 * A refusal in the form that Spark sends to clients with its class, here Graft's stable code. Has
 * the methods of all lines' {@code SparkThrowable}: 3.x asks for the error class, 4.x for the
 * condition.
 */
@SuppressWarnings("deprecation") // the error class, which 3.x asks for
final class GraftPlanningError extends RuntimeException implements SparkThrowable {
  private static final long serialVersionUID = 1L;

  /**
   * SQL's class of syntax errors and access rule violations, the one for a statement that the
   * server cannot follow.
   */
  private static final String SQL_STATE = "42000";

  private final String code;

  GraftPlanningError(GraftException refusal) {
    super(refusal.getMessage(), refusal.getCause());
    this.code = refusal.code().name();
    setStackTrace(refusal.getStackTrace());
  }

  @Override
  public String getCondition() {
    return code;
  }

  @Override
  public String getErrorClass() {
    return code;
  }

  @Override
  public String getSqlState() {
    return SQL_STATE;
  }

  @Override
  public boolean isInternalError() {
    return false;
  }

  @Override
  public Map<String, String> getMessageParameters() {
    return Map.of();
  }
}
