@NullMarked
package dev.graft.api.catalog;

import org.jspecify.annotations.NullMarked;
