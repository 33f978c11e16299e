@NullMarked
package dev.graft.benchmarks.reload;

import org.jspecify.annotations.NullMarked;
