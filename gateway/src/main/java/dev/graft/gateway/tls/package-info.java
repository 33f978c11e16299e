/**
 * TLS towards clients and towards the backend: certificates, keys and authorities from PEM files
 * that may change while the gateway runs. TLS 1.2 and 1.3 only.
 */
@NullMarked
package dev.graft.gateway.tls;

import org.jspecify.annotations.NullMarked;
