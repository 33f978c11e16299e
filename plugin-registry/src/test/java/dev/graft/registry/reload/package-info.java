@NullMarked
package dev.graft.registry.reload;

import org.jspecify.annotations.NullMarked;
