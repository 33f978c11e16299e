@NullMarked
package dev.graft.testkit.arbitrary;

import org.jspecify.annotations.NullMarked;
