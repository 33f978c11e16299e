package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.graft.cli.programs.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The admin pages in a browser: light and dark, on a desktop and a phone, with scripts and without.
 * Screenshots are in {@code target/screenshots}.
 */
class AdminPagesIT {
  private static final Path BROWSER = Path.of("src/test/browser").toAbsolutePath();
  private static final Path SCREENSHOTS = Path.of("target/screenshots").toAbsolutePath();

  @TempDir private Path folder;

  private static String chromium() throws Exception {
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      List<String> found = new ArrayList<>();
      if (Programs.run(BROWSER, Map.of(), List.of("which", name), found::add) == 0) {
        return found.get(0);
      }
    }
    if ("chromium".equals(System.getenv("GRAFT_TEST_WITHOUT"))) {
      return abort("Chromium cannot be had here");
    }
    Programs.missing("There is no Chromium on the PATH");
    throw new AssertionError("unreachable");
  }

  @Test
  void theyAreReadableAndDoWhatTheySay() throws Exception {
    String chromium = chromium();
    assertThat(
            Programs.run(
                BROWSER,
                Map.of(),
                List.of("npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")))
        .isZero();
    Files.createDirectories(SCREENSHOTS);
    RunningGateway.plugin("One", 1).writeTo(RunningGateway.jar(folder, "one.jar"));
    Files.write(RunningGateway.jar(folder, "broken.jar"), new byte[] {1, 2, 3});
    try (RunningGateway gateway = RunningGateway.start(folder, Map.of())) {
      gateway.refuse();
      List<String> said = new ArrayList<>();
      int status =
          Programs.run(
              BROWSER,
              Map.of(),
              List.of("node", "pages.mjs", chromium, gateway.admin(), SCREENSHOTS.toString()),
              said::add);
      assertThat(status).as(String.join("\n", said)).isZero();
      assertThat(said).contains("all pages are as they should be");
    }
    try (var pictures = Files.list(SCREENSHOTS)) {
      assertThat(pictures).hasSizeGreaterThanOrEqualTo(24);
    }
  }
}
