package dev.graft.registry.source;

import dev.graft.registry.error.Refusal;
import dev.graft.registry.report.LoadReport;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Where plugins come from: it names them, and knows how each is found. Used by one thread. */
interface PluginSource {
  /**
   * A plugin that is named, and not looked for yet.
   *
   * @param className the class
   * @param required whether the server must not start where it is not found
   * @param search looks for it
   */
  record Candidate(String className, boolean required, Search search) {}

  /** The way from a name to a place. */
  @FunctionalInterface
  interface Search {
    /**
     * Looks for the class.
     *
     * @throws dev.graft.registry.error.GraftException where it is not to be found
     * @throws Exception whatever else stands in the way
     */
    Found find() throws Exception;
  }

  /**
   * A plugin whose class has been found.
   *
   * @param required whether the server must not start without it
   * @param loading makes it ready
   */
  record Found(boolean required, Loading loading) {}

  /** The way from a place to a plugin that is ready. */
  @FunctionalInterface
  interface Loading {
    /**
     * Loads it.
     *
     * @throws dev.graft.registry.error.GraftException where it is refused
     * @throws Exception whatever else stands in the way
     */
    LoadReport.Loaded load() throws Exception;
  }

  /**
   * The plugins it names, in the order in which they are to be asked.
   *
   * @param named what the sources before it name
   * @param refusals is given a refusal for each part of the source that cannot be read
   */
  List<Candidate> candidates(Set<String> named, Consumer<Refusal> refusals);
}
