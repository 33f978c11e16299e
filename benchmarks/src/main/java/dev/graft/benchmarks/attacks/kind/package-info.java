/** What a client may do to a gateway that would harm its other clients. */
@NullMarked
package dev.graft.benchmarks.attacks.kind;

import org.jspecify.annotations.NullMarked;
