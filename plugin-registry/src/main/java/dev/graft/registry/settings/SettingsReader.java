package dev.graft.registry.settings;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads settings from a host's configuration.
 *
 * @param entries all entries, not only those of settings
 * @param prefix what the keys of settings begin with here
 */
public record SettingsReader(Map<String, String> entries, String prefix) {
  public SettingsReader {
    entries = Map.copyOf(entries);
  }

  /**
   * What is set, or else the default.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID
   */
  public <T> T get(Setting<T> setting) {
    return get(setting, setting.byDefault());
  }

  /**
   * What is set, or else a default that only the caller knows.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID
   */
  public <T> T get(Setting<T> setting, T otherwise) {
    Optional<String> value = value(setting.key());
    return value.isEmpty()
        ? otherwise
        : setting
            .read(value.get())
            .orElseThrow(() -> invalid(setting.key(), value.get(), setting.wanted()));
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(entries.get(prefix + key)).map(String::strip);
  }

  /** A key as the operator writes it. */
  public String key(String withoutPrefix) {
    return prefix + withoutPrefix;
  }

  /**
   * Refuses keys that nobody reads. A mistyped key would otherwise go unnoticed, and what it was
   * meant to forbid would be allowed.
   *
   * @param space only keys that begin with this, after the prefix, are looked at
   * @param known the settings that there are
   * @param others whether another key, given without the prefix, is allowed too
   * @throws GraftException GRAFT_CONFIGURATION_INVALID
   */
  public void refuseUnknown(String space, Collection<Setting<?>> known, Predicate<String> others) {
    List<String> names = known.stream().map(Setting::key).sorted().toList();
    entries.keySet().stream()
        .filter(key -> key.startsWith(prefix + space))
        .map(key -> key.substring(prefix.length()))
        .filter(key -> !names.contains(key) && !others.test(key))
        .sorted()
        .findFirst()
        .ifPresent(
            key -> {
              List<String> closest = ClientText.closest(key, names);
              throw invalid(
                  "There is no setting "
                      + ClientText.quote(prefix + key)
                      + (closest.isEmpty()
                          ? ". There are "
                              + String.join(", ", names.stream().map(this::key).toList())
                              + "."
                          : "; did you mean " + key(closest.get(0)) + "?"));
            });
  }

  /** Refuses a setting whose value cannot do without the file that another names. */
  void need(boolean missing, Setting<?> setting, Setting<?> file) {
    if (missing) {
      throw invalid(
          key(setting.key())
              + " needs "
              + key(file.key())
              + ", the file that says which jars those are.");
    }
  }

  private GraftException invalid(String key, String value, String wanted) {
    return invalid(
        prefix + key + " is '" + ClientText.quote(value) + "'; it must be " + wanted + ".");
  }

  /** The refusal of a configuration. */
  public static GraftException invalid(String text) {
    return new GraftException(ErrorCode.GRAFT_CONFIGURATION_INVALID, text);
  }
}
