@NullMarked
package dev.graft.api;

import org.jspecify.annotations.NullMarked;
