package dev.graft.address;

/**
 * An address that cannot be used. No value stands in its text, since one of them may be a token.
 */
public final class AddressException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param why a clause without a full stop
   */
  public AddressException(String why) {
    super(why);
  }

  /**
   * The refusal as a sentence.
   *
   * @param what the address is, the sentence's subject
   */
  public String sentence(String what) {
    return what
        + " cannot be used: "
        + getMessage()
        + ". Its shape is sc://host:port/;name=value;name=value";
  }
}
