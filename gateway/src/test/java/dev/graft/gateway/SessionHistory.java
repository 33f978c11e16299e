package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What one client does to its sessions, and what each of them may have afterwards: after a call
 * that was answered one thing, after one that was cut off what was there before or what it was to
 * become.
 */
final class SessionHistory {
  private static final String NONE = "GRAFT_EXTENSION_UNKNOWN";
  private static final int SESSIONS = 4;

  private final String name;
  private final List<byte[]> jars;
  private final Random random;
  private final Map<String, Set<String>> may = new HashMap<>();
  int answered;
  int cutOff;

  /**
   * Nothing has been done yet.
   *
   * @param name begins the ids of its sessions
   * @param jars the jar at index 3 answers with the table {@code t3}
   */
  SessionHistory(String name, List<byte[]> jars, long seed) {
    this.name = name;
    this.jars = jars;
    this.random = new Random(seed);
  }

  private String anySession() {
    return name + random.nextInt(SESSIONS);
  }

  private Set<String> may(String session) {
    return may.computeIfAbsent(session, each -> new HashSet<>(Set.of(NONE)));
  }

  /** Does one thing; false if it was cut off. */
  boolean step(SessionClient client) throws Exception {
    String session = anySession();
    int kind = random.nextInt(10);
    if (kind < 5) {
      int version = random.nextInt(jars.size());
      Status status =
          random.nextBoolean()
              ? client.upload(session, "jars/t-" + version + ".jar", jars.get(version))
              : client.upload(
                  SessionClient.chunks(session, "jars/t-" + version + ".jar", jars.get(version)));
      return became(session, "t" + version, status);
    }
    if (kind < 6) {
      return became(session, NONE, client.release(session));
    }
    if (kind < 7) {
      String other = anySession();
      Set<String> from = may(session);
      if (from.size() > 1 || from.contains(NONE) || !may(other).equals(Set.of(NONE))) {
        return true;
      }
      return became(other, from.iterator().next(), client.copy(session, other));
    }
    return look(client, session);
  }

  private boolean became(String session, String after, Status status) {
    if (status.isOk()) {
      may.put(session, new HashSet<>(Set.of(after)));
      answered++;
    } else {
      assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.UNAVAILABLE);
      may(session).add(after);
      cutOff++;
    }
    return status.isOk();
  }

  private boolean look(SessionClient client, String session) throws Exception {
    String found = client.answer(session);
    if (found.startsWith("t") || found.equals(NONE)) {
      assertThat(may(session)).as(session).contains(found);
      may.put(session, new HashSet<>(Set.of(found)));
      return true;
    }
    return false; // cut off
  }

  /** Looks at all sessions. */
  void check(SessionClient client) throws Exception {
    for (String session : List.copyOf(may.keySet())) {
      assertThat(look(client, session)).as(session).isTrue();
    }
  }

  /** Ends all sessions. */
  void end(SessionClient client) throws Exception {
    for (String session : may.keySet()) {
      assertThat(client.release(session).isOk()).isTrue();
    }
  }
}
