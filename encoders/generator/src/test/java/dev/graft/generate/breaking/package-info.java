@NullMarked
package dev.graft.generate.breaking;

import org.jspecify.annotations.NullMarked;
