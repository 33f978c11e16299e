/** Reading who calls, without a server. */
@NullMarked
package dev.graft.gateway.log;

import org.jspecify.annotations.NullMarked;
