package dev.graft.registry.error;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** What a plugin's failure says of itself. The plugin wrote that too, so it may fail in turn. */
public final class FailureText {
  private FailureText() {}

  /**
   * The failure as {@link Throwable#toString()} gives it, or its class where that fails or gives
   * null.
   */
  public static String of(Throwable failure) {
    try {
      String text = failure.toString();
      if (text != null) {
        return text;
      }
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // goes on to the class name, which is there whatever the plugin does
    }
    return failure.getClass().getName();
  }

  /** What is wrong with a file, without the file's name: the caller's text has it already. */
  public static String ofFile(IOException failure) {
    if (failure instanceof FileSystemException ofFile) {
      String reason = ofFile.getReason();
      return reason == null
          ? failure.getClass().getSimpleName().replaceFirst("Exception$", "")
          : reason;
    }
    return String.valueOf(failure.getMessage());
  }

  /**
   * Throws a failure on that says nothing about the plugin: the JVM is out of memory or broken.
   *
   * @throws VirtualMachineError {@code failure} itself, unless it is an overflow of the stack,
   *     which is the plugin's own
   */
  public static void passOnIfOfTheJvm(Throwable failure) {
    if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
      throw error;
    }
  }
}
