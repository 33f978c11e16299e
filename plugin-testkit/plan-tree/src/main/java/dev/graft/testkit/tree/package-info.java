/** Prints plans for people, in the test kit and in the demo. No server has it. */
@NullMarked
package dev.graft.testkit.tree;

import org.jspecify.annotations.NullMarked;
