/**
 * What a server is, has and has done, as values: made once by {@link
 * dev.graft.registry.status.ServerView}, and shown as text, JSON, pages and metrics.
 */
@NullMarked
package dev.graft.registry.status;

import org.jspecify.annotations.NullMarked;
