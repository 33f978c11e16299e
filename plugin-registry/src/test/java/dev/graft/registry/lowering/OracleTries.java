package dev.graft.registry.lowering;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Lets the system property {@code graft.oracle.tries} say how often a property is tried. */
final class OracleTries implements AroundPropertyHook {
  private static final String KEY = "graft.oracle.tries";

  static boolean areSet() {
    return Integer.getInteger(KEY) != null;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Integer tries = Integer.getInteger(KEY);
    if (tries != null) {
      context.attributes().setTries(tries);
    }
    return property.execute();
  }
}
