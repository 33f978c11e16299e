package dev.graft.spark.host;

import java.util.HashMap;
import java.util.Map;

/**
 * What plugins made once for the operation that a thread carries out. Spark gives each operation a
 * thread of its own; this ends with the thread.
 */
final class OperationMemory {
  private static final ThreadLocal<OperationMemory> OF_THREAD = new ThreadLocal<>();

  private final String operationId;
  private final Map<Object, Object> made = new HashMap<>();

  private OperationMemory(String operationId) {
    this.operationId = operationId;
  }

  /** What was made for an operation, which this thread carries out. */
  static Map<Object, Object> of(String operationId) {
    OperationMemory memory = OF_THREAD.get();
    if (memory == null || !memory.operationId.equals(operationId)) {
      memory = new OperationMemory(operationId);
      OF_THREAD.set(memory);
    }
    return memory.made;
  }
}
