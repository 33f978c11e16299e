package dev.graft.testkit.seed;

import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Has jqwik's properties draw from the run's seed, and not from what an earlier run left in jqwik's
 * database. A property that names a seed of its own keeps it. jqwik prints the seed with each
 * property.
 *
 * <p>For all properties of a module, its tests name this class in {@code
 * META-INF/services/net.jqwik.api.lifecycle.LifecycleHook}; for those of one class, there is {@link
 * net.jqwik.api.lifecycle.AddLifecycleHook}.
 */
public final class SeededProperties implements AroundPropertyHook {
  private static final int TRIES = 1_000; // jqwik's, where a property says none

  private final RunSeed run = RunSeed.ofThisRun();

  /** For jqwik. */
  public SeededProperties() {}

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyAttributes attributes = context.attributes();
    Optional<String> own = attributes.seed().filter(Predicate.not(String::isEmpty));
    if (own.isEmpty() && context.targetMethod().getParameterCount() > 0) {
      String name = context.containerClass().getName() + "." + context.targetMethod().getName();
      attributes.setSeed(String.valueOf(run.of(name)));
      attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED); // the one set above
      attributes.setTries(run.tries(attributes.tries().orElse(TRIES)));
    }
    return property.execute();
  }

  @Override
  public int aroundPropertyProximity() {
    return -100; // before what a test's own hooks do
  }
}
