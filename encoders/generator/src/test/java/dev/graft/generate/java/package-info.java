/** The formatter of generated Java. */
@NullMarked
package dev.graft.generate.java;

import org.jspecify.annotations.NullMarked;
