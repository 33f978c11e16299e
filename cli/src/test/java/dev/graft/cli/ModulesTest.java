package dev.graft.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Which module may know which, from the waist upwards. What tests use is left out: a test may well
 * be a guest of what lies above its module. So is what is only there when a program runs, such as
 * the libraries that a host gives to plugins and cannot name itself.
 */
class ModulesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path BENCHMARKS = ROOT.resolve("benchmarks");

  /** What each module may have of this project on its class path; a new module belongs in here. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("plugin-spi", Set.of()),
          Map.entry("connect-messages", Set.of()),
          Map.entry("plugin-api", Set.of("plugin-spi", "connect-messages")),
          Map.entry("plugin-check", Set.of("connect-messages", "plugin-api")),
          Map.entry("plugin-api-spark", Set.of("plugin-api")),
          Map.entry("plugin-registry", Set.of("plugin-spi")),
          Map.entry("spark-host", Set.of("plugin-registry", "plugin-api-spark")),
          Map.entry("gateway", Set.of("plugin-registry", "connect-address")),
          Map.entry("plugins-builtin", Set.of("plugin-api-spark")),
          Map.entry("test-seeds", Set.of()),
          Map.entry("plan-tree", Set.of("plugin-registry")),
          Map.entry("connect-address", Set.of()),
          Map.entry("plugin-fixtures", Set.of("plugin-api")),
          Map.entry("spark-servers", Set.of()),
          Map.entry(
              "plugin-testkit",
              Set.of(
                  "plugin-api", "plugin-registry", "plan-tree", "plugin-fixtures", "test-seeds")),
          Map.entry(
              "plugin-testkit-spark",
              Set.of(
                  "plugin-testkit",
                  "plugin-api-spark",
                  "spark-servers",
                  "gateway",
                  "encoder-java")),
          Map.entry("encoder-java", Set.of("connect-messages", "connect-address")),
          Map.entry("encoder-java-spark", Set.of("encoder-java", "connect-messages")),
          Map.entry("encoder-generator", Set.of("connect-messages")),
          Map.entry("acme-frames", Set.of("plugin-api")),
          Map.entry("acme-legacy", Set.of("plugin-api")),
          Map.entry("acme-waist", Set.of("plugin-spi")),
          Map.entry("acme-native", Set.of("plugin-api-spark")));

  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public String getDescription() {
          return "packages";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }
      };

  /**
   * Root packages included: what is in a package's parent is as foreign to it as all else. The
   * benchmarks are built after this test.
   */
  @Test
  void noPackagesGoRoundInCircles() throws Exception {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    List<Path> modules;
    try (Stream<Path> poms = Files.find(ROOT, 4, (path, file) -> path.endsWith("pom.xml"))) {
      modules =
          poms.map(pom -> pom.resolveSibling("target/classes"))
              .filter(classes -> Files.isDirectory(classes) && !classes.startsWith(BENCHMARKS))
              .filter(classes -> Files.isDirectory(classes.resolve("../../src/main/java")))
              .toList();
    }

    assertThat(modules).hasSizeGreaterThan(15);
    for (Path classes : modules) {
      slices()
          .assignedFrom(PACKAGES)
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(new ClassFileImporter().importPath(classes));
    }
  }

  @Test
  void noModuleDependsUpwards() throws Exception {
    Map<String, Set<String>> knows = modules();

    assertThat(knows.keySet()).containsAll(Set.of("plugin-spi", "plugin-registry", "spark-host"));
    knows.forEach(
        (module, known) -> {
          if (module.equals("benchmarks") || module.equals("dist")) {
            return; // measures everything, packs everything, and so knows everything
          }
          if (!module.equals("cli")) {
            assertThat(MAY_KNOW).as("modules that this test knows").containsKey(module);
            assertThat(MAY_KNOW.get(module)).as("what %s may know", module).containsAll(known);
          }
          assertThat(known).as("nothing knows the top").doesNotContain("cli", "benchmarks");
        });
  }

  @Test
  void theWaistHasNoDependenciesAtAll() throws Exception {
    Path pom = ROOT.resolve("plugin-api/spi/pom.xml");

    assertThat(children(project(pom), "dependencies")).isEmpty();
  }

  private static Map<String, Set<String>> modules() throws Exception {
    Map<String, Set<String>> modules = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
        Element project = project(pom);
        if (!pom.toString().contains("target") && !"pom".equals(text(project, "packaging"))) {
          modules.put(text(project, "artifactId"), known(project));
        }
      }
    }
    return modules;
  }

  private static Set<String> known(Element project) {
    Set<String> known = new TreeSet<>();
    for (Element dependencies : children(project, "dependencies")) {
      for (Element dependency : children(dependencies, "dependency")) {
        if (text(dependency, "groupId").equals("dev.graft")
            && !Set.of("test", "runtime").contains(text(dependency, "scope"))) {
          known.add(text(dependency, "artifactId"));
        }
      }
    }
    return known;
  }

  private static Element project(Path pom) throws Exception {
    try (var in = Files.newInputStream(pom)) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(in)
          .getDocumentElement();
    } catch (IOException e) {
      throw new AssertionError(pom + " cannot be read", e);
    }
  }

  private static String text(Element parent, String name) {
    return children(parent, name).stream().findFirst().map(Element::getTextContent).orElse("");
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int index = 0; index < nodes.getLength(); index++) {
      Node node = nodes.item(index);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }
}
