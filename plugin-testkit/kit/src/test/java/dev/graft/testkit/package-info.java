@NullMarked
package dev.graft.testkit;

import org.jspecify.annotations.NullMarked;
