/**
 * The door between the typed plugins of a realm and the waist. Nothing here is for plugin authors.
 */
@NullMarked
package dev.graft.api.adapter;

import org.jspecify.annotations.NullMarked;
