package dev.graft.spark.host;

import dev.graft.spi.HostContext.Phase;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Spark 3.4's service and remembers, for as long as a call is carried out, whose it
 * is and where its responses go.
 *
 * <p>gRPC's classes are relocated in Spark, so they are reached by reflection. Calls are too rare
 * for its cost to matter.
 */
final class CallInterception {
  private static final String GRPC = "org.sparkproject.connect.grpc.";

  private final ClassLoader spark;
  private final CallsInProgress calls;
  private final Class<?> listenerType;
  private final Field handlerField;

  CallInterception(ClassLoader spark, CallsInProgress calls) {
    this.spark = spark;
    this.calls = calls;
    Class<?> listener = Handles.classOf(spark, GRPC + "ServerCall$Listener");
    this.listenerType =
        new ByteBuddy()
            .subclass(listener)
            .defineField("handler", InvocationHandler.class, Modifier.PUBLIC)
            .method(ElementMatchers.isDeclaredBy(listener).and(ElementMatchers.isPublic()))
            .intercept(InvocationHandlerAdapter.toField("handler"))
            .make()
            .load(spark, ClassLoadingStrategy.Default.WRAPPER)
            .getLoaded();
    try {
      this.handlerField = listenerType.getField("handler");
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The interface that Spark's interceptor list wants. */
  Class<?> interceptorType() {
    return Handles.classOf(spark, GRPC + "ServerInterceptor");
  }

  /** See {@code io.grpc.ServerInterceptor#interceptCall}. */
  Object intercept(Object call, Object headers, Object next) {
    Object delegate =
        Handles.call(Handles.need(handlerType(), "startCall", 2), next, call, headers);
    try {
      Object listener = listenerType.getConstructor().newInstance();
      handlerField.set(listener, new Listener(call, delegate));
      return listener;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The call could not be followed", e);
    }
  }

  private Class<?> handlerType() {
    return Handles.classOf(spark, GRPC + "ServerCallHandler");
  }

  /**
   * Follows one call: its request tells whose it is, and Spark carries it out when the half-close
   * comes.
   */
  private final class Listener implements InvocationHandler {
    private final Object call;
    private final Object delegate;
    private String userId = "";
    private String sessionId = "";

    Listener(Object call, Object delegate) {
      this.call = call;
      this.delegate = delegate;
    }

    @Override
    public @Nullable Object invoke(Object listener, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (method.getName().equals("onMessage") && arguments != null) {
        Object request = arguments[0];
        sessionId = text(request, "getSessionId");
        userId =
            text(
                Handles.call(Handles.need(request.getClass(), "getUserContext", 0), request),
                "getUserId");
      }
      if (!method.getName().equals("onHalfClose")) {
        return forward(method, arguments);
      }
      CallsInProgress.Call inProgress =
          new CallsInProgress.Call(userId, sessionId, phase(), responses());
      calls.during(inProgress, () -> forwardUnchecked(method, arguments));
      return null;
    }

    private Phase phase() {
      Object descriptor =
          Handles.call(
              Handles.need(Handles.classOf(spark, GRPC + "ServerCall"), "getMethodDescriptor", 0),
              call);
      String name = text(descriptor, "getFullMethodName");
      return name.endsWith("/ExecutePlan") ? Phase.EXECUTION : Phase.ANALYSIS;
    }

    private @Nullable Object forward(Method method, Object @Nullable [] arguments)
        throws Throwable {
      try {
        return method.invoke(delegate, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private void forwardUnchecked(Method method, Object @Nullable [] arguments) {
      try {
        forward(method, arguments);
      } catch (Throwable failure) {
        throw Handles.asItIs(failure);
      }
    }

    /**
     * An observer that sends straight to the call. For a command that a plugin took Spark itself
     * sends no message, so this observer must send the headers, once.
     */
    private Object responses() {
      Class<?> observer = Handles.classOf(spark, GRPC + "stub.StreamObserver");
      return Proxy.newProxyInstance(
          spark,
          new Class<?>[] {observer},
          new InvocationHandler() {
            private boolean headersSent;

            @Override
            public @Nullable Object invoke(
                Object proxy, Method method, Object @Nullable [] arguments) {
              if (method.getName().equals("onNext") && arguments != null) {
                Class<?> callType = Handles.classOf(spark, GRPC + "ServerCall");
                if (!headersSent) {
                  headersSent = true;
                  Handles.call(Handles.need(callType, "sendHeaders", 1), call, newMetadata());
                }
                Handles.call(Handles.need(callType, "sendMessage", 1), call, arguments[0]);
              }
              return null; // completion and failure are Spark's to send
            }
          });
    }

    private Object newMetadata() {
      try {
        return Handles.classOf(spark, GRPC + "Metadata").getConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static String text(Object object, String getter) {
    return String.valueOf(Handles.call(Handles.need(object.getClass(), getter, 0), object));
  }
}
