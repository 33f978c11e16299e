package dev.graft.cli.project;

import dev.graft.spi.ExtensionKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a plugin project. */
public final class ProjectFiles {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([\\w-]+)}}");

  /**
   * What differs between the kinds.
   *
   * @param service the interface that the services file is named after
   * @param call from Python, with the operation's name left open
   */
  private record Kind(String service, String meaning, String call) {
    static Kind of(ExtensionKind kind) {
      return switch (kind) {
        case RELATION ->
            new Kind(
                "RelationPlugin",
                "stands for the rows with the greatest values of\na column",
                "extensions(spark).%s(df, by=\"size\", count=2).show()");
        case EXPRESSION ->
            new Kind(
                "ExpressionPlugin",
                "stands for the first characters of a text",
                "df.select(extensions(spark).%s(\"name\", length=2)).show()");
        case COMMAND ->
            new Kind(
                "CommandPlugin",
                "answers with one row about a column",
                "extensions(spark).%s(df, column=\"size\").show()");
      };
    }
  }

  private final PluginProject project;
  private final Kind kind;
  private final Map<String, String> values = new HashMap<>();

  /** The files of a project, with the versions that this Graft was built with. */
  public ProjectFiles(PluginProject project) {
    this.project = project;
    this.kind = Kind.of(project.kind());
    Properties versions = new Properties();
    try (InputStream in = resource("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    versions.stringPropertyNames().forEach(name -> values.put(name, versions.getProperty(name)));
    values.put("name", project.name());
    values.put("Name", project.messageName());
    values.put("operation", project.operation());
    values.put("package", project.packageName());
    values.put("path", project.path());
    values.put("file", project.operation());
    values.put("meaning", kind.meaning());
    values.put("call", kind.call().formatted(project.operation()));
  }

  /** The text of each file by its path in the project. */
  public Map<String, String> texts() {
    String main = "src/main/java/" + project.path() + "/" + project.messageName();
    String test = "src/test/java/" + project.path() + "/" + project.messageName();
    String templatesOfKind = project.kind().name().toLowerCase(Locale.ROOT) + "/";
    String protos = "src/main/protobuf/" + project.path() + "/v1/";
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put("pom.xml", "pom.xml");
    templates.put("README.md", "README.md");
    templates.put("graft.properties", "graft.properties");
    templates.put(".gitignore", "gitignore");
    templates.put(protos + project.operation() + ".proto", templatesOfKind + "message.proto");
    templates.put(main + "Plugin.java", templatesOfKind + "Plugin.java");
    templates.put(
        "src/main/resources/META-INF/services/dev.graft.api." + kind.service(), "services");
    templates.put(test + "PluginTest.java", templatesOfKind + "PluginTest.java");
    templates.put(test + "PluginContractTest.java", "PluginContractTest.java");
    templates.put(test + "PluginIT.java", templatesOfKind + "PluginIT.java");
    templates.replaceAll((path, template) -> filled(template));
    return templates;
  }

  /**
   * Writes the files.
   *
   * @param folder created if it is not there; must be empty if it is
   * @throws IllegalArgumentException if something is there
   */
  public void writeTo(Path folder) {
    try {
      requireNothing(folder);
      for (Map.Entry<String, String> text : texts().entrySet()) {
        Path file = folder.resolve(text.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The project cannot be written to " + folder, e);
    }
  }

  private static void requireNothing(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isEmpty()) {
          return;
        }
      }
    }
    if (Files.exists(folder)) {
      throw new IllegalArgumentException(
          folder + " is there already and not empty. Choose another place with --out");
    }
  }

  private String filled(String template) {
    try (InputStream in = resource(template)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return PLACEHOLDER.matcher(text).replaceAll(this::value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String value(MatchResult placeholder) {
    String value = values.get(placeholder.group(1));
    if (value == null) {
      throw new IllegalStateException("A template asks for " + placeholder.group(1));
    }
    return Matcher.quoteReplacement(value);
  }

  private static InputStream resource(String name) {
    InputStream in = ProjectFiles.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is missing from Graft's jar");
    }
    return in;
  }
}
