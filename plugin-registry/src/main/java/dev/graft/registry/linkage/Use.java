package dev.graft.registry.linkage;

/**
 * A reference and the place where a class file makes it.
 *
 * @param reference what is used
 * @param method name and descriptor of the method that uses it; empty for the class's own parents
 * @param isNow whether it is used there and then, rather than made a handle of for later, as the
 *     code of a lambda is
 * @param isCertain whether the method cannot run without it: it stands before the first place where
 *     the method may take one way or another
 * @param isCaught whether the method is prepared to miss it: it catches what the JVM throws then
 */
record Use(Reference reference, String method, boolean isNow, boolean isCertain, boolean isCaught) {
  boolean isOfParent() {
    return method.isEmpty();
  }
}
