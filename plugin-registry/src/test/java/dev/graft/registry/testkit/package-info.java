/**
 * Plugin jars that are written, compiled and packed inside a test, and a host to load them into:
 * the test shows the whole plugin it is about.
 */
@NullMarked
package dev.graft.registry.testkit;

import org.jspecify.annotations.NullMarked;
