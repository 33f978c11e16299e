package dev.graft.registry.invoke;

import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.MessageDescription;
import dev.graft.spi.NativePlugin;
import dev.graft.spi.PluginAdapter;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that is ready to answer, behind its {@link Seam}. Safe for use by several threads.
 *
 * <p>Whatever a plugin throws, its own request fails, with a {@link GraftException} that names the
 * plugin and its jar. The exceptions are {@link OutOfMemoryError} and the JVM's own internal
 * errors, which are passed on as they are: they say nothing about the plugin.
 */
public final class LoadedPlugin {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  private final ExtensionPlugin plugin;
  private final Seam seam;
  private final ExtensionKind kind;
  private final Set<String> messageNames;
  private final Map<String, String> settings;

  /** Set anew before anybody else has the plugin, if at all. */
  private PluginCounters counters;

  private LoadedPlugin(
      ExtensionPlugin plugin,
      Seam seam,
      ExtensionKind kind,
      Set<String> messageNames,
      Map<String, String> settings) {
    this.plugin = plugin;
    this.seam = seam;
    this.kind = kind;
    this.messageNames = messageNames;
    this.settings = Map.copyOf(settings);
    this.counters = new PluginCounters(messageNames);
  }

  /**
   * Makes an instance of a plugin's class ready, wherever it comes from.
   *
   * @param instance a plugin of the waist, or one that an adapter understands
   * @param adapters gives the adapters of the plugin's realm; not called where none is needed
   * @param seam what is to stand around its calls
   * @param settings the plugin's own settings
   * @throws GraftException GRAFT_NOT_A_PLUGIN, GRAFT_DESCRIPTION_INVALID
   */
  public static LoadedPlugin of(
      Object instance,
      Supplier<List<PluginAdapter>> adapters,
      Seam seam,
      Map<String, String> settings) {
    PluginDescription described = PluginDescription.of(instance, adapters, seam);
    ExtensionPlugin plugin = described.plugin();
    return new LoadedPlugin(
        plugin,
        plugin instanceof NativePlugin ? seam.withEngine() : seam,
        described.kind(),
        described.messageNames(),
        settings);
  }

  /**
   * Asks the plugin about an extension, and counts what comes of it.
   *
   * @param context makes what the plugin gets, from the context class loader of this call
   * @param check throws if an answer, of a form that the kind allows, cannot be used
   * @return empty where the plugin declines
   * @throws GraftException whatever the plugin does wrong, and what {@code check} throws
   * @throws HostFailure if the host refused the call, or failed when the plugin asked it something
   */
  public Optional<Answer> answer(
      Extension extension, Function<ContextLoader, HostContext> context, Consumer<Answer> check) {
    long start = System.nanoTime();
    try {
      Optional<Answer> answer;
      try (Seam.Call call = seam.begin()) {
        answer = plugin.answer(extension, context.apply(call.loader()));
      }
      PluginFaults.check(seam.plugin(), extension, answer);
      answer.ifPresent(check);
      counters.ended(extension, answer, System.nanoTime() - start);
      return answer;
    } catch (Throwable failure) {
      RuntimeException meaning = PluginFaults.of(seam.plugin(), extension, failure);
      counters.failed(extension, meaning, System.nanoTime() - start);
      throw meaning;
    } finally {
      Reference.reachabilityFence(this); // a plugin is closed when this is collected
    }
  }

  /**
   * What the plugin tells of one of its messages; nothing where it fails to, which is logged.
   *
   * @param messageName one of {@link #messageNames}
   * @throws HostFailure where the request on this thread is at its end, which says nothing about
   *     the plugin
   */
  public MessageDescription description(String messageName) {
    if (messageName.equals(ExtensionPlugin.ANY_MESSAGE)) {
      return MessageDescription.NONE; // takes any message, so there is nothing to describe
    }
    try {
      return seam.call(
          () ->
              Objects.requireNonNull(
                  plugin.describe(messageName), "describe(String) returned null"));
    } catch (HostFailure e) {
      throw e;
    } catch (Exception | Error e) {
      FailureText.passOnIfOfTheJvm(e);
      if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        Thread.currentThread().interrupt();
        throw new HostFailure(e);
      }
      LOG.warn(
          "{} failed to describe {}, which is listed without a description: {}",
          identity().describeWithLocation(),
          messageName,
          FailureText.of(e));
      return MessageDescription.NONE;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Which plugin it is. */
  public PluginIdentity identity() {
    return seam.plugin();
  }

  /** The class that was named in a list or services file. */
  public String className() {
    return identity().className();
  }

  /** Where the class comes from. */
  public PluginOrigin origin() {
    return identity().origin();
  }

  /** The kind of extension it answers. */
  public ExtensionKind kind() {
    return kind;
  }

  /** The full names of the messages it is for. */
  public Set<String> messageNames() {
    return messageNames;
  }

  /** Whether it answers with standard Connect nodes only. */
  public boolean portable() {
    return !seam.besideTheEngine();
  }

  /** The plugin's own settings. */
  public Map<String, String> settings() {
    return settings;
  }

  /** What it has been asked and how that went. */
  public PluginCounters counters() {
    return counters;
  }

  /**
   * Goes on counting where this plugin, as it was loaded before, has counted; from the beginning if
   * it is for other messages now. To be called before others have it.
   */
  public void countsOn(LoadedPlugin before) {
    if (before.messageNames.equals(messageNames)) {
      counters = before.counters;
    }
  }

  /** The loader of the plugin in the terms of the waist: for a typed plugin that of its realm. */
  public ClassLoader realm() {
    return plugin.getClass().getClassLoader();
  }

  /** See {@link PluginIdentity#describe}. */
  public String describe() {
    return identity().describe();
  }

  /** See {@link PluginIdentity#describeWithLocation}. */
  public String describeWithLocation() {
    return identity().describeWithLocation();
  }
}
