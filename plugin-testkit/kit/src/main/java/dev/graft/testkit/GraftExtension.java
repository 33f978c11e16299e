package dev.graft.testkit;

import dev.graft.testkit.memory.TestedPlugins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives tests their {@link Graft}; registered by {@link WithPlugins}. */
public final class GraftExtension implements ParameterResolver {
  private static final Namespace SERVERS = Namespace.create(GraftExtension.class);

  /** Made by JUnit. */
  public GraftExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Graft.class;
  }

  @Override
  public Graft resolveParameter(ParameterContext parameter, ExtensionContext context) {
    WithPlugins annotation = annotation(context);
    TestedPlugins plugins =
        TestedPlugins.ofClasses(List.of(annotation.value()), settings(annotation));
    Optional<Place> place = Place.of(context);
    Optional<Server> server = place.flatMap(chosen -> chosen.open(plugins));
    // JUnit closes what is in the store of a test, or of a class, at its end.
    server.ifPresent(opened -> context.getStore(SERVERS).put(opened, opened));
    return new Graft(plugins, server, place.isPresent());
  }

  private static WithPlugins annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(
            context.getRequiredTestClass(), WithPlugins.class, context.getEnclosingTestClasses())
        .orElseThrow(
            () ->
                new ExtensionConfigurationException(
                    context.getRequiredTestClass().getName()
                        + " does not say which plugins it tests. Annotate it with @WithPlugins."));
  }

  private static Map<String, String> settings(WithPlugins annotation) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : annotation.settings()) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new ExtensionConfigurationException(
            "@WithPlugins has the setting '" + setting + "'. Write it as name=value.");
      }
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }
}
