/**
 * Attacks on a gateway as its operator starts it, beside a client that behaves.
 *
 * <p>Each part is a process of its own: the gateway, the backend behind it, the attacker, which has
 * to take what processor time the others leave, and this one, which is the client that behaves and
 * looks at the gateway from outside.
 */
@NullMarked
package dev.graft.benchmarks.attacks;

import org.jspecify.annotations.NullMarked;
