@NullMarked
package dev.graft.servers;

import org.jspecify.annotations.NullMarked;
