package dev.graft.registry.session;

import dev.graft.registry.error.ClientText;

/**
 * Whose session it is, as the client says. Two users may give their sessions one id.
 *
 * @param user the user
 * @param session the session's id
 */
public record SessionKey(String user, String session) {
  /** For the log. */
  @Override
  public String toString() {
    return "session " + ClientText.quote(session) + " of user " + ClientText.quote(user);
  }
}
