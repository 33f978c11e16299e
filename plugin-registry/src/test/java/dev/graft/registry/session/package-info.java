@NullMarked
package dev.graft.registry.session;

import org.jspecify.annotations.NullMarked;
