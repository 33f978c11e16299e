package dev.graft.registry.error;

import java.time.Instant;
import java.util.Objects;

/**
 * A request that was refused, for operators.
 *
 * @param time when
 * @param code why
 * @param text what the client was told: a plugin may name values of its message in it, and nothing
 *     else of a plan is
 * @param user as the client named it, without control characters; empty where it did not
 * @param session the same
 */
public record Failure(Instant time, ErrorCode code, String text, String user, String session) {
  public Failure {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(session, "session");
  }
}
