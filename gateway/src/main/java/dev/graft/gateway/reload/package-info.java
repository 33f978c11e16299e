/** Small files that are taken up again when they change: certificates, keys, tokens. */
@NullMarked
package dev.graft.gateway.reload;

import org.jspecify.annotations.NullMarked;
