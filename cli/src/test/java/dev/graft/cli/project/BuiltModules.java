package dev.graft.cli.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A Maven repository with this build's own modules in it, as {@code mvn install} would put them,
 * and links to all else that the user's has: what is tested is what was just built, and nobody's
 * repository is touched.
 */
final class BuiltModules {
  private static final Path ROOT = Path.of("..");

  private BuiltModules() {}

  /** Makes the repository in a folder, which it returns. */
  static Path into(Path folder) throws Exception {
    Path users =
        Path.of(
            System.getProperty(
                "maven.repo.local",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
    link(users, folder, "dev");
    link(users.resolve("dev"), folder.resolve("dev"), "graft");
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
        if (!pom.toString().contains("target")) {
          install(pom, folder.resolve("dev/graft"));
        }
      }
    }
    return folder;
  }

  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to.resolve(except));
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toRealPath());
        }
      }
    }
  }

  private static void install(Path pom, Path group) throws Exception {
    Element project;
    try (var in = Files.newInputStream(pom)) {
      project =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
    }
    Optional<Element> parent = child(project, "parent");
    if (!ROOT.equals(pom.getParent()) && parent.isEmpty()) {
      return; // an example, which is somebody else's
    }
    String artifact = text(project, "artifactId");
    String version = text(parent.orElse(project), "version");
    String file = artifact + "-" + version;
    Path place = Files.createDirectories(group.resolve(artifact).resolve(version));
    Files.copy(pom, place.resolve(file + ".pom"));
    Path jar = pom.resolveSibling("target").resolve(file + ".jar");
    if (Files.isRegularFile(jar)) {
      Files.copy(jar, place.resolve(file + ".jar"));
    }
  }

  private static Optional<Element> child(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    for (int index = 0; index < nodes.getLength(); index++) {
      Node node = nodes.item(index);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  private static String text(Element parent, String name) {
    return child(parent, name).map(Element::getTextContent).orElseThrow();
  }
}
