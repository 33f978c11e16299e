/** A host to load the plugin jars of tests into, and what it would tell of a request. */
@NullMarked
package dev.graft.registry.testkit;

import org.jspecify.annotations.NullMarked;
