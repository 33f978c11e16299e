@NullMarked
package dev.graft.benchmarks.attacks;

import org.jspecify.annotations.NullMarked;
