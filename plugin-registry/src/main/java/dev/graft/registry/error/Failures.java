package dev.graft.registry.error;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The last requests that were refused: clients choose how many there are and how long their texts
 * become, so both are bounded. Safe for use by several threads.
 */
public final class Failures {
  /** How many are kept. */
  public static final int MOST = 200;

  private static final int LONGEST = 1_000;

  private final Deque<Failure> last = new ArrayDeque<>(MOST);

  /** None yet. */
  public Failures() {}

  /**
   * A request has been refused.
   *
   * @param text what the client was told
   * @param user as the client named it
   * @param session the same
   */
  public void add(ErrorCode code, String text, String user, String session) {
    Failure failure =
        new Failure(
            Instant.now(),
            code,
            shortened(text),
            ClientText.quote(user),
            ClientText.quote(session));
    synchronized (last) {
      if (last.size() == MOST) {
        last.removeFirst();
      }
      last.addLast(failure);
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
  }

  /** Those that are kept of one session, the last first. */
  public List<Failure> of(String user, String session) {
    String shownUser = ClientText.quote(user);
    String shownSession = ClientText.quote(session);
    return last().stream()
        .filter(one -> one.user().equals(shownUser) && one.session().equals(shownSession))
        .toList();
  }

  /** Those that are kept, the last first. */
  public List<Failure> last() {
    List<Failure> found;
    synchronized (last) {
      found = new ArrayList<>(last);
    }
    Collections.reverse(found);
    return found;
  }
}
