package dev.graft.registry.discovery;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Objects;

/** Makes an instance of a class that was named in a list, or says what stands in the way. */
public final class PluginConstruction {
  private PluginConstruction() {}

  /**
   * Loads, initialises and instantiates a class.
   *
   * @param where the jar, for messages
   * @throws GraftException with the code for what is wrong with the class
   */
  public static Object instantiate(String className, ClassLoader loader, String where) {
    String about = className + " in " + where;
    Class<?> type = load(className, loader, where, about);
    if (Modifier.isAbstract(type.getModifiers())) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_ABSTRACT,
          about
              + " is "
              + (type.isInterface() ? "an interface" : "abstract")
              + ". Name a class that can be instantiated.");
    }
    if (!Modifier.isPublic(type.getModifiers())) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_NOT_PUBLIC, about + " is not public. Make the class public.");
    }
    Constructor<?> constructor = constructor(type, about);
    initialize(type, about);
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      Throwable thrown = Objects.requireNonNullElse(e.getCause(), e);
      FailureText.passOnIfOfTheJvm(thrown);
      throw new GraftException(
          ErrorCode.GRAFT_CONSTRUCTOR_FAILED,
          "The constructor of "
              + about
              + " threw "
              + FailureText.of(thrown)
              + ". A plugin's constructor should do no work that can fail.",
          thrown);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_NOT_PUBLIC,
          about + " cannot be reached: " + e + ". Its outer classes must be public too.",
          e);
    }
  }

  private static Class<?> load(String className, ClassLoader loader, String where, String about) {
    try {
      return Class.forName(className, false, loader);
    } catch (ClassNotFoundException e) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_MISSING,
          className
              + " is not in "
              + where
              + ", which is to have it. Mend the name where it is given, or build the jar again.",
          e);
    } catch (LinkageError e) {
      throw new GraftException(
          ErrorCode.GRAFT_LINK_MISMATCH,
          about
              + " cannot be loaded: "
              + e
              + ". Put what is missing into the jar, or rebuild it against this server's version.",
          e);
    }
  }

  private static Constructor<?> constructor(Class<?> type, String about) {
    try {
      return type.getConstructor();
    } catch (NoSuchMethodException e) {
      throw new GraftException(
          ErrorCode.GRAFT_CONSTRUCTOR_MISSING,
          about
              + " has no public constructor without parameters. Add one; settings come with the context of each call.",
          e);
    } catch (LinkageError e) {
      throw new GraftException(
          ErrorCode.GRAFT_LINK_MISMATCH,
          about
              + " cannot be linked: "
              + e
              + ". Put what is missing into the jar, or rebuild it against this server's version.",
          e);
    }
  }

  private static void initialize(Class<?> type, String about) {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ExceptionInInitializerError e) {
      throw initializerFailed(about, Objects.requireNonNullElse(e.getCause(), e));
    } catch (ClassNotFoundException | LinkageError e) {
      throw new GraftException(
          ErrorCode.GRAFT_LINK_MISMATCH,
          about
              + " cannot be linked: "
              + e
              + ". Put what is missing into the jar, or rebuild it against this server's version.",
          e);
    } catch (Error e) {
      // Only exceptions get wrapped on their way out of an initialiser; an error, an AssertionError
      // say, comes as it is.
      FailureText.passOnIfOfTheJvm(e);
      throw initializerFailed(about, e);
    }
  }

  private static GraftException initializerFailed(String about, Throwable failure) {
    return new GraftException(
        ErrorCode.GRAFT_INITIALIZER_FAILED,
        "The static initialiser of "
            + about
            + " threw "
            + FailureText.of(failure)
            + ". It should do no work that can fail.",
        failure);
  }
}
