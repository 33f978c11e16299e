package dev.graft.encoder.spark;

import dev.graft.encoder.GraftInputException;
import dev.graft.encoder.GraftInputException.Code;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/** A method of the client, found once. What it throws comes out as it is. */
final class Call {
  private final MethodHandle handle;

  private Call(MethodHandle handle) {
    this.handle = handle;
  }

  static Call method(Class<?> owner, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    Method method = owner.getMethod(name, parameters);
    return new Call(generic(MethodHandles.publicLookup().unreflect(method)));
  }

  static Call constructor(Class<?> owner, Class<?>... parameters)
      throws ReflectiveOperationException {
    Constructor<?> constructor = owner.getConstructor(parameters);
    return new Call(generic(MethodHandles.publicLookup().unreflectConstructor(constructor)));
  }

  private static MethodHandle generic(MethodHandle handle) {
    return handle
        .asType(handle.type().generic())
        .asSpreader(Object[].class, handle.type().parameterCount())
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  Object with(Object... arguments) {
    try {
      return (Object) handle.invokeExact(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      // Scala declares no exceptions, so a checked one can come out of any method.
      throw new GraftInputException(
          Code.GRAFT_CLIENT_UNSUPPORTED, "Spark's client has failed: " + e.getMessage(), e);
    }
  }

  boolean isTrue(Object... arguments) {
    return (Boolean) with(arguments);
  }

  byte[] bytes(Object... arguments) {
    return (byte[]) with(arguments);
  }
}
