package dev.graft.testkit.spark;

import dev.graft.servers.SparkLine;
import dev.graft.testkit.Place;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a class or a method once in each place that its annotations name. */
final class ServerExtension
    implements ClassTemplateInvocationContextProvider, TestTemplateInvocationContextProvider {
  /** Made by JUnit. */
  ServerExtension() {}

  /** One run, and where it is. */
  private record Run(Place place)
      implements ClassTemplateInvocationContext, TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return place == Place.MEMORY ? "in memory" : place.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of();
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      Place.set(context, place);
    }
  }

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return isAnnotated(context.getElement());
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return isAnnotated(context.getElement());
  }

  @Override
  public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    return runs(context);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return runs(context).map(run -> run);
  }

  private static boolean isAnnotated(Optional<AnnotatedElement> element) {
    return AnnotationSupport.isAnnotated(element, OnSpark.class)
        || AnnotationSupport.isAnnotated(element, ThroughGateway.class);
  }

  private static Stream<Run> runs(ExtensionContext context) {
    Optional<OnSpark> onSpark =
        AnnotationSupport.findAnnotation(context.getElement(), OnSpark.class);
    Optional<ThroughGateway> throughGateway =
        AnnotationSupport.findAnnotation(context.getElement(), ThroughGateway.class);
    List<Place> places = new ArrayList<>();
    if (onSpark.map(OnSpark::inMemory).orElse(true)
        && throughGateway.map(ThroughGateway::inMemory).orElse(true)) {
      places.add(Place.MEMORY);
    }
    onSpark.ifPresent(
        asked -> lines(asked.value()).forEach(line -> places.add(new SparkPlace(line))));
    throughGateway.ifPresent(
        asked -> lines(asked.value()).forEach(line -> places.add(new GatewayPlace(line))));
    return places.stream().map(Run::new);
  }

  private static Stream<SparkLine> lines(String[] numbers) {
    if (numbers.length == 0) {
      return Stream.of(SparkLine.NEWEST);
    }
    return numbers.length == 1 && numbers[0].equals("all")
        ? Arrays.stream(SparkLine.values())
        : Arrays.stream(numbers).map(SparkLine::of);
  }
}
