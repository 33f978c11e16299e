package dev.graft.builtin.option;

import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import dev.graft.spi.PlanningException;
import java.util.Collection;
import java.util.Objects;

/**
 * Refuses options that cannot be, in one form: the operation and option, its value, what is
 * allowed. Nothing that a client sends can be taken for granted, least of all what its own library
 * would have checked.
 *
 * @param operation the name of the operation's message, for example {@code TopK}
 */
public record OptionCheck(String operation) {
  /** How much of a value a refusal quotes, in characters. */
  private static final int QUOTED = 100;

  public OptionCheck {
    Objects.requireNonNull(operation, "operation");
  }

  /** Checks the options of a message; its name is the operation's. */
  public static OptionCheck of(Message message) {
    return new OptionCheck(message.getDescriptorForType().getName());
  }

  /**
   * An option that has to be given.
   *
   * @param advice what to give, for example {@code Give the DataFrame to take rows from}
   */
  public void given(boolean given, String option, String advice) {
    if (!given) {
      throw new PlanningException(operation + "." + option + " is not given. " + advice + ".");
    }
  }

  /** A list that has to hold something. */
  public void notEmpty(Collection<?> values, String option, String advice) {
    if (values.isEmpty()) {
      throw new PlanningException(operation + "." + option + " is empty. " + advice + ".");
    }
  }

  /** A number that is bounded, both bounds included. */
  public void between(long value, long least, long most, String option) {
    if (value < least || value > most) {
      throw refusal(
          option,
          value,
          most == Long.MAX_VALUE || most == Integer.MAX_VALUE
              ? "Give " + least + " or more"
              : "Give " + least + " to " + most);
    }
  }

  /** A value of an enum that this version knows. */
  public void known(ProtocolMessageEnum value, int number, String option) {
    if (value.toString().equals("UNRECOGNIZED")) {
      String names =
          String.join(
              ", ",
              value.getDescriptorForType().getValues().stream()
                  .map(each -> each.getName())
                  .toList());
      throw refusal(option, number, "Give one of " + names);
    }
  }

  /**
   * A refusal of an option's value.
   *
   * @param advice what is allowed, for example {@code Give 1 or more}
   */
  public PlanningException refusal(String option, Object value, String advice) {
    String text = String.valueOf(value);
    return new PlanningException(
        operation
            + "."
            + option
            + " is "
            + (text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text)
            + ". "
            + advice
            + ".");
  }
}
