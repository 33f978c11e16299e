package dev.graft.registry.invoke;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.spi.ExtensionPlugin;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes an instance of a plugin's class, or says what stands in the way. */
public final class PluginConstruction {
  private PluginConstruction() {}

  /**
   * Loads a plugin's class. Nothing of it runs yet.
   *
   * @throws GraftException GRAFT_CLASS_MISSING, GRAFT_LINK_MISMATCH
   */
  public static Class<?> load(PluginIdentity plugin, ClassLoader loader) {
    try {
      return Class.forName(plugin.className(), false, loader);
    } catch (ClassNotFoundException e) {
      throw missing(plugin, e);
    } catch (LinkageError e) {
      throw new GraftException(
          ErrorCode.GRAFT_LINK_MISMATCH,
          plugin.place()
              + " cannot be loaded: "
              + e
              + ". Put what is missing into the jar, or rebuild it against this server's version.",
          e);
    }
  }

  /**
   * Initialises and instantiates a plugin's class.
   *
   * @throws GraftException with the code for what is wrong with the class
   */
  public static Object instantiate(Class<?> type, Seam seam) {
    String about = seam.plugin().place();
    requireUsable(about, type.getModifiers());
    Constructor<?> constructor = constructor(type, about);
    try {
      return seam.call(
          () -> {
            initialize(type, about);
            return constructor.newInstance();
          });
    } catch (GraftException | HostFailure e) {
      throw e;
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
    } catch (Exception e) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_NOT_PUBLIC,
          about + " cannot be reached: " + e + ". Its outer classes must be public too.",
          e);
    }
  }

  /**
   * Refuses a class of which nobody could make an instance.
   *
   * @param about the class, for messages
   * @param modifiers those of the class
   * @throws GraftException GRAFT_CLASS_ABSTRACT, GRAFT_CLASS_NOT_PUBLIC
   */
  public static void requireUsable(String about, int modifiers) {
    if (Modifier.isAbstract(modifiers)) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_ABSTRACT,
          about
              + " is "
              + (Modifier.isInterface(modifiers) ? "an interface" : "abstract")
              + ". Name a class that can be instantiated.");
    }
    if (!Modifier.isPublic(modifiers)) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_NOT_PUBLIC, about + " is not public. Make the class public.");
    }
  }

  /** The refusal of a class without a public constructor that takes nothing. */
  public static GraftException withoutConstructor(String about, @Nullable Throwable cause) {
    return new GraftException(
        ErrorCode.GRAFT_CONSTRUCTOR_MISSING,
        about
            + " has no public constructor without parameters. Add one; settings come with the context of each call.",
        cause);
  }

  /**
   * The refusal of a class that is no plugin.
   *
   * @param interfaces those of the typed API
   */
  public static GraftException notAPlugin(PluginIdentity plugin, List<String> interfaces) {
    return new GraftException(
        ErrorCode.GRAFT_NOT_A_PLUGIN,
        plugin.place()
            + " implements none of "
            + String.join(", ", interfaces.stream().sorted().toList())
            + ", "
            + ExtensionPlugin.class.getName()
            + ". A plugin of the server's own kind belongs on the server's class path, not into a plugin folder.");
  }

  /** The refusal of a class that is not where it should be. */
  public static GraftException missing(PluginIdentity plugin, @Nullable Throwable cause) {
    return new GraftException(
        ErrorCode.GRAFT_CLASS_MISSING,
        plugin.className()
            + " is not in "
            + plugin.origin().location()
            + ", which is to have it. Mend the name where it is given, or build the jar again.",
        cause);
  }

  private static Constructor<?> constructor(Class<?> type, String about) {
    try {
      return type.getConstructor();
    } catch (NoSuchMethodException e) {
      throw withoutConstructor(about, e);
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
