package dev.graft.registry.session;

import dev.graft.registry.error.ClientText;

/**
 * Whose session it is, as the client says. Two users may give their sessions one id.
 *
 * @param user the user
 * @param session the session's id
 * @param credentials what the client has shown to prove who it is, as a digest; empty where the
 *     host knows of none
 */
public record SessionKey(String user, String session, String credentials) {
  /** A session on a host that knows of no credentials. */
  public SessionKey(String user, String session) {
    this(user, session, "");
  }

  /** For the log. */
  @Override
  public String toString() {
    return "session " + ClientText.quote(session) + " of user " + ClientText.quote(user);
  }
}
