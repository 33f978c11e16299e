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
      // falls through to the class, which is known whatever the plugin does
    }
    return failure.getClass().getName();
  }

  /** What is wrong with a file, without the file's name, which the message around it says. */
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
   * Lets pass what says nothing about the plugin: a JVM that is out of memory or broken.
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
