/**
 * What can go wrong, each with a stable code and a text that says what, which plugin from which
 * jar, why, and what to do.
 */
@NullMarked
package dev.graft.registry.error;

import org.jspecify.annotations.NullMarked;
