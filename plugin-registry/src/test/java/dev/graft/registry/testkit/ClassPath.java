package dev.graft.registry.testkit;

import com.google.protobuf.MessageLite;
import dev.graft.api.RelationPlugin;
import dev.graft.registry.isolation.LibrarySource;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.spi.ExtensionPlugin;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.connect.proto.Relation;

/**
 * The jars and folders of the test's own class path that plugins are compiled against and realms
 * are made of.
 */
public final class ClassPath {
  /** The waist. */
  public static final Path SPI = of(ExtensionPlugin.class);

  /** The typed API. */
  public static final Path API = of(RelationPlugin.class);

  /** The Connect messages. */
  public static final Path MESSAGES = of(Relation.class);

  /** The protobuf runtime. */
  public static final Path PROTOBUF = of(MessageLite.class);

  private ClassPath() {}

  /** What a plugin author has on the class path. */
  public static List<Path> ofAuthors() {
    return List.of(SPI, API, MESSAGES, PROTOBUF);
  }

  /** The libraries of a realm, as a host would ship them. */
  public static RealmLibraries realm() {
    return new RealmLibraries(
        List.of(new LibrarySource(API)),
        List.of(new LibrarySource(MESSAGES)),
        List.of(new LibrarySource(PROTOBUF)));
  }

  /** The jar or folder that a class was loaded from. */
  public static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
