@NullMarked
package dev.graft.testkit.spark;

import org.jspecify.annotations.NullMarked;
