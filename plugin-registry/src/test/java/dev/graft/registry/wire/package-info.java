@NullMarked
package dev.graft.registry.wire;

import org.jspecify.annotations.NullMarked;
