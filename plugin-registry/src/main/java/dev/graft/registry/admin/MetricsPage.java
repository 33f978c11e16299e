package dev.graft.registry.admin;

import dev.graft.registry.status.ServerView;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /metrics}: for Prometheus. The meters, and the library that they are made with, are
 * there from the first request on: a server that nobody asks does not load it.
 */
final class MetricsPage implements Page, AutoCloseable {
  private final ServerView server;
  private @Nullable Meters meters;
  private boolean closed;

  MetricsPage(ServerView server) {
    this.server = server;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    return Answer.of("text/plain; version=0.0.4; charset=utf-8", scrape());
  }

  private synchronized String scrape() {
    if (closed) {
      return "";
    }
    Meters known = meters;
    if (known == null) {
      known = new Meters(server);
      meters = known;
    }
    return known.scrape();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (meters != null) {
      meters.close();
    }
  }
}
