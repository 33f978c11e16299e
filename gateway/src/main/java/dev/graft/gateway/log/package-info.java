/**
 * What is known of calls: {@link dev.graft.gateway.log.CallRecords} counts them by method and
 * status, lists those that were refused, and writes the request log where it is wanted: one line of
 * JSON for each call, on the logger {@code dev.graft.gateway.requests}. It says who called what and
 * what came of it, and never what a plan, a header or a token holds.
 */
@NullMarked
package dev.graft.gateway.log;

import org.jspecify.annotations.NullMarked;
