@NullMarked
package dev.graft.api.adapter;

import org.jspecify.annotations.NullMarked;
