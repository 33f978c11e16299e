package dev.graft.benchmarks.attacks.kind;

import java.nio.file.Path;

/**
 * The gateway that is attacked.
 *
 * @param port where it listens, on this machine
 * @param token one that it lets in
 * @param certificates the folder of the certificates that {@link BadCertificates} shows
 */
public record Target(int port, String token, Path certificates) {}
