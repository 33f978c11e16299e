package dev.graft.registry.testkit;

import com.google.protobuf.MessageLite;
import dev.graft.api.RelationPlugin;
import dev.graft.registry.isolation.LibrarySource;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.testkit.jar.AuthorClassPath;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.connect.proto.Relation;

/** The libraries of a realm, as a host would ship them: those of the test's own class path. */
public final class TestRealm {
  /** The protobuf runtime. */
  public static final Path PROTOBUF = AuthorClassPath.of(MessageLite.class);

  private TestRealm() {}

  static RealmLibraries libraries() {
    return new RealmLibraries(
        List.of(new LibrarySource(AuthorClassPath.of(RelationPlugin.class))),
        List.of(new LibrarySource(AuthorClassPath.of(Relation.class))),
        List.of(new LibrarySource(PROTOBUF)));
  }
}
