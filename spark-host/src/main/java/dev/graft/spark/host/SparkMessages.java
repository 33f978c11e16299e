package dev.graft.spark.host;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;

/**
 * Spark's own Connect messages, made from bytes and turned into bytes. In the server jar they
 * extend a relocated protobuf, so nothing of them can be named here.
 */
final class SparkMessages {
  /**
   * As deep as Spark's service reads a plan ({@code spark.connect.grpc.marshallerRecursionLimit}).
   */
  private static final int RECURSION_LIMIT = 1024;

  private final Reader relation;
  private final Reader expression;
  private final Reader command;
  private final Reader response;

  SparkMessages(ClassLoader spark) {
    this.relation = new Reader(spark, "Relation");
    this.expression = new Reader(spark, "Expression");
    this.command = new Reader(spark, "Command");
    this.response = new Reader(spark, "ExecutePlanResponse");
  }

  Object relation(byte[] bytes) {
    return relation.read(bytes);
  }

  Object expression(byte[] bytes) {
    return expression.read(bytes);
  }

  Object command(byte[] bytes) {
    return command.read(bytes);
  }

  Object response(byte[] bytes) {
    return response.read(bytes);
  }

  /**
   * The bytes of what a Spark line passes as an extension: bytes from 4.0 on, before that its
   * relocated {@code Any}.
   */
  static byte[] bytesOf(Object extension) {
    return extension instanceof byte[] bytes
        ? bytes
        : (byte[]) Handles.call(Handles.need(extension.getClass(), "toByteArray", 0), extension);
  }

  /** Reads messages of one class. */
  private static final class Reader {
    private final Object parser;
    private final MethodHandle parseFrom;
    private final MethodHandle newInstance;
    private final MethodHandle setRecursionLimit;

    Reader(ClassLoader spark, String name) {
      Class<?> type = Handles.classOf(spark, "org.apache.spark.connect.proto." + name);
      this.parser = Handles.call(Handles.need(type, "parser", 0));
      try {
        // The protobuf that this Spark relocated is found by the type of its parsers, whatever its
        // package is called.
        Class<?> parserType = type.getMethod("parser").getReturnType();
        Class<?> input =
            Class.forName(
                parserType.getPackageName() + ".CodedInputStream",
                true,
                parserType.getClassLoader());
        Method create = input.getMethod("newInstance", byte[].class);
        this.newInstance = Handles.handle(create);
        this.setRecursionLimit = Handles.handle(input.getMethod("setRecursionLimit", int.class));
        this.parseFrom = Handles.handle(parserType.getMethod("parseFrom", input));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "This Spark's " + type.getName() + " is not read as expected", e);
      }
    }

    Object read(byte[] bytes) {
      Object input = Handles.call(newInstance, bytes);
      Handles.call(setRecursionLimit, input, RECURSION_LIMIT);
      return Handles.call(parseFrom, parser, input);
    }
  }
}
