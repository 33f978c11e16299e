package dev.graft.registry.linkage;

/**
 * A reference and the place where a class file makes it.
 *
 * @param reference what is used
 * @param method name and descriptor of the method that uses it; empty for the class's own parents
 * @param isNow whether it is used when the method runs; false for a method handle to be called
 *     later, such as a lambda's
 * @param isCertain whether the method cannot run without it: it stands before the method's first
 *     branch
 * @param isCaught whether the method catches what the JVM throws if it is not there
 */
record Use(Reference reference, String method, boolean isNow, boolean isCertain, boolean isCaught) {
  boolean isOfParent() {
    return method.isEmpty();
  }
}
