package dev.graft.registry.descriptor;

/** The messages of {@code spark.connect} that lowering can start from. */
public enum ConnectType {
  RELATION("spark.connect.Relation"),
  EXPRESSION("spark.connect.Expression"),
  COMMAND("spark.connect.Command"),
  PLAN("spark.connect.Plan"),
  EXECUTE_PLAN_REQUEST("spark.connect.ExecutePlanRequest"),
  ANALYZE_PLAN_REQUEST("spark.connect.AnalyzePlanRequest");

  private final String fullName;

  ConnectType(String fullName) {
    this.fullName = fullName;
  }

  /** The full protobuf name. */
  public String fullName() {
    return fullName;
  }
}
