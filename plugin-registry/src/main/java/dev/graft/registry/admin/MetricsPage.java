package dev.graft.registry.admin;

/** {@code GET /metrics}: for Prometheus. */
record MetricsPage(Meters meters) implements Page {
  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    return Answer.of("text/plain; version=0.0.4; charset=utf-8", meters.scrape());
  }
}
