@NullMarked
package dev.graft.testkit.schema;

import org.jspecify.annotations.NullMarked;
