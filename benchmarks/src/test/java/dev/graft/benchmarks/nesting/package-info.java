@NullMarked
package dev.graft.benchmarks.nesting;

import org.jspecify.annotations.NullMarked;
