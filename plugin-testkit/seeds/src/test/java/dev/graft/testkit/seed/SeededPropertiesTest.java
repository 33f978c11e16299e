package dev.graft.testkit.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SeededPropertiesTest {
  private static final List<Long> DRAWN = new ArrayList<>();
  private static final List<Long> DRAWN_BY_ANOTHER = new ArrayList<>();
  private static final List<Long> DRAWN_BY_ITS_OWN = new ArrayList<>();

  /** As a module's tests have it, whose services file names the hook. */
  @AddLifecycleHook(SeededProperties.class)
  static final class Properties {
    @Property(tries = 500)
    void fails(@ForAll long number) {
      DRAWN.add(number);
      assertThat(DRAWN).hasSizeLessThan(40);
    }

    @Property(tries = 300)
    void another(@ForAll long number) {
      DRAWN_BY_ANOTHER.add(number);
    }

    @Property(tries = 10, seed = "4711")
    void itsOwn(@ForAll long number) {
      DRAWN_BY_ITS_OWN.add(number);
    }
  }

  private static List<List<Long>> run(Path database) {
    List.of(DRAWN, DRAWN_BY_ANOTHER, DRAWN_BY_ITS_OWN).forEach(List::clear);
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Properties.class))
                .configurationParameter("jqwik.database", database.toString())
                .build());
    return List.of(
        List.copyOf(DRAWN), List.copyOf(DRAWN_BY_ANOTHER), List.copyOf(DRAWN_BY_ITS_OWN));
  }

  private List<List<Long>> first = List.of();

  @TempDir Path folder;

  @BeforeEach
  void runOnce() {
    first = run(folder.resolve("database"));
  }

  @Test
  void aRunDrawsWhatTheOneBeforeItDrewEvenAfterAFailure() {
    assertThat(first.get(0).subList(0, 10)).doesNotHaveDuplicates();

    assertThat(run(folder.resolve("database"))).isEqualTo(first);
  }

  @Test
  void eachPropertyDrawsItsOwn() {
    assertThat(first.get(0).subList(0, 10)).isNotEqualTo(first.get(1).subList(0, 10));
    assertThat(first.get(1)).hasSize(RunSeed.ofThisRun().tries(300));
    assertThat(first.get(2)).as("a property with a seed of its own is as it was").hasSize(10);
  }
}
