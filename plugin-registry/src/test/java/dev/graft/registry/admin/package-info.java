@NullMarked
package dev.graft.registry.admin;

import org.jspecify.annotations.NullMarked;
