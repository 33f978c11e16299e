package dev.graft.cli.programs;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What test runners of other languages write in JUnit's format. */
public final class JUnitResults {
  private JUnitResults() {}

  /**
   * Each test in a file as a test here.
   *
   * @param runner what wrote it, for messages
   */
  public static Stream<DynamicTest> read(String runner, Path results) throws Exception {
    if (!Files.exists(results)) {
      fail(runner + " left no results; its output is above");
    }
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(results.toFile())
            .getElementsByTagName("testcase");
    List<DynamicTest> tests = new ArrayList<>();
    for (int index = 0; index < cases.getLength(); index++) {
      Element test = (Element) cases.item(index);
      tests.add(
          DynamicTest.dynamicTest(
              test.getAttribute("classname") + "." + test.getAttribute("name"),
              () -> outcome(test)));
    }
    if (tests.isEmpty()) {
      fail(runner + " found no test");
    }
    return tests.stream();
  }

  private static void outcome(Element test) {
    for (String bad : List.of("failure", "error")) {
      if (test.getElementsByTagName(bad).getLength() > 0) {
        fail(test.getElementsByTagName(bad).item(0).getTextContent());
      }
    }
    if (test.getElementsByTagName("skipped").getLength() > 0) {
      abort(((Element) test.getElementsByTagName("skipped").item(0)).getAttribute("message"));
    }
  }
}
