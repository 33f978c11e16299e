package dev.graft.benchmarks.gateway;

/** A way from the client to the backend. */
enum Way {
  DIRECT("direct"),
  GATEWAY("Graft's gateway"),
  NGINX("nginx `grpc_pass`"),
  PLAIN("plain grpc-java proxy");

  private final String title;

  Way(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
