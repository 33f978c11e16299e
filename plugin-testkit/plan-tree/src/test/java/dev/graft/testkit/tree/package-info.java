@NullMarked
package dev.graft.testkit.tree;

import org.jspecify.annotations.NullMarked;
