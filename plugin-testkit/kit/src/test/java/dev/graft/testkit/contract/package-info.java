@NullMarked
package dev.graft.testkit.contract;

import org.jspecify.annotations.NullMarked;
