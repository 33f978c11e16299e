/**
 * Turns the typed plugins of a realm into plugins of the waist. Nothing here is for plugin authors.
 */
@NullMarked
package dev.graft.api.adapter;

import org.jspecify.annotations.NullMarked;
