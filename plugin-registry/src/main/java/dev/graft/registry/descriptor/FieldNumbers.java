package dev.graft.registry.descriptor;

/**
 * Field numbers of {@code spark.connect} that hosts and lowering read or write, the same on every
 * line that has the field. A constant begins with its message's name, except where several messages
 * share the field.
 */
public final class FieldNumbers {
  // ExecutePlanRequest, AnalyzePlanRequest and ReattachExecuteRequest.
  public static final int SESSION_ID = 1;
  public static final int USER_CONTEXT = 2;

  public static final int USER_ID = 1;

  public static final int EXECUTE_PLAN = 3;
  public static final int EXECUTE_CLIENT_TYPE = 4;
  public static final int EXECUTE_REQUEST_OPTIONS = 5;
  public static final int EXECUTE_OPERATION_ID = 6;

  public static final int INTERRUPT_OPERATION_ID = 6;
  public static final int RELEASE_OPERATION_ID = 3;

  public static final int REATTACH_OPERATION_ID = 3;
  public static final int REATTACH_CLIENT_TYPE = 4;

  public static final int EXECUTE_OBSERVED_SESSION_ID = 8;

  public static final int ANALYZE_CLIENT_TYPE = 3;
  public static final int ANALYZE_SCHEMA = 4;
  public static final int SCHEMA_PLAN = 1;
  public static final int ANALYZED_SCHEMA = 2;
  public static final int SCHEMA_TYPE = 1;
  public static final int ANALYZE_OBSERVED_SESSION_ID = 17;
  public static final int ANALYZE_SPARK_VERSION = 10;
  public static final int ANALYZED_SPARK_VERSION = 8;
  public static final int VERSION = 1;

  public static final int PLAN_ROOT = 1;
  public static final int PLAN_COMMAND = 2;
  public static final int PLAN_COMPRESSED = 3;
  public static final int COMPRESSED_DATA = 1;
  public static final int COMPRESSED_TYPE = 2;
  public static final int COMPRESSED_CODEC = 3;
  public static final int COMMAND_SQL = 5;
  public static final int COMMAND_EXTENSION = 999;
  public static final int SQL_TEXT = 1;

  public static final int RELATION_COMMON_PLAN_ID = 2;

  public static final int EXPRESSION_LITERAL = 1;
  public static final int EXPRESSION_ATTRIBUTE = 2;
  public static final int EXPRESSION_FUNCTION = 3;
  public static final int EXPRESSION_STRING = 4;
  public static final int EXPRESSION_STAR = 5;
  public static final int EXPRESSION_ALIAS = 6;
  public static final int EXPRESSION_REGEX = 8;
  public static final int EXPRESSION_CALL_FUNCTION = 16;

  // ExecutePlanResponse.
  public static final int RESPONSE_SESSION_ID = 1;
  public static final int RESPONSE_OPERATION_ID = 12;
  public static final int RESPONSE_SERVER_SIDE_SESSION_ID = 15;
  public static final int RESPONSE_SQL_RESULT = 5;
  public static final int RESPONSE_EXTENSION = 999;
  public static final int SQL_RESULT_RELATION = 1;
  public static final int RELATION_SQL = 10;

  // ConfigRequest, its operation, and ConfigResponse.
  public static final int CONFIG_OPERATION = 3;
  public static final int CONFIG_GET = 2;
  public static final int CONFIG_GET_WITH_DEFAULT = 3;
  public static final int CONFIG_GET_OPTION = 4;
  public static final int CONFIG_GET_ALL = 5;
  public static final int CONFIG_KEYS = 1;
  public static final int GET_ALL_PREFIX = 1;
  public static final int CONFIG_PAIRS = 2;
  public static final int PAIR_KEY = 1;

  // AddArtifactsRequest and what is in it.
  public static final int ARTIFACTS_BATCH = 3;
  public static final int ARTIFACTS_BEGIN = 4;
  public static final int ARTIFACTS_CHUNK = 5;
  public static final int BATCH_ARTIFACT = 1;
  public static final int ARTIFACT_NAME = 1;
  public static final int ARTIFACT_DATA = 2;
  public static final int BEGIN_BYTES = 2;
  public static final int BEGIN_CHUNKS = 3;
  public static final int BEGIN_DATA = 4;
  public static final int CHUNK_DATA = 1;
  public static final int CHUNK_CRC = 2;
  public static final int RESPONSE_ARTIFACT = 1;
  public static final int SUMMARY_CRC_SUCCESSFUL = 2;

  public static final int CLONED_NEW_SESSION_ID = 3;

  public static final int ANY_TYPE_URL = 1;
  public static final int ANY_VALUE = 2;

  private FieldNumbers() {}
}
