@NullMarked
package dev.graft.testkit.seed;

import org.jspecify.annotations.NullMarked;
