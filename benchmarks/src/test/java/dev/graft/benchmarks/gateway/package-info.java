/** That the gateway's benchmarks compare what is the same, and print what they measured. */
@NullMarked
package dev.graft.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
