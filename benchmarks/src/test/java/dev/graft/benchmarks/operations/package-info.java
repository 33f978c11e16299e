@NullMarked
package dev.graft.benchmarks.operations;

import org.jspecify.annotations.NullMarked;
