package dev.graft.registry.isolation;

import java.nio.file.Path;
import java.util.List;

/**
 * The libraries of a realm, apart from one another because a realm may take some from a plugin's
 * jar.
 *
 * @param typedApi the typed API and its adapters; inside an engine the native API too
 * @param messages the Connect messages
 * @param protobuf the protobuf runtime
 */
public record RealmLibraries(
    List<LibrarySource> typedApi, List<LibrarySource> messages, List<LibrarySource> protobuf) {
  public RealmLibraries {
    typedApi = List.copyOf(typedApi);
    messages = List.copyOf(messages);
    protobuf = List.copyOf(protobuf);
  }

  /** Those in the folders of Graft's jar for Spark. */
  public static RealmLibraries inside(Path graftJar) {
    return new RealmLibraries(
        List.of(new LibrarySource(graftJar, "graft/api/")),
        List.of(new LibrarySource(graftJar, "graft/messages/")),
        List.of(new LibrarySource(graftJar, "graft/protobuf/")));
  }
}
