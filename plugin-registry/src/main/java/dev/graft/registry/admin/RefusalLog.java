package dev.graft.registry.admin;

import com.sun.net.httpserver.HttpExchange;
import dev.graft.registry.error.ClientText;
import dev.graft.registry.pace.Pace;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused at the admin port, for operators: a line on the logger {@code dev.graft.admin}.
 * There are at most ten in a second, since anybody who reaches the port can provoke them; of the
 * others the next line has the count. Nothing that was shown as a token is in it. Safe for use by
 * several threads.
 */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.admin");
  private static final int CONFLICT = 409;

  private final Pace lines = new Pace(Duration.ofMillis(100));
  private final AtomicLong unsaid = new AtomicLong();

  /** Says of an answer that it is a refusal, if it is one. A reload that is kept says so itself. */
  void answered(HttpExchange exchange, Answer answer) {
    if (answer.status() / 100 == 4 && answer.status() != CONFLICT) {
      say(
          "Refused %s %s from %s: %d. %s"
              .formatted(
                  ClientText.quote(exchange.getRequestMethod()),
                  ClientText.quote(String.valueOf(exchange.getRequestURI().getPath())),
                  exchange.getRemoteAddress().getAddress().getHostAddress(),
                  answer.status(),
                  answer.text()));
    }
  }

  /** A connection is closed unread. */
  void tooMany() {
    say("Refused a connection: as many requests as may are under way or wait already.");
  }

  private void say(String text) {
    if (!lines.turn()) {
      unsaid.incrementAndGet();
      return;
    }
    long others = unsaid.getAndSet(0);
    LOG.warn("{}{}", text, others == 0 ? "" : " Before it " + others + " more were refused.");
  }
}
