@NullMarked
package dev.graft.registry.lowering;

import org.jspecify.annotations.NullMarked;
