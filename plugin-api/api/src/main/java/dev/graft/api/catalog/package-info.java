/**
 * The one plugin that every host has: the server's list of its extensions. It is a portable plugin
 * like any other, and knows no more than {@link dev.graft.api.PlanningContext} tells everybody.
 */
@NullMarked
package dev.graft.api.catalog;

import org.jspecify.annotations.NullMarked;
