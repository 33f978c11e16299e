package dev.graft.gateway.connect;

/** Field numbers of {@code spark.connect}, the same on every line that has the field. */
final class Fields {
  // ExecutePlanRequest, AnalyzePlanRequest and ReattachExecuteRequest.
  static final int SESSION_ID = 1;
  static final int USER_CONTEXT = 2;

  static final int USER_ID = 1;

  static final int EXECUTE_PLAN = 3;
  static final int EXECUTE_CLIENT_TYPE = 4;
  static final int EXECUTE_REQUEST_OPTIONS = 5;
  static final int EXECUTE_OPERATION_ID = 6;

  static final int REATTACH_CLIENT_TYPE = 4;

  static final int EXECUTE_OBSERVED_SESSION_ID = 8;

  static final int ANALYZE_CLIENT_TYPE = 3;
  static final int ANALYZE_SCHEMA = 4;
  static final int SCHEMA_PLAN = 1;
  static final int ANALYZED_SCHEMA = 2;
  static final int SCHEMA_TYPE = 1;
  static final int ANALYZE_OBSERVED_SESSION_ID = 17;
  static final int ANALYZE_SPARK_VERSION = 10;
  static final int ANALYZED_SPARK_VERSION = 8;
  static final int VERSION = 1;

  static final int PLAN_ROOT = 1;
  static final int PLAN_COMMAND = 2;
  static final int PLAN_COMPRESSED = 3;
  static final int COMPRESSED_DATA = 1;
  static final int COMPRESSED_TYPE = 2;
  static final int COMPRESSED_CODEC = 3;
  static final int COMMAND_SQL = 5;
  static final int COMMAND_EXTENSION = 999;
  static final int SQL_TEXT = 1;

  // ExecutePlanResponse.
  static final int RESPONSE_SQL_RESULT = 5;
  static final int RESPONSE_EXTENSION = 999;
  static final int SQL_RESULT_RELATION = 1;
  static final int RELATION_SQL = 10;

  // ConfigRequest, its operation, and ConfigResponse.
  static final int CONFIG_OPERATION = 3;
  static final int CONFIG_GET = 2;
  static final int CONFIG_GET_WITH_DEFAULT = 3;
  static final int CONFIG_GET_OPTION = 4;
  static final int CONFIG_GET_ALL = 5;
  static final int CONFIG_KEYS = 1;
  static final int GET_ALL_PREFIX = 1;
  static final int CONFIG_PAIRS = 2;
  static final int PAIR_KEY = 1;

  static final int ANY_TYPE_URL = 1;
  static final int ANY_VALUE = 2;

  private Fields() {}
}
