/**
 * What the gateway costs beside a direct connection, nginx and a plain proxy: latency, rate, CPU
 * and memory. Backend and proxies are processes of their own, so that what each spends is read from
 * the operating system; this process is the client.
 */
@NullMarked
package dev.graft.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
